"""Files of a draft, read into provisions in a child process: a hostile file harms nothing else."""

from __future__ import annotations

from supervision.drafts.outline import Outline, outline, read_text


def read_draft(data: bytes, extension: str) -> Outline:
    return outline(*read_text(data.decode("utf-8-sig")))
