"""A leader sends what a colleague drafted as the body's own word, or returns it: one rule for all answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from supervision.cases.models import Reply, Response, Settlement
from supervision.drafts.models import AnswerRound
from supervision.errors import NotAllowed, WrongState
from supervision.files.models import Attachment
from supervision.organizations.actors import Actor

Answer = Response | Reply | AnswerRound | Settlement
OWN_DRAFT = _("Bạn là người soạn nên không tự duyệt được; lãnh đạo khác phải duyệt.")


def send_or_return(
    answer: Answer | None,
    *,
    actor: Actor,
    data: dict[str, Any],
    missing: Any,
    send: Callable[[], None],
    returned: Callable[[], None],
) -> list[Attachment]:
    """Do what `data["decision"]` says with the version in hand and return the files that went out.

    `send` fixes it with its time; `returned` records that it went back for `data["reason"]`. Raises
    WrongState with `missing` where no version waits, NotAllowed for one's own draft.
    """
    if answer is None:
        raise WrongState(missing)
    if answer.drafted_by.user_id in actor.persons:
        raise NotAllowed(OWN_DRAFT)
    if data["decision"] == "return":
        answer.returned_reason = data["reason"]
        answer.save(update_fields=["returned_reason"])
        returned()
        return []
    send()
    return list(answer.files.select_related("blob"))
