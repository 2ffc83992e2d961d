"""Folding makes one plain form of what people type in many ways."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.language.folding import fold, lower_first, nfc, number_key, seen, slug


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Khiếu nại ĐẤT ĐAI", "khieu nai dat dai"),
        ("Đào", "dao"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Thuỷ", "thuy"),
        ("thủy", "thuy"),
        ("CỘNG HOÀ", "cong hoa"),
        ("  Đắk   Nông\n", "dak nong"),
        (unicodedata.normalize("NFD", "Ủy ban nhân dân xã Mẫu Thượng"), "uy ban nhan dan xa mau thuong"),
    ],
)
def test_marks_case_and_spaces_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    "typed",
    ["12/KH-MTTQ-BTT", "12/kh-mttq-btt", " 12 / KH - MTTQ - BTT ", "12 kh mttq btt", "12/KH–MTTQ–BTT"],
)
def test_a_document_number_is_one_number_however_typed(typed: str) -> None:
    assert number_key(typed) == "12khmttqbtt"


def test_party_and_joint_numbers_have_keys_too() -> None:
    assert number_key("217-QĐ/TW") == "217qdtw"
    assert number_key("403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN") == "4032017nqltubtvqh14cpdctubtwmttqvn"


def test_a_slug_keeps_the_d_of_dat_dai() -> None:
    assert slug("Đất đai: thuỷ lợi, đê điều!") == "dat-dai-thuy-loi-de-dieu"
    assert slug("...") == ""


def test_composed_text_is_one_code_point_a_letter() -> None:
    assert nfc(unicodedata.normalize("NFD", "Ẫ")) == "Ẫ"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert number_key(number_key(text)) == number_key(text)
    assert slug(slug(text)) == slug(text)


@given(st.text())
def test_both_normal_forms_fold_alike(text: str) -> None:
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(apart)


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Giám sát việc cấp nước", "giám sát việc cấp nước"),
        ("UBND xã giải quyết hồ sơ", "UBND xã giải quyết hồ sơ"),
        ("Đánh giá", "đánh giá"),
        ("A", "a"),
        ("", ""),
    ],
)
def test_a_title_inside_a_sentence_keeps_its_abbreviation(title: str, inside: str) -> None:
    assert lower_first(title) == inside


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Không \u202eýgnồđ\u202c", "Không ýgnồđ"),
        ("\u2066a\u2069\u200e\u200f\u061c", "a"),
        ("\ufeffĐiều\x00 1\x07\x9f\u200b", "Điều 1"),
        ("dòng một\x0bdòng hai\u2028ba\tbốn\r\n", "dòng một\ndòng hai\nba\tbốn\r\n"),
        ("👩\u200d🌾 và \u0915\u094d\u200c\u0937", "👩\u200d🌾 và \u0915\u094d\u200c\u0937"),
    ],
)
def test_what_nobody_sees_is_left_out_and_joiners_stay(text: str, kept: str) -> None:
    assert seen(text) == kept
