"""A text as lines for the editor: nothing is lost, and what a line begins is what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.legaltext.outline import Kind, Outline, outline, read_text
from supervision.legaltext.outline.lines import from_lines, pieces, to_lines
from tests.drafts.test_outline import ORDERLY, read
from tests.drafts.test_real_texts import COUNTED, SHARED

STARTS = (
    "", "", "Điều 5. ", "Điều 6", "Chương II. ", "Phần thứ hai. ", "Mục 1. ", "1. ", "2.", "2a. ", "a) ",
    "đ) ", "> ", "Phụ lục. ", "Phụ lục I. ",
    "Mẫu số 01. ", "Kèm theo. ", "| ", "---", "Điều này ", "l. ", ">",
    "I. ", "II.", "Phần A. ", "B. ", "1.1. ", "1.1.1. ",
)  # fmt: skip
LINE = st.builds(
    lambda start, words: f"{start}{words}".strip(),
    st.sampled_from(STARTS),
    st.text("abĐđiều .|)>123", max_size=12).map(lambda text: " ".join(text.split())),
)


def again(found: Outline) -> Outline:
    return from_lines(to_lines(found), found.title)


@given(st.lists(LINE, max_size=25))
def test_what_was_typed_reads_the_same_when_it_is_typed_again(lines: list[str]) -> None:
    once = from_lines(lines, "Nghị quyết")
    assert again(once) == once


@given(st.lists(LINE, max_size=25))
def test_what_was_guessed_from_a_text_is_said_by_its_lines(lines: list[str]) -> None:
    found = outline(*read_text("\n\n".join(lines)))
    assert again(found) == found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real texts are not at hand")
@pytest.mark.parametrize("name", COUNTED)
def test_a_real_text_comes_back_whole(name: str) -> None:
    found = outline(*read_text(Path(SHARED / name).read_text(encoding="utf-8")))
    assert again(found) == found


@pytest.mark.parametrize("between", [[], ["Nơi nhận:", "1. Như trên."], ["| a | b |"]])
def test_an_article_after_the_signature_stays_in_its_chapter(between: list[str]) -> None:
    once = from_lines(["Chương II.", "---", *between, "Điều 5."], "Nghị quyết")
    (chapter,) = once.nodes
    assert chapter.children[-1].id == "dieu-5"
    assert again(once) == once


def test_a_mark_before_a_line_makes_it_text() -> None:
    typed = [
        "Điều 1. Sửa đổi",
        "1. Sửa Điều 5 như sau:",
        "> Điều 5. Mức chi",
        "> 2. Mức mới",
        "2. Bãi bỏ Điều 6.",
    ]
    found = from_lines(typed, "")
    assert [node.id for node in found.walk()] == ["dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-2"]
    assert found.nodes[0].children[0].text == ["Sửa Điều 5 như sau:", "Điều 5. Mức chi", "2. Mức mới"]
    assert to_lines(found) == typed


def test_a_lost_line_break_is_put_back_by_typing_it() -> None:
    lines = to_lines(read(ORDERLY))
    at = lines.index("c) Miễn, giảm;")
    lines[at : at + 1] = ["c) Miễn", "Điều 2. Giảm mức chi"]
    found = from_lines(lines, "")
    assert [node.number for node in found.walk() if node.kind is Kind.ARTICLE] == ["1", "2", "2"]
    assert "dieu-2-lan-2" in [node.id for node in found.walk()]  # two of one number keep apart


def test_numbers_below_the_signature_are_text() -> None:
    typed = ["Điều 1. Hiệu lực", "---", "Nơi nhận:", "1. Như Điều 1;", "2. Lưu."]
    found = from_lines(typed, "")
    assert [node.id for node in found.walk()] == ["dieu-1"]
    assert found.closing == typed[2:]


def test_pieces_are_what_stands_before_then_headings_and_articles() -> None:
    lines = to_lines(read(ORDERLY))
    cut = [lines[start:end] for start, end in pieces(lines)]
    assert [piece[0].split(".")[0] for piece in cut[1:]] == ["Chương I", "Điều 1", "Điều 2"]
    assert [line for piece in cut for line in piece] == lines
