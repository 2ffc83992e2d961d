"""Is a file our own print, signed on another machine and nothing else? Runs in a sandbox child."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    CatalogModificationRule,
    DiffResult,
    FormUpdatingRule,
    ModificationLevel,
    StandardDiffPolicy,
)
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON

from supervision.documents.signature_check import check

_WHY = {"unknown_issuer": "untrusted"}
_FORM = DEFAULT_DIFF_POLICY.form_rule
assert _FORM is not None
#: What may come after a print: what may come after a signature, and that the first one certifies it.
_SINCE_PRINTED = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule({*ROOT_EXEMPT_STRICT_COMPARISON, "/Perms"}),  # type: ignore[no-untyped-call]
        *(one for one in DEFAULT_DIFF_POLICY.global_rules if not isinstance(one, CatalogModificationRule)),
    ],
    form_rule=FormUpdatingRule(
        _FORM.field_rules,
        ignored_acroform_keys={*_FORM.ignored_acroform_keys, "/SigFlags"},
    ),
)


def check_import(
    data: bytes, original: bytes, roots: list[bytes], at: str, fields: list[str]
) -> dict[str, Any]:
    """Return {"why", "certificates"}: "why" is "" where every field, and nothing else, was signed.

    Else it is "other" (not made from `original`, byte for byte), "unsigned", "changed", "missing" (a field is
    not signed, or another is) or "untrusted", "expired", "revoked", "method", as `check` says.
    """
    if not data.startswith(original):
        return _refused("other")
    found = check(data, roots, at, "")
    if found["verdict"] != "valid":
        return _refused(found["why"] or _WHY.get(found["verdict"], found["verdict"]))
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    signatures = reader.embedded_regular_signatures
    if [one.field_name for one in signatures] != fields:
        return _refused("missing")
    if not set(reader.root.get("/Perms", {})) <= {"/DocMDP"}:
        return _refused("changed")
    since = _SINCE_PRINTED.review_file(reader, 0)  # the print is the first revision
    if (
        not isinstance(since, DiffResult)
        or since.modification_level > ModificationLevel.FORM_FILLING
        or not set(since.changed_form_fields) <= set(fields)
    ):
        return _refused("changed")
    return {"why": "", "certificates": [_facts(one.signer_cert) for one in signatures]}


def _refused(why: str) -> dict[str, Any]:
    return {"why": why, "certificates": []}


def _facts(certificate: Any) -> dict[str, str]:
    return {
        "sha256": hashlib.sha256(certificate.dump()).hexdigest(),
        "subject": certificate.subject.human_friendly[:300],
        "not_before": certificate.not_valid_before.isoformat(),
        "not_after": certificate.not_valid_after.isoformat(),
    }
