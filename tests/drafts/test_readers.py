"""One draft sent as text, Word, web page or PDF is one and the same tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from supervision.legaltext import readers
from supervision.legaltext.outline import Block, Kind, Outline, outline, read_text
from tests.drafts import files
from tests.drafts.test_outline import HARD, HEAD, ORDERLY
from tests.drafts.test_real_texts import COUNTED, SHARED

LONG = ORDERLY + (
    "1. Hộ gia đình chi trả theo số nhân khẩu thực tế, trừ trường hợp quy định tại điểm a và điểm b khoản 1 "
    "Điều 1 của Nghị quyết này, theo mẫu ban hành kèm theo Nghị định số 154/2026/NĐ-CP của Chính phủ.\n"
    "2. Tổ chức ký hợp đồng với đơn vị cung ứng dịch vụ.\nCHỦ TỊCH\n\n"
    "PHỤ LỤC\nMức chi trả\n1. Hộ một người: 10.000 đồng.\n"
)
FILES: dict[str, tuple[Callable[[list[Block]], bytes], str]] = {
    "Word, numbers typed": (files.typed_docx, "docx"),
    "Word, numbers automatic": (files.automatic_docx, "docx"),
    "web page": (files.page, "html"),
    "PDF": (files.pdf, "pdf"),
}
#: How people set their pages: each must be told from its lines alone.
SETTINGS = {
    "no indent": "p { text-indent: 0 }",
    "ragged": "p { text-align: left }",
    "hanging": "p { text-indent: -1cm; margin-left: 1cm }",
    "a space after each": "p { margin: 6pt 0; text-indent: 0; text-align: left }",
    "one and a half": "body { line-height: 1.6 } p { margin: 3pt 0 }",
    "small pages": "@page { size: A5; margin: 1cm }",
}
KINDS = (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.APPENDIX)


def read(data: bytes, extension: str) -> Outline:
    return Outline.from_data(readers.read(data, extension))


def tree(found: Outline) -> list[dict[str, Any]]:
    return [node.to_json() for node in found.nodes]


@pytest.mark.parametrize("kind", FILES)
def test_a_draft_is_the_same_tree_in_every_kind_of_file(kind: str) -> None:
    blocks, _title = read_text(HEAD + LONG)
    make, extension = FILES[kind]
    found = read(make(blocks), extension)
    assert tree(found) == tree(outline(blocks))
    assert found.title == outline(blocks).title


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", HARD)
def test_what_people_send_is_counted_right_in_every_kind_of_file(name: str, kind: str) -> None:
    make, extension = FILES[kind]
    blocks, _title = read_text(HEAD + HARD[name]["text"])
    found = read(make(blocks), extension)
    assert [found.count(one) for one in KINDS] == HARD[name]["counts"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real texts are not at hand")
@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", COUNTED)
def test_a_real_text_is_counted_right_in_every_kind_of_file(name: str, kind: str) -> None:
    blocks, title = read_text((SHARED / name).read_text(encoding="utf-8"))
    make, extension = FILES[kind]
    found = read(make(blocks), extension)
    assert tuple(found.count(one) for one in KINDS) == COUNTED[name]
    if name.startswith("stories"):
        assert tree(found) == tree(outline(blocks, title))


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_pdf_is_the_same_tree_however_it_is_set(setting: str) -> None:
    blocks, _title = read_text(HEAD + LONG)
    assert tree(read(files.pdf(blocks, SETTINGS[setting]), "pdf")) == tree(outline(blocks))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_in_the_encodings_that_say_so(encoding: str) -> None:
    assert tree(read((HEAD + ORDERLY).encode(encoding), "txt")) == tree(outline(*read_text(HEAD + ORDERLY)))
