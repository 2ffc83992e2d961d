"""A titled piece to read, with its files: what pages of work and requests are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from supervision.web.templatetags.gs import here


@dataclass
class Block:
    """A titled piece to read, its files below it; `kind` "return" marks reasons for a return.

    `text` and the texts of `more` are what people wrote, in Vietnamese; `said` and the labels
    of `more` are our own words, in the language of the page.
    """

    title: Any
    text: str = ""
    meta: Any = ""
    files: list[dict[str, Any]] = field(default_factory=list)
    kind: str = ""
    said: Any = ""
    more: list[tuple[Any, str]] = field(default_factory=list)
    table: list[Any] = field(default_factory=list)  # remarks and answers, folded away unless `is_open`
    is_open: bool = False
    links: list[tuple[str, Any]] = field(default_factory=list)  # address and words
    read: dict[str, Any] | None = None  # what the public would read (`change_briefs.as_read`)


def file_rows(files: Any) -> list[dict[str, Any]]:
    """Return what `components/files.html` draws for attachments."""
    return [
        {
            "address": here(f"/tep/{file.public_id}/"),
            "name": file.name,
            "size": file.blob.size,
            "pages": file.pages,
            "sha256": file.blob.sha256,
        }
        for file in _with_blobs(files)
    ]


def _with_blobs(files: Any) -> Any:
    return files.select_related("blob") if hasattr(files, "select_related") else files
