"""What is hidden is gone from every text, and nothing else is touched."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.language.hiding import Passage, hide
from supervision.law.text import T
from supervision.publication.vocabulary import State

NAME = Passage("Nguyễn Văn An", "[đã che: dữ liệu cá nhân]")


@dataclass(frozen=True)
class Told:
    text: str
    rows: list[dict[str, Any]]
    state: State = State.WAITING


@pytest.mark.parametrize(
    "text",
    [
        "ông Nguyễn Văn An ở xã Mẫu",
        "ông NGUYỄN VĂN AN ở xã Mẫu",
        "ông Nguyễn\u00a0Văn\n An ở xã Mẫu",
        unicodedata.normalize("NFD", "ông nguyễn văn an ở xã Mẫu"),
    ],
)
def test_letters_of_either_case_and_any_spaces_match(text: str) -> None:
    assert hide(text, [NAME]) == "ông [đã che: dữ liệu cá nhân] ở xã Mẫu"


def test_a_part_of_a_longer_word_is_another_name() -> None:
    assert hide("Nguyễn Văn Anh, Nguyễn Văn An.", [NAME]) == f"Nguyễn Văn Anh, {NAME.instead}."


def test_what_contains_another_passage_is_hidden_first() -> None:
    longer = Passage("hộ Nguyễn Văn An", "[đã che: x]")
    assert hide("hộ Nguyễn Văn An", [NAME, longer]) == "[đã che: x]"


def test_it_is_hidden_however_deep_it_lies_and_the_rest_keeps_its_kind() -> None:
    told = Told("Nguyễn Văn An", [{"who": ("x", T("Nguyễn Văn An", "Nguyễn Văn An")), "n": 3}])
    hidden = hide(told, [NAME])
    assert hidden == Told(NAME.instead, [{"who": ("x", T(NAME.instead, NAME.instead)), "n": 3}])
    assert hidden.state is State.WAITING
    assert hide(told, []) is told


@given(st.text(min_size=3, max_size=12).filter(lambda one: one.strip()), st.lists(st.text(max_size=30)))
def test_no_passage_is_left_anywhere(phrase: str, around: list[str]) -> None:
    text = unicodedata.normalize("NFC", f" {phrase} ".join(around))
    hidden = hide({"a": [text]}, [Passage(phrase, "▇▇")])["a"][0]
    plain = " ".join(unicodedata.normalize("NFC", phrase).split())
    if plain and "▇" not in phrase:
        assert f" {plain} " not in f" {hidden} "
