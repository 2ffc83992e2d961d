"""Numbers that law leaves open: everyone of an organization reads them, its head alone sets them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from supervision.audit.models import Event
from supervision.demo import world
from supervision.law.terms import NO, OPEN_TERMS, WORKING_DAYS
from supervision.organizations.models import Organization, Setting
from supervision.organizations.services import setting
from tests.markup import html_of
from tests.web.test_limits import client_of

pytestmark = pytest.mark.django_db
CHAIR, OFFICER = "mttq-24.chu_tich", "mttq-24.can_bo_1"


@pytest.fixture(autouse=True)
def people() -> None:
    world.build(at=timezone.now())


def front() -> Organization:
    return Organization.objects.get(code="mttq-24")


def test_the_head_sets_a_number_and_leaves_it_to_the_superior_again() -> None:
    client = client_of(CHAIR)
    assert client.post("/thoi-han/", {"reply_days": "20"}).status_code == 302
    assert setting(front(), "reply_days") == 20
    commune = Organization.objects.get(code="mttq-24-24m04")
    assert setting(commune, "reply_days") == 20, "those below follow"
    assert "đơn vị đã đặt" in html_of(client.get("/thoi-han/"))
    client.post("/thoi-han/", {"reply_days": ""})
    assert setting(front(), "reply_days") == OPEN_TERMS["reply_days"].default
    told = Event.objects.filter(action__startswith="term.").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["term.set", "term.cleared"]


@pytest.mark.parametrize("typed", ["0", "366", "-3", "ba mươi", "9" * 40, "1.5"])
def test_what_is_no_number_of_days_is_said_and_kept(typed: str) -> None:
    response = client_of(CHAIR).post("/thoi-han/", {"reply_days": typed, "assess_days": "7"})
    page = html_of(response)
    assert response.status_code == 422 and f'value="{typed}"' in page and 'value="7"' in page
    assert not Setting.objects.filter(organization=front()).exists()


def test_others_read_and_do_not_set() -> None:
    client = client_of(OFFICER)
    assert '<form method="post" action="#loi"' not in html_of(client.get("/thoi-han/"))
    assert client.post("/thoi-han/", {"reply_days": "20"}).status_code == 403
    assert not Setting.objects.filter(organization=front()).exists()


def test_a_choice_is_kept_and_shown_in_words_and_nothing_else_is_taken() -> None:
    client = client_of(CHAIR)
    wanted = {"anonymous_opinions": "0", "reply_unit": "1", "reminder_offset_1": "0"}
    assert client.post("/thoi-han/", wanted).status_code == 302
    values = [setting(front(), key) for key in wanted]
    assert values == [NO, WORKING_DAYS, 0]
    page = html_of(client.get("/thoi-han/"))
    assert "Đang dùng: ngày làm việc, đơn vị đã đặt" in page
    refused = client.post("/thoi-han/", {**wanted, "reply_unit": "7", "overlap_words": "11"})
    assert refused.status_code == 422 and "Số phải từ 0 đến 10" in html_of(refused)
    assert setting(front(), "reply_unit") == WORKING_DAYS
