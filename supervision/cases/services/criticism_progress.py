"""Where the answer to a criticism stands, as the public page shows it: both sides' words, and the table."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count

from supervision.casefiles.models import Case, Record
from supervision.cases import selectors
from supervision.cases.models import Criticism
from supervision.cases.services import voices
from supervision.cases.services.public_clocks import clock_told, reply_rows
from supervision.cases.services.redactions import hidden
from supervision.drafts import services as drafts
from supervision.drafts.models import Answer, AnswerRound, Outcome
from supervision.drafts.table import matrix
from supervision.drafts.versions import outcomes
from supervision.language.dates import short_date, vietnam_day
from supervision.language.folding import upper_first
from supervision.law.text import T
from supervision.publication import progress as standing
from supervision.publication import remarks
from supervision.publication import services as publication
from supervision.publication.models import Publication
from supervision.publication.progress import Progress, Voice, Word
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
    earlier = _earlier_answers(table)
    rows = [_row(line, became.get(line.remark.pk), earlier.get(line.remark.pk, [])) for line in table]
    return remarks.tell(page, hidden(case, rows), at=at)


def _earlier_answers(table: list[matrix.Line]) -> dict[int, list[dict[str, str]]]:
    """Return the answers to each remark that a later one has followed, the oldest first; one query."""
    standing_now = [line.answer.pk for line in table if line.answer]
    given = Answer.objects.filter(
        remark__in=[line.remark for line in table], round__submitted_at__isnull=False
    )
    found: dict[int, list[dict[str, str]]] = {}
    for one in given.exclude(pk__in=standing_now).select_related("round").order_by("round__number"):
        day = short_date(vietnam_day(one.round.submitted_at))
        said = {"verdict": one.verdict, "answer": one.text, "wording": one.wording, "on": day}
        found.setdefault(one.remark_id, []).append(said)
    return found


def _progress(criticism: Criticism) -> Progress:
    counted = matrix.standing_counts(criticism.draft)
    words = _words_on(criticism)
    owed = standing.TO_BE_ASSESSED if criticism.state == S.ANSWERED else None
    answered = criticism.assess_deadline if criticism.state == S.ANSWERED else None
    is_owed = criticism.state in (S.SENT, S.RECEIVED, S.RETURNED)
    clock = criticism.reply_deadline if is_owed else answered
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
        agency=voices.newest(words, "agency") or standing.NOT_ANSWERED,
        front=owed or voices.newest(words, "front") or standing.NOT_ASSESSED,
        words=words,
        rows=reply_rows(reply),
        clocks=[clock_told(answered)] if answered else [],
        is_criticism=True,
    )


def _row(line: matrix.Line, outcome: Outcome | None, earlier: list[dict[str, str]]) -> remarks.Row:
    """Return a remark and its answers as the page shows them; authors of the people stay a group."""
    answer, remark = line.answer, line.remark
    became = {"outcome": outcome.verdict, "note": outcome.note, "at": outcome.places} if outcome else {}
    return remarks.Row(
        code=remark.code,
        remark=remark.public_id,
        place=remark.place,
        number=remark.number,
        verdict=answer.verdict if answer and not line.is_open else "",
        data=became
        | ({"earlier": earlier} if earlier else {})
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


def _words_on(criticism: Criticism) -> list[Word]:
    """Return every sending of answers, assessment and urging, the oldest first."""
    words = [*voices.urgings(criticism.urgings.select_related("addressee").order_by("pk"))]
    for one in drafts.sent_rounds(criticism.draft):
        words.append(Word(f"round-{one.number}", "agency", one.submitted_at, _answers(one)))
    assessments = criticism.case.records.filter(step="assess_answers").order_by("pk")
    for number, record in enumerate(assessments, start=1):
        words.append(Word(f"assessment-{number}", "front", record.at, _assessed(record)))
    return sorted(words, key=lambda word: word.at)


def _answers(sent: AnswerRound) -> Voice:
    """Return what one sending says: how many remarks are taken up, its own summary, in time or late."""
    counted = dict(sent.answers.order_by().values_list("verdict").annotate(Count("pk")))
    said = [(counted[verdict], words) for verdict, words in VERDICT_WORDS.items() if counted.get(verdict)]
    words = T(
        "; ".join(f"{number:02d} ý kiến {one.vi}" for number, one in said),
        "; ".join(f"{number} remarks {one.en}" for number, one in said),
    )
    meta = [T(f"Văn bản {sent.number_text}", f"Paper {sent.number_text}")] if sent.number_text else []
    meta.append(voices.dated(sent.submitted_at))
    if sent.is_late is not None:
        meta.append(voices.LATE if sent.is_late else voices.IN_TIME)
    return Voice(words, sent.summary, meta, voices.files_of(sent.files))


def _assessed(record: Record) -> Voice:
    kept = record.data.get("reservations")
    text = [record.data["text"], f"Ý kiến bảo lưu: {kept}" if kept else ""]
    state = S.ACCEPTED if record.data["verdict"] == "accepted" else S.RETURNED
    said = "\n\n".join(part for part in text if part)
    return Voice(ASSESSED[state], said, [voices.dated(record.at)])
