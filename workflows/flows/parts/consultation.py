"""Asking for opinions, for the flows that do: a branch for each body or person, none waits for the silent.

A flow inherits it and says in `all_opinions_in` what is made of them.
"""

from __future__ import annotations

from viewflow import this

from supervision.cases import selectors
from supervision.cases.services import consultations
from workflows.engine.nodes import ForEach, Human, Signature


class Consulting:
    """Nodes from the request for opinions to the opinions given; each flow gets copies of its own."""

    draft_request = Human(consultations.draft_request).Next(this.sign_request)
    sign_request = Signature(consultations.send_requests, returned=this.draft_request).Next(
        this.each_consulted
    )
    each_consulted = ForEach(lambda act: selectors.asked_consultations(act.process.artifact)).Next(
        this.give_opinion
    )
    give_opinion = Human(consultations.give_opinion).Next(this.all_opinions_in)
