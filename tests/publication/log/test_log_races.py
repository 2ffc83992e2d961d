"""Many publish and sign at once: entries stand one after the other, none lost, none twice."""

from __future__ import annotations

import datetime as dt

import pytest

from supervision.files import storage
from supervision.publication.log import signing
from supervision.publication.log.checking import troubles
from supervision.publication.log.models import Leaf, SignedCheckpoint
from tests.publication.factory import AT, publication
from tests.together import together

pytestmark = pytest.mark.usefixtures("fresh_db")
EACH = 10


def test_two_who_publish_at_once_have_two_entries_one_behind_the_other() -> None:
    file = storage.write(b"%PDF-1.7")

    def publishing(first: int) -> None:
        for number in range(first, first + EACH):
            publication([], number_text=f"{number:02d}/TB-MTTQ-BTT", pdf_sha256=file)

    came = together(lambda: publishing(1), lambda: publishing(1 + EACH))
    assert came == [None, None], came
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(2 * EACH))
    signing.sign_checkpoint(at=AT)
    assert list(troubles()) == []


def test_two_workers_sign_each_tree_once() -> None:
    file = storage.write(b"%PDF-1.7")
    for number in range(1, EACH):
        publication([], number_text=f"{number:02d}/TB-MTTQ-BTT", pdf_sha256=file)
        at = AT + dt.timedelta(seconds=number)
        came = together(
            lambda at=at: signing.sign_checkpoint(at=at), lambda at=at: signing.sign_checkpoint(at=at)
        )
        assert sorted(type(one).__name__ for one in came) == ["NoneType", "SignedCheckpoint"], came
    sizes = list(SignedCheckpoint.objects.order_by("pk").values_list("size", flat=True))
    assert sizes == list(range(2, EACH + 1))
    assert list(troubles()) == []
