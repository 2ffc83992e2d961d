from __future__ import annotations

import pytest

from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.organizations.models import Mandate
from tests.documents.papers import front, officer_and_chair


@pytest.fixture
def officer_chair(db: None) -> tuple[Mandate, Mandate]:
    """Who drafts and who signs, the latter with a sample certificate."""
    officer, chair = officer_and_chair(front())
    DemoAuthority().issue([chair])
    return officer, chair


@pytest.fixture
def officer(officer_chair: tuple[Mandate, Mandate]) -> Mandate:
    return officer_chair[0]


@pytest.fixture
def chair(officer_chair: tuple[Mandate, Mandate]) -> Mandate:
    return officer_chair[1]
