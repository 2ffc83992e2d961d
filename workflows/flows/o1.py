"""O1, opinions on Party and government building: received, compiled, answered, published or kept."""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases import selectors
from supervision.cases.models import Recommendation
from supervision.cases.services import opening, opinions, points, public, recommendations, replies
from supervision.law.forms.o1 import SPEC
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import Choice, ForEach, Human, Join, Signature

State = Recommendation.State


class OpinionFlow(SupervisionFlow):
    """Góp ý xây dựng Đảng, xây dựng chính quyền"""

    spec = SPEC

    start = flow.StartHandle(this.opened).Next(this.collect)
    # Opinions come, are sorted and worded one by one (workflows.acts.opinions); these steps end each phase.
    collect = Human(opinions.end_collecting).Next(this.sort)
    sort = Human(opinions.end_sorting).Next(this.clear)
    clear = Human(opinions.end_wording).Next(this.anything_to_compile)
    anything_to_compile = Choice(opinions.has_any).Then(this.draft_compilation).Else(this.close_case)

    draft_compilation = Human(points.draft_compilation).Next(this.sign_compilation)
    sign_compilation = Signature(points.forward, returned=this.draft_compilation).Next(
        this.each_recommendation
    )

    # one branch per point; a Party committee answers on paper
    each_recommendation = ForEach(lambda act: selectors.issued_recommendations(act.process.artifact)).Next(
        this.has_inbox
    )
    has_inbox = Choice(points.answers_here).Then(this.receive_recommendation).Else(this.record_reply)
    receive_recommendation = Human(recommendations.receive_recommendation).Next(this.draft_reply)
    draft_reply = Human(replies.draft_reply).Next(this.approve_reply)
    approve_reply = Human(replies.approve_reply).Next(this.reply_sent)
    reply_sent = Choice(replies.was_sent).Then(this.assess_reply).Else(this.draft_reply)
    record_reply = Human(points.record_reply).Next(this.assess_reply)
    assess_reply = Human(points.assess_answer).Next(this.reply_rejected)
    reply_rejected = (
        Choice(recommendations.in_state(State.REPLY_REJECTED))
        .Then(this.answers_again)
        .Else(this.close_recommendation)
    )
    answers_again = Choice(points.answers_here).Then(this.draft_reply).Else(this.record_reply)
    close_recommendation = Human(points.close_point).Next(this.all_recommendations_done)
    all_recommendations_done = Join().Next(this.anything_to_publish)

    anything_to_publish = Choice(points.any_to_publish).Then(this.draft_results).Else(this.close_case)
    draft_results = Human(points.draft_results).Next(this.sign_results)
    sign_results = Signature(points.announce_results, returned=this.draft_results).Next(this.publish)
    publish = Human(public.publish_conclusion).Next(this.close_case)

    close_case = Human(opening.close_case).Next(this.end)
    end = flow.End()
