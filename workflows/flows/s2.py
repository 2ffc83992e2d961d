"""S2, the supervision delegation, from plan to verified recommendation (403 Art 6-9; Front Law Art 27-29).

Reading order is the order of work. Papers go draft, sign (or return), wait for the signing
worker; each agency and each recommendation has a branch of its own.
"""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases import selectors
from supervision.cases.models import Recommendation
from supervision.cases.services import (
    inquiries,
    opening,
    papers,
    plans,
    public,
    recommendations,
    replies,
    responses,
    results,
    sessions,
)
from supervision.law.forms.s2 import SPEC
from workflows.base import SupervisionFlow
from workflows.nodes import AwaitSignature, Choice, ForEach, Human, Join

State = Recommendation.State


def sign(name: str) -> Human:
    """Return the signing step `name`."""
    return Human(papers.sign_or_return(SPEC.step(name)))


class DelegationFlow(SupervisionFlow):
    """Đoàn giám sát"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.draft_plan)

    # the delegation
    draft_plan = Human(plans.draft_plan).Next(this.sign_plan)
    sign_plan = sign("sign_plan").Next(this.plan_goes_on)
    plan_goes_on = Choice(papers.is_being_signed("plan")).Then(this.await_plan).Else(this.draft_plan)
    await_plan = AwaitSignature(papers.paper("plan")).Next(this.draft_decision)

    draft_decision = Human(plans.draft_decision).Next(this.sign_decision)
    sign_decision = sign("sign_decision").Next(this.decision_goes_on)
    decision_goes_on = (
        Choice(papers.is_being_signed("decision")).Then(this.await_decision).Else(this.draft_decision)
    )
    await_decision = AwaitSignature(papers.paper("decision"), then=plans.set_up_delegation).Next(
        this.draft_notice
    )

    # the agencies are asked
    draft_notice = Human(inquiries.draft_notice).Next(this.sign_notice)
    sign_notice = sign("sign_notice").Next(this.notice_goes_on)
    notice_goes_on = Choice(papers.is_being_signed("notice")).Then(this.await_notice).Else(this.draft_notice)
    await_notice = AwaitSignature(papers.paper("notice"), then=inquiries.send_inquiries).Next(
        this.each_inquiry
    )
    each_inquiry = ForEach(lambda act: selectors.open_inquiries(act.process.artifact)).Next(
        this.receive_inquiry
    )

    # one branch per agency
    receive_inquiry = Human(inquiries.receive_inquiry).Next(this.draft_response)
    draft_response = Human(responses.draft_response).Next(this.approve_response)
    approve_response = Human(responses.approve_response).Next(this.response_sent)
    response_sent = Choice(responses.was_sent).Then(this.review_response).Else(this.draft_response)
    review_response = Human(responses.review_response).Next(this.response_accepted)
    response_accepted = Choice(responses.is_accepted).Then(this.draft_minutes).Else(this.draft_response)
    draft_minutes = Human(sessions.draft_minutes).Next(this.sign_minutes)
    sign_minutes = sign("sign_minutes").Next(this.minutes_go_on)
    minutes_go_on = (
        Choice(papers.is_being_signed("minutes")).Then(this.await_minutes).Else(this.draft_minutes)
    )
    await_minutes = AwaitSignature(papers.paper("minutes"), then=sessions.hold_session).Next(this.survey)
    survey = Human(sessions.record_survey).Next(this.all_agencies_done)
    all_agencies_done = Join().Next(this.any_agency_left)
    any_agency_left = (
        Choice(lambda case, subject: selectors.open_inquiries(case).exists())
        .Then(this.draft_result)
        .Else(this.close_case)
    )

    # the result
    draft_result = Human(results.draft_result).Next(this.sign_result)
    sign_result = sign("sign_result").Next(this.result_goes_on)
    result_goes_on = (
        Choice(papers.is_being_signed("result_report")).Then(this.await_result).Else(this.draft_result)
    )
    await_result = AwaitSignature(papers.paper("result_report"), then=results.submit_result).Next(
        this.examine
    )
    examine = Human(results.examine).Next(this.draft_recommendations)

    # conclusion and recommendations
    draft_recommendations = Human(recommendations.draft_recommendations).Next(this.sign_recommendations)
    sign_recommendations = sign("sign_recommendations").Next(this.recommendations_go_on)
    recommendations_go_on = (
        Choice(papers.is_being_signed("recommendation_document"))
        .Then(this.await_recommendations)
        .Else(this.draft_recommendations)
    )
    await_recommendations = AwaitSignature(
        papers.paper("recommendation_document"), then=recommendations.issue_recommendations
    ).Next(this.issued)
    # An addressee answers the document it was sent; it does not wait for the page to be published.
    issued = flow.Split().Next(this.publish).Next(this.anything_to_follow)
    publish = Human(public.publish_conclusion(SPEC)).Next(this.published_and_followed)
    anything_to_follow = (
        Choice(recommendations.has_recommendations)
        .Then(this.each_recommendation)
        .Else(this.published_and_followed)
    )
    each_recommendation = ForEach(lambda act: selectors.issued_recommendations(act.process.artifact)).Next(
        this.receive_recommendation
    )

    # one branch per recommendation
    receive_recommendation = Human(recommendations.receive_recommendation).Next(this.draft_reply)
    draft_reply = Human(replies.draft_reply).Next(this.approve_reply)
    approve_reply = Human(replies.approve_reply).Next(this.reply_sent)
    reply_sent = Choice(replies.was_sent).Then(this.asks_reconsideration).Else(this.draft_reply)
    asks_reconsideration = (
        Choice(recommendations.in_state(State.RECONSIDER)).Then(this.hold_dialogue).Else(this.assess_reply)
    )
    hold_dialogue = Human(recommendations.hold_dialogue).Next(this.decide_reconsideration)
    decide_reconsideration = Human(recommendations.decide_reconsideration).Next(this.still_stands)
    still_stands = (
        Choice(recommendations.in_state(State.WITHDRAWN))
        .Then(this.all_recommendations_done)
        .Else(this.draft_reply)
    )
    assess_reply = Human(replies.assess_reply).Next(this.reply_rejected)
    reply_rejected = (
        Choice(recommendations.in_state(State.REPLY_REJECTED))
        .Then(this.draft_reply)
        .Else(this.reasons_accepted)
    )
    reasons_accepted = (
        Choice(recommendations.in_state(State.SATISFIED))
        .Then(this.close_recommendation)
        .Else(this.report_carrying_out)
    )
    report_carrying_out = Human(recommendations.report_carrying_out).Next(this.verify)
    verify = Human(recommendations.verify).Next(this.is_verified)
    is_verified = (
        Choice(recommendations.in_state(State.VERIFIED))
        .Then(this.close_recommendation)
        .Else(this.report_carrying_out)
    )
    close_recommendation = Human(recommendations.close_recommendation).Next(this.all_recommendations_done)
    all_recommendations_done = Join().Next(this.published_and_followed)
    published_and_followed = Join().Next(this.close_case)

    close_case = Human(opening.close_case).Next(this.end)
    end = flow.End()
