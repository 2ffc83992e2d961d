"""The guided tour of the demonstration: the stops of tour.yaml, with links to pages that exist now.

Links are looked up when the page is read, because the work of a sample account changes as
people try it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Count, F
from django.utils import timezone

from supervision import demo
from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.models import Criticism
from supervision.drafts import public
from supervision.drafts.models import Outcome
from supervision.drafts.services import newest_version
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.organizations.models import User
from supervision.organizations.services import capacities
from supervision.publication.models import Entry, Publication, PublishedRemark
from workflows.inbox import work_items
from workflows.inbox.work_items import step_of
from workflows.models import WorkItem


@dataclass(frozen=True)
class Stop:
    """A stop as it is told: whose it is, what to look at, which steps, forms or draft first."""

    minutes: int
    title: T
    what: T
    username: str = ""
    steps: tuple[str, ...] = ()
    shows_case: bool = False
    forms: tuple[str, ...] = ()
    shows_draft: bool = False


@dataclass(frozen=True)
class Link:
    """An address of this site without its language, and what is there."""

    address: str
    words: T


@dataclass(frozen=True)
class Shown:
    """A stop with its links and, for a stop of an account, who that is."""

    stop: Stop
    links: list[Link]
    account: demo.DemoAccount | None


CITIZEN = (
    Link("/", T("Trang chủ", "Home page")),
    Link("/kien-nghi/", T("Kiến nghị gửi cơ quan và hạn trả lời", "Recommendations and their due dates")),
    Link("/xac-minh/", T("Xác minh một tệp hoặc một mã", "Verify a file or a code")),
)
RESULTS = Link("/ket-luan/", T("Kết quả giám sát và phản biện", "Results of supervision and criticism"))
DRAFTS = Link("/du-thao/", T("Dự thảo lấy ý kiến", "Drafts open to remarks"))
MAIL = Link("/thu-mau/", T("Thư mà hệ thống đã gửi", "Mail that the system has sent"))
INBOX = Link("/viec-cua-toi/", T("Việc của tôi", "My work"))


@functools.cache
def told() -> tuple[Stop, ...]:
    """Return the stops of tour.yaml."""
    with Path(__file__).with_name("tour.yaml").open(encoding="utf-8") as source:
        return tuple(
            Stop(
                minutes=one["minutes"],
                title=T(**one["title"]),
                what=T(**one["what"]),
                username=one.get("username", ""),
                steps=tuple(one.get("steps", ())),
                shows_case=one.get("shows_case", False),
                forms=tuple(one.get("forms", ())),
                shows_draft=one.get("shows_draft", False),
            )
            for one in yaml.safe_load(source)
        )


def shown() -> list[Shown]:
    """Return the stops with links that open now; outside the demonstration those of a reader only."""
    accounts = {one.username: one for one in demo.accounts()}
    return [
        Shown(
            stop,
            _links_of(stop) if stop.username else _reader_links(stop),
            accounts.get(stop.username),
        )
        for stop in told()
        if not stop.username or stop.username in accounts
    ]


def _reader_links(stop: Stop) -> list[Link]:
    if stop.shows_draft:
        return _draft_to_read()
    if not stop.forms:
        return _citizen_links()
    newest = Publication.objects.filter(form__in=stop.forms).order_by("-published_at")[:2]
    found = [_published(row, T("từng ý kiến và câu trả lời", "remarks and answers")) for row in newest]
    return [*found, RESULTS]


def _draft_to_read() -> list[Link]:
    """The draft put to everyone last, and a criticism whose remarks were set beside the issued text."""
    links = [DRAFTS]
    call = next(iter(public.listed(1).get_page(1)), None)
    if call:
        links.append(
            Link(
                f"/du-thao/{call.public_id}/", T("Một dự thảo, từng điều, khoản", "A draft, clause by clause")
            )
        )
    settled = PublishedRemark.objects.filter(data__outcome__in=Outcome.Verdict.values).values("publication")
    issued = Publication.objects.filter(pk__in=settled).order_by("-published_at").first()
    if issued:
        links.append(
            _published(issued, T("văn bản ban hành giữ gì của từng ý kiến", "what the issued text kept"))
        )
    return links


def _draft_at_work(actor: Actor) -> list[Link]:
    """The pages of the draft of which most versions came."""
    rows = policy.visible(actor, Criticism.objects.all()).annotate(versions=Count("draft__versions"))
    row = rows.order_by("-versions", "-pk").first()
    if row is None:
        return []
    address = f"/phan-bien/{row.public_id}/"
    links = [
        Link(f"{address}du-thao/", T("Toàn văn dự thảo theo điều, khoản", "The draft, article by article")),
        Link(f"{address}bang/", T("Bảng tổng hợp ý kiến", "Table of remarks")),
    ]
    if newest_version(row.draft).matches.exists():
        links.insert(
            1, Link(f"{address}du-thao/so-sanh/", T("Bản mới so với bản trước", "Versions compared"))
        )
    return links


def _citizen_links() -> list[Link]:
    withdrawn = Entry.objects.filter(what=Entry.What.WITHDRAW).values("publication")
    best = (
        Publication.objects.exclude(pk__in=withdrawn)
        .annotate(answers=Count("follow_ups"))
        .order_by("-answers", "-published_at")
        .first()
    )
    gone = Publication.objects.filter(pk__in=withdrawn).order_by("-published_at").first()
    links = list(CITIZEN[:1])
    if best:
        links.append(_published(best, T("toàn văn và câu trả lời", "full text and answers")))
        links.append(
            Link(f"/v/{best.code}/", T("Trang mà mã QR của văn bản ấy mở ra", "What its QR square opens"))
        )
    if gone:
        links.append(_published(gone, T("đã thu hồi", "withdrawn")))
    return [*links, *CITIZEN[1:]]


def _published(row: Publication, what: T) -> Link:
    kind = row.kind_name
    return Link(
        row.address,
        T(f"{kind.vi} {row.number_text}: {what.vi}", f"{kind.en} {row.number_text}: {what.en}"),
    )


def _links_of(stop: Stop) -> list[Link]:
    actor = _actor(stop.username)
    if actor is None:
        return []
    if stop.shows_draft:
        return [*_draft_at_work(actor), INBOX]
    item = None if stop.forms else _work_of(actor, stop.steps)
    links = [_item_link(item), INBOX] if item else [INBOX]
    case = _case_of(actor, stop.forms) if stop.shows_case else None
    if case:
        link = Link(f"/ho-so/{case.public_id}/", T(f"Hồ sơ {case.code}", f"Case {case.code}"))
        links.insert(len(links) if stop.steps else 0, link)  # where no step is named, the case is the point
    return links


def _actor(username: str) -> Actor | None:
    user = User.objects.filter(username=username, is_active=True).first()
    held = capacities(user, timezone.localdate()) if user else []
    return Actor.of(held[0]) if held else None


def _work_of(actor: Actor, steps: tuple[str, ...]) -> WorkItem | None:
    """The piece of work to try: of the first step that has one, else the most urgent."""
    today = timezone.localdate()
    mine = work_items.assigned_q(actor, today) | work_items.offered_q(actor, today)
    going = WorkItem.objects.filter(mine, finished_at__isnull=True).exclude(case__state=Case.State.POSTPONED)
    items = policy.visible(actor, going, "act")
    found = list(
        items.select_related("case", "inquiry__agency", "recommendation").order_by(
            F("deadline__due_on").asc(nulls_last=True), "pk"
        )
    )
    for step in steps:
        for item in found:
            if item.step == step:
                return item
    return found[0] if found else None


def _item_link(item: WorkItem) -> Link:
    title: Any = step_of(item).title
    return Link(
        f"/viec-cua-toi/{item.public_id}/",
        T(f"{title.vi}, {item.case.code}", f"{title.en}, {item.case.code}"),
    )


def _case_of(actor: Actor, forms: tuple[str, ...]) -> Case | None:
    """The case with most to see: the newest of `forms`, else the furthest of those still running."""
    cases = policy.visible(actor, Case.objects.all())
    of_form = cases.filter(form__in=forms).order_by("-pk").first()
    return of_form or cases.filter(state=Case.State.RUNNING).order_by("-stage", "pk").first() or cases.first()
