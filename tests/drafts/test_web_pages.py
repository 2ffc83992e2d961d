"""Web pages: what a browser shows is read, and nothing that it does not."""

from __future__ import annotations

import pytest

from supervision.legaltext.outline import Block
from supervision.legaltext.readers import html


def blocks(body: str, head: str = '<meta charset="utf-8">') -> list[Block]:
    return html.read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}".encode())[0]


def lines(body: str) -> list[str]:
    return [block.text for block in blocks(body)]


def test_what_a_browser_does_not_show_is_not_read() -> None:
    hidden = (
        "<script>a</script><style>b</style><!-- c --><template>d</template><p hidden>e</p><nav>f</nav>"
        "<p style='display: none'>g</p><p style='mso-hide:all'>h</p><del>i</del><button>k</button>"
    )
    assert lines(f"{hidden}<p>Điều 1. A{hidden}</p>") == ["Điều 1. A"]


def test_paragraphs_breaks_and_headings_are_lines_and_spaces_of_the_source_are_not() -> None:
    found = blocks(
        "<h2>Chương I</h2><div>QUY ĐỊNH<br>CHUNG</div><p>1. Một\n  hai<b>ba</b>.</p>trơ.<hr><p>Hết.</p>"
    )
    assert [(block.text, block.heading, block.after_rule) for block in found] == [
        ("Chương I", 2, False), ("QUY ĐỊNH CHUNG", 0, False), ("1. Một haiba.", 0, False), ("trơ.", 0, False),
        ("Hết.", 0, True),
    ]  # fmt: skip


def test_lists_print_their_numbers_unless_they_were_typed_as_well() -> None:
    body = (
        "<ol start=3><li>A.<ol type=a><li>B.</li><li>C.</li></ol></li><li value=7>D.</li></ol>"
        "<ul><li>E.</li></ul>"
        "<ol style='list-style-type: upper-roman'><li>G.</li></ol>"
        "<ol style='list-style:none'><li>H.</li></ol><ol><li>5. I.</li></ol>"
    )
    assert lines(body) == ["3. A.", "a. B.", "b. C.", "7. D.", "- E.", "I. G.", "H.", "5. I."]


def test_a_page_that_word_made_keeps_the_numbers_that_word_wrote() -> None:
    body = (
        "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span>"
        "</span><![endif]>Một.<o:p></o:p></p><!--[if gte mso 9]><xml>x</xml><![endif]-->"
        "<p><o:p>&nbsp;</o:p></p>"
    )
    assert lines(body) == ["1. Một."]


def test_a_table_that_holds_the_page_is_no_table() -> None:
    data = "<table><tr><th>TT<th>Mức<tr><td>1<td>10<br>đồng</table>"
    page = f"<table><tr><td><p>Điều 1. A</p>{data}<p>1. Một.</p></td></tr></table>"
    found = blocks(page)
    assert [block.text for block in found] == ["Điều 1. A", "", "1. Một."]
    assert found[1].rows == (("TT", "Mức"), ("1", "10\nđồng"))


def test_lines_of_preformatted_text_are_lines() -> None:
    assert lines("<pre>Điều 1. A\n1. Một.</pre>") == ["Điều 1. A", "1. Một."]


@pytest.mark.parametrize(
    "declared", ['<meta charset="windows-1258">', '<meta content="text/html; charset=cp1258">']
)
def test_a_page_is_read_in_the_encoding_that_it_declares(declared: str) -> None:
    data = f"<html><head>{declared}</head><p>Phương án".encode("cp1258")
    assert html.read(data)[0][0].text == "Phương án"


def test_the_page_s_title_is_what_the_file_calls_itself() -> None:
    assert html.read("<title>Dự thảo\n Luật</title><p>A".encode())[1] == "Dự thảo Luật"
