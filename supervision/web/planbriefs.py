"""What a person must have read before a step of the annual plan: proposals, items, overlaps, positions."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from supervision.cases.models import AnnualPlan, PlanOverlap
from supervision.cases.services import plan_agreements, plan_overlaps, plan_progress
from supervision.law.fields import FIELDS
from supervision.law.forms.annual_plan import SPEC
from supervision.law.planning import SOURCES_OF_PROPOSALS
from supervision.law.text import T
from supervision.organizations.actors import Actor
from supervision.web import briefs
from supervision.web.briefs import Block
from supervision.web.templatetags.gs import in_language, moment, vi
from workflows.models import WorkItem

SOURCE_TITLES = dict(SOURCES_OF_PROPOSALS)


def brief(item: WorkItem, actor: Actor) -> list[Block]:
    """Return the blocks of an item; those of the annual plan before what every form shows."""
    blocks = briefs.brief(item, actor)
    if item.form != SPEC.slug:
        return blocks
    plan = item.case.annual_plan
    return [*_withdrawn(plan), *_of_plan(item, plan), *blocks]


def _withdrawn(plan: AnnualPlan) -> list[Block]:
    """Return by whom, when and why the last version of the plan was withdrawn, where it was."""
    entry = plan_progress.withdrawal_of(plan)
    if entry is None:
        return []
    said = format_html(
        _("Văn bản {number} thu hồi, người ký: {name}. Không điều chỉnh kế hoạch này được nữa."),
        number=entry.publication.number_text,
        name=vi(entry.by_label),
    )
    return [Block(_("Kế hoạch này đã thu hồi"), entry.reason, moment(entry.at), kind="return", said=said)]


def _of_plan(item: WorkItem, plan: AnnualPlan) -> list[Block]:
    match item.step:
        case "gather" | "draft_invitation" | "record_conference":
            return _proposals(plan)
        case "choose_items":
            return [*_changed(plan), *_positions(plan), *_proposals(plan)]
        case "settle_overlaps":
            return [overlap_block(one) for one in plan_overlaps.undecided(plan)]
        case "draft_exchange":
            return [_items(plan)]
        case "agree":
            return [_asked(plan)]
        case "draft_annual_plan":
            found = [overlap_block(one) for one in plan_overlaps.unsettled(plan)]
            return [_items(plan), *_positions(plan), *found]
    return []


def _items(plan: AnnualPlan) -> Block:
    title = _("Các mục dự kiến của kế hoạch năm %(year)s") % {"year": plan.year}
    return Block(title, "\n".join(plan_agreements.item_lines(plan)))


def _asked(plan: AnnualPlan) -> Block:
    """Return the list that the body was sent: it agrees to that, whatever the items have become since."""
    title = _("Các mục dự kiến của kế hoạch năm %(year)s") % {"year": plan.year}
    return Block(title, "\n".join(plan_agreements.lines_asked_about(plan)))


def _changed(plan: AnnualPlan) -> list[Block]:
    """Return what the bodies were asked about, where a withdrawal has changed the items since."""
    asked = plan_agreements.lines_asked_about(plan)
    version = plan_agreements.version_in_hand(plan)
    sent = [row for row in plan_agreements.agreements_in_hand(plan) if row.version == version]
    if not sent or plan_agreements.is_as_asked(plan):
        return []
    said = _("Một bản của kế hoạch đã thu hồi nên các mục đã đổi. Các cơ quan đã được hỏi về những mục sau:")
    return [Block(_("Phải trao đổi, thống nhất lại"), "\n".join(asked), kind="return", said=said)]


def _proposals(plan: AnnualPlan) -> list[Block]:
    rows = plan.proposals.select_related("organization", "agency").order_by("number")
    return [
        Block(
            _("Đề xuất %(number)s") % {"number": row.number},
            f"{row.title}\n{row.grounds}",
            moment(row.at),
            said=source_words(row),
        )
        for row in rows
    ]


def source_words(row: Any) -> Any:
    """Return where a proposal came from: the organization by name, else the kind of source."""
    words = in_language(SOURCE_TITLES[row.source])
    who = row.organization.short_name if row.organization else row.who
    return format_html("{}: {}", words, vi(who)) if who else words


def _positions(plan: AnnualPlan) -> list[Block]:
    """Return what each body said of the newest draft, for whoever goes on with it."""
    return [
        Block(
            _("Ý kiến của %(name)s") % {"name": row.consultation.name},
            row.consultation.opinion,
            moment(row.consultation.given_at),
            said=capfirst(row.get_position_display()),
            kind="" if row.stands else "return",
        )
        for row in plan_agreements.agreements_in_hand(plan)
        if row.position
    ]


def overlap_block(row: PlanOverlap | plan_overlaps.Found) -> Block:
    """Return an overlap with its reasons: with what, which body, field, months and words."""
    facts = row.facts
    field = FIELDS.get(facts["field"], T(facts["field"], facts["field"]))
    first, last = facts["months"]
    more = [(_("Cùng cơ quan"), facts["agency"]), (_("Cùng lĩnh vực"), str(in_language(field)))]
    more.append(
        (_("Cùng thời gian"), _("tháng %(first)s đến tháng %(last)s") % {"first": first, "last": last})
    )
    if "how" in facts:  # rows of before have none
        more.append((_("Hình thức, nơi chủ trì"), "\n".join(facts["how"])))
    if facts["words"]:
        more.append((_("Từ giống nhau"), ", ".join(facts["words"])))
    return Block(
        format_html(
            _("{item} trùng với {other}"), item=f"KH-{row.item_number:02d}", other=vi(facts["other"])
        ),
        f"{facts['item']}\n{facts['title']}",
        more=more,
    )
