"""S2, the supervision delegation, from plan to verified recommendation (403 Art 6-9; Front Law Art 27-29).

Reading order is the order of work. Papers go draft, sign (or return), wait for the signing
worker; each agency and each recommendation has a branch of its own.
"""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases import selectors
from supervision.cases.services import inquiries, plans, responses, results, sessions
from supervision.law.forms.s2 import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Choice, ForEach, Human, Join, Signature
from workflows.flows.parts.follow_up import Following


class DelegationFlow(Following, SupervisionFlow):
    """Đoàn giám sát"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.draft_plan)

    # the delegation
    draft_plan = Human(plans.draft_plan).Next(this.sign_plan)
    sign_plan = Signature(returned=this.draft_plan).Next(this.draft_decision)

    draft_decision = Human(plans.draft_decision).Next(this.sign_decision)
    sign_decision = Signature(plans.set_up_delegation, returned=this.draft_decision).Next(this.draft_notice)

    # the agencies are asked
    draft_notice = Human(inquiries.draft_notice).Next(this.sign_notice)
    sign_notice = Signature(inquiries.send_inquiries, returned=this.draft_notice).Next(this.each_inquiry)
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
    sign_minutes = Signature(sessions.hold_session, returned=this.draft_minutes).Next(this.survey)
    survey = Human(sessions.record_survey).Next(this.all_agencies_done)
    all_agencies_done = Join().Next(this.any_agency_left)
    any_agency_left = (
        Choice(lambda case, subject: selectors.open_inquiries(case).exists())
        .Then(this.draft_result)
        .Else(this.close_case)
    )

    # the result
    draft_result = Human(results.draft_result).Next(this.sign_result)
    sign_result = Signature(results.submit_result, returned=this.draft_result).Next(this.examine)
    examine = Human(results.examine).Next(this.draft_recommendations)
