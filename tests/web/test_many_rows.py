"""A plan of a hundred and twenty items: chosen, amended by one more, page by page; nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from supervision.cases.models import AnnualPlan, PlanItem
from supervision.law.forms.annual_plan import SPEC
from supervision.web.rowpages import ADDED_ROWS_A_PAGE, BOXES, goes_over_pages, rows_a_page
from tests.markup import html_of
from tests.told import tell
from tests.web.test_limits import client_of

pytestmark = pytest.mark.django_db
OFFICER, MANY = "mttq-24.can_bo_1", 120


def typed(html: str) -> dict[str, Any]:
    """Return what a browser would send of the form: boxes, hidden fields, what is chosen in lists."""
    data: dict[str, Any] = {}
    for tag in re.findall(r"<input\b[^>]*>", html):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_off = found.get("type") in ("radio", "checkbox") and not re.search(r"\bchecked\b", tag)
        if found.get("name") and not is_off and found.get("type") != "submit":
            data[found["name"]] = unescape(found.get("value", ""))
    for name, options in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)"[^>]*\bselected\b', options)
        data[name] = unescape(chosen[0]) if chosen else ""
    for name, words in re.findall(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.DOTALL):
        data[name] = unescape(words).lstrip("\r\n")
    return data


def drawn(html: str) -> list[int]:
    return [int(one) for one in re.findall(r'name="items-(\d+)-title"', html)]


def read(client: Client, address: str) -> str:
    return html_of(client.get(address))


def test_a_large_plan_is_amended_by_one_more_item_page_by_page() -> None:
    driver = tell("plan", dt.date(2026, 12, 15), until=203)
    plan = AnnualPlan.objects.get(case=driver.case)
    one = plan.items.get(number=2)
    columns = {name: getattr(one, name) for name in ("form", "agency", "chair", "period")}
    months = {"first_month": one.first_month, "last_month": one.last_month}
    fields = [value for value, _label in SPEC.step("choose_items").fields[0].columns[3].choices]
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan, number=n, state="in_force", title=f"Nội dung {n}", field=fields[n % len(fields)],
            **columns, **months,
        )
        for n in range(plan.last_number + 1, MANY + 1)
    )  # fmt: skip
    plan.last_number = MANY
    plan.save()
    address = f"/viec-cua-toi/{driver.item('choose_items').public_id}/"
    with time_machine.travel(driver.at(204), tick=True):
        client = client_of(OFFICER)
        first = read(client, address)
        assert drawn(first) == list(range(ADDED_ROWS_A_PAGE)) and f"trong {MANY}" in first
        assert 'name="them"' not in first, "a row is added where the list ends"
        assert len(typed(first)) < BOXES
        data = typed(first)
        data |= {"items-3-title": "Tên đã đổi", "items-3-reason": "Mưa lũ.", "hang": "6"}
        assert client.post(address, data)["Location"].endswith("?hang=6")
        last = read(client, f"{address}?hang=6")
        assert drawn(last) == list(range(100, MANY)) and "Mục 101" in last and 'name="them"' in last
        full = client.post(address, {**typed(last), "them": "items"})
        assert full["Location"].endswith("?hang=7"), "a full page is kept, the row stands on the next"
        more = read(client, f"{address}?hang=7")
        assert drawn(more) == [MANY]
        new = {**typed(first), **{name: value for name, value in typed(more).items()}}
        new = {name: value for name, value in new.items() if not re.match(r"items-\d+-", name)}
        row = {"title": "Nội dung mới", "form": "S2", "field": "land", "period": "q4", "fate": "keep"}
        row |= {"agency": one.agency.public_id, "chair": one.chair.public_id}
        new |= {f"items-{MANY}-{name}": value for name, value in row.items()}
        wrong = client.post(address, {**new, f"items-{MANY}-period": ""})
        assert wrong.status_code == 422 and "Nội dung mới" in html_of(wrong)
        assert client.post(address, new).status_code == 302
    changed = plan.items.filter(amends__isnull=False).values_list("amends__number", "title")
    assert list(changed) == [(4, "Tên đã đổi")]
    assert plan.items.get(number=MANY + 1).title == "Nội dung mới"
    assert plan.items.filter(amends=None, state="in_force").count() == MANY


def test_no_form_of_rows_asks_for_more_boxes_than_it_may_send() -> None:
    for step in SPEC.steps:
        for field in step.fields:
            if goes_over_pages(field):
                assert rows_a_page(field) * len(field.columns) <= BOXES, field.name
