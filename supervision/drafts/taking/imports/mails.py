"""Mails as remarks: who sent one, what its subject cites, what it says, what is attached."""

from __future__ import annotations

import hashlib
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from supervision.drafts.taking.imports.bodies import characters, said_in
from supervision.drafts.taking.imports.citations import named
from supervision.drafts.taking.imports.letters import has_old_letters, plain

#: Where a mail may begin in an mbox: after a blank line; and what its line has, so that "From Hà Nội" begins
#: none. One part of a rule with an open end each, so that a line costs what it is long.
_FROM = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From ([^\r\n]*)\r?\n")
_CLOCK, _YEAR = re.compile(rb"\d\d:\d\d"), re.compile(rb"\d{4}")
#: A picture of the page that is a part of the mail.
_SHOWN = re.compile(r"\bcid:([^\s\"'>]{1,200})")
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.M)


def split_mbox(data: bytes) -> list[bytes]:
    """Return the mails of an mbox; nothing where it is none."""
    begins = [found for found in _FROM.finditer(data) if _has_time(found[1])]
    if not begins or data[: begins[0].start()].strip():
        return []
    ends = [*(found.start() for found in begins[1:]), len(data)]
    mails = (data[found.end() : end] for found, end in zip(begins, ends, strict=True))
    return [_ESCAPED_FROM.sub(rb"\1", mail) for mail in mails]


def _has_time(line: bytes) -> bool:
    clock = _CLOCK.search(line)
    return clock is not None and _YEAR.search(line, clock.end()) is not None


def row_of(number: int, name: str, data: bytes) -> dict[str, Any]:
    """Return a mail as a row of a sheet, with what names it (`identity`) and its `attachments`.

    `problem` is "mail" where it cannot be read; then it has neither.
    """
    row: dict[str, Any] = {"number": number, "sheet": name, "fields": {}, "problem": "mail"}
    try:
        message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
        subject, fields = _fields(message)
        row |= {
            "sheet": name or subject,
            "fields": fields,
            "identity": _identity(message, fields),
            "attachments": _attachments(message),
            "problem": "old-letters" if has_old_letters(fields.values()) else "",
        }
    except Exception:  # of a broken mail the package may raise anything, and the others are to be read
        pass
    return row


def _fields(message: EmailMessage) -> tuple[str, dict[str, str]]:
    subject = " ".join(plain(str(message.get("subject", ""))).split())
    text = said_in(message)
    return subject, {
        "provision": subject[:300] if named(subject) else "",
        "text": text,
        "author_name": _sender(message)[:200],
    }


def _sender(message: EmailMessage) -> str:
    """Return the name beside the sender's address, the address where there is none."""
    addresses = getattr(message["from"], "addresses", ())
    named = [one.display_name or one.addr_spec for one in addresses]
    return " ".join(plain(named[0]).split()) if named else ""


def _identity(message: EmailMessage, fields: dict[str, str]) -> str:
    """Return what is the same of one mail in two exports; the number that a program gave is not enough."""
    parts = [str(message.get(name, "")).strip() for name in ("message-id", "date")]
    return hashlib.sha256("\0".join([*parts, fields["author_name"], fields["text"]]).encode()).hexdigest()


def _attachments(message: EmailMessage) -> list[tuple[str, bytes]]:
    """Return name and bytes of what is attached; pictures shown within the text are not."""
    page = message.get_body(preferencelist=("html",))
    shown = set(_SHOWN.findall(characters(page))) if page is not None else set()
    found = []
    for part in message.walk():
        if part.is_multipart() or not (part.is_attachment() or part.get_filename()):
            continue
        if str(part.get("content-id", "")).strip(" <>") in shown:
            continue
        data = part.get_payload(decode=True)
        found.append((plain(part.get_filename() or "tep"), data if isinstance(data, bytes) else b""))
    return found
