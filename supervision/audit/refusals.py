"""What the database refuses because a row has moved on, told as such; a mistake of ours stays one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from supervision.errors import WrongState

logger = logging.getLogger(__name__)
#: How both databases speak of a guard (`triggers`, `append_only`), and of a row that is there already.
_REFUSALS = (
    "is frozen once it was sent",
    "is append-only",
    "UNIQUE constraint failed",
    "duplicate key value",
)


@contextmanager
def told_as_moved_on() -> Iterator[None]:
    """Tell as WrongState that what was decided or sent, or is there already, was to be written anew.

    Services look for that before they write, so the error is kept in the log as well.
    """
    try:
        yield
    except IntegrityError as error:
        if not any(words in str(error) for words in _REFUSALS):
            raise
        logger.exception("refused by the database")
        words = _("Nội dung này đã được ghi nhận hoặc đã gửi nên không ghi lại được. Mở lại trang rồi xem.")
        raise WrongState(words) from error
