"""Sessions in the database, asked for only by keys that can be one."""

from __future__ import annotations

import re

from django.contrib.sessions.backends import db

#: What Django makes (`SessionBase._get_new_session_key`); anything else in the cookie somebody else wrote.
_KEY = re.compile(r"[a-z0-9]{32}")


class SessionStore(db.SessionStore):
    """Django's sessions in the database, to which a key that Django cannot have made is none.

    A cookie undoes octal escapes and so may hold NUL, which PostgreSQL takes in no text.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and _KEY.fullmatch(key) is not None
