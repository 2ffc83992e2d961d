"""Whatever file is sent, the answer is a tree or one plain sentence, within the limits of the sandbox."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from supervision.drafts.importing import EXTENSIONS, read_draft
from supervision.errors import InvalidInput
from supervision.legaltext.outline import Kind
from tests.drafts import files
from tests.drafts.files import W, p
from tests.files import samples
from tests.files.hostile import relations

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
MANY = 100_000
OLE = b"\xd0\xcf\x11\xe0"
TCVN3 = "§iÒu 1. Ph¹m vi ®iÒu chØnh. NghÞ ®Þnh nµy quy ®Þnh chi tiÕt mét sè ®iÒu cña LuËt. " * 5
VNI = "Ñieàu 1. Phaïm vi ñieàu chænh. Nghò ñònh naøy quy ñònh chi tieát moät soá ñieàu cuûa Luaät. " * 5


def scan() -> bytes:
    """Return a PDF of one picture, with the number that the scanner stamped on it."""
    picture = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='500' height='700'><rect width='9' height='9'/></svg>"
    )
    return files.printed(f"{picture}<p>Trang 1</p>")


def signs_without_letters() -> bytes:
    """Return a PDF whose font says of its signs only that they are private."""
    words = "\ue001\ue002\ue003 " * 200
    return files.printed(f"<p>{words}</p>")


def many_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(4_000):
            document.add_blank_page()
        document.save(out)
    return out.getvalue()


def unlike(count: int) -> Iterator[str]:
    """Yield texts that no packer makes small: what packs too well is refused before it is read."""
    numbers = random.Random(1)
    return (f"{numbers.random()}" for _ in range(count))


def big_styles() -> bytes:
    """Return a Word file whose styles are 41 MB, which no packer makes small."""
    part = "".join(unlike(25_000))
    return samples.docx(
        {"word/document.xml": f"<w:document {W}/>", "word/styles.xml": f"<w:styles>{part * 95}</w:styles>"}
    )


def nested(tags: str, count: int) -> str:
    opened = "".join(f"<{tag}>" for tag in tags.split())
    closed = "".join(f"</{tag}>" for tag in reversed(tags.split()))
    return opened * count + p("x") + closed * count


def word(document: str) -> bytes:
    return samples.docx({"word/document.xml": document})


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a kind that is none of ours": (lambda: b"x", "xlsx", "Dự thảo được đọc từ"),
    "old Word": (lambda: OLE + b"W\0o\0r\0d\0", "doc", "lưu lại thành .docx"),
    "old Word under another name": (lambda: OLE + b"W\0o\0r\0d\0", "docx", "lưu lại thành .docx"),
    "Word with a password": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "docx", "mật khẩu",
    ),
    "a PDF with a password": (samples.locked_pdf, "pdf", "mật khẩu"),
    "a PDF under Word's name": (samples.pdf, "docx", "không đúng với đuôi"),
    "a PDF cut off": (lambda: samples.pdf()[:300], "pdf", "hỏng"),
    "Word cut off": (lambda: samples.docx()[:300], "docx", "hỏng"),
    "Word without its text": (lambda: samples.archive({"[Content_Types].xml": "x"}), "docx", "không đúng"),
    "Word that is no XML": (lambda: word("<w:document"), "docx", "hỏng"),
    "a bomb in a zip": (lambda: samples.docx({"word/media/a.xml": b" " * 50_000_000}), "docx", "quá lớn"),
    "entities": (lambda: word(f'<!DOCTYPE d [<!ENTITY a "b">]><w:d {W}>&a;</w:d>'), "docx", "khai báo lạ"),
    "a macro": (lambda: samples.docx({"word/vbaProject.bin": b"x"}), "docx", "macro"),
    "levels in Word": (lambda: files.docx(nested("w:sdt w:sdtContent", 1_000)), "docx", "hỏng"),
    "very many levels in Word": (lambda: files.docx(nested("w:sdt w:sdtContent", MANY)), "docx", "quá lớn"),
    "paragraphs without end": (lambda: files.docx("".join(map(p, unlike(151_000)))), "docx", "quá lớn"),
    "a part that fills the memory": (big_styles, "docx", "quá lớn"),
    "a scan": (scan, "pdf", "bản quét"),
    "blank pages": (samples.pdf, "pdf", "bản quét"),
    "pages without end": (many_pages, "pdf", "quá lớn"),
    "signs that are no letters": (signs_without_letters, "pdf", "không đọc ra được chữ Việt"),
    "TCVN3 in bytes": (lambda: TCVN3.encode("latin-1"), "txt", "TCVN3"),
    "TCVN3 in Word": (lambda: files.docx(p(TCVN3)), "docx", "TCVN3"),
    "VNI in a page": (lambda: f"<meta charset=utf-8><p>{VNI}".encode(), "html", "TCVN3"),
    "another encoding": (lambda: "Phương án".encode("cp1258"), "txt", "UTF-8"),
    "an encoding that is none": (lambda: b"<meta charset=rot13><p>\xff", "html", "UTF-8"),
    "nothing": (lambda: b"", "txt", "không có chữ"),
    "a page without words": (lambda: b"<p></p>", "html", "không có chữ"),
    "an empty Word file": (lambda: files.docx(""), "docx", "không có chữ"),
    "levels in a page": (lambda: b"<div>" * MANY + b"x", "html", "hỏng"),
    "a page too long": (lambda: b"<p>" + b"ab " * 3_000_000, "html", "quá lớn"),
    "items without end": (lambda: b"<ol>" + b"<li>x" * 151_000, "html", "quá lớn"),
    "lines without end": (lambda: b"a\n" * 151_000, "txt", "quá lớn"),
    "more than may be sent": (lambda: b" " * (20 * 1024**2 + 1), "docx", "quá lớn"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_answered_in_one_plain_sentence(name: str) -> None:
    make, extension, words = REFUSED[name]
    with pytest.raises(InvalidInput) as refused:
        read_draft(make(), extension)
    (sentence,) = refused.value.errors["file"]
    assert words in str(sentence)


READ: dict[str, tuple[Callable[[], bytes], str]] = {
    "very many lines": (lambda: ("Điều 1. A\n" + "1. Một hai ba bốn.\n" * MANY).encode(), "txt"),
    "a line of stars": (lambda: ("# A\n" + "*(" * 3_000_000).encode(), "md"),
    "an entity of very many digits": (lambda: ("# A\n&#" + "9" * MANY + ";").encode(), "md"),
    "very many paragraphs": (lambda: files.docx("".join(map(p, unlike(20_000)))), "docx"),
    "tables in tables": (lambda: files.docx(nested("w:tbl w:tr w:tc", 80)), "docx"),
    "changes in changes": (lambda: files.docx(f"<w:p>{nested('w:ins', 200)}</w:p>"), "docx"),
    "Word alone": (lambda: word(f"<w:document {W}><w:body>{p('x')}</w:body></w:document>"), "docx"),
    "a page of tables in tables": (lambda: b"<table><tr><td>" * 60 + b"x", "html"),
    "long attributes": (lambda: b"<p style='" + b"list-style " * MANY + b"'>x", "html"),
    "NUL in a page": (lambda: b"<p>x\0y", "html"),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_only_strange_is_read(name: str) -> None:
    make, extension = READ[name]
    assert read_draft(make(), extension).count(Kind.ARTICLE) <= 1


def test_a_number_in_a_list_makes_no_text_that_fills_the_memory() -> None:
    levels = [("lowerLetter", "%1" * 10_000)]
    lists = files.pattern(levels=levels) + files.num(overrides=files.starting_at(0, 999_999))
    body = files.numbered("A.", 0) * 50
    found = read_draft(files.docx(body, numbering=lists), "docx")
    assert len(json.dumps(found.to_data())) < 50_000


def _corpus() -> list[tuple[Path, str]]:
    kinds = {".pdf": ("pdf",), ".xml": ("html", "docx"), ".txt": ("txt", "md", "html")}
    return [
        (path, kind)
        for path in sorted(CORPORA.rglob("*"))
        if path.is_file()
        for kind in kinds.get(path.suffix, ("txt",))
    ]


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the hostile files are not at hand")
def test_every_hostile_file_is_read_or_refused() -> None:
    for path, kind in _corpus():
        try:
            read_draft(path.read_bytes(), kind)
        except InvalidInput as refused:
            assert "quá nhiều thời gian" not in str(refused.message), path


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_the_command_prints_the_tree_of_every_kind_of_file(tmp_path: Path, extension: str) -> None:
    blocks = [files.Block("Điều 1. Phạm vi điều chỉnh của Nghị quyết"), files.Block("1. Một hai ba bốn.")]
    text = "\n".join(block.text for block in blocks).encode()
    made = {"docx": files.typed_docx, "pdf": files.pdf, "html": files.page, "htm": files.page}
    file, out = tmp_path / f"du-thao.{extension.upper()}", StringIO()
    file.write_bytes(made[extension](blocks) if extension in made else text)
    call_command("draft_outline", file, stdout=out)
    found = json.loads(out.getvalue())
    assert (found["articles"], found["clauses"]) == (1, 1)


def test_the_command_says_in_one_line_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "quet.pdf"
    file.write_bytes(samples.pdf())
    with pytest.raises(CommandError, match=r"^quet\.pdf: Tệp là bản quét[^\n]+$"):
        call_command("draft_outline", file)


def test_a_draft_saved_by_word_on_the_web_is_read_from_the_part_that_it_names() -> None:
    data = samples.archive(
        {
            "[Content_Types].xml": samples.TYPES.format(main="word/document2.xml", type=samples.WORD),
            "_rels/.rels": relations("officeDocument", "word/document2.xml", ""),
            "word/document2.xml": f"<w:document {W}><w:body>{p('Điều 1. Phạm vi')}</w:body></w:document>",
        }
    )
    outline = read_draft(data, "docx")
    assert "Phạm vi" in str(outline)
