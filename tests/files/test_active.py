"""What does something by itself is refused with the name of what was found; what only shows is kept."""

from __future__ import annotations

import pytest

from supervision.files import inspection
from tests.files import hostile


@pytest.mark.parametrize(
    ("name", "extension", "data", "why"), hostile.FILES, ids=[f"{one[1]}: {one[0]}" for one in hostile.FILES]
)
def test_whatever_acts_is_refused_by_what_it_is(name: str, extension: str, data: bytes, why: str) -> None:
    with pytest.raises(inspection.Refused) as refused:
        inspection.inspect(data, extension)
    assert str(refused.value) == why
