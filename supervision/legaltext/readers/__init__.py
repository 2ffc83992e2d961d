"""Files of drafts as blocks: Word, PDF, web page, Markdown, plain text; without Django.

`read` runs in a child of the sandbox alone: what is read here was made by anyone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from supervision.legaltext.outline import Block, outline
from supervision.legaltext.readers import docx, html, pdf, text
from supervision.legaltext.readers.unreadable import Reason, Unreadable

#: A reader returns blocks and what the file calls itself.
_READERS: dict[str, Callable[[bytes], tuple[list[Block], str]]] = {
    "docx": docx.read,
    "pdf": pdf.read,
    "html": html.read,
    "htm": html.read,
    "txt": text.read,
    "md": text.read,
    "markdown": text.read,
}


def read(data: bytes, extension: str) -> dict[str, Any]:
    """Return `Outline.to_data()` of a file; `extension` is one of those in `supervision.drafts.importing`.

    Raises Unreadable, and `files.inspection.Refused` for what no file may hold.
    """
    blocks, title = _READERS[extension](data)
    if not any(block.text or block.rows for block in blocks):
        raise Unreadable(Reason.NOTHING)
    text.refuse_old_letters(block.text for block in blocks)
    return outline(blocks, title).to_data()
