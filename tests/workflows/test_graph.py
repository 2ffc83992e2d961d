"""What every flow and its declaration promise each other, read from the graph without a database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from viewflow.workflow import flow, lock

from supervision.access import matrix, rights
from supervision.cases.choices import OPENING_SOURCES, SOURCES
from supervision.cases.selectors import BESIDE
from supervision.documents.kinds import KINDS
from supervision.law.basis import Norm, Practice
from supervision.law.registry import specs
from supervision.law.rules import RULES
from supervision.law.specs import Field, FormSpec, Party, Step, Widget
from workflows.engine.nodes import AwaitSignature, Human
from workflows.engine.registry import flows_by_slug

FLOWS = sorted(flows_by_slug().items())
SPECS = sorted(specs().items())
STEPS = [(slug, step) for slug, spec in SPECS for step in spec.steps]
WORK = "supervision_workflows.workitem"

#: Rows in the database name these; from the first release on a rename is a data migration.
FROZEN: dict[str, tuple[str, str]] = {
    "cong-van": (
        "workflows/flows.letter.LetterFlow",
        "start sign_letter letter_goes_on await_letter end letter_stays mend_letter letter_comes_again",
    ),
    "dinh-chinh": (
        "workflows/flows.change.ChangeFlow",
        "start sign_change change_goes_on await_change end mend_change",
    ),
    "gia-han": ("workflows/flows.extension.ExtensionFlow", "start decide_extension end"),
    "ky-chua-xong": ("workflows/flows.unsigned.UnsignedFlow", "start settle_unsigned end"),
    "doan-giam-sat": (
        "workflows/flows.s2.DelegationFlow",
        "start draft_plan sign_plan plan_goes_on await_plan draft_decision sign_decision decision_goes_on "
        "await_decision draft_notice sign_notice notice_goes_on await_notice each_inquiry receive_inquiry "
        "draft_response approve_response response_sent review_response response_accepted draft_minutes "
        "sign_minutes minutes_goes_on await_minutes survey all_agencies_done any_agency_left draft_result "
        "sign_result result_goes_on await_result examine draft_recommendations sign_recommendations "
        "recommendations_goes_on await_recommendations issued publish anything_to_follow each_recommendation "
        "receive_recommendation draft_reply approve_reply reply_sent asks_reconsideration hold_dialogue "
        "decide_reconsideration still_stands assess_reply reply_rejected reasons_accepted "
        "report_carrying_out verify is_verified close_recommendation all_recommendations_done "
        "published_and_followed close_case end",
    ),
    "ke-hoach-nam": (
        "workflows/flows.annual_plan.AnnualPlanFlow",
        "agree all_bodies_spoke annual_plan_goes_on anything_overlaps await_annual_plan await_conference "
        "await_exchange await_invitation choose_items close_plan conference_goes_on draft_annual_plan "
        "draft_exchange draft_invitation each_body end everyone_agrees exchange_goes_on follow_plan gather "
        "invitation_goes_on items_stay plan_goes_on publish_plan record_conference settle_overlaps "
        "sign_annual_plan sign_conference sign_exchange sign_invitation start",
    ),
    "doi-thoai-nhan-dan": (
        "workflows/flows.dialogue.DialogueFlow",
        "all_recommendations_done anything_to_follow approve_reply asks_reconsideration assess_reply "
        "await_dialogue await_dialogue_notice await_recommendations close_case close_recommendation "
        "decide_reconsideration dialogue_goes_on draft_dialogue_notice draft_recommendations "
        "draft_reply each_recommendation end hold_dialogue is_verified issued dialogue_notice_goes_on "
        "plan_dialogue publish published_and_followed reasons_accepted receive_recommendation "
        "recommendations_goes_on record_dialogue reply_rejected reply_sent report_carrying_out "
        "sign_dialogue sign_dialogue_notice sign_recommendations start still_stands verify",
    ),
    "gop-y": (
        "workflows/flows.o1.OpinionFlow",
        "all_recommendations_done answers_again anything_to_compile anything_to_publish approve_reply "
        "assess_reply await_compilation await_results clear close_case close_recommendation collect "
        "compilation_goes_on draft_compilation draft_reply draft_results each_recommendation end has_inbox "
        "publish receive_recommendation record_reply reply_rejected reply_sent results_goes_on "
        "sign_compilation sign_results sort start",
    ),
    "nghien-cuu-van-ban": (
        "workflows/flows.s1.StudyFlow",
        "all_opinions_in all_recommendations_done anything_to_follow approve_reply asks_experts "
        "asks_reconsideration assess_reply await_conference await_invitation await_recommendations "
        "await_request await_study choose_text close_case close_recommendation compile_opinions "
        "conference_goes_on decide_reconsideration draft_invitation draft_recommendations draft_reply "
        "draft_request draft_study each_consulted each_recommendation end give_opinion hold_dialogue "
        "invitation_goes_on is_verified issued opinions_compiled publish published_and_followed "
        "reasons_accepted receive_recommendation recommendations_goes_on record_conference reply_rejected "
        "reply_sent report_carrying_out request_goes_on sign_conference sign_invitation "
        "sign_recommendations sign_request sign_study start still_stands study_goes_on verify",
    ),
    "tham-gia-giam-sat": (
        "workflows/flows.s4.RepresentationFlow",
        "all_recommendations_done anything_to_follow appointment_goes_on approve_reply asks_reconsideration "
        "assess_reply await_appointment await_recommendations close_case close_recommendation consider "
        "decide_reconsideration draft_appointment draft_recommendations draft_reply each_recommendation end "
        "hold_dialogue is_verified issued propose publish published_and_followed reasons_accepted "
        "receive_recommendation recommendations_goes_on recommends reply_rejected reply_sent "
        "report_carrying_out report_to_leaders sign_appointment sign_recommendations start still_stands "
        "take_part verify",
    ),
    "hoi-nghi-phan-bien": (
        "workflows/flows.c1.CriticismConferenceFlow",
        "answers_sent approve_answers assess_answers await_conference await_criticism "
        "await_criticism_plan await_invitation close_case compile_remarks conference_goes_on "
        "criticism_goes_on criticism_plan_goes_on criticism_sent draft_answers draft_criticism "
        "draft_criticism_plan draft_invitation end every_remark_answered invitation_goes_on publish "
        "published_and_answered receive_criticism receive_draft record_conference sign_conference "
        "sign_criticism sign_criticism_plan sign_invitation start",
    ),
    "phan-bien-bang-van-ban": (
        "workflows/flows.c2.WrittenCriticismFlow",
        "all_opinions_in answers_sent approve_answers asks_explanation assess_answers await_criticism "
        "await_request close_case compile_remarks criticism_goes_on criticism_sent draft_answers "
        "draft_criticism draft_request each_consulted end every_remark_answered explain give_opinion "
        "publish published_and_answered receive_criticism receive_draft request_goes_on sign_criticism "
        "sign_request start",
    ),
    "doi-thoai-phan-bien": (
        "workflows/flows.c3.CriticismDialogueFlow",
        "answers_sent approve_answers assess_answers await_conference await_criticism "
        "await_criticism_plan await_invitation close_case compile_remarks conference_goes_on "
        "criticism_goes_on criticism_plan_goes_on criticism_sent draft_answers draft_criticism "
        "draft_criticism_plan draft_invitation end every_remark_answered invitation_goes_on publish "
        "published_and_answered receive_criticism receive_draft record_conference sign_conference "
        "sign_criticism sign_criticism_plan sign_invitation start",
    ),
    "bao-cao-cua-ban": (
        "workflows/flows.s3c.BoardReportFlow",
        "await_board_report board_report_goes_on close_case draft_board_report end sign_board_report start",
    ),
    "lap-ban": (
        "workflows/flows.s3.BoardFlow",
        "await_board board_goes_on draft_board end sign_board start",
    ),
    "thanh-tra-nhan-dan": (
        "workflows/flows.s3a.InspectionFlow",
        "all_recommendations_done anything_to_follow approve_reply approve_settlement asks_for_something "
        "asks_reconsideration assess_reply await_board_minutes await_board_paper await_board_plan "
        "await_board_report await_confirmation await_recommendations board_has_done board_minutes_goes_on "
        "board_paper_goes_on board_plan_goes_on board_report_goes_on close_case close_recommendation "
        "confirmation_goes_on consider_request decide_reconsideration draft_board_minutes "
        "draft_board_paper draft_board_plan draft_board_report draft_recommendations draft_reply "
        "draft_settlement each_recommendation end front_recommends hold_dialogue is_confirmed_for "
        "is_finished is_verified issued judge_settlement post_programme publish published_and_followed "
        "reasons_accepted receive_board_paper receive_recommendation recommendations_goes_on reply_rejected "
        "reply_sent report_carrying_out reports_now review_board_paper settled settlement_sent "
        "sign_board_minutes sign_board_paper sign_board_plan sign_board_report sign_confirmation "
        "sign_recommendations start still_stands tell_reflectors verify",
    ),
    "giam-sat-dau-tu-cong-dong": (
        "workflows/flows.s3b.InvestmentFlow",
        "all_recommendations_done anything_to_follow approve_reply approve_settlement asks_for_something "
        "asks_reconsideration assess_reply await_board_minutes await_board_paper await_board_plan "
        "await_board_report await_confirmation await_owner_notice await_recommendations board_has_done "
        "board_minutes_goes_on board_paper_goes_on board_plan_goes_on board_report_goes_on close_case "
        "close_recommendation confirmation_goes_on consider_request decide_reconsideration "
        "draft_board_minutes draft_board_paper draft_board_plan draft_board_report draft_owner_notice "
        "draft_recommendations draft_reply draft_settlement each_recommendation end front_recommends "
        "hold_dialogue is_confirmed_for is_finished is_verified issued judge_settlement "
        "owner_notice_goes_on post_programme publish published_and_followed reasons_accepted "
        "receive_board_paper receive_recommendation recommendations_goes_on reply_rejected reply_sent "
        "report_carrying_out reports_now review_board_paper settled settlement_sent sign_board_minutes "
        "sign_board_paper sign_board_plan sign_board_report sign_confirmation sign_owner_notice "
        "sign_recommendations start still_stands verify",
    ),
}

#: Parties that are one person, whatever their duty.
NAMED = (Party.HEAD, Party.SECRETARY, Party.REPRESENTATIVE, Party.OF_PAPER)
CHOSEN = (Widget.CHOICE, Widget.DECISION)


def nodes(flow_class: Any) -> dict[str, Any]:
    return {node.name: node for node in flow_class.instance.nodes()}


def humans(flow_class: Any) -> list[Human]:
    return [node for node in nodes(flow_class).values() if isinstance(node, Human)]


def followers(node: Any) -> set[str]:
    return {edge.dst.name for edge in node._outgoing()}


def reached(edges: dict[str, set[str]], start: str) -> set[str]:
    seen, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += edges.get(name, ())
    return seen


@pytest.mark.parametrize(("slug", "flow_class"), FLOWS)
def test_the_lock_is_real_and_waits(slug: str, flow_class: Any) -> None:
    assert isinstance(flow_class.lock_impl, lock.SelectForUpdateLock)
    assert flow_class.lock_impl.nowait is False


@pytest.mark.parametrize(("slug", "flow_class"), FLOWS)
def test_every_node_is_reached_from_the_start_and_reaches_the_end(slug: str, flow_class: Any) -> None:
    forward = {name: followers(node) for name, node in nodes(flow_class).items()}
    backward: dict[str, set[str]] = {}
    for name, after in forward.items():
        for other in after:
            backward.setdefault(other, set()).add(name)
    ends = [name for name, node in nodes(flow_class).items() if isinstance(node, flow.End)]
    assert ends == ["end"]
    assert set(forward) == reached(forward, "start") == reached(backward, "end")


@pytest.mark.parametrize(("slug", "flow_class"), FLOWS)
def test_every_human_node_has_its_step_its_service_and_somebody_who_may_do_it(
    slug: str, flow_class: Any
) -> None:
    for node in humans(flow_class):
        step = flow_class.spec.step(node.name)
        assert callable(node.service)
        assert node.task_title == step.title.vi and step.title.vi and step.title.en
        assert step.party in NAMED or step.duties
        for duty in step.duties:
            assert matrix.select(matrix.ROWS, kind=WORK, action="act", duty=duty), (node.name, duty)
            assert matrix.select(matrix.ROWS, kind=WORK, action="view", duty=duty), (node.name, duty)


@pytest.mark.parametrize(("slug", "flow_class"), FLOWS)
def test_every_step_declared_is_a_node_and_the_other_way_round(slug: str, flow_class: Any) -> None:
    assert {node.name for node in humans(flow_class)} == {step.name for step in flow_class.spec.steps}


@pytest.mark.parametrize(("slug", "flow_class"), FLOWS)
def test_every_paper_signed_is_waited_for(slug: str, flow_class: Any) -> None:
    waits = [node for node in nodes(flow_class).values() if isinstance(node, AwaitSignature)]
    assert len(waits) == len([step for step in flow_class.spec.steps if step.document])


@pytest.mark.parametrize(("slug", "flow_class"), FLOWS)
def test_a_paper_that_is_taken_back_unsigned_is_somebodys_work_or_its_subject_is_closed(
    slug: str, flow_class: Any
) -> None:
    """Taking back leads to the choice before the wait: work follows there, or the wait closes its subject."""
    own = nodes(flow_class)
    for waits in (node for node in own.values() if isinstance(node, AwaitSignature)):
        choice = next(iter(waits._incoming())).src
        after = {
            name: followers(node)
            for name, node in own.items()
            if not isinstance(node, Human | AwaitSignature)
        }
        work = {name for name in reached(after, choice.name) if isinstance(own[name], Human)}
        assert work or waits.back, f"{slug}: {waits.name} leaves nobody with the paper"


def test_the_paths_in_the_database_are_frozen() -> None:
    """Engine trap 9: rows store the class's path and the node's name."""
    found = {}
    for slug, flow_class in FLOWS:
        module = flow_class.__module__.removeprefix("workflows.")
        path = f"workflows/{module}.{flow_class.__name__}"
        found[slug] = (path, [node.name for node in flow_class.instance.nodes()])
    frozen = {slug: (path, names.split()) for slug, (path, names) in FROZEN.items()}
    assert {slug: path for slug, (path, _names) in found.items() if slug in frozen} == {
        slug: path for slug, (path, _names) in frozen.items()
    }
    for slug, (_path, names) in frozen.items():
        assert set(names) <= set(found[slug][1]), "a node that was renamed needs a data migration"
        assert set(found[slug][1]) == set(names), f"freeze the new nodes of {slug} here"


def test_every_flow_has_a_form_and_every_form_a_flow() -> None:
    assert set(flows_by_slug()) == set(specs())
    assert len({spec.code for spec in specs().values()}) == len(specs())
    assert set(FROZEN) <= set(flows_by_slug()), "a form that ran once stays readable for ever"


@pytest.mark.parametrize(("slug", "spec"), SPECS)
def test_a_form_is_whole(slug: str, spec: FormSpec) -> None:
    assert spec.slug == slug and spec.code and spec.prefix and spec.basis and spec.stages
    assert spec.title.vi and spec.title.en and spec.summary.vi and spec.summary.en
    names = [step.name for step in spec.steps]
    assert len(names) == len(set(names))
    for stage in spec.stages:
        assert stage.basis and stage.title.vi and stage.title.en


@pytest.mark.parametrize(("slug", "step"), STEPS, ids=lambda value: getattr(value, "name", value))
def test_a_step_says_who_why_when_and_what_in_both_languages(slug: str, step: Step) -> None:
    for text in (step.title, step.button, step.hint):
        assert text.vi and text.en
    assert step.basis and all(isinstance(one, Norm | Practice) for one in step.basis)
    assert 1 <= step.stage <= len(specs()[slug].stages)
    assert not step.rule or step.rule in RULES
    assert not step.document or step.document in KINDS or step.document in BESIDE
    assert set(step.duties) <= set(rights.DUTIES)


def all_fields() -> Iterator[tuple[str, Field, tuple[Field, ...]]]:
    """Yield (where, field, its neighbours) of every field, those of rows included."""
    for slug, spec in SPECS:
        groups = [(f"{slug} opening", spec.opening)]
        groups += [(f"{slug} {step.name}", step.fields) for step in spec.steps]
        for where, fields in groups:
            for field in fields:
                yield where, field, fields
                for column in field.columns:
                    yield f"{where} {field.name}", column, field.columns


@pytest.mark.parametrize(("where", "field", "beside"), list(all_fields()))
def test_a_field_can_be_asked_and_checked(where: str, field: Field, beside: tuple[Field, ...]) -> None:
    assert field.label.vi and field.label.en
    assert [one.name for one in beside].count(field.name) == 1
    if field.help:
        assert field.help.vi and field.help.en
    if field.required_when:
        other, values = field.required_when
        about = next(one for one in beside if one.name == other)
        assert about.widget in CHOSEN and set(values) <= set(dict(about.choices))
        assert not field.required
    if field.widget in (Widget.PICK, Widget.PICKS) or (field.widget is Widget.ROWS and field.source):
        assert field.source in (OPENING_SOURCES if where.endswith(" opening") else SOURCES)
    else:
        assert not field.source
    assert bool(field.choices) == (field.widget in CHOSEN)
    assert bool(field.columns) == (field.widget is Widget.ROWS) == bool(field.singular)
    assert all(label.vi and label.en for _value, label in field.choices)
