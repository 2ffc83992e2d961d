"""What an answer says, whatever lines its template is written in."""

from __future__ import annotations

import re
from typing import Any

#: What people typed keeps its lines.
AS_TYPED = re.compile(r"(<textarea.*?</textarea>)", re.S)


def html_of(answer: Any) -> str:
    """Return the body of an answer; of HTML, without the white space that only lays out its template."""
    body: str = answer.content.decode()
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return body
    return "".join(part if part.startswith("<textarea") else tight(part) for part in AS_TYPED.split(body))


def tight(html: str) -> str:
    """Return HTML without the white space that only lays out its template."""
    html = re.sub(r">\s*\n\s*", ">", re.sub(r"\s*\n\s*(?=<)", "", html))
    return re.sub(r"\s*\n\s*", " ", html)
