"""Whose a remark is: from the words that people put into a column for it, or from an organization."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.db.models import Q

from supervision.drafts.models import Remark
from supervision.language.folding import fold, name_key
from supervision.organizations.models import Kind, Organization

Author = Remark.Author
_NOT_WORD = re.compile(r"[^a-z0-9]+")
#: How names and kinds begin, folded; the first that fits decides, so the longer ones come first.
_BEGINNINGS: tuple[tuple[str, Author], ...] = (
    ("hoi dong nhan dan", Author.AGENCY), ("uy ban nhan dan", Author.AGENCY), ("ubnd", Author.AGENCY),
    ("hdnd", Author.AGENCY), ("co quan", Author.AGENCY), ("so", Author.AGENCY), ("phong", Author.AGENCY),
    ("chi cuc", Author.AGENCY), ("toa an", Author.AGENCY), ("vien kiem sat", Author.AGENCY),
    ("mat tran", Author.FRONT), ("uy ban mat tran", Author.FRONT), ("uy ban mttq", Author.FRONT),
    ("ubmttq", Author.FRONT), ("mttq", Author.FRONT), ("ban cong tac mat tran", Author.FRONT),
    ("to chuc chinh tri xa hoi", Author.UNION), ("cong doan", Author.UNION),
    ("lien doan lao dong", Author.UNION), ("doan thanh nien", Author.UNION), ("doan tncs", Author.UNION),
    ("hoi nong dan", Author.UNION), ("hoi cuu chien binh", Author.UNION), ("hoi phu nu", Author.UNION),
    ("hoi lien hiep phu nu", Author.UNION), ("hoi lhpn", Author.UNION),
    ("to chuc thanh vien", Author.MEMBER), ("thanh vien", Author.MEMBER), ("hoi", Author.MEMBER),
    ("lien hiep", Author.MEMBER), ("lien minh", Author.MEMBER), ("hiep hoi", Author.MEMBER),
    ("chuyen gia", Author.EXPERT), ("nha khoa hoc", Author.EXPERT), ("hoi dong tu van", Author.EXPERT),
    ("nguoi dan", Author.PEOPLE), ("nhan dan", Author.PEOPLE), ("ca nhan", Author.PEOPLE),
    ("cu tri", Author.PEOPLE), ("cong dan", Author.PEOPLE), ("ho dan", Author.PEOPLE),
    ("ho gia dinh", Author.PEOPLE), ("doi tuong chiu tac dong", Author.PEOPLE), ("dan", Author.PEOPLE),
    ("doanh nghiep", Author.PEOPLE), ("don vi", Author.AGENCY),
)  # fmt: skip
#: A name that begins so is not a person's.
_BODIES = (Author.FRONT, Author.UNION, Author.MEMBER)
#: Names of bodies and of the places that they are of. "Hội viên …", "Liên Minh …" are people.
_BODY_NAMES = (
    "ủy ban mặt trận tổ quốc", "ủy ban mttq", "ubmttq", "mttq", "mặt trận tổ quốc", "ban công tác mặt trận",
    "ban thường trực ủy ban mặt trận tổ quốc", "ban thường trực ủy ban mttq", "liên đoàn lao động",
    "công đoàn", "đoàn thanh niên", "đoàn tncs hồ chí minh", "đoàn thanh niên cộng sản hồ chí minh",
    "hội nông dân", "hội cựu chiến binh", "hội phụ nữ", "hội liên hiệp phụ nữ", "hội lhpn", "hội luật gia",
    "hội chữ thập đỏ", "hội người cao tuổi", "hội khuyến học", "hội nhà báo", "hội liên hiệp thanh niên",
    "liên hiệp các hội khoa học và kỹ thuật", "liên minh hợp tác xã", "ủy ban nhân dân", "ubnd",
    "hội đồng nhân dân", "hđnd",
)  # fmt: skip
_PLACES = (
    "xã", "phường", "thị trấn", "đặc khu", "tỉnh", "thành phố", "tp", "quận", "huyện", "thị xã", "thôn",
    "khu phố", "khu dân cư", "tổ dân phố", "cơ sở",
)  # fmt: skip
#: A place has two words at most, lest the third and fourth are a person's name behind it.
_SURELY_BODY = re.compile(
    "(?:{bodies})(?: {country})?(?: (?:{places})(?: {uncle}|(?: [^\\s,;.()/-]+){{0,2}}))*".format(
        bodies="|".join(map(name_key, _BODY_NAMES)),
        places="|".join(map(name_key, _PLACES)),
        country=name_key("việt nam"),
        uncle=name_key("hồ chí minh"),
    )
)
#: Whose remarks are that organizations send; others of the Front's side are unions.
_KIND_OF_BODY = {Kind.FRONT: Author.FRONT, Kind.MEMBER: Author.MEMBER, Kind.ADVISORY: Author.EXPERT}
#: Short words for a list to choose from.
OFFERED = (
    "Mặt trận",
    "tổ chức chính trị - xã hội",
    "tổ chức thành viên",
    "chuyên gia",
    "người dân",
    "cơ quan",
)


def author_of(kind: str, name: str) -> tuple[str, str] | None:
    """Return (author, name) from the columns "Của ai" and "Tên tổ chức"; None for a kind that is none.

    A body's own name may stand in the first. Where both are empty it is a citizen, who is never named.
    """
    if not kind:
        guessed = _begins(name)
        return (guessed if guessed in _BODIES else Author.PEOPLE), name
    author = _begins(kind)
    if author is None:
        return None
    is_name = author not in (Author.PEOPLE, Author.EXPERT) and _key(kind) not in _KINDS
    return author, name or (kind if is_name else "")


def own_author(organization: Organization) -> tuple[str, str]:
    """Return (author, name) of what an organization itself says."""
    others = Author.UNION if organization.side == "front" else Author.AGENCY
    return _KIND_OF_BODY.get(Kind(organization.kind), others), organization.name


def known_bodies(names: Collection[str]) -> set[str]:
    """Return those of `names` that are a body's beyond doubt: of an organization on record, or by their form.

    "Hội Nông dân xã Mẫu" is; "Hội viên Nguyễn Thị B" and "Hội Nông dân xã Mẫu, bà B" are not. One query.
    """
    on_record = Organization.objects.filter(Q(name__in=names) | Q(short_name__in=names))
    found = {name for pair in on_record.values_list("name", "short_name") for name in pair}
    return {name for name in names if name in found or _SURELY_BODY.fullmatch(name_key(name))}


def _key(text: str) -> str:
    return _NOT_WORD.sub(" ", fold(text)).strip()


def _begins(text: str) -> Author | None:
    key = f"{_key(text)} "
    ways = sorted(_BEGINNINGS, key=lambda one: -len(one[0]))
    return next((author for words, author in ways if key.startswith(f"{words} ")), None)


_KINDS = frozenset(_key(str(words)) for words in (*OFFERED, *dict(Author.choices).values()))
