"""The provisions of a version: kept as they were read, mended by a person; remarks hold them in place."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from supervision.audit.contents import is_held
from supervision.drafts.holding import carried, move
from supervision.drafts.models import Draft, DraftText, DraftVersion, Remark
from supervision.drafts.models.remark import NOT_FOUND
from supervision.errors import InvalidInput, WrongState
from supervision.files.models import Attachment
from supervision.legaltext.alignment import units
from supervision.legaltext.outline import Outline
from supervision.legaltext.outline.citing import Finder, places
from supervision.legaltext.outline.lines import from_lines, pieces, to_lines
from supervision.organizations.models import Mandate

#: More provisions than any law has; a page of more is of use to nobody.
LONGEST = 20_000


@dataclass(frozen=True)
class Piece:
    """What is mended at once: an article, a heading, an appendix, the beginning or the end of the text."""

    number: int  # counted from 0 through the text
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its first line, cut where a list would grow too wide."""
        first = next((line for line in self.lines if line), "")
        return first if len(first) <= 90 else f"{first[:89].rstrip()}…"


def with_text(versions: QuerySet[DraftVersion]) -> QuerySet[DraftVersion]:
    """Return versions with what was read of them but for its body, which is read when it is asked for."""
    return versions.select_related("text").defer("text__body")


def text_of(version: DraftVersion) -> DraftText | None:
    """Return what was read of a version; None before anybody had it read."""
    return getattr(version, "text", None)


@dataclass(frozen=True)
class Provision:
    """What a provision is called on paper and in a list, what it says itself, and with all that is in it."""

    on_paper: str
    in_list: str
    own: str
    text: str

    @property
    def mark(self) -> str:
        """A short mark of its words: a form that was opened before they changed brings another."""
        return hashlib.sha256(f"{self.in_list}\n{self.text}".encode()).hexdigest()[:12]


def provisions_of(version: DraftVersion) -> Mapping[str, Provision]:
    """Return a version's provisions by id; nothing where it was not read yet.

    The body is read from the database once for each edition of the text: many ask in one minute.
    """
    text = text_of(version)
    return _provisions(text.pk, text.edition, text.at) if text else {}


@lru_cache(maxsize=16)
def _provisions(text: int, edition: int, at: dt.datetime) -> Mapping[str, Provision]:
    """Return the provisions of one edition; `at` tells it from one of that number that was rolled back."""
    outline = DraftText.objects.get(pk=text).outline
    return {
        place.node.id: Provision(
            place.on_paper,
            place.in_list,
            "\n".join(filter(None, [place.node.title, *place.node.text, *map(" | ".join, place.node.rows)])),
            "\n".join(to_lines(Outline(nodes=[place.node]))).strip(),
        )
        for place in places(outline)
    }


def parts_of(version: DraftVersion) -> Mapping[str, tuple[str, str]]:
    """Return (name, own words) of all that versions are compared by: provisions, rows of tables; by id."""
    text = text_of(version)
    return _parts(text.pk, text.edition, text.at) if text else {}


@lru_cache(maxsize=16)
def _parts(text: int, edition: int, at: dt.datetime) -> Mapping[str, tuple[str, str]]:
    provisions = _provisions(text, edition, at)
    return {
        unit.id: (provisions[unit.id].in_list if unit.id in provisions else unit.label, unit.text)
        for unit in units(DraftText.objects.get(pk=text).outline)
    }


def text_of_table(draft: Draft) -> DraftText | None:
    """Return the text in whose order the remarks on a draft stand: of the newest version that was read."""
    return DraftText.objects.filter(version__draft=draft).order_by("-version__number").first()


def keep_text(
    version: DraftVersion, outline: Outline, *, source: Attachment | None, by: Mandate, at: dt.datetime
) -> DraftText:
    """Keep what was read as the text of the version, in the place of an earlier reading.

    Raises InvalidInput ("text") when nothing with a number was found, when it is longer than any law, or
    as `holding.carried` does.
    """
    _refuse_the_unreadable(outline)
    before = DraftText.objects.select_for_update().filter(version=version).first()
    goes = carried(before, outline) if before else {}
    text = before or DraftText(version=version, edition=0)
    text.body, text.source, text.by, text.at = outline.to_data(), source, by, at
    text.edition, text.tries = text.edition + 1, 0
    text.save()
    tie_remarks(text, goes)
    return text


def pieces_of(outline: Outline) -> list[Piece]:
    """Return the text in the pieces that the editor offers."""
    lines = to_lines(outline)
    return [Piece(n, tuple(lines[start:end])) for n, (start, end) in enumerate(pieces(lines))]


def mend(
    version: DraftVersion, number: int, lines: Sequence[str], *, edition: int, by: Mandate, at: dt.datetime
) -> DraftText:
    """Put `lines` in the place of a piece of the text as it was at `edition`.

    Raises WrongState when another has changed the text since, or somebody past every reading and mending on
    record, InvalidInput ("text") as `keep_text` does.
    """
    text = DraftText.objects.select_for_update().get(version=version)
    cut = pieces_of(text.outline)
    if text.edition != edition or number >= len(cut):
        raise WrongState(_("Người khác vừa sửa văn bản này. Hãy mở lại trang và sửa tiếp."))
    if not is_held(text):  # whoever mends a place would put their name to the others
        raise WrongState(
            _(
                "Văn bản này không còn như lần đọc, sửa gần nhất đã ghi nhận. "
                "Hãy đọc lại dự thảo từ tệp và báo người quản trị hệ thống."
            )
        )
    typed = [line for piece in cut for line in (lines if piece.number == number else piece.lines)]
    outline = from_lines(typed, text.outline.title)
    _refuse_the_unreadable(outline)
    goes = carried(text, outline)
    text.body, text.by, text.at = outline.to_data(), by, at
    text.edition, text.tries = text.edition + 1, 0
    text.save(update_fields=["body", "by", "at", "edition", "tries"])
    tie_remarks(text, goes)
    return text


def tie_remarks(text: DraftText, goes: Mapping[str, str]) -> None:
    """Tie the remarks on the version that name a provision and are not tied yet; all stand in its order.

    Those on provisions that went elsewhere follow them (`holding.carried`), and cite them as they now are.
    """
    outline = text.outline
    finder, order = Finder(outline), order_of(outline)
    names = {place.node.id: place.on_paper for place in places(outline)} if goes else {}
    moved = []
    for remark in text.version.remarks.exclude(provision="", node=""):
        stood = remark.node, remark.place
        if remark.node in goes:
            remark.node = goes[remark.node]
            remark.provision = names[remark.node]
            remark.search_text = remark.folded
        remark.node = remark.node or finder.find(remark.provision)
        remark.place = order.get(remark.node, NOT_FOUND)
        if (remark.node, remark.place) != stood:
            moved.append(remark)
    # Many times as fast as bulk_update, which would choose each of these columns row by row.
    Remark.objects.bulk_create(
        moved,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["node", "place", "provision", "search_text"],
    )
    move(text.version, goes, outline)


def order_of(outline: Outline) -> dict[str, int]:
    """Return the place of each provision in the order of the text, from 1, and of each row that of its table.

    See `Remark.place`.
    """
    order = {node.id: place for place, node in enumerate(outline.walk(), start=1)}
    return order | {unit.id: order[unit.parent] for unit in units(outline) if unit.kind is None}


def _refuse_the_unreadable(outline: Outline) -> None:
    count = sum(1 for _node in outline.walk())
    if not count:
        raise InvalidInput({"text": [_("Không thấy điều, mục hay khoản nào trong văn bản này.")]})
    if count > LONGEST:
        said = _(
            "Văn bản có hơn %(most)s điều, khoản, điểm, bảng nên không làm việc được ở đây; hãy tách ra."
        )
        raise InvalidInput({"text": [said % {"most": LONGEST}]})
