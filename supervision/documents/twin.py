"""The JSON twin of a paper: the same for machines, attached to the PDF and so under its signatures."""

from __future__ import annotations

import json
from typing import Any

from supervision.documents.kinds import KINDS
from supervision.documents.models import Document

NAME = "van-ban.json"
_SCHEMA = "giam-sat/van-ban/1"


def twin_of(document: Document) -> bytes:
    """Return what the paper prints as JSON; fields are named and described in `kinds`."""
    context, kind = document.context, KINDS[document.kind]
    said: dict[str, Any] = {
        "schema": _SCHEMA,
        "kind": document.kind,
        "kind_name": kind.title.vi,
        "number": context.get("number_text", ""),
        "issued_on": context.get("issued_on", ""),
        "code": context.get("code", ""),
        "address": context.get("verify_address", ""),
        "issuer": context["issuer_full"],
        "organization": document.organization.code,
        "subject": context["subject"],
        "signature": context.get("signature", {}),
        "recipients": context["recipients"],
        "is_sample": context["is_sample"],
        "is_edition": bool(context.get("edition")),
        "content": {field.name: context[field.name] for field in kind.fields if field.name in context},
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
