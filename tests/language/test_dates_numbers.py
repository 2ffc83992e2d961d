"""Dates and numbers: the day first in both languages, zeros as Decree 30 writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.utils import formats, translation

from supervision.language.dates import long_date, long_date_en, short_date, vietnam_day
from supervision.language.numbers import count, decimal


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (dt.date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (dt.date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (dt.date(2026, 9, 10), "ngày 10 tháng 9 năm 2026"),
        (dt.date(2026, 12, 9), "ngày 09 tháng 12 năm 2026"),
    ],
)
def test_long_dates_have_zeros_where_decree_30_has_them(day: dt.date, words: str) -> None:
    assert long_date(day) == words


def test_short_and_english_dates() -> None:
    assert short_date(dt.date(2026, 3, 5)) == "05/03/2026"
    assert long_date_en(dt.date(2026, 3, 5)) == "5 March 2026"


def test_vietnam_time_whatever_the_zone() -> None:
    late = dt.datetime(2026, 3, 5, 18, 7, tzinfo=dt.UTC)
    assert vietnam_day(late) == dt.date(2026, 3, 6)
    with pytest.raises(ValueError, match="aware"):
        vietnam_day(dt.datetime(2026, 3, 5))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("typed", ["05/03/2026", "5/3/2026", "05-03-2026", "05.03.2026", "2026-03-05"])
def test_the_day_stands_first_in_both_languages(language: str, typed: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean(typed) == dt.date(2026, 3, 5)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("typed", ["31/02/2026", "03/25/2026", "05/03/26", "hôm nay"])
def test_impossible_dates_are_refused(language: str, typed: str) -> None:
    with translation.override(language), pytest.raises(forms.ValidationError):
        forms.DateField().clean(typed)


def test_pages_print_dates_and_numbers_as_the_language_does() -> None:
    day = dt.date(2026, 3, 5)
    with translation.override("vi"):
        assert formats.date_format(day, "SHORT_DATE_FORMAT") == "05/03/2026"
        assert formats.number_format(Decimal("1234567.89"), 2, force_grouping=True) == "1.234.567,89"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert forms.DecimalField(localize=True).clean("1234,5") == Decimal("1234.5")
    with translation.override("en"):
        assert formats.date_format(day, "SHORT_DATE_FORMAT") == "05/03/2026"
        assert formats.number_format(Decimal("1234567.89"), 2, force_grouping=True) == "1,234,567.89"


def test_numbers_in_words() -> None:
    assert decimal(Decimal("1234.5"), 1) == "1.234,5"
    assert decimal(1234.5, 1, "en") == "1,234.5"
    assert count(1, "ngày", "day") == "1 ngày"
    assert count(1, "ngày", "day", "en") == "1 day"
    assert count(1200, "ngày", "day", "en") == "1,200 days"
    assert count(2, "kiến nghị", "reply", "en", plural="replies") == "2 replies"
