"""What a conclusion commends is listed in public, and leaves the list with its document."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.publication import services
from supervision.publication.models import GoodPractice
from supervision.publication.services import Commended
from tests.publication import factory

pytestmark = pytest.mark.django_db

MOBILE = Commended("ubnd-24-24m05", "Ủy ban nhân dân phường Mẫu Trung", "Tổ lưu động", "Nhận hồ sơ tại nhà")


def listed() -> str:
    return Client().get("/cach-lam-hay/").content.decode()


def test_a_good_practice_is_listed_with_whose_it_is_and_where_it_was_commended() -> None:
    page = factory.publication(commended=[MOBILE])
    html = listed()
    assert MOBILE.title in html and MOBILE.about_name in html and page.address in html


def test_it_leaves_the_list_when_its_document_is_withdrawn() -> None:
    page = factory.publication(commended=[MOBILE])
    services.withdraw(
        publication=page, reason="nhầm", number="1", at=factory.moment(factory.TODAY), by_label="Cán bộ mẫu"
    )
    assert MOBILE.title not in listed()


def test_it_never_changes() -> None:
    factory.publication(commended=[MOBILE])
    with pytest.raises(DatabaseError), transaction.atomic():
        GoodPractice.objects.update(text="khác")


def test_the_list_costs_the_same_for_one_and_for_many() -> None:
    factory.publication(commended=[MOBILE])
    listed()
    with CaptureQueriesContext(connection) as one:
        listed()
    for number in range(12):
        factory.publication(number_text=f"{30 + number}/TB-MTTQ-BTT", commended=[MOBILE, MOBILE])
    with CaptureQueriesContext(connection) as many:
        listed()
    assert len(many) == len(one)
