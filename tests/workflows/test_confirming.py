"""A step that asks for a password is done with a confirmation of its own person, for exactly this, or not."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from supervision.audit.models import Event
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.errors import InvalidInput
from supervision.law.registry import specs
from supervision.law.specs import Step, Widget
from supervision.organizations import passwords
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate, Organization
from tests.databases import ROOT
from tests.markup import html_of
from tests.stages import CHAIR, DEPUTY, OFFICER, go
from tests.web.test_bad_input import Desk, address, text_of
from workflows.acts import act, confirming
from workflows.acts.confirming import NotConfirmed
from workflows.models import Confirmation, ConfirmedAct, DoneAct, WorkingCopy, WorkItem

Start = Callable[[str], Driver]
SIGN = {"decision": "sign"}


@pytest.fixture
def to_sign(stage: Start) -> Driver:
    """A plan is drafted; the chair has to sign it."""
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    return driver


def earned(driver: Driver, who: Any, item: WorkItem, **other: Any) -> Confirmation:
    facts = {"acts": [(item, SIGN)], "at": driver.at(-29)} | other
    return confirming.by_password(actor=who, password=settings.DEMO_PASSWORD, **facts)


def sign(driver: Driver, item: WorkItem, confirmation: Confirmation | None, who: Any = None) -> DoneAct:
    sent = {"actor": who or actor(CHAIR), "item": item, "data": SIGN, "key": f"k{driver.at(-29):%M%S}"}
    return act.act(**sent, at=driver.at(-29), confirmation=confirmation)


def nothing_was_signed(item: WorkItem) -> bool:
    paper = Document.objects.get(pk=item.document_id)
    return not DoneAct.objects.filter(item=item).exists() and paper.state == Document.State.PREPARED


def test_signing_without_a_confirmation_is_refused_and_nothing_happens(to_sign: Driver) -> None:
    item = to_sign.item("sign_plan")
    with pytest.raises(NotConfirmed):
        sign(to_sign, item, None)
    assert nothing_was_signed(item)


def test_with_one_it_is_signed_and_the_event_says_how_it_was_confirmed(to_sign: Driver) -> None:
    item = to_sign.item("sign_plan")
    done = sign(to_sign, item, earned(to_sign, actor(CHAIR), item))
    assert done.confirmed is not None and done.confirmed.spent_at is not None
    event = Event.objects.get(action="act.confirmed", object_id=item.pk)
    assert event.data == {"method": "password", "content": done.confirmed.content}


def test_a_confirmation_counts_for_its_own_person_alone(to_sign: Driver) -> None:
    item = to_sign.item("sign_plan")
    with pytest.raises(NotConfirmed):
        sign(to_sign, item, earned(to_sign, actor(DEPUTY), item))
    assert nothing_was_signed(item)


def test_a_confirmation_runs_out_and_does_not_count_before_it_was_earned(to_sign: Driver) -> None:
    item, at = to_sign.item("sign_plan"), to_sign.at(-29)
    for earned_at in (at - confirming.LIFETIME, at + dt.timedelta(minutes=30)):
        with pytest.raises(NotConfirmed):
            sign(to_sign, item, earned(to_sign, actor(CHAIR), item, at=earned_at))
    assert nothing_was_signed(item)


def test_a_confirmation_is_for_the_paper_as_it_was_read(to_sign: Driver) -> None:
    item = to_sign.item("sign_plan")
    confirmation = earned(to_sign, actor(CHAIR), item)
    paper = Document.objects.get(pk=item.document_id)
    Document.objects.filter(pk=paper.pk).update(context=paper.context | {"purpose": "Việc khác."})
    with pytest.raises(NotConfirmed):
        sign(to_sign, item, confirmation)
    assert nothing_was_signed(item)


def test_a_confirmation_is_for_what_will_stand_above_and_below_the_signature(to_sign: Driver) -> None:
    """In one hat the page showed it, in another it would be signed; or the body was renamed meanwhile."""
    item, chair = to_sign.item("sign_plan"), actor(CHAIR)
    confirmation = earned(to_sign, chair, item)
    other_hat = Mandate.objects.create(
        user=chair.user, organization=chair.organization, duty="signer", title="Phó Chủ tịch",
        from_on=to_sign.day(-60), decision_number="1/QĐ", decision_on=to_sign.day(-60),
    )  # fmt: skip
    with pytest.raises(NotConfirmed):
        sign(to_sign, item, confirmation, Actor.of(other_hat))
    Organization.objects.filter(pk=chair.organization.pk).update(symbol="ZZZ")
    with pytest.raises(NotConfirmed):
        sign(to_sign, to_sign.item("sign_plan"), confirmation)
    assert nothing_was_signed(item)


def test_a_confirmation_is_for_its_item_and_for_what_was_entered(to_sign: Driver) -> None:
    item = to_sign.item("sign_plan")
    other = WorkItem.objects.exclude(pk=item.pk).order_by("pk")[0]
    for acts in ([(other, SIGN)], [(item, {"decision": "sign", "reason": "khác"})], []):
        with pytest.raises(NotConfirmed):
            sign(to_sign, item, earned(to_sign, actor(CHAIR), item, acts=acts))
    assert nothing_was_signed(item)


def test_a_confirmation_is_spent_once(to_sign: Driver) -> None:
    item = to_sign.item("sign_plan")
    confirmation = earned(to_sign, actor(CHAIR), item)
    sign(to_sign, item, confirmation)
    with pytest.raises(NotConfirmed):
        confirming.spend(confirmation, actor=actor(CHAIR), item=item, data=SIGN, at=to_sign.at(-29))
    assert ConfirmedAct.objects.filter(item=item).exclude(spent_at=None).count() == 1


def test_returning_a_paper_needs_none(to_sign: Driver) -> None:
    to_sign.do(-29, CHAIR, "sign_plan", decision="return", reason="Thiếu căn cứ.")
    assert DoneAct.objects.latest("pk").confirmed is None


def test_ten_wrong_passwords_and_the_right_one_is_not_read_for_a_quarter_of_an_hour(to_sign: Driver) -> None:
    item, who, at = to_sign.item("sign_plan"), actor(CHAIR), to_sign.at(-29)
    for _try in range(10):
        with pytest.raises(InvalidInput, match="không đúng"):
            confirming.by_password(actor=who, password="sai", acts=[(item, SIGN)], at=at)
    with pytest.raises(InvalidInput, match="nhiều lần"):
        earned(to_sign, who, item, at=at)
    assert earned(to_sign, actor(OFFICER), item, at=at)  # nobody else is kept out
    assert earned(to_sign, who, item, at=at + dt.timedelta(minutes=30))
    assert Event.objects.filter(action=passwords.WRONG, actor_user_id=who.user.pk).count() == 10


def reaches_for_act(module: ast.Module) -> bool:
    """Return whether a module imports `act`, or asks for or defines a signature."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module in ("workflows.acts", "workflows.acts.act"):
            if "act" in {one.name for one in node.names}:
                return True
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("request_signature"):
            return True
        if isinstance(node, ast.FunctionDef) and node.name == "request_signature":
            return True
    return False


def test_steps_are_done_by_pages_and_sample_data_alone_by_no_command_import_or_bulk_act() -> None:
    """Whoever reaches for `act` is listed: a new way to sign is seen, and has to earn what it spends."""
    found = {
        str(path.relative_to(ROOT))
        for folder in ("supervision", "workflows")
        for path in (ROOT / folder).rglob("*.py")
        if reaches_for_act(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == {
        "supervision/web/views/work.py",  # after the password
        "supervision/web/views/cases.py",  # opens cases
        "supervision/demo/driver.py",  # invented people, in a demonstration
        "supervision/cases/services/papers.py",  # the signature itself, asked for within `act`
        "supervision/documents/services.py",  # where it is defined
    }


def test_nobody_is_confirmed_as_sample_data_outside_the_demonstration(to_sign: Driver, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        confirming.for_sample_data(actor=actor(CHAIR), acts=[], at=to_sign.at(-29))


# -- every step, every address --------------------------------------------------------------


def asking() -> list[Step]:
    """Return every declared step with a password."""
    steps = [step for spec in specs().values() for step in (*spec.steps, *spec.former)]
    return [step for step in steps if any(field.widget is Widget.PASSWORD for field in step.fields)]


def test_every_step_with_a_password_is_asked_in_act_for_what_requires_it() -> None:
    steps = asking()
    assert len(steps) >= 48
    for step in steps:
        decision = next(field for field in step.fields if field.name == "decision")
        binds = {value for value, _label in decision.choices} - {"return", "mend"}
        assert binds and all(confirming.is_asked(step, {"decision": one}) for one in binds), step.name
        assert not confirming.is_asked(step, {"decision": "return", "reason": "Sai"}), step.name
        # A page that shows everything once more reads no password: such a step is done on its own page.
        assert not step.check_first, step.name


def test_a_password_without_a_condition_is_asked_for_always() -> None:
    fields = [dataclasses.replace(field, required=True, required_when=None) for field in asking()[0].fields]
    assert confirming.is_asked(dataclasses.replace(asking()[0], fields=tuple(fields)), {})


def addresses(patterns: list[Any], before: str = "") -> list[str]:
    """Return every pattern of the site, as text with its arguments in <>."""
    found = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += addresses(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            found.append(before + str(one.pattern))
    return found


def test_no_address_signs_without_the_password(to_sign: Driver) -> None:
    """Every address that names a work item, posted with all but the password, whatever was saved before."""
    item = to_sign.item("sign_plan")
    about = [one for one in addresses(get_resolver().url_patterns) if "viec-cua-toi" in one]
    assert len(about) >= 6
    with Desk(to_sign, CHAIR, -29) as desk:
        for saved in (False, True):
            if saved:
                desk.post(address(item), **SIGN, luu="1")
                assert WorkingCopy.objects.filter(item=item).exists()
            for pattern in about:
                at = "/" + pattern.replace("^", "").replace("<str:public_id>", item.public_id)
                desk.post(at, **SIGN, key=f"key-{pattern[-12:]}-{saved}", item=item.public_id, password="")
                assert nothing_was_signed(item), at


def test_the_check_page_does_only_what_is_checked_first(to_sign: Driver) -> None:
    item = to_sign.item("sign_plan")
    with Desk(to_sign, CHAIR, -29) as desk:
        desk.post(address(item), **SIGN, luu="1")
        answer = desk.post(f"{address(item)}kiem-tra/", key="k")
        assert answer.status_code == 302 and answer["Location"] == address(item)
    assert nothing_was_signed(item)


def test_a_paper_drafted_anew_since_the_page_was_opened_is_read_first(to_sign: Driver) -> None:
    item = to_sign.item("sign_plan")
    with Desk(to_sign, CHAIR, -29) as desk:
        assert confirming.paper_mark(item, actor=actor(CHAIR), at=to_sign.at(-29)) in html_of(
            desk.get(address(item))
        )
        answer = desk.post(address(item), **SIGN, password=settings.DEMO_PASSWORD, key="k", paper=64 * "0")
        assert answer.status_code == 409 and "đã khác từ khi bạn mở" in text_of(answer)
    assert nothing_was_signed(item)
