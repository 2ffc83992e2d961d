"""The end that flows share: conclusion, recommendations, publication, replies, carrying out, closing.

A flow inherits it beside `SupervisionFlow` and leads to `draft_recommendations` or `close_case`;
its form declares the same steps by `law.forms.following`.
"""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases import selectors
from supervision.cases.models import Recommendation
from supervision.cases.services import opening, public, recommendations, replies
from workflows.engine.nodes import Choice, ForEach, Human, Join, Signature

State = Recommendation.State


class Following:
    """Nodes from the drafting of the recommendation document on; each flow gets copies of its own."""

    # conclusion and recommendations
    draft_recommendations = Human(recommendations.draft_recommendations).Next(this.sign_recommendations)
    sign_recommendations = Signature(
        recommendations.issue_recommendations, returned=this.draft_recommendations
    ).Next(this.issued)
    # An addressee answers the document it was sent; it does not wait for the page to be published.
    issued = flow.Split().Next(this.publish).Next(this.anything_to_follow)
    publish = Human(public.publish_conclusion).Next(this.published_and_followed)
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
