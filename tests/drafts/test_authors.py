"""Whose a remark is, from the words that people put into a column for it."""

from __future__ import annotations

import pytest

from supervision.drafts.taking.authors import OFFERED, author_of


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        ("", "", ("people", "")),
        ("", "Nguyễn Văn Mẫu", ("people", "Nguyễn Văn Mẫu")),
        ("", "Hội Nông dân xã Mẫu", ("union", "Hội Nông dân xã Mẫu")),
        ("nguoi dan", "Nguyễn Văn Mẫu", ("people", "Nguyễn Văn Mẫu")),
        ("Người dân, đối tượng chịu tác động", "", ("people", "")),
        ("MẶT TRẬN", "", ("front", "")),
        ("Tổ chức chính trị - xã hội", "Hội Phụ nữ", ("union", "Hội Phụ nữ")),
        ("Hội Cựu chiến binh phường Mẫu", "", ("union", "Hội Cựu chiến binh phường Mẫu")),
        ("Hội Luật gia tỉnh", "", ("member", "Hội Luật gia tỉnh")),
        ("Hội đồng nhân dân xã", "", ("agency", "Hội đồng nhân dân xã")),
        ("Sở Tài chính", "", ("agency", "Sở Tài chính")),
        ("UBND xã", "", ("agency", "UBND xã")),
        ("chuyên gia", "", ("expert", "")),
        ("Sóng", "", None),
        ("x", "", None),
    ],
)
def test_an_author_is_known_by_kind_or_by_name(kind: str, name: str, found: tuple[str, str] | None) -> None:
    assert author_of(kind, name) == found


def test_every_kind_that_is_offered_is_known_and_names_nobody() -> None:
    found = [author_of(kind, "") for kind in OFFERED]
    assert [one and one[1] for one in found] == [""] * 6
    assert {one and one[0] for one in found} == {"front", "union", "member", "expert", "people", "agency"}
