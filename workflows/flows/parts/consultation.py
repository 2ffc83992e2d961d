"""Asking for opinions, for the flows that do: a branch for each body or person, none waits for the silent.

A flow inherits it and says in `all_opinions_in` what is made of them.
"""

from __future__ import annotations

from viewflow import this

from supervision.cases import selectors
from supervision.cases.services import consultations, papers
from workflows.engine.nodes import AwaitSignature, Choice, ForEach, Human, Sign


class Consulting:
    """Nodes from the request for opinions to the opinions given; each flow gets copies of its own."""

    draft_request = Human(consultations.draft_request).Next(this.sign_request)
    sign_request = Sign().Next(this.request_goes_on)
    request_goes_on = (
        Choice(papers.is_being_signed("sign_request")).Then(this.await_request).Else(this.draft_request)
    )
    await_request = AwaitSignature(papers.paper("sign_request"), then=consultations.send_requests).Next(
        this.each_consulted
    )
    each_consulted = ForEach(lambda act: selectors.asked_consultations(act.process.artifact)).Next(
        this.give_opinion
    )
    give_opinion = Human(consultations.give_opinion).Next(this.all_opinions_in)
