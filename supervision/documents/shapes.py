"""What a kind of paper is made of; `kinds` holds the registry and says what the types mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from supervision.law.text import T

Shape = Literal["titled", "letter"]
FieldType = Literal["text", "line", "lines", "day", "moment", "rows", "sections", "tables", "dict"]

_PYTHON: dict[str, type] = {
    "text": str, "line": str, "day": str, "moment": str, "dict": dict,
    "lines": list, "rows": list, "sections": list, "tables": list,
}  # fmt: skip

#: What a paper of any kind may hold; `reply_term` is the time to answer that its text states.
COMMON = frozenset(
    "issuer_full header subject recipients is_sample urgency signature number_text issued_on code "
    "verify_address reply_term".split()
)


@dataclass(frozen=True)
class ContextField:
    """One key of a kind's context: its type, what it prints, whether the paper is wrong without it."""

    name: str
    type: FieldType
    what: str
    required: bool = False
    keys: tuple[str, ...] = ()


def field_of(name: str, type_: FieldType, what: str, *keys: str, required: bool = False) -> ContextField:
    """Return one key of a kind's context."""
    return ContextField(name, type_, what, required, keys)


@dataclass(frozen=True)
class DocumentKind:
    """A kind of paper.

    `letters` are the type letters of Decree 30 Annex III ("KH"); a letter (công văn) has none.
    `signed_by` says whose head signs: the "body" (Standing Committee) or the "delegation".
    """

    code: str
    title: T
    letters: str
    shape: Shape
    signed_by: Literal["body", "delegation"]
    fields: tuple[ContextField, ...]
    may_be_urgent: bool = False
    sealed: bool = True  # minutes carry signatures only
    template_name: str = field(default="")

    @property
    def template(self) -> str:
        """The template that prints this kind."""
        return f"documents/{self.template_name or self.code}.html"

    def symbol(self, body_symbol: str, *, delegation: bool = False) -> str:
        """Return what follows the number: "KH-MTTQ-BTT", "BB-ĐGS", for a letter "MTTQ-BTT"."""
        body = "ĐGS" if delegation else body_symbol
        return f"{self.letters}-{body}" if self.letters else body

    def series(self, body_symbol: str, scope: str = "") -> str:
        """Return the name of the number series; a delegation counts apart, by its decision (`scope`)."""
        symbol = self.symbol(body_symbol, delegation=bool(scope))
        return f"{scope}:{symbol}" if scope else symbol

    def number_text(self, number: int, body_symbol: str, scope: str = "") -> str:
        """Return "05/KH-MTTQ-BTT": below 10 a zero is put first (Decree 30 Annex I)."""
        return f"{number:02d}/{self.symbol(body_symbol, delegation=bool(scope))}"

    def check(self, context: Mapping[str, Any]) -> None:
        """Raise ValueError when `context` has an unknown key, a wrong type or lacks a required one."""
        known = {f.name: f for f in self.fields}
        unknown = set(context) - set(known) - COMMON
        if unknown:
            raise ValueError(f"{self.code}: unknown context keys {sorted(unknown)}")
        for spec in self.fields:
            value = context.get(spec.name)
            if spec.required and not value:
                raise ValueError(f"{self.code}: context needs {spec.name!r} ({spec.what})")
            if value is not None and not isinstance(value, _PYTHON[spec.type]):
                raise ValueError(f"{self.code}: {spec.name!r} must be {spec.type}")


RECOMMENDED = (
    field_of("to", "lines", "Kính gửi", required=True),
    field_of("lead_in", "text", 'grounds; ends "… như sau:"'),
    field_of("conclusion", "text", "I. Kết luận"),
    field_of("commended", "rows", "Biểu dương, after the conclusion", "about", "finding"),
    field_of("recommendations", "rows", "II. Bảng 1", "code", "text", "addressee", "action_due_on"),
    field_of("answering", "text", "III. Trả lời và thực hiện"),
    field_of("closing", "text", "last paragraph, if any"),
)
LETTER_FIELDS = (
    field_of("to", "lines", "Kính gửi", required=True),
    field_of("body", "text", "everything between Kính gửi and the last paragraph", required=True),
    field_of("closing", "text", "last paragraph, if any"),
)
