"""Remarks that were collected on paper or came by mail: judged row by row, taken in once, with a report."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from supervision.drafts.forms import LONGEST
from supervision.drafts.models import Call, Contribution, DraftText, DraftVersion, Intake
from supervision.drafts.taking.attached import keep_attachments as keep_attachments
from supervision.drafts.taking.authors import OFFERED, author_of, known_bodies
from supervision.drafts.taking.contributions import Said
from supervision.drafts.taking.imports.citations import citation, named, names_several
from supervision.drafts.taking.intake_files import Arrived
from supervision.drafts.texts import Provision, provisions_of, with_text
from supervision.errors import WrongState
from supervision.files.models import Attachment
from supervision.language.folding import one_line
from supervision.legaltext.grouping import fingerprint
from supervision.legaltext.outline.citing import Finder
from supervision.organizations.models import Mandate

LONGEST_NAME, LONGEST_SLIP, LONGEST_CITATION = 200, 120, 300
#: Why a row was not taken in; `%(said)s` is what it says there.
WHY: Mapping[str, Any] = {
    "empty": _("Thiếu ý kiến."),
    "provision": _("Dự thảo không có %(said)s."),
    "twice": _("Dự thảo có nhiều %(said)s, không rõ là chỗ nào."),
    "several": _("Ghi nhiều điều, khoản trong một dòng: %(said)s. Hãy tách mỗi điều, khoản một dòng."),
    "unclear": _("Không hiểu “%(said)s” là điều, khoản nào."),
    "author": _("Không rõ “%(said)s” là của ai. Hãy ghi một trong các loại: %(offered)s."),
    "long": _("Một ô dài hơn %(longest)s ký tự."),
    "name": _("Tên tổ chức dài hơn 200 ký tự."),
    "slip": _("Số phiếu, ghi chú dài hơn 120 ký tự."),
    "date": _(
        "Ô điều, khoản đã bị bảng tính đổi thành ngày tháng. Hãy ghi lại bằng chữ, ví dụ “khoản 2 Điều 5”."
    ),
    "formula": _("Có ô báo lỗi công thức."),
    "old-letters": _("Gõ bằng bảng mã cũ (TCVN3, VNI). Hãy chuyển sang Unicode."),
    "mail": _("Không đọc được thư này."),
}
#: Why a row of the sheet is not counted as one.
SKIPPED: Mapping[str, Any] = {
    "group": _("tên nhóm"),
    "total": _("dòng cộng"),
    "numbers": _("số thứ tự cột"),
    "foot": _("phần ký"),
    "outside": _("chỉ ghi ở cột không được nhận ra"),
}


@dataclass(frozen=True)
class Good:
    """A row that can be taken in; equal `content` means that it says the same of the same provision."""

    sheet: str
    number: int
    said: Said
    slip: str
    content: str
    attachments: Sequence[tuple[str, bytes]] = ()


@dataclass
class Judged:
    """The rows of one sending, those that can be taken in and those that failed with the reason."""

    good: list[Good] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)


def why_words(failed: Mapping[str, Any]) -> Any:
    """Return in a sentence why a row failed."""
    return WHY[failed["why"]] % {
        "said": failed["said"],
        "offered": ", ".join(OFFERED),
        "longest": LONGEST,
    }


def judge(call: Call, arrived: Arrived) -> Judged:
    """Tell the rows that can be taken in from those that cannot; two queries whatever their number."""
    text = DraftText.objects.get(version=call.version_id)
    finder = Finder(text.outline)
    judged = Judged()
    for row in arrived.rows:
        fields = {name: str(value) for name, value in row["fields"].items()}
        why, said = _judge_row(row["problem"], fields, finder)
        if isinstance(said, Said):
            judged.good.append(_good(call, row, said, one_line(fields.get("slip", ""))))
        else:
            kept = {"number": row["number"], "sheet": row["sheet"], "why": why, "said": said[:300]}
            judged.failed.append({**kept, "fields": fields})
    return judged


def _judge_row(problem: str, fields: Mapping[str, str], finder: Finder) -> tuple[str, Said | str]:
    """Return ("", what is said), or why the row fails with the words in question."""
    if problem:
        return problem, ""
    texts = {name: fields.get(name, "") for name in ("text", "wording", "reason")}
    if why := _why_unfit(texts, fields):
        return why, ""
    cited = citation(fields)
    node = finder.find(cited)
    if cited and (names_several(cited) or not node):
        return _why_not_found(cited, finder)
    author = author_of(fields.get("author", ""), fields.get("author_name", ""))
    if author is None:
        return "author", fields["author"]
    return "", Said(node=node, author=author[0], author_name=author[1], **texts)


def _why_unfit(texts: Mapping[str, str], fields: Mapping[str, str]) -> str:
    if not texts["text"]:
        return "empty"
    if any(len(text) > LONGEST for text in texts.values()):
        return "long"
    citing = ("provision", "article", "clause", "point")
    if sum(len(fields.get(name, "")) for name in citing) > LONGEST_CITATION:
        return "long"
    if max(len(fields.get(name, "")) for name in ("author", "author_name")) > LONGEST_NAME:
        return "name"
    return "slip" if len(fields.get("slip", "")) > LONGEST_SLIP else ""


def _why_not_found(cited: str, finder: Finder) -> tuple[str, str]:
    if names_several(cited):
        return "several", cited
    if finder.find_all(cited):
        return "twice", named(cited)
    return ("provision", words) if (words := named(cited)) else ("unclear", cited)


def _good(call: Call, row: Mapping[str, Any], said: Said, slip: str) -> Good:
    """What names a mail is its own; of a row of paper all that was typed is."""
    parts = (said.node, said.text, said.wording, said.reason, said.author, said.author_name, slip)
    named = row.get("identity") or "\0".join(parts)
    return Good(
        sheet=row["sheet"],
        number=row["number"],
        said=said,
        slip=slip,
        content=hashlib.sha256(f"{call.pk}\0{named}".encode()).hexdigest()[:48],
        attachments=row.get("attachments", ()),
    )


def new_rows(call: Call, arrived: Arrived, judged: Judged, *, is_apart: bool) -> list[tuple[Good, str]]:
    """Return the good rows that are not in yet, each with the key that it is kept under; one query.

    A content that the file has three times is three papers, so as many are wanted as the file has, less
    those that are in: sending the file again, mended or not, adds only what is new. With `is_apart`
    the papers are others than those of earlier files: then those that this very file brought count as
    in, no others. A mail is one however often its export has it.
    """
    brought: Counter[str] = Counter()  # by this file
    kept: Counter[str] = Counter()
    rows = call.contributions.exclude(intake=None).values_list("key", "intake__digest")
    for key, digest in rows.iterator():
        content = key.split(":")[1]
        kept[content] += 1
        brought[content] += digest == arrived.digest
    before = Counter(brought if is_apart and arrived.kind == Intake.Kind.SHEET else kept)
    seen: Counter[str] = Counter()
    found = []
    for row in judged.good:
        seen[row.content] += 1
        wanted = 1 if arrived.kind == Intake.Kind.MAIL else seen[row.content]
        if wanted > before[row.content]:
            kept[row.content] += 1
            before[row.content] += arrived.kind == Intake.Kind.MAIL
            found.append((row, f"intake:{row.content}:{kept[row.content]}"))
    return found


def take_in(
    call: Call,
    arrived: Arrived,
    judged: Judged,
    *,
    is_apart: bool,
    files: Mapping[str, list[Attachment]],
    left_out: Sequence[Mapping[str, Any]],
    by: Mandate,
    at: dt.datetime,
) -> Intake:
    """Keep the good rows that are not in yet as waiting contributions, and the report of the others.

    Unlike `contributions.contribute` it does not ask whether the call is open: an official types what
    people handed in on paper or by mail in time, often after the last day, and answers for that. The
    case is locked, so that the same file sent twice at once is taken in once. Raises WrongState when
    the text has been mended since the rows were judged and has lost a provision that one cites.
    """
    new = new_rows(call, arrived, judged, is_apart=is_apart)
    places = provisions_of(with_text(DraftVersion.objects.all()).get(pk=call.version_id))
    if any(row.said.node and row.said.node not in places for row, _key in new):
        raise WrongState(_("Nội dung này vừa thay đổi. Hãy mở lại trang."))
    taken = {(row.sheet, row.number) for row, _key in new}
    others = [row for row in judged.good if (row.sheet, row.number) not in taken]
    intake = Intake.objects.create(
        call=call,
        kind=arrived.kind,
        name=arrived.name,
        digest=arrived.digest,
        by=by,
        at=at,
        taken=len(new),
        known=[{"sheet": row.sheet, "number": row.number} for row in others],
        failed=judged.failed,
        failed_count=len(judged.failed),
        told={**arrived.told, "left_out_files": list(left_out)},
    )
    rows = Contribution.objects.bulk_create(
        [_contribution(intake, row, key, places) for row, key in new], batch_size=500
    )
    _attach(rows, [row.content for row, _key in new], files)
    return intake


def _attach(
    rows: Sequence[Contribution], contents: Sequence[str], files: Mapping[str, list[Attachment]]
) -> None:
    """Tie to each contribution the files that came with its content."""
    kept = zip(rows, contents, strict=True)
    links = [(row.pk, file.pk) for row, content in kept for file in files.get(content, ())]
    through = Contribution.files.through
    through.objects.bulk_create(
        [through(contribution_id=row, attachment_id=file) for row, file in links], batch_size=500
    )


def _contribution(intake: Intake, row: Good, key: str, places: Mapping[str, Provision]) -> Contribution:
    said = row.said
    return Contribution(
        key=key,
        call=intake.call,
        intake=intake,
        slip=row.slip,
        node=said.node,
        provision=places[said.node].on_paper if said.node else "",
        text=said.text,
        wording=said.wording,
        reason=said.reason,
        author=said.author,
        author_name=said.author_name,
        channel=intake.kind,  # the channels have the same names
        by=intake.by,
        at=intake.at,
        fingerprint=fingerprint(f"{said.text}\n{said.wording}"),
    )


def surely_bodies(rows: QuerySet[Contribution]) -> list[int]:
    """Return the primary keys of those whose author's name is a body's beyond doubt; two queries."""
    names = list(rows.exclude(author_name="").values_list("pk", "author_name"))
    bodies = known_bodies({name for _pk, name in names})
    return [pk for pk, name in names if name in bodies]


def forget_failed(*, before: dt.datetime) -> int:
    """Drop the rows that failed from reports written before `before`; returns of how many reports."""
    return Intake.objects.filter(at__lt=before).exclude(failed=[]).update(failed=[])
