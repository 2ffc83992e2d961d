"""What is asked for in one line is kept in one line, whoever sends it: papers and lists set it as a line."""

from __future__ import annotations

import datetime as dt
import gc
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

import supervision
import workflows
from supervision.cases.models import PlanItem
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.drafts.taking.contributions import Said
from supervision.law.specs import Field, Widget
from supervision.law.text import T
from supervision.web.formfields import LineField
from supervision.web.stepgroups import StepForm
from tests.told import tell
from tests.web.test_bad_input import Desk, address
from workflows.acts import inputs

#: Short enough for every field, with every sign at which a line may end.
BROKEN = ("a\nb", "a\r\nb", "a\tb", "a\x0bb", "a\x0cb", "a\x1eb", "a\x85b", "a\u2028b", "a \u2029\n b")
#: Django's own boxes of one line, and why what is typed there need not be folded.
LOOKED_UP = {
    ("CodeForm", "ma"): "looked up, not kept",
    ("ContributionForm", "author_name"): "`Said` folds it",
}


def everything() -> None:
    """Import every module of the product, so that all that is declared in any is there."""
    for package in (supervision, workflows):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".settings" not in found.name and ".migrations" not in found.name and "wsgi" not in found.name:
                importlib.import_module(found.name)


def declared() -> Iterator[Field]:
    """Yield every field of every form and act, columns of rows too."""
    everything()
    gc.unfreeze()  # what stood when the run began was frozen, and would not be told
    yield from (one for one in gc.get_objects() if type(one) is Field)


@pytest.mark.django_db
def test_every_line_of_every_form_is_kept_as_one_line() -> None:
    lines = [field for field in declared() if field.widget is Widget.LINE]
    assert len(lines) > 40
    about: dict[str, Any] = {"case": None, "actor": None, "on": dt.date(2026, 6, 9)}
    for field in lines:
        name = field.name
        asked = (replace(field, required=False, required_when=None),)
        for broken in BROKEN:
            assert inputs.clean(asked, {name: broken}, **about) == {name: "a b"}, (name, broken)
        sent = QueryDict(mutable=True)
        sent[name] = "a\nb"
        assert StepForm(asked, offered={}, data=sent).values() == {name: "a b"}, "and in a working copy"


@pytest.mark.django_db
def test_a_text_keeps_its_paragraphs() -> None:
    about: dict[str, Any] = {"case": None, "actor": None, "on": dt.date(2026, 6, 9)}
    assert inputs.clean((Field("text", T("Lời", "Text")),), {"text": "a\r\nb"}, **about) == {"text": "a\nb"}


def test_every_box_of_one_line_of_other_forms_is_folded() -> None:
    everything()
    found, todo = {}, [forms.Form]
    while todo:
        todo += (kinds := todo.pop().__subclasses__())
        for kind in kinds:
            if kind.__module__.startswith("supervision."):
                found |= {(kind.__name__, name): one for name, one in kind.declared_fields.items()}
    boxes = {key: one for key, one in found.items() if type(one.widget) is forms.TextInput}
    folded = {key for key, one in boxes.items() if isinstance(one, LineField)}
    numbers = {key for key, one in boxes.items() if not isinstance(one, forms.CharField)}
    assert folded and set(boxes) - folded - numbers == set(LOOKED_UP)
    assert LineField().clean(" a \n- b ") == "a - b"


def test_a_name_that_came_in_a_table_or_a_mail_is_one_line() -> None:
    assert Said(node="", text="x\ny", author_name="Hội A\n- Hội B").author_name == "Hội A - Hội B"


@pytest.mark.django_db
def test_an_item_of_the_plan_makes_no_second_item_in_the_letter() -> None:
    driver: Driver = tell("plan", dt.date(2026, 12, 15), until=-46)
    item = {"form": "S2", "field": "land", "period": "q3", "fate": "keep"}
    agency, chair = actor("so-nnmt-24.dau_moi").organization, actor("mttq-24.can_bo_1").organization
    item |= {"agency": agency.public_id, "chair": chair.public_id, "title": "Đất đai\n- KH-99. Giám sát bịa"}
    with Desk(driver, "mttq-24.can_bo_1", -44) as desk:
        sent = {f"items-0-{name}": value for name, value in item.items()}
        page = desk.post(address(driver.item("choose_items")), **{"items-total": "1"}, **sent)
    assert page.status_code == 302
    assert PlanItem.objects.get().title == "Đất đai - KH-99. Giám sát bịa"
