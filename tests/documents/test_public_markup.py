"""Whatever people type in a paper, the markup that a public page trusts is our own."""

from __future__ import annotations

import re
from typing import Any

import pytest

from supervision.documents.models import Document
from supervision.documents.services import article_html
from supervision.organizations.models import Mandate
from supervision.publication.text import signed_sections, to_html
from tests.documents.papers import SAMPLES, prepared

HOSTILE = '<script>alert(1)</script><h2 class="x">Đ</h2>" onmouseover="y <li>- <colgroup> &lt;b&gt;'
OURS = {
    "p", "b", "i", "br", "ul", "ol", "li", "h3", "h4", "div", "section", "table", "caption", "thead", "tbody",
    "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = re.compile(r' (?:scope="(?:row|col)"|data-th="[^"<>]*"|id="muc-\d+"|start="\d+")')
DAYS = re.compile(r"^\d{4}-\d{2}-\d{2}")


def poisoned(value: Any) -> Any:
    """Return the context with hostile text in every value that is no day, number or truth."""
    if isinstance(value, dict):
        return {key: poisoned(one) for key, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one) for one in value]
    return f"{value} {HOSTILE}" if isinstance(value, str) and not DAYS.match(value) else value


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_no_markup_of_theirs_reaches_a_public_page(kind: str, officer: Mandate) -> None:
    document = prepared(kind, officer)
    Document.objects.filter(pk=document.pk).update(context=poisoned(document.context))
    document.refresh_from_db()
    html = to_html(signed_sections(article_html(document)))
    assert "alert(1)" in html
    for tag in re.findall(r"<[^>]*>", html):
        name = re.match(r"</?([a-z0-9]+)", tag)
        assert name and name[1] in OURS, tag
        assert re.fullmatch(r"</?[a-z0-9]+/?>", ATTRIBUTES.sub("", tag)), tag
