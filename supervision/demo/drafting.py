"""Acts of a told criticism on its draft: read, put to everyone, contributions sorted, later versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from supervision.cases import selectors
from supervision.demo.driver import Driver
from supervision.demo.papers import long_text
from supervision.demo.world import actor
from supervision.drafts.models import Call, Contribution, Outcome, RemarkGroup
from supervision.drafts.taking import contributions
from supervision.drafts.taking.calls import newest_call
from supervision.drafts.taking.contributions import Said
from supervision.legaltext.outline import outline, read_text
from supervision.legaltext.outline.citing import Finder
from workflows.acts import drafts

if TYPE_CHECKING:
    from supervision.demo.script import Act, Told


def _doing(function: Callable[..., Any], entered: Callable[[Driver, dict[str, Any]], dict[str, Any]]) -> Act:
    """Return an act that calls `function` as its person, with what `entered` makes of the story's data."""

    def act(driver: Driver, told: Told, subject: Any, data: dict[str, Any]) -> None:
        more = entered(driver, data)
        criticism = selectors.criticism_of(driver.case)
        function(actor=actor(told.by), criticism=criticism, at=driver.at(told.day), **more)

    return act


def _text(driver: Driver, data: dict[str, Any]) -> dict[str, Any]:
    return {"outline": outline(*read_text(long_text(data["text"]))), "source": None}


def _form(driver: Driver, data: dict[str, Any]) -> dict[str, Any]:
    return {"data": data}


def _call(driver: Driver) -> Call:
    call = newest_call(selectors.criticism_of(driver.case).draft)
    assert call is not None, f"{driver.seed}: nobody was asked for contributions"
    return call


def _decided(driver: Driver, data: dict[str, Any]) -> dict[str, Any]:
    """Contributions are called by the place in which they came, from 1; their equals go with them."""
    call = _call(driver)
    came = list(call.contributions.order_by("at", "pk").values_list("pk", flat=True))
    first = [came[place - 1] for place in data["places"]]
    return {"call": call, "first": first, "refusal": data.get("refusal", ""), "note": data.get("note", "")}


def _group(driver: Driver, data: dict[str, Any]) -> dict[str, Any]:
    """The proposed group in which the remarks with these numbers are, to be confirmed with them alone."""
    draft = selectors.criticism_of(driver.case).draft
    members = set(draft.remarks.filter(number__in=data["numbers"]).values_list("pk", flat=True))
    proposed = draft.groups.filter(state=RemarkGroup.State.PROPOSED)
    group = next(one for one in proposed if members <= set(one.members))
    return {"group": group, "members": members, "decision": "confirm"}


def _contribute(driver: Driver, told: Told, subject: Any, data: dict[str, Any]) -> None:
    """Send each contribution as often as its `times` says, on the public page or by an account."""
    call = _call(driver)
    finder = Finder(call.version.text.outline)
    for row in data["contributions"]:
        cited, times = row.pop("provision", ""), row.pop("times", 1)
        for _time in range(times):
            _send(driver, told, call, Said(node=finder.find(cited), **row))


def _send(driver: Driver, told: Told, call: Call, said: Said) -> None:
    at, key = driver.at(told.day), f"{driver.seed}-gy-{call.contributions.count() + 1}"
    if not told.by:
        contributions.contribute(call, said, key=key, channel=Contribution.Channel.PAGE, by=None, at=at)
        return
    row = selectors.criticism_of(driver.case)
    drafts.contribute(actor=actor(told.by), criticism=row, call=call, said=said, key=key, at=at)


def _decide_outcomes(driver: Driver, told: Told, subject: Any, data: dict[str, Any]) -> None:
    """Say of each remark what became of it in the issued text."""
    criticism = selectors.criticism_of(driver.case)
    for row in data["outcomes"]:
        outcome = Outcome.objects.get(remark=row.pop("row"))
        who, at = actor(told.by), driver.at(told.day)
        drafts.decide_outcome(actor=who, criticism=criticism, outcome=outcome, at=at, **row)


ACTS: dict[str, Act] = {
    "read_draft": _doing(drafts.read_draft, _text),
    "open_call": _doing(drafts.open_call, _form),
    "contribute": _contribute,
    "moderate": _doing(drafts.moderate, _decided),
    "receive_version": _doing(drafts.receive_version, _form),
    "propose_groups": _doing(drafts.propose_groups, lambda driver, data: {}),
    "confirm_group": _doing(drafts.decide_group, _group),
    "decide_outcomes": _decide_outcomes,
}
