"""What the case page tells: the reader's next act, agencies, recommendations, papers, steps."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Min, OuterRef, Prefetch, Q
from django.utils import timezone

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.models import Consultation, Criticism, Delegation, Recommendation
from supervision.cases.services import opening
from supervision.cases.services.extensions import extendable_clock
from supervision.cases.services.opinions import counts
from supervision.deadlines.explain import ExplainRow, explain
from supervision.deadlines.models import Deadline, Extension, Pause, Recount
from supervision.deadlines.services import calendar
from supervision.deadlines.states import DeadlineState, state
from supervision.drafts.table import matrix
from supervision.files.models import Attachment
from supervision.law.calendar import Calendar
from supervision.law.registry import spec_of
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.web.board_part import BoardPart
from supervision.web.briefs import file_rows
from supervision.web.case_papers import papers_of
from supervision.web.stages import StageList
from supervision.web.templatetags.gs import here
from workflows.inbox.work_items import step_of
from workflows.models import WorkItem

#: What may have moved a clock, by the name under which a deadline keeps it.
CLOCK_EVENTS = {"recounts": Recount, "pauses": Pause, "extensions": Extension}
#: What a list of work does not read of papers and publications.
LONG_TEXTS = "change__publication__html change__publication__plain_text document__context".split()
R = Recommendation.State
CHIPS: dict[str, tuple[str, str]] = {
    R.SENT: ("info", "ring"),
    R.RECEIVED: ("info", "ring"),
    R.RECONSIDER: ("", "paused"),
    R.REPLIED: ("info", "ring"),
    R.REPLY_REJECTED: ("bad", "cross"),
    R.IMPLEMENTING: ("info", "ring"),
    R.IMPLEMENTED: ("info", "ring"),
    R.VERIFIED: ("ok", "tick"),
    R.SATISFIED: ("ok", "tick"),
    R.ANSWERED: ("ok", "tick"),
    R.CLOSED: ("ok", "tick"),
    R.WITHDRAWN: ("bad", "cross"),
}


@dataclass
class Overview(StageList):
    """Everything the case page needs, each part asked for once."""

    case: Case
    actor: Actor

    @functools.cached_property
    def _items(self) -> list[WorkItem]:
        """What stands open, and for each step that was ever done one item that tells so; one query."""
        of_case = WorkItem.objects.filter(case=self.case)
        done = of_case.filter(form=self.case.form, outcome=WorkItem.Outcome.DONE).order_by()
        one_each = done.values("step").annotate(first=Min("pk")).values("first")
        items = of_case.filter(Q(finished_at__isnull=True) | Q(pk__in=one_each))
        own = policy.visible(self.actor, WorkItem.objects.filter(pk=OuterRef("pk")), "act")
        events = {
            f"has_{name}": Exists(model._default_manager.filter(deadline=OuterRef("deadline")))
            for name, model in CLOCK_EVENTS.items()
        }
        return list(
            items.annotate(may_act=Exists(own), **events)
            .select_related(
                "deadline",
                "organization",
                "mandate__user",
                "inquiry__agency",
                "recommendation__addressee",
                "consultation__organization",
                "consultation__person__user",
                "criticism",
                *("document", "change__publication"),
            )
            .defer(*LONG_TEXTS)
        )

    @functools.cached_property
    def open_items(self) -> list[WorkItem]:
        listed = [item for item in self._items if item.finished_at is None]
        for item in listed:
            item.case = self.case
        return sorted(
            listed, key=lambda item: (item.deadline is None, item.deadline and item.deadline.due_on)
        )

    @functools.cached_property
    def mine(self) -> WorkItem | None:
        """The most urgent open item that the reader may do."""
        return next((item for item in self.open_items if getattr(item, "may_act", False)), None)

    @functools.cached_property
    def _days(self) -> Calendar:
        return calendar()

    def state_of(self, clock: Deadline | None) -> DeadlineState | None:
        """One look at the calendar serves the whole page."""
        return state(clock, timezone.localdate(), self._days) if clock else None

    @property
    def nearest(self) -> WorkItem | None:
        return self.mine or (self.open_items[0] if self.open_items else None)

    def title_of(self, item: WorkItem) -> T:
        title, about = step_of(item).title, item.about
        return T(f"{title.vi}: {about.vi}", f"{title.en}: {about.en}") if about else title

    @property
    def next_act(self) -> dict[str, Any] | None:
        item = self.mine
        if item is None:
            return None
        step = step_of(item)
        return {
            "state": self.state_of(item.deadline),
            "title": self.title_of(item),
            "hint": step.hint,
            "address": here(f"/viec-cua-toi/{item.public_id}/"),
        }

    @property
    def waiting(self) -> list[dict[str, Any]]:
        """Open work of others, so that everybody sees for whom the case waits."""
        return [self._awaited(item) for item in self.open_items if item is not self.mine]

    def _awaited(self, item: WorkItem) -> dict[str, Any]:
        who = item.mandate.user.display_name if item.mandate else item.organization.short_name
        is_said = item.about is not None and item.about.vi == who  # an agency, or whose opinion is asked
        title = step_of(item).title if is_said else self.title_of(item)
        return {"title": title, "who": who, "state": self.state_of(item.deadline)}

    @functools.cached_property
    def inquiries(self) -> list[dict[str, Any]]:
        """The agencies asked for a report; a form that asks none is not looked up."""
        if "receive_inquiry" not in spec_of(self.case.form).by_name:
            return []
        rows = self.case.inquiries.select_related(
            "agency", "report_deadline", "asked_deadline", "supplement_deadline", "result_deadline"
        ).order_by("number")
        found = []
        for inquiry in rows:
            clock = extendable_clock(inquiry) or inquiry.report_deadline
            found.append(
                {
                    "inquiry": inquiry,
                    "state": self.state_of(clock),
                    "address": here(f"/yeu-cau/{inquiry.public_id}/"),
                }
            )
        return found

    @functools.cached_property
    def has_sessions_to_come(self) -> bool:
        """Whether the head can give a session another day."""
        return bool(self.inquiries and opening.to_come(self.case))

    @functools.cached_property
    def recommendations(self) -> list[dict[str, Any]]:
        rows = self.case.recommendations.exclude(state=R.DRAFT).select_related(
            "addressee", "reply_deadline", "action_deadline", "assess_deadline"
        )
        found = []
        for row in rows.order_by("number"):
            clock = _clock_of(row)
            kind, icon = CHIPS.get(row.state, ("", "ring"))
            found.append(
                {
                    "row": row,
                    "clock": self.state_of(clock),
                    "chip": {"kind": kind, "words": row.get_state_display(), "icon": icon},
                    "address": here(f"/kien-nghi/{row.public_id}/"),
                }
            )
        return found

    @functools.cached_property
    def consultations(self) -> list[dict[str, Any]]:
        """Whom the case asks for an opinion; a form that asks nobody is not looked up."""
        if "give_opinion" not in spec_of(self.case.form).by_name:
            return []
        rows = self.case.consultations.exclude(state=Consultation.State.PREPARED).order_by("number")
        found = rows.select_related("organization", "person__user", "deadline").prefetch_related(
            Prefetch("files", Attachment.objects.select_related("blob"))
        )
        return [
            {"row": row, "clock": self.state_of(row.deadline), "files": file_rows(list(row.files.all()))}
            for row in found
        ]

    @property
    def waits_for_opinions(self) -> bool:
        return any(one["row"].state == Consultation.State.ASKED for one in self.consultations)

    @functools.cached_property
    def criticism(self) -> dict[str, Any] | None:
        """The draft that the case criticizes, how many remarks wait for an answer, and until when."""
        if "receive_draft" not in spec_of(self.case.form).by_name:
            return None
        related = ("draft__owner", "reply_deadline", "draft_deadline")
        row = Criticism.objects.filter(case=self.case).select_related(*related).first()
        if row is None:
            return None
        clock = row.reply_deadline if row.reply_deadline and row.reply_deadline.is_running else None
        return {
            "row": row,
            "counts": matrix.standing_counts(row.draft),
            "clock": self.state_of(clock),
            "came": self.state_of(row.draft_deadline),
            "address": here(f"/phan-bien/{row.public_id}/"),
        }

    @functools.cached_property
    def opinions(self) -> dict[str, int]:
        """How many opinions came and what they are; a form that collects none is not looked up."""
        if "collect" not in spec_of(self.case.form).by_name:
            return {}
        return counts(self.case)

    @property
    def year(self) -> dict[str, Any] | None:
        """The clock of the yearly dialogue, where the case is one and another clock is nearer."""
        dialogue = getattr(self.case, "people_dialogue", None)  # asked for together with the case
        if dialogue is None or (self.nearest and self.nearest.deadline_id == dialogue.deadline_id):
            return None
        clock = dialogue.deadline
        return {
            "state": self.state_of(clock),
            "rows": explain(clock, list(CLOCK_EVENTS)),
            "title": clock.law_rule.title,
        }

    @property
    def is_collecting(self) -> bool:
        """Whether opinions may still come in."""
        return self.case.state == Case.State.RUNNING and any(i.step == "collect" for i in self.open_items)

    @functools.cached_property
    def papers(self) -> list[dict[str, Any]]:
        return papers_of(self.case, self.actor)

    @property
    def published(self) -> list[dict[str, Any]]:
        """Those of its papers that are published, and whether they still hold."""
        return [paper for paper in self.papers if paper["page"]]

    @functools.cached_property
    def board(self) -> BoardPart | None:
        """What a board carries out, if one does; asked for together with the case."""
        if "draft_board_paper" not in spec_of(self.case.form).by_name:
            return None
        supervision = getattr(self.case, "board_supervision", None)
        return BoardPart(supervision, self.state_of, self._days) if supervision else None

    @functools.cached_property
    def delegation(self) -> Delegation | None:
        return getattr(self.case, "delegation", None)  # asked for together with the case

    def explained(self, item: WorkItem) -> list[ExplainRow]:
        """Return how the item's clock came about, asking only for the kinds of event it has."""
        return explain(item.deadline, [name for name in CLOCK_EVENTS if not getattr(item, f"has_{name}")])


def _clock_of(row: Recommendation) -> Any:
    return {
        R.RECEIVED: row.reply_deadline,
        R.RECONSIDER: row.reply_deadline,
        R.REPLY_REJECTED: row.reply_deadline,
        R.REPLIED: row.assess_deadline,
        R.IMPLEMENTED: row.assess_deadline,
        R.IMPLEMENTING: row.action_deadline,
    }.get(R(row.state), row.action_deadline or row.reply_deadline)


def overview(case: Case, actor: Actor) -> Overview:
    """Return the overview of `case` as `actor` may see it."""
    return Overview(case, actor)
