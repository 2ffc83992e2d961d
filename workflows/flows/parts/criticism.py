"""How every social criticism goes on once the draft has been talked about: document, answers, closing.

A flow inherits it, begins with `receive_draft`, and leads to `compile_remarks`; its form declares
the same steps by `law.forms.criticism`.
"""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow

from supervision.cases.services import answers, criticisms, opening, public
from supervision.cases.services import criticism_document as document
from workflows.engine.nodes import Choice, Human, Join, Signature
from workflows.flows.parts.conference import Conference


class Criticizing:
    """Nodes from the criticism document on; each flow gets copies of its own."""

    draft_criticism = Human(document.draft_criticism).Next(this.sign_criticism)
    sign_criticism = Signature(document.send_criticism, returned=this.draft_criticism).Next(
        this.criticism_sent
    )
    # The drafting agency answers the document it was sent; it does not wait for the page.
    criticism_sent = flow.Split().Next(this.publish).Next(this.receive_criticism)
    publish = Human(public.publish_conclusion).Next(this.published_and_answered)
    receive_criticism = Human(criticisms.receive_criticism).Next(this.draft_answers)
    draft_answers = Human(answers.draft_answers).Next(this.approve_answers)
    approve_answers = Human(answers.approve_answers).Next(this.answers_sent)
    answers_sent = Choice(answers.were_sent).Then(this.assess_answers).Else(this.draft_answers)
    assess_answers = Human(answers.assess_answers).Next(this.every_remark_answered)
    every_remark_answered = (
        Choice(answers.are_accepted).Then(this.published_and_answered).Else(this.draft_answers)
    )
    published_and_answered = Join().Next(this.close_case)
    close_case = Human(opening.close_case).Next(this.end)
    end = flow.End()


class CriticismMeeting(Conference, Criticizing):
    """The same with a plan and a conference or dialogue before it (403 Art 14-15, 18-19)."""

    receive_draft = Human(criticisms.receive_draft).Next(this.draft_criticism_plan)
    draft_criticism_plan = Human(criticisms.draft_plan).Next(this.sign_criticism_plan)
    sign_criticism_plan = Signature(criticisms.issue_plan, returned=this.draft_criticism_plan).Next(
        this.draft_invitation
    )
    sign_conference = Conference.sign_conference.Next(this.compile_remarks)
    compile_remarks = Human(criticisms.compile_remarks).Next(this.draft_criticism)
