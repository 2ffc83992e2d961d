"""Enter in a field of a form with several acts does none of them: an act is done by its own button."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from supervision.cases.models import Criticism
from supervision.demo.driver import Driver
from supervision.drafts.models import Contribution, Remark, RemarkGroup
from tests.buttons import binding_defaults, forms_in
from tests.databases import ROOT
from tests.markup import html_of
from tests.web.test_contributions import OFFICER, STORY, ask, row, send
from tests.web.test_limits import client_of

__all__ = ["STORY", "row"]
pytestmark = pytest.mark.django_db
Start = Callable[[str], Driver]
BIND = """<form method="post"><input name="note">
<button name="lam" value="nhan">A</button><button>B</button></form>"""
_INCLUDED = re.compile(r'{%\s*include "(?!components/default_button)([^"]+)"[^%]*%}')


def test_the_check_finds_a_form_whose_first_button_binds() -> None:
    assert binding_defaults(BIND)
    hidden = '<button tabindex="-1" aria-hidden="true"></button>'
    assert not binding_defaults(BIND.replace('<input name="note">', f'{hidden}<input name="note">'))
    assert not binding_defaults(BIND.replace('name="lam" value="nhan"', 'name="xem" value="1"'))
    assert not binding_defaults(BIND.replace('method="post"', 'method="get"'))
    assert not binding_defaults(BIND.replace('<input name="note">', ""))


def _source(name: str) -> str:
    """Return a template with what it includes in its place."""
    text = (ROOT / "templates" / name).read_text(encoding="utf-8")
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.S)
    return _INCLUDED.sub(lambda found: _source(found[1]) if found[1] != name else "", text)


def test_no_template_has_a_form_whose_first_button_binds() -> None:
    """Read as they are written, every branch at once: pages that no test draws are among them."""
    default = '<button aria-hidden="true"></button>'
    wrong = {}
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name = str(path.relative_to(ROOT / "templates"))
        text = re.sub(r'{% include "components/default_button.html"[^%]*%}', default, _source(name))
        text = text.replace("{{ form }}", '<input name="x">').replace("{{ part.field.as_field_group }}", "")
        text = re.sub(r"{%.*?%}", "", text, flags=re.S)
        if found := binding_defaults(text):
            wrong[name] = found
    assert wrong == {}


def press_enter(client: Client, html: str, action: str, address: str, typed: dict[str, Any]) -> Any:
    """Send what is typed in a form as a browser does on Enter: with its first button."""
    form = next(one for one in forms_in(html) if one.address == action and one.buttons)
    name, value, _hidden = form.buttons[0]
    return client.post(address, {**typed, **({name: value} if name else {})})


def test_enter_in_the_reason_of_a_refusal_takes_nothing_into_the_table(row: Criticism) -> None:
    send(ask(row), "Ông mẫu, số 0900 000 000, nhận tiền")
    came, client = Contribution.objects.get(), client_of(OFFICER)
    address = f"/phan-bien/{row.public_id}/gop-y/"
    html = html_of(client.get(address))
    typed = {"chon": [came.pk], "refusal": "personal", "note": "Có dữ liệu riêng"}
    answer = press_enter(client, html, "#loi", address, typed)
    page = html_of(answer)
    assert answer.status_code == 422 and not Remark.objects.exists()
    assert "Chưa có gì được ghi" in page and 'value="Có dữ liệu riêng"' in page
    assert re.search(r'value="personal"\s+selected', page)
    assert re.search(rf'id="chon-{came.pk}" checked', page)
    assert '<details class="gs-explain" open>' in page
    done = client.post(address, {**typed, "lam": "bo"})
    came.refresh_from_db()
    assert done.status_code == 302 and (came.state, came.refusal) == ("refused", "personal")


@pytest.mark.parametrize("lam", ["khong", "", "tra", "tach"])
def test_an_act_that_is_none_moves_no_contribution(row: Criticism, lam: str) -> None:
    send(ask(row), "Nên giảm hết")
    address = f"/phan-bien/{row.public_id}/gop-y/"
    answer = client_of(OFFICER).post(address, {"chon": [Contribution.objects.get().pk], "lam": lam})
    assert answer.status_code == 422 and not Remark.objects.exists()
    assert Contribution.objects.get().state == "waiting"


@pytest.mark.parametrize("said", [{"refusal": "off_topic"}, {"note": "Không nói về dự thảo"}])
def test_a_reason_of_refusal_does_not_go_into_the_table(row: Criticism, said: dict[str, str]) -> None:
    send(ask(row), "Nên giảm hết")
    address = f"/phan-bien/{row.public_id}/gop-y/"
    typed = {"chon": [Contribution.objects.get().pk], "lam": "nhan", **said}
    answer = client_of(OFFICER).post(address, typed)
    assert answer.status_code == 422 and not Remark.objects.exists()
    assert "Đang ghi lý do không đưa vào bảng" in html_of(answer)


def test_what_was_sorted_out_waits_again_by_its_own_button_alone(row: Criticism) -> None:
    send(ask(row), "Nên giảm hết")
    pk, client = Contribution.objects.get().pk, client_of(OFFICER)
    address = f"/phan-bien/{row.public_id}/gop-y/"
    assert client.post(address, {"chon": [pk], "lam": "nhan"}).status_code == 302
    for lam in ("nhan", "bo", ""):
        assert client.post(f"{address}?nhom=taken", {"chon": [pk], "lam": lam}).status_code == 422
    assert Contribution.objects.get().state == "taken"
    html = html_of(client.get(f"{address}?nhom=taken"))
    assert 'name="lam" value="tra"' in html
    assert client.post(f"{address}?nhom=taken", {"chon": [pk], "lam": "tra"}).status_code == 302
    assert Contribution.objects.get().state == "waiting"


def test_enter_on_a_tick_confirms_and_refuses_no_group(row: Criticism) -> None:
    call, client = ask(row), client_of(OFFICER)
    for text in ("Nên giảm hết phí cho người cao tuổi", "Nên giảm hết phí cho mọi người cao tuổi"):
        send(call, text)
    chosen = list(Contribution.objects.values_list("pk", flat=True))
    client.post(f"/phan-bien/{row.public_id}/gop-y/", {"chon": chosen, "lam": "nhan"})
    remarks = list(Remark.objects.order_by("pk"))
    group = RemarkGroup.objects.create(draft=row.draft, members=[one.pk for one in remarks], score=1)
    address = f"/phan-bien/{row.public_id}/nhom/"
    html, decide = html_of(client.get(address)), f"{address}{group.public_id}/"
    assert binding_defaults(html) == []
    answer = press_enter(client, html, decide, decide, {"chon": [one.pk for one in remarks]})
    page = html_of(client.get(answer["Location"]))
    assert "Chưa có gì được ghi" in page and page.count(" checked>") == len(remarks)
    group.refresh_from_db()
    assert group.state == RemarkGroup.State.PROPOSED
