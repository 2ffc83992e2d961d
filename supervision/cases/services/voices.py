"""Every word that both sides have said on a recommendation, in order of time: none takes another's place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from supervision.cases.models import CarryingOut, Recommendation, Reply, Urging
from supervision.cases.services.urged import urged_words
from supervision.language.dates import short_date, vietnam_day
from supervision.law.text import T
from supervision.publication.progress import Voice, Word

REPLY_WORDS = {
    "accepted": T("Tiếp thu", "Accepted"),
    "partly_accepted": T("Tiếp thu một phần", "Partly accepted"),
    "not_accepted": T("Không tiếp thu, có giải trình", "Not accepted, with reasons"),
    "reconsider": T("Đề nghị xem xét lại", "Asks for re-consideration"),
}
ASSESSMENT_WORDS = {
    "satisfied": T("Trả lời đạt, theo dõi thực hiện", "Reply satisfies; carrying out is followed"),
    "explanation_satisfied": T("Giải trình có cơ sở", "The reasons are well founded"),
    "answered": T("Trả lời rõ ràng", "The answer is clear"),
    "rejected": T("Trả lời chưa đạt", "Reply does not satisfy"),
}
OUTCOME_WORDS = {
    "verified": T("Đã xác minh việc thực hiện", "Carrying out verified"),
    "not_yet": T("Chưa xong, tiếp tục theo dõi", "Not finished, followed up further"),
}
DECISION_WORDS = {
    "upheld": T("Giữ nguyên kiến nghị", "Recommendation upheld"),
    "amended": T("Điều chỉnh kiến nghị", "Recommendation amended"),
    "withdrawn": T("Rút kiến nghị", "Recommendation withdrawn"),
}
LATE, IN_TIME = T("trả lời muộn", "late"), T("trả lời trong hạn", "in time")


def words_on(subject: Recommendation) -> list[Word]:
    """Return what the agency and the Front have said, the oldest first."""
    words = [*_agency(subject), *_front(subject)]
    return sorted(words, key=lambda word: word.at)


def newest(words: Iterable[Word], side: str) -> Voice | None:
    """Return what a side said last, None where it has said nothing."""
    said = [word.voice for word in words if word.side == side]
    return said[-1] if said else None


def _agency(subject: Recommendation) -> Iterator[Word]:
    sent = subject.replies.filter(submitted_at__isnull=False).order_by("version")
    for number, reply in enumerate(sent, start=1):
        yield Word(f"reply-{number}", "agency", reply.submitted_at, _reply(reply))
    for number, done in enumerate(subject.carrying_outs.order_by("pk"), start=1):
        yield Word(f"carrying-out-{number}", "agency", done.at, _done(done))


def _reply(reply: Reply) -> Voice:
    text = "\n\n".join(part for part in (reply.text, reply.reason) if part)
    meta = [T(f"Văn bản {reply.number_text}", f"Paper {reply.number_text}")] if reply.number_text else []
    meta.append(dated(reply.submitted_at))
    if reply.verdict != "reconsider":  # asking again is no answer, in time or late
        meta.append(LATE if reply.is_late else IN_TIME)
    if reply.owner:
        meta.append(T(f"Thực hiện: {reply.owner}", f"Carried out by: {reply.owner}"))
    if reply.due_on:
        done_by = short_date(reply.due_on)
        meta.append(T(f"Hẹn hoàn thành: {done_by}", f"To be done by: {done_by}"))
    return Voice(REPLY_WORDS[reply.verdict], text, meta, files_of(reply.files))


def _done(done: CarryingOut) -> Voice:
    full = T("Báo đã thực hiện", "Reports it as carried out")
    partly = T("Báo thực hiện một phần", "Reports it as partly carried out")
    return Voice(full if done.is_full else partly, done.text, [dated(done.at)], files_of(done.files))


def _front(subject: Recommendation) -> Iterator[Word]:
    """Yield the Front's words; of two at one moment the one yielded later stands as the newest."""
    yield from urgings(subject.urgings.select_related("addressee").order_by("pk"))
    for number, again in enumerate(subject.reconsiderations.order_by("pk"), start=1):
        said = DECISION_WORDS[again.decision]  # its reason stands with the decision
        yield Word(f"decision-{number}", "front", again.at, Voice(said, "", [dated(again.at)]))
    for number, judged in enumerate(subject.assessments.order_by("pk"), start=1):
        said = ASSESSMENT_WORDS[judged.verdict]
        yield Word(f"assessment-{number}", "front", judged.at, Voice(said, judged.text, [dated(judged.at)]))
    for number, check in enumerate(subject.verifications.order_by("pk"), start=1):
        said, files = OUTCOME_WORDS[check.outcome], files_of(check.files)
        voice = Voice(said, check.text, [dated(check.at)], files)
        yield Word(f"verification-{number}", "front", check.at, voice)


def urgings(letters: Iterable[Urging]) -> Iterator[Word]:
    """Yield the letters that urged an answer or the carrying out, as words of the chairing body."""
    for number, letter in enumerate(letters, start=1):
        voice = Voice(urged_words(letter), letter.text, [dated(letter.at)])
        yield Word(f"urging-{number}", "front", letter.at, voice)


def dated(at: dt.datetime) -> T:
    """Return the day of a word as both languages print it."""
    day = short_date(vietnam_day(at))
    return T(day, day)


def files_of(rows: Any) -> list[dict[str, Any]]:
    """Return name, size, pages and hash of attachments."""
    return [
        {"name": file.name, "size": file.blob.size, "pages": file.pages, "sha256": file.blob.sha256}
        for file in rows.select_related("blob")
    ]
