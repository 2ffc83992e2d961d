"""Word files: what is printed is read, numbers of lists above all."""

from __future__ import annotations

import pytest

from supervision.legaltext.outline import Block, outline
from supervision.legaltext.readers import docx
from tests.drafts import files
from tests.drafts.files import num, numbered, p, pattern, starting_at

R = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def blocks(body: str, *, numbering: str = "", styles: str = files.STYLES) -> list[Block]:
    return docx.read(files.docx(body, numbering=numbering, styles=styles))[0]


def lines(body: str, *, numbering: str = "", styles: str = files.STYLES) -> list[str]:
    return [block.text for block in blocks(body, numbering=numbering, styles=styles)]


def style(name: str, properties: str = "", based_on: str = "") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def styled(text: str, name: str, properties: str = "") -> str:
    return p(text, f'<w:pStyle w:val="{name}"/>{properties}')


# -- numbers of lists --------------------------------------------------------------------


def test_a_list_prints_its_numbers_and_narrower_levels_begin_anew() -> None:
    body = "".join(numbered(text, level) for text, level in (
        ("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 1), ("F", 2), ("G", 0), ("H", 1),
    ))  # fmt: skip
    assert lines(body, numbering=pattern() + num()) == [
        "Điều 1. A", "1. B", "a) C", "b) D", "2. E", "a) F", "Điều 2. G", "1. H",
    ]  # fmt: skip


def test_clauses_of_all_articles_are_counted_on_where_their_level_never_begins_anew() -> None:
    levels = pattern(more='<w:lvlRestart w:val="0"/>') + num()
    body = numbered("A", 0) + numbered("B", 1) + numbered("C", 0) + numbered("D", 1)
    assert lines(body, numbering=levels) == ["Điều 1. A", "1. B", "Điều 2. C", "2. D"]


def test_a_list_that_begins_elsewhere_and_one_that_goes_on_with_the_same_pattern() -> None:
    lists = pattern() + num(1) + num(2) + num(3, overrides=starting_at(0, 7))
    body = numbered("A", 0) + numbered("B", 0, 2) + numbered("C", 0, 3) + numbered("D", 0, 3)
    assert lines(body, numbering=lists) == ["Điều 1. A", "Điều 2. B", "Điều 7. C", "Điều 8. D"]


def test_a_list_may_set_a_level_of_its_own() -> None:
    own = (
        '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="Chương %1"/></w:lvl>'
    )
    lists = pattern() + num(1, overrides=f'<w:lvlOverride w:ilvl="0">{own}</w:lvlOverride>')
    assert lines(numbered("A", 0), numbering=lists) == ["Chương III A"]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("lowerLetter", ("a", "e", "z", "aa")),  # Word has no đ: after d it prints e
        ("upperRoman", ("I", "V", "XXVI", "XXVII")),
        ("vietnameseCounting", ("một", "năm", "26", "27")),
        ("decimalZero", ("01", "05", "26", "27")),
        ("something new", ("1", "5", "26", "27")),
    ],
)
def test_numbers_are_printed_as_word_prints_them(name: str, numbers: tuple[str, ...]) -> None:
    found = lines(numbered("X", 0) * 27, numbering=pattern(levels=[(name, "%1.")]) + num())
    assert [found[n - 1] for n in (1, 5, 26, 27)] == [f"{number}. X" for number in numbers]


def test_wider_numbers_inside_a_number_and_in_digits_where_the_law_s_way_is_asked() -> None:
    levels = [("upperRoman", "%1."), ("decimal", "%1.%2.")]
    body = numbered("A", 0) + numbered("B", 1)
    assert lines(body, numbering=pattern(levels=levels) + num()) == ["I. A", "I.1. B"]
    legal = pattern(levels=levels, more="<w:isLgl/>") + num()
    assert lines(body, numbering=legal) == ["1. A", "1.1. B"]


def test_a_plan_may_be_numbered_by_word_down_to_its_items() -> None:
    levels = [("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)")]
    depths = (0, 1, 1, 2, 3, 3, 2, 0, 1)
    body = "".join(numbered("X", depth) for depth in depths)
    found = outline(blocks(body, numbering=pattern(levels=levels) + num()))
    assert [node.id for node in found.walk()] == [
        "de-muc-1", "de-muc-1-khoan-1", "de-muc-1-khoan-2", "de-muc-1-khoan-2-diem-2-1",
        "de-muc-1-khoan-2-diem-2-1-tiet-a", "de-muc-1-khoan-2-diem-2-1-tiet-b",
        "de-muc-1-khoan-2-diem-2-2", "de-muc-2", "de-muc-2-khoan-1",
    ]  # fmt: skip


def test_a_number_may_come_from_the_style_or_from_the_one_it_is_based_on() -> None:
    at = '<w:numPr>{}<w:numId w:val="1"/></w:numPr>'
    second = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    styles = style("Dieu", at.format("")) + style("Dieu2", based_on="Dieu") + style("Khoan", second, "Dieu")
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("A", "Dieu") + styled("B", "Khoan") + styled("C", "Dieu2") + styled("D", "Dieu", off)
    assert lines(body, numbering=pattern() + num(), styles=styles) == ["Điều 1. A", "1. B", "Điều 2. C", "D"]


def test_a_level_may_name_its_style_and_a_pattern_may_stand_for_a_style_s_list() -> None:
    named = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="1"><w:start w:val="1"/><w:pStyle w:val="Khoan"/>'
        '<w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Khoan"/></w:abstractNum>'
    )
    styles = style("Khoan", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    body = styled("A", "Khoan") + numbered("B", 1, 2)
    assert lines(body, numbering=named + num(1) + num(2, of=2), styles=styles) == ["1. A", "2. B"]


def test_bullets_are_dashes_and_a_level_that_says_nothing_prints_nothing() -> None:
    levels = [("bullet", "\uf0b7"), ("bullet", "+"), ("none", ""), ("decimal", "%4)")]
    lists = pattern(levels=levels, more='<w:suff w:val="nothing"/>') + num()
    body = "".join(numbered(f"{text}.", level) for level, text in enumerate("ABCD"))
    assert lines(body, numbering=lists) == ["- A.", "+ B.", "C.", "1)D."]


RINGS = {
    "styles based on each other": (
        style("A", based_on="B") + style("B", based_on="A"), "",
    ),
    "a pattern that stands for itself": (
        style("A", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="A"/></w:abstractNum>' + num(),
    ),
    "a list without a pattern": (style("A", '<w:numPr><w:numId w:val="1"/></w:numPr>'), num(of=9)),
    "numbers that are none": (
        style("A", '<w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr>'), pattern() + num(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RINGS)
def test_lists_and_styles_that_lead_nowhere_leave_the_words(name: str) -> None:
    styles, numbering = RINGS[name]
    assert lines(styled("X", "A"), numbering=numbering, styles=styles) == ["X"]


# -- words -------------------------------------------------------------------------------


def test_changes_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{R.format('Mức ')}<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
        f"<w:ins>{R.format('mới')}</w:ins>"
        f"<w:moveFrom>{R.format('đi')}</w:moveFrom><w:moveTo>{R.format(' đến')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{R.format('Hộ nghèo ')}</w:p>{p('được miễn.')}"
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('bỏ')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr><w:tr><w:tc>{p('c')}</w:tc></w:tr></w:tbl>"
    )
    first, second, table = blocks(body)
    assert (first.text, second.text) == ("Mức mới đến", "Hộ nghèo được miễn.")
    assert table.rows == (("a", "b"), ("c",))


def test_fields_keep_their_result_and_hidden_words_are_dropped() -> None:
    step = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"<w:r><w:instrText>REF</w:instrText></w:r>{R.format('mã')}"
    field = f"{step.format('begin')}{code}{step.format('separate')}{R.format('Điều 5')}{step.format('end')}"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>kín</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>.</w:t></w:r>'
    body = f"<w:p>{R.format('Theo ')}{field}{hidden}{shown}</w:p>"
    assert lines(body) == ["Theo Điều 5."]


def test_a_hidden_paragraph_is_not_counted() -> None:
    hidden = numbered("x", 0).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    body = numbered("A", 0) + hidden + numbered("B", 0)
    assert lines(body, numbering=pattern() + num()) == ["Điều 1. A", "Điều 2. B"]


def test_content_controls_links_and_text_boxes_are_entered_and_notes_are_not() -> None:
    box = f"<w:pict><w:txbxContent>{p('Trong khung')}</w:txbxContent></w:pict>"
    twice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    body = (
        f"<w:sdt><w:sdtContent><w:p><w:hyperlink>{R.format('Liên ')}</w:hyperlink>"
        f"<w:smartTag>{R.format('kết')}</w:smartTag>"
        f"<w:r><w:footnoteReference w:id='1'/></w:r><w:r>{twice}</w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert lines(body) == ["Liên kết", "Trong khung"]


def test_what_word_shows_in_a_field_that_nobody_filled_is_no_text() -> None:
    hint = f"<w:sdtContent>{R.format('Bấm vào đây')}</w:sdtContent>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{hint}</w:sdt>"
    assert lines(f"<w:p>{R.format('Số:')}{empty}</w:p>") == ["Số:"]


def test_a_broken_line_is_two_lines_and_a_tab_is_a_space() -> None:
    assert lines(p("Chương I\nQUY ĐỊNH CHUNG")) == ["Chương I", "QUY ĐỊNH CHUNG"]
    assert lines(p("a)\tMột")) == ["a) Một"]


def test_headings_are_known_by_level_and_by_the_style_s_name() -> None:
    body = styled("Điều 1. A", "H3") + p("Điều 2. B", '<w:outlineLvl w:val="1"/>') + p("Điều 3. C")
    assert [block.heading for block in blocks(body)] == [3, 2, 0]


def test_a_table_of_contents_does_not_repeat_the_articles() -> None:
    contents = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = (
        styled("Điều 1. A 3", "T")
        + f"<w:sdt>{gallery}<w:sdtContent>{p('Điều 1. A 3')}</w:sdtContent></w:sdt>"
    )
    assert lines(body + p("Điều 1. A"), styles=contents) == ["Điều 1. A"]


def test_a_line_that_is_drawn_comes_before_what_follows_it() -> None:
    border = '<w:p><w:pPr><w:pBdr><w:bottom w:val="single"/></w:pBdr></w:pPr></w:p>'
    drawn = '<w:p><w:r><w:pict><v:rect xmlns:v="v" xmlns:o="o" o:hr="t"/></w:pict></w:r></w:p>'
    for rule in (border, drawn, p("________")):
        assert [block.after_rule for block in blocks(p("A.") + rule + p("B."))] == [False, True]


# -- tables ------------------------------------------------------------------------------


def test_tables_that_only_lay_out_the_page_are_read_cell_by_cell() -> None:
    head = files.table([["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 1", "Hà Nội"]])
    foot = files.table([["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"]])
    assert lines(head + p("Điều 1. A") + foot) == [
        "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1", "Hà Nội", "Điều 1. A",
        "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN",
    ]  # fmt: skip


def test_a_table_in_a_table_is_words_of_its_cell_and_a_merged_cell_is_empty() -> None:
    inner = files.table([["x", "y"], ["z", "t"]])
    merged = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('cũ')}</w:tc>"
    body = f"<w:tbl><w:tr><w:tc>{p('a')}{inner}{p('b')}</w:tc><w:tc>{p('c')}</w:tc></w:tr>"
    body += f"<w:tr>{merged}<w:tc>{p('d')}</w:tc></w:tr></w:tbl>"
    assert blocks(body)[0].rows == (("a\nx y\nz t\nb", "c"), ("", "d"))


def test_numbers_in_the_first_column_are_counted_too() -> None:
    rows = "".join(f"<w:tr><w:tc>{numbered('', 0)}</w:tc><w:tc>{p(text)}</w:tc></w:tr>" for text in "ab")
    lists = pattern(levels=[("decimal", "%1")]) + num()
    assert blocks(f"<w:tbl>{rows}</w:tbl>", numbering=lists)[0].rows == (("1", "a"), ("2", "b"))
