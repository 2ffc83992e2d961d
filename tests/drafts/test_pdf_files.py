"""PDFs: lines on pages become the paragraphs that they were; what only pages have is left out."""

from __future__ import annotations

import io

import pikepdf
import pytest

from supervision.legaltext.outline import Block
from supervision.legaltext.readers import pdf
from tests.drafts import files

WORDS = "Hộ gia đình chi trả theo số nhân khẩu thực tế hoặc theo khối lượng chất thải đã được cân"
RUNNING = (
    "@page { @top-center { content: 'Dự thảo lần ' counter(page) } "
    "@bottom-right { content: 'Trang ' counter(page) } }"
)


def lines(body: str, css: str = "") -> list[str]:
    return [block.text for block in pdf.read(files.printed(body, css))[0] if block.text]


def paragraphs(count: int) -> list[str]:
    return [f"{n}. {WORDS[: 20 + n * 7 % 60]}, {WORDS.lower()} lần thứ {n}." for n in range(1, count + 1)]


def test_running_heads_and_page_numbers_are_left_out_and_paragraphs_go_on_over_pages() -> None:
    said = paragraphs(40)
    assert lines("".join(f"<p>{text}</p>" for text in said), RUNNING) == said


def test_a_number_that_a_line_s_end_cuts_is_whole_again() -> None:
    text = f"1. {WORDS} theo mẫu của Nghị định số 154/2026/NĐ-CP và Quyết định số 1111111/2026/QĐ-TTg-KTTH."
    for size in range(20, 34):
        assert lines(f"<p>{text}</p>", f"p {{ font-size: {size / 2}pt }}") == [text], size


def test_a_reference_at_the_beginning_of_a_line_begins_no_provision() -> None:
    text = f"1. {WORDS} quy định tại điểm a khoản 1 Điều 9. Trường hợp khác theo khoản 2. {WORDS}."
    for size in range(40, 68):
        assert lines(f"<p>{text}</p>", f"p {{ font-size: {size / 4}pt }}") == [text], size


def test_headings_of_two_lines_are_one_and_apart_from_what_follows() -> None:
    title = f"Điều 1. {WORDS} và của tổ chức"
    body = f"<h3>{title}</h3><p>1. {WORDS}.</p><p style='text-align: center'>Chương II</p>"
    body += f"<p style='text-align: center'>{WORDS.upper()}</p><h3>Điều 2. B</h3>"
    assert lines(body) == [title, f"1. {WORDS}.", "Chương II", WORDS.upper(), "Điều 2. B"]


def test_columns_are_not_read_across() -> None:
    css = ".c { display: flex; gap: 3cm } .c p { text-indent: 0; text-align: left }"
    body = (
        f"<p>1. {WORDS}.</p><div class=c><p>Nơi nhận:<br>- Như trên.</p><p>TM. ỦY BAN<br>CHỦ TỊCH</p></div>"
    )
    assert lines(body, css)[1:] == ["Nơi nhận:", "TM. ỦY BAN", "- Như trên.", "CHỦ TỊCH"]


def test_cells_that_fill_the_page_are_not_read_across() -> None:
    css = "td { width: 50%; padding: 0 5.4pt; vertical-align: top; text-align: justify; font-size: 12pt }"
    body = f"<table><tr><td>{'trái ' * 60}<td>{'phải ' * 60}</table>"
    assert not [line for line in lines(body, css) if "trái" in line and "phải" in line]


def test_a_centered_line_that_is_not_full_ends_its_paragraph() -> None:
    title = "Quy định mức chi trả dịch vụ thu gom, xử lý chất thải rắn sinh hoạt"
    said = [*paragraphs(5), title, f"Căn cứ Luật {WORDS}"]
    body = "".join(f"<p>{text}</p>" for text in said)
    css = "p:nth-of-type(n+6) { text-indent: 0 } p:nth-of-type(6) { text-align: center }"
    assert lines(body, css) == said


def test_a_table_of_contents_and_footnotes_are_left_out() -> None:
    contents = f"<p>Điều 1. A {'.' * 60} 3</p>"
    note = ".n { position: fixed; bottom: 0; font-size: 9pt }"
    body = f"{contents}<p>Điều 1. A</p><p>1. {WORDS}.</p><p class=n>1 Theo số liệu năm 2025.</p>"
    assert lines(body, note) == ["Điều 1. A", f"1. {WORDS}."]


def test_letters_put_together_by_a_pdf_are_composed() -> None:
    assert lines(f"<p>Die\u0302\u0300u 1. {WORDS}</p>")[0].startswith("Diều 1.")


def test_a_ruled_line_of_signs_stands_before_what_follows() -> None:
    found = pdf.read(files.printed(f"<p>1. {WORDS}.</p><p>________</p><p>Hết.</p>"))[0]
    assert found == [Block(f"1. {WORDS}."), Block("Hết.", after_rule=True)]


@pytest.mark.parametrize("is_told", [True, False], ids=["with a note to turn it back", "lying on its side"])
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_that_is_stored_turned_reads_as_one_that_is_not(quarters: int, is_told: bool) -> None:
    said = [f"{n}. {WORDS}." for n in (1, 2, 3)]
    data = files.printed("".join(f"<p>{text}</p>" for text in said))
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        _left, _bottom, width, height = map(float, page.MediaBox)
        turns = [f"0 1 -1 0 {height} 0", f"-1 0 0 -1 {width} {height}", f"0 -1 1 0 0 {width}"]
        page.contents_add(document.make_stream(f"q {turns[quarters - 1]} cm\n".encode()), prepend=True)
        page.contents_add(document.make_stream(b"\nQ"))
        page.MediaBox = [0, 0, height, width] if quarters % 2 else [0, 0, width, height]
        page.Rotate = 90 * quarters if is_told else 0
        turned = io.BytesIO()
        document.save(turned)
    assert [block.text for block in pdf.read(turned.getvalue())[0] if block.text] == said
