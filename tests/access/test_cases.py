"""Rights over a real case: lists and pages agree, one agency never sees another's, mandates never add up."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client

from supervision.access import matrix, policy, rights
from supervision.casefiles.models import Case
from supervision.cases.models import Inquiry, Recommendation
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.files.models import Attachment
from supervision.files.services import store
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate, Organization, User
from tests.files.samples import pdf
from tests.markup import html_of
from tests.stages import AGENCIES, DEPUTY, MEMBER, OFFICER, PROVINCE, drafter, go, leader
from workflows.acts import working_copies
from workflows.models import WorkingCopy, WorkItem

FIRST, SECOND, THIRD = AGENCIES
Start = Callable[[str], Driver]
MODELS: tuple[type[Model], ...] = (Case, Inquiry, Recommendation, Document, Attachment, WorkItem)
ACTIONS = sorted({row.action for row in matrix.ROWS})
#: Where each model with a public id is seen; every tail below is tried as well.
PAGES: dict[type[Model], tuple[str, tuple[str, ...]]] = {
    Case: ("ho-so", ("", "huy/", "hoan/", "hen-lai/")),
    Inquiry: ("yeu-cau", ("", "rut/", "gia-han/", "xin-gia-han/")),
    Recommendation: ("kien-nghi", ("", "gia-han/", "xin-gia-han/", "don-doc/", "cap-tren/")),
    Document: ("van-ban", ("", "tep.pdf", "ky-lai/", "ky-o-may-khac/", "tep-de-ky.pdf", "nop-ban-ky/")),
    Attachment: ("tep", ("",)),
    WorkItem: ("viec-cua-toi", ("", "kiem-tra/", "bien-nhan/", "nhan/", "tra/", "giao/")),
}
POSTS = ("ky-lai/", "ky-o-may-khac/", "nop-ban-ky/", "nhan/", "tra/", "giao/")
MISSING = "a" * 26


@pytest.fixture
def full(stage: Start) -> Iterator[Driver]:
    """A case with files of two agencies, replies, work that was taken and working copies."""
    driver = stage("asked")
    for code in (FIRST, SECOND):
        inquiry = driver.inquiry(code)
        go(driver, -19, "receive_inquiry", inquiry)
        upload = store(
            SimpleUploadedFile(f"so-lieu-{code}.pdf", pdf()),
            by=actor(drafter(code)).mandate,
            at=driver.at(-18),
        )
        item = driver.item("draft_response", inquiry)
        working_copies.save_working_copy(
            actor=actor(drafter(code)), item=item, data={"summary": f"NHAP-{code}"}, at=driver.at(-17)
        )
        if code == FIRST:
            go(driver, -16, "draft_response", inquiry, summary=f"KIN-{code}", files=[upload])
            go(driver, -15, "approve_response", inquiry)
    with time_machine.travel(driver.at(-14), tick=True):
        yield driver


def someone(rng: random.Random, codes: list[str]) -> Actor:
    """Return a person of the demonstration or a stranger, whatever their duty and place."""
    if rng.random() < 0.6:
        mandates = Mandate.objects.select_related("user", "organization").order_by("pk")
        return Actor.of(mandates[rng.randrange(mandates.count())])
    duty = rng.choice([*rights.DUTIES])
    user, _made = User.objects.get_or_create(username=f"nguoi-la-{rng.randrange(6)}")
    organization = Organization.objects.get(code=rng.choice(codes))
    mandate, _made = Mandate.objects.get_or_create(
        user=user,
        organization=organization,
        duty=duty,
        defaults={"title": "T", "from_on": "2026-01-01", "decision_number": "1", "decision_on": "2026-01-01"},
    )
    return Actor.of(Mandate.objects.select_related("user", "organization").get(pk=mandate.pk))


def test_lists_and_questions_agree_for_anybody_about_anything(full: Driver) -> None:
    rng, codes = random.Random(7), [*AGENCIES, PROVINCE, "mttq-24", "mttq-01", "phn-24", "ubnd-24-24m04"]
    pairs = 0
    for _round in range(150):
        who, model = someone(rng, codes), rng.choice(MODELS)
        action = rng.choice(ACTIONS)
        if not any(row.kind == model._meta.label_lower and row.action == action for row in matrix.ROWS):
            action = "view"
        on = full.day(rng.choice([-400, -14, -14, -14, 30]))
        listed = set(
            policy.visible(who, model._default_manager.all(), action, on).values_list("pk", flat=True)
        )
        assert policy.visible(who, model._default_manager.all(), action, on).count() == len(listed)
        for row in model._default_manager.all():
            pairs += 1
            assert policy.can(who, action, row, on) == (row.pk in listed), (who, action, row)
        if not who.in_force(on):
            assert not listed
        if action != "view":
            seen = policy.visible(who, model._default_manager.all(), "view", on)
            assert listed <= set(seen.values_list("pk", flat=True)), "nobody acts on what they cannot see"
    assert pairs > 300


def client_of(who: Actor) -> Client:
    client = Client()
    client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["mandate"] = who.mandate.public_id
    session.save()
    return client


def answer(client: Client, address: str) -> Any:
    return client.post(address) if address.endswith(POSTS) else client.get(address)


def headers(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.items() if name not in ("Date", "Content-Length")}


@pytest.mark.tier("all")
def test_what_is_not_ones_own_answers_exactly_like_what_does_not_exist(full: Driver) -> None:
    strangers = [
        drafter(THIRD),
        leader(THIRD),
        f"{PROVINCE}.dau_moi",
        "mttq-24-24m01.can_bo",
        "phn-24.chu_tich",
    ]
    tried = 0
    for key in strangers:
        who = actor(key)
        client = client_of(who)
        for model, (place, tails) in PAGES.items():
            seen = set(policy.visible(who, model._default_manager.all()).values_list("pk", flat=True))
            foreign = [row for row in model._default_manager.order_by("pk") if row.pk not in seen][:4]
            for tail in tails:
                nothing = answer(client, f"/{place}/{MISSING}/{tail}")
                assert nothing.status_code == 404, (place, tail)
                for row in foreign:
                    there = answer(client, f"/{place}/{row.public_id}/{tail}")  # type: ignore[attr-defined]
                    tried += 1
                    assert there.status_code == 404, (key, place, tail)
                    assert len(there.content) == len(nothing.content), (key, place, tail)
                    assert headers(there) == headers(nothing)
                    english = answer(client, f"/en/{place}/{row.public_id}/{tail}")  # type: ignore[attr-defined]
                    assert english.status_code == 404
    assert tried > 100


def test_an_agency_never_sees_another_agencys_part(full: Driver) -> None:
    """Every object of the case, by its id, as the people of an agency that was asked as well."""
    theirs = {
        row.public_id
        for row in Attachment.objects.filter(uploaded_by__organization__code__in=(FIRST, SECOND))
    }
    theirs |= {row.public_id for row in Inquiry.objects.filter(agency__code__in=(FIRST, SECOND))}
    theirs |= {row.public_id for row in WorkItem.objects.filter(organization__code__in=(FIRST, SECOND))}
    assert len(theirs) >= 8
    for key in (drafter(THIRD), leader(THIRD)):
        client = client_of(actor(key))
        for model, (place, _tails) in PAGES.items():
            for row in model._default_manager.all():
                response = answer(client, f"/{place}/{row.public_id}/")  # type: ignore[attr-defined]
                body = b"".join(response.streaming_content) if response.streaming else response.content
                text = body.decode(errors="ignore")
                if row.public_id in theirs:  # type: ignore[attr-defined]
                    assert response.status_code == 404, (key, place)
                for secret in ("KIN-", "NHAP-", "so-lieu-"):
                    assert secret not in text, (key, place, secret)
        for listing in ("/viec-cua-toi/", "/ho-so/", "/van-ban/"):
            text = html_of(client.get(listing))
            assert not any(one in text for one in theirs), listing


def test_what_an_agency_has_not_sent_yet_is_its_own(full: Driver) -> None:
    """The delegation reads what was sent, not what lies on the agency's desk."""
    draft = WorkingCopy.objects.get().item
    unsent = Attachment.objects.get(uploaded_by__organization__code=SECOND)
    sent = Attachment.objects.get(uploaded_by__organization__code=FIRST)
    for key in (OFFICER, MEMBER, "mttq-24.truong_doan"):
        client = client_of(actor(key))
        assert client.get(f"/viec-cua-toi/{draft.public_id}/").status_code == 404
        assert client.get(f"/tep/{unsent.public_id}/").status_code == 404
        assert client.get(f"/tep/{sent.public_id}/").status_code == 200
        page = html_of(client.get(f"/yeu-cau/{draft.inquiry.public_id}/"))
        assert "NHAP-" not in page and "so-lieu-" not in page


def test_a_member_from_another_organization_sees_this_case_only_while_the_grant_lasts(full: Driver) -> None:
    who = actor(MEMBER)
    assert policy.can(who, "view", full.case)
    assert not policy.can(who, "steer", full.case)
    full.case.grants.update(until_on=full.day(-15))
    assert not policy.can(who, "view", full.case)
    assert client_of(who).get(f"/ho-so/{full.case.public_id}/").status_code == 404


def test_two_mandates_of_one_person_by_http(full: Driver) -> None:
    front, farmers = actor(DEPUTY), actor("hnd-24.chu_tich")
    case = f"/ho-so/{full.case.public_id}/"
    assert client_of(front).get(case).status_code == 200
    assert client_of(farmers).get(case).status_code == 404
    assert client_of(front).get(f"{case}huy/").status_code == 200
    assert client_of(farmers).get(f"{case}huy/").status_code == 404
    forged = client_of(farmers)
    session = forged.session
    session["mandate"] = actor(OFFICER).mandate.public_id
    session.save()
    assert forged.get(case).status_code == 302, "a mandate of someone else is none of one's own"


def test_own_objects_without_the_right_are_refused_in_words(full: Driver) -> None:
    client = client_of(actor(OFFICER))
    for tail in ("huy/", "hoan/", "hen-lai/"):
        response = client.get(f"/ho-so/{full.case.public_id}/{tail}")
        assert response.status_code == 403
        assert "không có quyền" in html_of(response)
