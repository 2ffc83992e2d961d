"""Vietnamese order, the same as ICU's `vi` (checked on PostgreSQL when the suite runs there)."""

from __future__ import annotations

import itertools
import random
import unicodedata

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from supervision.language.sorting import compare, sort_key

#: In order. Letters first, over the whole text; then tones; then case.
IN_ORDER = [
    "_ghi chú",
    "1 việc",
    "10 việc",
    "2 việc",
    "An",
    "An Giang",
    "ăn",
    "Ăn",
    "Ân",
    "Ba Đình",
    "Bà Rịa",
    "Bắc Giang",
    "Bắc Ninh",
    "Ca",
    "Cà",
    "Cả",
    "Cã",
    "Cá",
    "Cạ",
    "Cà Mau",
    "Cao Bằng",
    "Chà",
    "Cộng hoà",
    "Cộng hòa",
    "Da",
    "Đá",
    "Đà Nẵng",
    "Đắk Lắk",
    "Đồng Nai",
    "E",
    "Ê",
    "Huế",
    "Kiên Giang",
    "Oi",
    "Ôi",
    "Ơi",
    "Ua",
    "Ưa",
    "Yên Bái",
]


def test_names_stand_in_vietnamese_order() -> None:
    shuffled = IN_ORDER[:]
    random.Random(5).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_compare_is_what_a_collation_needs() -> None:
    for (i, a), (j, b) in itertools.product(enumerate(IN_ORDER), repeat=2):
        assert compare(a, b) == (i > j) - (i < j), (a, b)


@given(st.text(), st.text(), st.text())
def test_the_order_is_total(a: str, b: str, c: str) -> None:
    assert compare(a, b) == -compare(b, a)
    assert (compare(a, b) == 0) == (unicodedata.normalize("NFC", a) == unicodedata.normalize("NFC", b))
    first, second, third = sorted((a, b, c), key=sort_key)
    assert compare(first, second) <= 0
    assert compare(second, third) <= 0
    assert compare(first, third) <= 0


def _names(number: int) -> list[str]:
    dice = random.Random(2026)
    vowels, tones = "aăâeêioôơuưy", ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    starts = ["", "b", "c", "ch", "d", "đ", "g", "h", "kh", "ng", "nh", "ph", "qu", "th", "tr", "v", "x"]

    def word() -> str:
        vowel = unicodedata.normalize("NFC", dice.choice(vowels) + dice.choice(tones))
        plain = dice.choice(starts) + vowel + dice.choice(["", "n", "ng", "c", "t", "i", "o"])
        return dice.choice([plain, plain.capitalize(), plain.capitalize(), plain.upper()])

    return sorted({dice.choice([" ", " ", "-", ", "]).join((word(), word())) for _ in range(number)})


@pytest.mark.django_db
def test_the_order_is_icu_s() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("ICU is at hand in PostgreSQL only")
    names = _names(5000) + IN_ORDER
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT n FROM unnest(%s::text[]) AS t(n) ORDER BY n COLLATE "vi-x-icu", n COLLATE "C"', [names]
        )
        assert [row[0] for row in cursor.fetchall()] == sorted(names, key=sort_key)
