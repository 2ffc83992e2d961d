"""A paper is signed as it was when its signature was asked for and confirmed, or not at all."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from supervision.audit.contents import is_held
from supervision.documents.models import Document
from supervision.errors import WrongState

CHANGED: Any = _(
    "Nội dung văn bản đã khác với bản mà người ký xác nhận nên không ký được. "
    "Hãy trả lại để soạn lại, kiểm tra và trình ký lại."
)


def must_be_as_asked(row: models.Model) -> None:
    """Look whether a paper, or its print, is as the event that asked for its signature has it.

    Raises WrongState: somebody changed it past the acts, and a person has to read it again.
    """
    if not is_held(row):
        raise WrongState(CHANGED)


def must_be_what_was_printed(document: Document, locked: Document) -> None:
    """Look whether the paper that was read to be printed is the one that is there now, held against change.

    Raises WrongState where the two differ or the one that is there is not as it was asked for.
    """
    must_be_as_asked(locked)
    said = Document.frozen
    names = [field.attname for field in Document._meta.concrete_fields if field.name not in said.free]
    if any(getattr(document, name) != getattr(locked, name) for name in names):
        raise WrongState(CHANGED)
