"""Every kind of paper prints wherever its signature meets the end of a page (`tests.sweep` does it whole)."""

from __future__ import annotations

import pytest

from supervision.documents.kinds import KINDS
from tests.documents.sweeping import LONG, Case, faults, laid_out, page_ends, printed_html

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("kind", KINDS)
def test_a_signature_at_the_end_of_a_page_is_whole_and_never_alone(kind: str) -> None:
    case = Case(kind, "sample", 0)
    for filler in page_ends(case):
        text, assets = printed_html(case._replace(filler=filler))
        assert faults(laid_out(text, assets), text) == [], filler


@pytest.mark.parametrize("kind", ["letter", "minutes", "conference_minutes", "criticism_document"])
def test_rows_longer_than_a_page_and_more_recipients_than_fit_on_one_are_printed_whole(kind: str) -> None:
    text, assets = printed_html(Case(kind, LONG, 2))
    assert faults(laid_out(text, assets), text) == []
