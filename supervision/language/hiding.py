"""Hiding passages: each is gone from a value, and what the public reads in its place stands there."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from supervision.language.folding import nfc

Value = TypeVar("Value")


@dataclass(frozen=True)
class Passage:
    """What is hidden, and what stands in its place ("[đã che: dữ liệu cá nhân]")."""

    phrase: str
    instead: str


def hide(value: Value, passages: Iterable[Passage]) -> Value:
    """Return `value` with every passage replaced in all its texts, however deep they lie.

    Texts in lists, mappings (not their keys) and dataclasses; what is unlike plain text stays. Letters of
    either case and any spaces match; a part of a longer word does not.
    """
    rules = [(_pattern(one.phrase), one.instead) for one in _longest_first(passages)]
    found: Value = _hidden(value, rules) if rules else value
    return found


def _longest_first(passages: Iterable[Passage]) -> list[Passage]:
    return sorted(passages, key=lambda one: -len(one.phrase))


def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"[\s\u00a0\u2060]+".join(map(re.escape, nfc(phrase).split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _hidden(value: Any, rules: list[tuple[re.Pattern[str], str]]) -> Any:
    if type(value) is str:
        value = nfc(value)
        for pattern, instead in rules:
            value = pattern.sub(instead.replace("\\", r"\\"), value)
        return value
    if isinstance(value, Mapping):
        return {key: _hidden(one, rules) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_hidden(one, rules) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (field.name for field in dataclasses.fields(value) if field.init)
        return dataclasses.replace(value, **{name: _hidden(getattr(value, name), rules) for name in fields})
    return value
