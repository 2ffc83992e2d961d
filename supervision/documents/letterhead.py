"""Header and signature block of a paper: who issues it, who signs it, in which form (Decree 30 Annex I)."""

from __future__ import annotations

from typing import Any, Literal

from supervision.organizations.models import Kind, Level, Mandate, Organization

Capacity = Literal["TM", "TM_KT", "KT", "TL", "TL_KT", "TUQ", "Q", "HEAD"]

#: The post of the head, by kind of organization; all others have "GIÁM ĐỐC".
_HEAD_POST = {
    Kind.FRONT: "CHỦ TỊCH",
    Kind.TRADE_UNION: "CHỦ TỊCH",
    Kind.FARMERS: "CHỦ TỊCH",
    Kind.YOUTH: "BÍ THƯ",
    Kind.WOMEN: "CHỦ TỊCH",
    Kind.VETERANS: "CHỦ TỊCH",
    Kind.MEMBER: "CHỦ TỊCH",
    Kind.COUNCIL: "CHỦ TỊCH",
    Kind.COMMITTEE: "CHỦ TỊCH",
    Kind.BOARD: "TRƯỞNG BAN",
    Kind.MINISTRY: "BỘ TRƯỞNG",
    Kind.PARTY: "BÍ THƯ",
}


def default_header(organization: Organization, *, delegation: bool = False) -> dict[str, Any]:
    """Return the header of a paper of `organization`, or of one of its delegations."""
    place = organization.territory.name
    bare = place.split(" ", 1)[1] if organization.level == Level.PROVINCE and " " in place else place
    for prefix in ("phố ",):
        bare = bare.removeprefix(prefix)
    if organization.level == Level.CENTRE:
        bare = "Hà Nội"
    if organization.kind == Kind.FRONT:
        parent = ["ỦY BAN TRUNG ƯƠNG", "MẶT TRẬN TỔ QUỐC VIỆT NAM"]
        if organization.level != Level.CENTRE:
            parent = ["ỦY BAN MTTQ VIỆT NAM", place.upper()]
    else:
        parent = [organization.superior.short_name.upper()] if organization.superior else []
    issuer = (organization.deciding_body or organization.name).upper()
    if organization.kind != Kind.FRONT and organization.deciding_body:
        parent = [organization.name.upper()]
    return {"parent": parent, "issuer": "ĐOÀN GIÁM SÁT" if delegation else issuer, "place": bare}


def default_issuer_full(organization: Organization) -> str:
    """Return the issuer as it reads in a sentence: deciding body and name."""
    return " ".join(part for part in (organization.deciding_body, organization.name) if part)


def is_deputy(signer: Mandate) -> bool:
    """Whether the post is that of a deputy of the organization's head: "Phó Chủ tịch Thường trực"."""
    return f"{_post(signer)} ".startswith(f"PHÓ {_head_post(signer.organization)} ")


def is_deputy_of(signer: Mandate, other: Mandate) -> bool:
    """Whether one's post is that of a deputy of the other's: "Phó Chánh Văn phòng", "Chánh Văn phòng"."""
    return f"{_post(signer)} ".startswith(f"PHÓ {_post(other)} ")


def _head_post(organization: Organization) -> str:
    return _HEAD_POST.get(Kind(organization.kind), "GIÁM ĐỐC")


def _post(signer: Mandate) -> str:
    """Return the post in capitals, without the name of the organization that a title may end in.

    The header already names it: "Chủ tịch Hội Nông dân tỉnh" signs as "CHỦ TỊCH".
    """
    words = signer.title.upper().split()
    names = [f"{name.upper()} " for name in (signer.organization.name, signer.organization.short_name)]
    for start in range(1, len(words) - 1):  # one word alone is no name: "Trưởng ban" of "Ban Thanh tra"
        end = " ".join(words[start:])
        if any(name.startswith(f"{end} ") for name in names):
            return " ".join(words[:start])
    return " ".join(words)


def signature_block(
    *, signer: Mandate, capacity: Capacity, organization: Organization, passed_by: Mandate | None = None
) -> dict[str, Any]:
    """Return lines, other post and name above and below the signature.

    `capacity` is the form of signing: TM (the collective, by its head), TM_KT (the collective, by a
    deputy for the head; "KT." is printed only for one who is a deputy by title), KT (a deputy for the
    head), TL (by order), TL_KT (a deputy for `passed_by`, who signs by order), TUQ (by authorization),
    Q (given the powers), HEAD (head of a delegation).
    The post printed is the signer's own.
    """
    body = (organization.deciding_body or organization.name).upper()
    head, post = _head_post(organization), _post(signer)
    deputy = is_deputy(signer)
    lines = {
        "TM": [f"TM. {body}", head if deputy else post],
        "TM_KT": [f"TM. {body}", *([f"KT. {head}"] if deputy else []), post],
        "KT": [f"KT. {head}", post],
        "TL": [f"TL. {head}", post],
        "TL_KT": [f"TL. {head}", *([f"KT. {_post(passed_by)}"] if passed_by else []), post],
        "TUQ": [f"TUQ. {head}", post],
        "Q": [f"Q. {head}"],
        "HEAD": ["TM. ĐOÀN GIÁM SÁT", "TRƯỞNG ĐOÀN"],
    }[capacity]
    other = [post, signer.organization.short_name.upper()] if capacity == "HEAD" else []
    return {"lines": lines, "other_post": other, "name": signer.user.display_name}
