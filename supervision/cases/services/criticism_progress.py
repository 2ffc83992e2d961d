"""Where the answer to a criticism stands, as the public page shows it: both sides' words, and the table."""

from __future__ import annotations

import datetime as dt

from supervision.cases import selectors
from supervision.cases.models import Case, Criticism, Urging
from supervision.cases.services.public_clocks import clock_told, reply_rows
from supervision.cases.services.redactions import hidden
from supervision.cases.services.urged import urged_words
from supervision.drafts import services as drafts
from supervision.drafts.models import Answer, Outcome
from supervision.drafts.table import matrix
from supervision.drafts.versions import outcomes
from supervision.language.dates import short_date, vietnam_day
from supervision.language.folding import upper_first
from supervision.law.text import T
from supervision.publication import progress as standing
from supervision.publication import remarks
from supervision.publication import services as publication
from supervision.publication.models import Publication
from supervision.publication.progress import Progress, Voice
from supervision.publication.vocabulary import State

S = Criticism.State
BATCH = 500
STANDS = {
    S.SENT: State.WAITING,
    S.RECEIVED: State.WAITING,
    S.ANSWERED: State.ANSWERED,
    S.RETURNED: State.RETURNED,
    S.ACCEPTED: State.CLOSED,
}
VERDICT_WORDS = {
    Answer.Verdict.ACCEPTED: T("tiếp thu", "accepted"),
    Answer.Verdict.PARTLY: T("tiếp thu một phần", "partly accepted"),
    Answer.Verdict.NOT_ACCEPTED: T("không tiếp thu", "not accepted"),
}
ASSESSED = {
    S.ACCEPTED: T("Mọi ý kiến đã có câu trả lời", "Every remark has its answer"),
    S.RETURNED: T("Trả lời chưa đủ", "The answers are incomplete"),
}


def progress_in(case: Case) -> list[Progress]:
    """Return where the answer to the case's criticism stands; empty for a case of another form."""
    criticism = Criticism.objects.filter(case=case).select_related("addressee", "draft").first()
    return [hidden(case, _progress(criticism))] if criticism else []


def follow_up(criticism: Criticism, *, at: dt.datetime) -> None:
    """Add the new standing to the public page, if there is one."""
    page = selectors.publication_of(criticism.case)
    if page is not None:
        progress = hidden(criticism.case, _progress(criticism))
        publication.follow_up(publication=page, progress=progress, at=at)


def tell_remarks(case: Case, *, at: dt.datetime) -> None:
    """Bring every remark on the public page, if there is one, to what stands for it now."""
    criticism, page = Criticism.objects.filter(case=case).first(), selectors.publication_of(case)
    if criticism is None or page is None:
        return
    for table in matrix.in_batches(criticism.draft, size=BATCH):
        _tell(page, case, table, at)


def tell_outcome(outcome: Outcome, *, criticism: Criticism, at: dt.datetime) -> None:
    """Show on the public page, if there is one, what became of one remark in the issued text."""
    page = selectors.publication_of(criticism.case)
    lines = matrix.lines_of(criticism.draft, [outcome.remark])
    if page is not None and _tell(page, criticism.case, lines, at):
        remarks.note_update(page, at=at)


def _tell(page: Publication, case: Case, table: list[matrix.Line], at: dt.datetime) -> int:
    became = outcomes.decided([line.remark for line in table])
    rows = [_row(line, became.get(line.remark.pk)) for line in table]
    return remarks.tell(page, hidden(case, rows), at=at)


def _progress(criticism: Criticism) -> Progress:
    counted = matrix.standing_counts(criticism.draft)
    owed = criticism.state in (S.SENT, S.RECEIVED, S.RETURNED)
    answered = criticism.assess_deadline if criticism.state == S.ANSWERED else None
    clock = criticism.reply_deadline if owed else answered
    first = drafts.sent_rounds(criticism.draft).first()
    reply = criticism.reply_deadline
    stopped = clock is not None and clock.paused_from_on is not None
    count = sum(counted.values())
    return Progress(
        number=1,
        state=State.PAUSED if stopped else STANDS.get(S(criticism.state), State.WAITING),
        addressee_code=criticism.addressee.code,
        addressee_name=criticism.addressee.name,
        text=f"Nghiên cứu, trả lời {count:02d} ý kiến phản biện đối với {criticism.draft.title}",
        due_on=clock.due_on if clock and not stopped else None,
        start_on=reply.start_on if reply else None,
        reply_due_on=reply.due_on if reply else None,
        answered_on=vietnam_day(first.submitted_at) if first else None,
        agency=_agency_voice(criticism, counted),
        front=_front_voice(criticism),
        rows=reply_rows(reply),
        clocks=[clock_told(answered)] if answered else [],
        is_criticism=True,
    )


def _row(line: matrix.Line, outcome: Outcome | None) -> remarks.Row:
    """Return a remark and its answer as the page shows them; authors of the people stay a group."""
    answer, remark = line.answer, line.remark
    became = {"outcome": outcome.verdict, "note": outcome.note, "at": outcome.places} if outcome else {}
    return remarks.Row(
        code=remark.code,
        remark=remark.public_id,
        place=remark.place,
        number=remark.number,
        verdict=answer.verdict if answer and not line.is_open else "",
        data=became
        | {
            "provision": line.provision,
            "text": remark.text,
            "proposed": remark.wording,
            "reason": remark.reason,
            "whose": upper_first(remark.whose),
            "answer": answer.text if answer else "",
            "wording": answer.wording if answer else "",
        },
    )


def _agency_voice(criticism: Criticism, counted: dict[str, int]) -> Voice:
    rounds = list(drafts.sent_rounds(criticism.draft))
    if not rounds:
        return standing.NOT_ANSWERED
    newest = rounds[-1]
    said = [(counted[verdict], words) for verdict, words in VERDICT_WORDS.items() if counted[verdict]]
    day = short_date(vietnam_day(newest.submitted_at))
    meta = [T(f"Ngày {day}", f"On {day}")]
    if newest.number_text:
        meta.insert(0, T(f"Văn bản {newest.number_text}", f"Paper {newest.number_text}"))
    words = T(
        "; ".join(f"{number:02d} ý kiến {one.vi}" for number, one in said),
        "; ".join(f"{number} remarks {one.en}" for number, one in said),
    )
    files = [
        {"name": file.name, "size": file.blob.size, "pages": file.pages, "sha256": file.blob.sha256}
        for file in newest.files.select_related("blob")
    ]
    return Voice(words, newest.summary, meta, files)


def _front_voice(criticism: Criticism) -> Voice:
    state, urged = S(criticism.state), criticism.urgings.select_related("addressee").order_by("-pk").first()
    if state == S.ANSWERED:
        return standing.TO_BE_ASSESSED
    if urged is not None and state != S.ACCEPTED and _is_newest(criticism, urged):
        day = short_date(vietnam_day(urged.at))
        return Voice(urged_words(urged), urged.text, [T(day, day)])
    if state not in ASSESSED:
        return standing.NOT_ASSESSED
    kept = f"Ý kiến bảo lưu: {criticism.reservations}" if criticism.reservations else ""
    return Voice(ASSESSED[state], kept)


def _is_newest(criticism: Criticism, urged: Urging) -> bool:
    """Whether the letter is about what is owed now, not about an answer that has come since."""
    newest = drafts.sent_rounds(criticism.draft).last()
    return newest is None or newest.submitted_at is None or newest.submitted_at <= urged.at
