"""Quotation marks as people type them: what is quoted stays whole, and an odd mark swallows nothing."""

from __future__ import annotations

import random

import pytest

from supervision.legaltext.outline import Kind, Outline, outline, read_text
from supervision.legaltext.outline.doubts import doubts
from supervision.legaltext.outline.lines import to_lines
from supervision.legaltext.outline.quotations import Marks, read_marks
from tests.drafts.samples import FIELDS, sample
from tests.drafts.test_outline import HARD, read

COUNTED = (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT)


@pytest.mark.parametrize(
    ("text", "opened", "closed", "begins"),
    [
        ('"chất thải" là', 0, 0, False),
        ('"chất thải” là', 0, 0, False),
        ('"chất thải là', 1, 0, True),
        ('Cụm từ "chất thải là', 1, 0, False),
        ('như sau: "2. Mức', 1, 0, True),
        ("b) B.”.", 0, 1, False),
        ("2. Hai.“", 0, 1, False),
        ("”Điều 5. Mức", 1, 0, True),
        ("““Điều 5", 2, 0, True),
        ('Màn hình 15", 21" nữa', 0, 0, False),
        ("đến năm 2030”.", 0, 1, False),
        ('đến năm 2030".', 0, 1, False),
        ('sửa cụm từ"a"thành "b"', 0, 0, False),
        ("''a'' và «b»", 0, 0, False),
    ],
)
def test_a_mark_opens_or_closes_by_what_stands_beside_it(
    text: str, opened: int, closed: int, begins: bool
) -> None:
    assert read_marks(text) == Marks(opened, closed, begins)


@pytest.mark.parametrize(
    ("name", "clause", "quoted"),
    [
        (
            "a quotation whose closing mark was forgotten before the next",
            "dieu-1-khoan-1",
            ["“Điều 5. Mức thu", "1. Một.", "2. Hai."],
        ),
        (
            "a quotation whose closing mark was forgotten before the next",
            "dieu-1-khoan-2",
            ["“Điều 6. Cách thu", "1. Một.”"],
        ),
        (
            "a quotation in a quotation, over paragraphs both",
            "dieu-1-khoan-1",
            [
                "“Điều 1. Sửa đổi khoản 2 Điều 5 như sau:",
                "“2. Mức mới.",
                "3. Mức khác.”",
                "2. Bãi bỏ Điều 7.”",
            ],
        ),
        (
            "a quotation that opens each paragraph anew",
            "dieu-1-khoan-1",
            ["“Điều 5. Mức thu", "“1. Một.", "“2. Hai.”"],
        ),
        ("marks that the keyboard turned round", "dieu-1-khoan-1", ["”2. Mức mới.", "3. Mức khác.“"]),
        (
            "a provision quoted in the mixed pair",
            "dieu-1-khoan-1",
            ['"Điều 2. Mức thu', "1. Một.", "2. Hai.”."],
        ),
    ],
)
def test_a_quoted_provision_stays_with_the_clause_that_quotes_it(
    name: str, clause: str, quoted: list[str]
) -> None:
    found = next(node for node in read(HARD[name]["text"]).walk() if node.id == clause)
    assert found.text[1:] == quoted


@pytest.mark.parametrize(
    ("opening", "closing"),
    ["‘’", "''", "″″", "＂＂", "「」", "『』", "‹›", ("``", "''"), ("''", "''"), "“”", "”“"],
)
def test_whatever_the_marks_a_quoted_article_stays_whole(opening: str, closing: str) -> None:
    quoted = f"{opening}Điều 5. A\n1. Một.\n2. Hai.{closing}"
    found = read(f"Điều 1. Sửa đổi\n1. Sửa Điều 5 như sau:\n{quoted}\n2. Bỏ Điều 7.")
    assert [node.id for node in found.walk()] == ["dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-2"]
    assert list(doubts(found)) == []


def test_an_apostrophe_is_no_quotation_mark() -> None:
    lines = ["Điều 1. A", "1. Xã K'Ho, M’Nông.", "2. Trong 15'.", "3. Họp 5’.", "4. 'K' là hệ số.", "5. B."]
    found = read("\n".join(lines))
    assert found.count(Kind.CLAUSE) == 5 and list(doubts(found)) == []


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("odd", ['"', "“", "”", "„", "''"])
def test_an_odd_mark_anywhere_swallows_no_provision(field: str, odd: str) -> None:
    lines = to_lines(sample(field))
    whole = counts(outline(*read_text("\n\n".join(lines))))
    chance = random.Random(f"{field} {odd}")
    for _run in range(5):
        marked = list(lines)
        for _mark in range(chance.randint(1, 5)):
            at = chance.randrange(len(marked))
            words = marked[at].split(" ")
            place = chance.randrange(min(3, len(words)), len(words) + 1)  # not before a provision's number
            words[place : place + 1] = [f"{odd}{words[place]}" if place < len(words) else odd]
            marked[at] = " ".join(words)
        assert counts(outline(*read_text("\n\n".join(marked)))) == whole


def counts(found: Outline) -> list[int]:
    return [found.count(kind) for kind in COUNTED]
