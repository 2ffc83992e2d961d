"""Where the text proper begins, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from supervision.legaltext.outline import marks
from supervision.legaltext.outline.blocks import Block
from supervision.legaltext.outline.series import Series

KINDS = (
    "HIẾN PHÁP", "BỘ LUẬT", "LUẬT", "PHÁP LỆNH", "LỆNH", "NGHỊ QUYẾT LIÊN TỊCH", "NGHỊ QUYẾT", "NGHỊ ĐỊNH",
    "QUYẾT ĐỊNH", "THÔNG TƯ LIÊN TỊCH", "THÔNG TƯ", "CHỈ THỊ", "QUY CHẾ", "QUY ĐỊNH", "ĐỀ ÁN", "KẾ HOẠCH",
    "CHƯƠNG TRÌNH", "CHIẾN LƯỢC", "PHƯƠNG ÁN",
)  # fmt: skip
_GROUNDS = re.compile(r"^(Căn cứ|Theo đề nghị|Xét|Thực hiện|Trên cơ sở)\b")


def split_preamble(blocks: Sequence[Block], title: str) -> tuple[str, list[str], list[Block]]:
    """Return the title, the paragraphs before the first provision, and the blocks from there on.

    A table or list before it belongs to the preamble, a row a paragraph. Without a first article the text is
    an excerpt, which begins with the article that comes first; without any it is a plan, which begins with
    its first heading. `title` is what the file says of itself.
    """
    start = next((n for n, block in enumerate(blocks) if _begins_the_text(block)), None)
    if start is None:
        articles = (n for n, block in enumerate(blocks) if marks.article(block.text))
        start = min(next(articles, len(blocks)), _begins_the_plan(blocks))
    before = blocks[:start]
    return _title(before, title), list(_paragraphs(before)), list(blocks[start:])


def _paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        lines = (" | ".join(filter(None, row)) for row in block.rows) if block.rows else (block.text,)
        yield from (" ".join(line.split()) for line in lines if line.strip())


def _begins_the_text(block: Block) -> bool:
    mark = marks.wide(block.text)
    if mark is not None and marks.value(mark.number) == 1:
        return bool(block.heading) or not mark.rest or mark.rest.isupper()
    first = marks.article(block.text)
    return first is not None and marks.value(first.number) == 1


def _begins_the_plan(blocks: Sequence[Block]) -> int:
    """Return where a text without articles begins: an excerpt of one with a heading in capitals."""
    start = Series(blocks).begins()
    if start is None:
        headings = ((n, marks.heading(block.text)) for n, block in enumerate(blocks))
        start = next((n for n, mark in headings if mark and mark.rest.isupper()), len(blocks))
    return start


def _title(before: Sequence[Block], given: str) -> str:
    """Return "Nghị định" and what it lays down; without such a line what the file calls itself."""
    for n, block in enumerate(before):
        kind = block.text.upper().removeprefix("DỰ THẢO ").strip(" .")
        if kind in KINDS:
            said: list[str] = []
            for following in before[n + 1 : n + 5]:
                if _GROUNDS.match(following.text) or following.rows or marks.begins(following.text):
                    break
                if said and following.text.endswith(":"):  # "ban hành Kế hoạch như sau:"
                    break
                said.append(following.text)
            if said:
                return f"{kind.capitalize()} {' '.join(said)}"
        name = next((one for one in KINDS if kind.startswith(f"{one} ")), "")
        if name and block.text.isupper():  # both in one paragraph
            return f"{name.capitalize()} {kind.removeprefix(name).strip()}"
    if given:
        return given
    return next((block.text for block in before if block.heading == 1), before[0].text if before else "")
