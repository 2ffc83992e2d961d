"""Nothing is misread in silence: what looks like a provision and became text is told at its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from supervision.drafts.doubts import _SENTENCES, sentence
from supervision.legaltext.outline import Block, Outline, outline, read_text
from supervision.legaltext.outline.doubts import Doubt, Why, doubts
from supervision.legaltext.outline.lines import from_lines, piece_of, pieces, to_lines
from supervision.legaltext.readers import docx, html, pdf
from tests.drafts import files
from tests.drafts.samples import FIELDS, sample
from tests.drafts.test_outline import HARD, read
from tests.drafts.test_real_texts import COUNTED, SHARED

#: A slip, what is said of it, and at which provision.
SLIPS: dict[str, tuple[str, list[tuple[Why, str, str]]]] = {
    "an article twice": (
        "Điều 1. A\n1. Một.\nĐiều 2. B\n1. Hai.\nĐiều 2. C\n1. Ba.",
        [(Why.SAME_NUMBER, "dieu-2-khoan-1", "Điều 2. C"), (Why.SAME_NUMBER, "dieu-2-khoan-1", "1. Ba.")],
    ),
    "a clause twice": (
        "Điều 1. A\n1. Một.\n2. Hai.\n2. Ba.\n3. Bốn.",
        [(Why.SAME_NUMBER, "dieu-1-khoan-2", "2. Ba.")],
    ),
    "a clause too far on": (
        "Điều 1. A\n1. Một.\n2. Hai.\n5. Năm.",
        [(Why.JUMP, "dieu-1-khoan-2", "5. Năm.")],
    ),
    "an article too far on": (
        "Điều 1. A\nMột.\nĐiều 6. B\nHai.",
        [(Why.JUMP, "dieu-1", "Điều 6. B")],
    ),
    "points that begin anew": (
        "Điều 1. A\n1. Gồm:\na) Một;\nb) Hai;\na) Ba;\nb) Bốn.",
        [
            (Why.SAME_NUMBER, "dieu-1-khoan-1-diem-b", "a) Ba;"),
            (Why.SAME_NUMBER, "dieu-1-khoan-1-diem-b", "b) Bốn."),
        ],
    ),
    "no stop after the number": (
        "Điều 1. A\n1. Một.\nĐiều 2 Phạm vi\nHai.\n",
        [(Why.NO_STOP, "dieu-1-khoan-1", "Điều 2 Phạm vi")],
    ),
    "a dash after the number": (
        "Điều 1. A\n1. Một.\nĐiều 2 - Phạm vi\nHai.\n",
        [(Why.NO_STOP, "dieu-1-khoan-1", "Điều 2 - Phạm vi")],
    ),
    "a heading twice": (
        "I. MỤC ĐÍCH\n1. Một.\nII. YÊU CẦU\n1. Hai.\nII. NHIỆM VỤ\nBa.\nIII. KINH PHÍ\n1. Bốn.",
        [(Why.SAME_NUMBER, "de-muc-2-khoan-1", "II. NHIỆM VỤ")],
    ),
    "points past đ that go back": (
        "Điều 1. A\n1. Gồm:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm;\nc) Sáu.",
        [(Why.SAME_NUMBER, "dieu-1-khoan-1-diem-dd", "c) Sáu.")],
    ),
    "a point left out": (
        "Điều 1. A\n1. Gồm:\na) Một;\nb) Hai;\nd) Ba.",
        [(Why.MISSING_POINT, "dieu-1-khoan-1", "c")],
    ),
    "points that do not begin with a": (
        "Điều 1. A\n1. Gồm:\nb) Một;\nc) Hai.\n2. Ba.",
        [(Why.UNLIKE, "dieu-1-khoan-1", "b) Một;"), (Why.UNLIKE, "dieu-1-khoan-1", "c) Hai.")],
    ),
    "clauses that go back": (
        "Điều 1. A\n1. Một.\n2. Hai.\n3. Ba.\n2. Bốn.",
        [(Why.SAME_NUMBER, "dieu-1-khoan-3", "2. Bốn.")],
    ),
    "from Roman to Arabic": (
        "I. MỤC ĐÍCH\n1. Một.\nII. YÊU CẦU\n1. Hai.\n2. Ba.\n3. TỔ CHỨC THỰC HIỆN\nBốn.",
        [(Why.AS_CLAUSE, "de-muc-2-khoan-3", "TỔ CHỨC THỰC HIỆN")],
    ),
    "articles from Arabic to Roman": (
        "Điều 1. A\n1. Một.\nĐiều II. Phạm vi\nHai.",
        [(Why.NO_STOP, "dieu-1-khoan-1", "Điều II. Phạm vi")],
    ),
    "a clause with a bracket": (
        "Điều 1. A\n1. Một.\n2) Hai.\n3. Ba.",
        [(Why.MISSING_CLAUSE, "dieu-1", "2"), (Why.NO_STOP, "dieu-1-khoan-1", "2) Hai.")],
    ),
    "a clause without any sign": (
        "Điều 1. A\n1. Một.\n2 Hai việc.",
        [(Why.NO_STOP, "dieu-1-khoan-1", "2 Hai việc.")],
    ),
    "a point with a stroke": (
        "Điều 1. A\n1. Gồm:\na) Một;\nb/ Hai.",
        [(Why.NO_STOP, "dieu-1-khoan-1-diem-a", "b/ Hai.")],
    ),
    "a chapter twice": (
        "Chương I\nA\nĐiều 1. A\n1. Một.\nChương I\nB\nĐiều 2. B\n1. Hai.",
        [(Why.TWICE, "chuong-1-lan-2", "")],
    ),
    "a chapter left out": (
        "Chương I\nA\nĐiều 1. A\n1. Một.\nChương III\nB\nĐiều 2. B\n1. Hai.",
        [(Why.MISSING_BEFORE, "chuong-3", "")],
    ),
    "the text goes on in an appendix": (
        "Điều 1. A\n1. Một.\n\nPhụ lục I\n\nĐiều 2. B\n1. Hai.",
        [(Why.APPENDED, "phu-luc-1", "Điều 2. B")],
    ),
    "a quotation that nobody closed": (
        "Điều 1. A\n1. Cụm từ “chất thải.\n2. Hai.",
        [(Why.OPEN_MARK, "dieu-1-khoan-1", "Cụm từ “chất thải.")],
    ),
    "a quotation that nobody opened": (
        'Điều 1. A\n1. Cụm từ chất thải" bị bỏ.\n2. Hai.',
        [(Why.CLOSE_MARK, "dieu-1-khoan-1", 'Cụm từ chất thải" bị bỏ.')],
    ),
    "a quotation of two articles": (
        "Điều 1. Sửa đổi\n1. Sửa Điều 5 như sau:\n“Điều 5. A\n1. Một.\nĐiều 6. B\n1. Hai.”\n2. Bỏ Điều 7.",
        [(Why.LONG_QUOTATION, "dieu-1-khoan-1", "“Điều 5. A")],
    ),
    "an article twice, that stands before the first": (
        "Điều 2. Trước\nĐiều 1. A\n1. Một.\nĐiều 2. B\n1. Hai.",
        [(Why.OUTSIDE, "phan-dau", "Điều 2. Trước")],
    ),
}


#: Provisions glued into one line or set in columns, and slips that go one step further.
MORE: dict[str, tuple[str, list[tuple[Why, str, str]]]] = {
    "two columns read as one": (
        "Điều 1. Phạm vi             Điều 3. Mức thu\n1. Nghị quyết quy định.    1. Mười nghìn.\n"
        "2. Khác.                   2. Năm nghìn.\nĐiều 2. Đối tượng\tĐiều 4. Hiệu lực\n"
        "1. Hộ.\t1. Từ ngày ký.",
        [
            (Why.GLUED, "dieu-1", "Điều 3."),
            (Why.GLUED, "dieu-1-khoan-1", "1."),
            (Why.GLUED, "dieu-1-khoan-2", "2."),
            (Why.GLUED, "dieu-2", "Điều 4."),
            (Why.GLUED, "dieu-2-khoan-1", "1."),
        ],
    ),
    "the last article at the end of a clause": (
        "Điều 1. A\n1. Một.\nĐiều 2. B\n1. Hai. Điều 3. Hiệu lực thi hành từ ngày ký.",
        [(Why.GLUED, "dieu-2-khoan-1", "Điều 3.")],
    ),
    "a text of one line": (
        "Điều 1. Phạm vi. Nghị quyết. Điều 2. Đối tượng. Hộ dân. Điều 3. Mức thu. 1. Mười. 2. Hai.",
        [(Why.GLUED, "dieu-1", "Điều 2., Điều 3., 1., 2.")],
    ),
    "points in a line": (
        "Điều 1. A\n1. Gồm: a) Một; b) Hai; c) Ba.\n2. Hai.",
        [(Why.GLUED, "dieu-1-khoan-1", "a), b), c)")],
    ),
    "points without a sign between them": (
        "Điều 1. A\n1. Một a) Hai b) Ba",
        [(Why.GLUED, "dieu-1-khoan-1", "a), b)")],
    ),
    "the last point at the end of another": (
        "Điều 1. A\n1. Gồm:\na) Một;\nb) Hai; c) Ba.",
        [(Why.GLUED, "dieu-1-khoan-1-diem-b", "c)")],
    ),
    "a clause in a title": (
        "Điều 1. Mức thu: 1. Hộ gia đình nộp mười nghìn.\nĐiều 2. B\nHai.",
        [(Why.GLUED, "dieu-1", "1.")],
    ),
    "articles in the cells of a table": (
        "Điều 1. A\n1. Một.\n| Điều 2. Đối tượng | Điều 3. Mức thu |\n| Hộ | Mười |",
        [(Why.GLUED, "dieu-1-khoan-1-bang-1", "Điều 2."), (Why.GLUED, "dieu-1-khoan-1-bang-1", "Điều 3.")],
    ),
    "the first article in the line before it": (
        "QUYẾT NGHỊ: Điều 1. Phạm vi",
        [(Why.GLUED, "phan-dau", "Điều 1.")],
    ),
    "an article that the scanner split": (
        "Điều 1. A\nMột.\nĐi ều 2. B\nHai.",
        [(Why.NO_STOP, "dieu-1", "Đi ều 2. B")],
    ),
    "l for 1 in an article": (
        "Điều 1. A\nMột.\nĐiều 2. B\nHai.\nĐiều l3. C\nBa.",
        [(Why.NO_STOP, "dieu-2", "Điều l3. C")],
    ),
    "an article with a raised figure": (
        "Điều 1. A\nMột.\n\nĐiều 1¹. B\n\nHai.",
        [(Why.NO_STOP, "dieu-1", "Điều 1¹. B")],
    ),
    "an article with the mark of a note": (
        "Điều 1. A\nMột.\nĐiều 2[3]. B\nHai.",
        [(Why.NO_STOP, "dieu-1", "Điều 2[3]. B")],
    ),
    "a comma and nothing after a letter": (
        "Điều 1. A\n1. Gồm:\na) Một;\nb, Hai;\nc Ba.\ny tế là việc khác.",
        [(Why.NO_STOP, "dieu-1-khoan-1-diem-a", line) for line in ("b, Hai;", "c Ba.")],
    ),
    "clauses with strokes": (
        "Điều 1. A\n1/ Một.\n2/ Hai.\nĐiều 2. B\nC.",
        [(Why.NO_STOP, "dieu-1", "1/ Một."), (Why.NO_STOP, "dieu-1", "2/ Hai.")],
    ),
    "clauses in brackets": (
        "Điều 1. A\n(1) Một.\n(2) Hai.",
        [(Why.NO_STOP, "dieu-1", "(1) Một."), (Why.NO_STOP, "dieu-1", "(2) Hai.")],
    ),
    "clauses with capital letters": (
        "Điều 1. A\nA. Một.\nB. Hai.\nC. Ba.",
        [(Why.NO_STOP, "dieu-1", f"{line}") for line in ("A. Một.", "B. Hai.", "C. Ba.")],
    ),
    "small Roman numbers": (
        "Điều 1. A\n1. Gồm:\ni) Một;\nii) Hai;\niii) Ba.",
        [(Why.UNLIKE, "dieu-1-khoan-1", line) for line in ("i) Một;", "ii) Hai;", "iii) Ba.")],
    ),
    "an appendix left out": (
        "Điều 1. A\nMột.\n\nPhụ lục I\n\nHai\n\nPhụ lục III\n\nBa",
        [(Why.MISSING_BEFORE, "phu-luc-3", "")],
    ),
    "a point of a plan left out": (
        "I. MỤC ĐÍCH\n1. Một.\n1.1. Hai.\n1.3. Ba.\nII. YÊU CẦU\n1. Bốn.",
        [(Why.MISSING_POINT, "de-muc-1-khoan-1", "1.2")],
    ),
}


def named(found: Outline) -> list[tuple[Why, str, str]]:
    return [(one.why, one.node, one.number or one.line) for one in doubts(found)]


@pytest.mark.parametrize("name", MORE)
def test_what_is_glued_or_slips_further_is_told_and_nothing_else_is(name: str) -> None:
    text, wanted = MORE[name]
    assert named(read(text)) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "Mức thu theo quy định tại Điều 5. Trường hợp khác do xã quyết định.",
        "Thực hiện theo khoản 2. Trường hợp khác thì báo cáo.",
        "Hồ sơ gồm các giấy tờ tại điểm a) và điểm b) khoản này.",
        "Sửa cụm từ “Điều 2. Phạm vi; a) Một; b) Hai” thành cụm từ khác.",
        "Thời gian từ ngày 01 đến ngày 02. Trường hợp nghỉ lễ thì lùi.",
        "Mức thu là 10.000 đồng. Năm 2027. Xã báo cáo.",
        "Theo mẫu số 02. Biểu gồm ba cột.",
        "Vitamin a) không phải là thuốc.",
    ],
)
def test_a_citation_a_quantity_and_a_quotation_are_no_provision_inside_a_line(line: str) -> None:
    assert named(read(f"Điều 1. A\n1. {line}\n2. Hai.")) == []


@pytest.mark.parametrize(("one", "two"), ["１２", "١٢", "१२"])
def test_digits_of_any_script_are_read_as_what_they_are(one: str, two: str) -> None:
    found = read(f"Điều {one}. A\n{one}. Một.\n{two}．Hai.\nĐiều {two}. B\nBa.")
    assert [node.id for node in found.walk()] == ["dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-2", "dieu-2"]
    assert named(found) == []


def told(found: Outline) -> list[tuple[Why, str, str]]:
    return [(one.why, one.node, one.line or one.number) for one in doubts(found)]


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_at_its_place_and_nothing_else_is(name: str) -> None:
    text, wanted = SLIPS[name]
    assert told(read(text)) == wanted


KINDS: dict[str, Callable[[Sequence[Block]], tuple[list[Block], str]]] = {
    "Word": lambda blocks: docx.read(files.typed_docx(blocks)),
    "web page": lambda blocks: html.read(files.page(blocks)),
    "PDF": lambda blocks: pdf.read(files.pdf(blocks)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_is_told_whatever_file_it_came_in(kind: str) -> None:
    """In one file of each kind all slips, one draft after the other in attached regulations."""
    for name in (
        "an article twice",
        "a clause too far on",
        "points that begin anew",
        "no stop after the number",
    ):
        text, wanted = SLIPS[name]
        lines = ["NGHỊ QUYẾT", "Quy định mức chi trả dịch vụ thu gom chất thải", *text.splitlines()]
        assert told(outline(*KINDS[kind]([Block(line) for line in lines]))) == wanted, name


QUIET = (
    "an article quoted in an amendment", "words in quotation marks",
    "a table", "an appendix with numbers of its own", "sums and dates", "sub-points are no points",
    "a regulation issued with it", "articles and clauses put in between", "a plan issued with a decision",
    "letters of other alphabets", "l read as 1", "the mixed pair that Word makes", "inches and seconds",
    "a provision quoted in the mixed pair", "a plan without articles",
)  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_what_was_read_right_raises_no_doubt(name: str) -> None:
    assert told(read(HARD[name]["text"])) == []


@pytest.mark.parametrize("field", FIELDS)
def test_an_orderly_draft_raises_no_doubt(field: str) -> None:
    assert told(sample(field)) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real texts are not at hand")
@pytest.mark.parametrize("name", COUNTED)
def test_a_real_text_raises_no_doubt(name: str) -> None:
    assert told(outline(*read_text(Path(SHARED / name).read_text(encoding="utf-8")))) == []


def test_every_line_that_is_doubted_stands_where_the_doubt_says() -> None:
    slips = [one for one, _wanted in (*SLIPS.values(), *MORE.values())]
    for text in [*slips, *(one["text"] for one in HARD.values())]:
        found = read(text)
        said = {node.id: node.text for node in found.walk()}
        said |= {"phan-dau": found.preamble, "phan-cuoi": found.closing}
        for one in doubts(found):
            assert one.at == -1 or said[one.node][one.at] == one.line
            assert sentence(one)


def test_a_doubt_leads_to_the_piece_that_holds_its_provision() -> None:
    for text in [ORDERED, *(one["text"] for one in HARD.values())]:
        found = read(text)
        lines, where = to_lines(found), piece_of(found)
        cut = ["\n".join(lines[start:end]) for start, end in pieces(lines)]
        for node in found.walk():
            for words in [node.title, *node.text]:
                assert words in cut[where[node.id]], node.id
        assert not found.closing or found.closing[-1] in cut[where[""]]


ORDERED = "Chương I\nA\nĐiều 1. B\n1. C.\na) D;\nĐiều 2. E\nF.\nNơi nhận:\n1. G."


def test_what_a_person_found_right_is_doubted_no_more_until_it_says_something_else() -> None:
    found = read(SLIPS["points that begin anew"][0])
    first, second = doubts(found)
    found.accepted.append(first.key)
    assert list(doubts(found)) == [second]
    mended = from_lines(to_lines(found), found.title)
    assert list(doubts(mended)) == [first, second]
    mended.accepted = found.accepted
    assert list(doubts(Outline.from_data(mended.to_data()))) == [second]


def test_every_reason_has_a_sentence() -> None:
    assert {*Why} == {*_SENTENCES}
    assert "Điều 2" in str(sentence(Doubt(Why.TWICE, "dieu-2-lan-2", "Điều 2")))


def test_a_table_before_the_first_provision_is_kept() -> None:
    found = read("| Bộ Tài chính | Số: 12/2026 |\n|---|---|\n| Ngày | 01/01/2026 |\n\nĐiều 1. A\n1. Một.")
    assert found.preamble[-2:] == ["Bộ Tài chính | Số: 12/2026", "Ngày | 01/01/2026"]


def test_a_text_of_slips_alone_is_gone_through_once() -> None:
    lines = "\n\n".join(["Điều 1. A", *("“x", "2) x", "b) x", "Điều 9. “x", "x. 2. Y “z") * 5_000])
    assert len(list(doubts(outline(*read_text(lines))))) > 10_000
