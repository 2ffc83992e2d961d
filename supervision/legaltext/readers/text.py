"""Bytes of a text as characters; a text in letters from before Unicode is known for what it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from supervision.legaltext.outline import Block, read_text
from supervision.legaltext.readers.unreadable import Reason, Unreadable, refuse_long

_BYTE_ORDER = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Letters of TCVN3 (.VnTime) and VNI taken for Latin: "§iÒu", "®Þnh"; "Ñieàu", "ñònh".
_TCVN3 = "[¸µ¶·¹»¾¼½ªÞþ÷×Æ§®]"
_OLD = re.compile(rf"{_TCVN3}(?=[^\W\d_])|(?<=[^\W\d_]){_TCVN3}|[ñöøûïåäÑÖØÛÏÅÄ]")
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
#: Of all characters, old ones in a Vietnamese text; names in other languages have some of the signs too.
_FEWEST_OLD = 0.03


def read(data: bytes) -> tuple[list[Block], str]:
    """Return the blocks of a plain text or Markdown; raises Unreadable."""
    source = decode(data)
    refuse_long(source.count("\n"), len(source))
    return read_text(source)


def decode(data: bytes, declared: str = "") -> str:
    """Return the characters of a text: by its byte order mark, as UTF-8, or as it declares.

    Raises Unreadable: OLD_LETTERS for a Vietnamese text in TCVN3 or VNI, ENCODING for any other.
    """
    marked = next((name for mark, name in _BYTE_ORDER if data.startswith(mark)), "")
    for encoding in filter(None, (marked, "utf-8", declared)):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    refuse_old_letters([data.decode("latin-1")])
    raise Unreadable(Reason.ENCODING)


def refuse_old_letters(texts: Iterable[str]) -> None:
    """Raise Unreadable if a text is Vietnamese in the signs of TCVN3 or VNI: it would be read as garbage."""
    old = new = size = 0
    for text in texts:
        size += len(text)
        old += sum(1 for _ in _OLD.finditer(text))
        new += len(_VIETNAMESE.findall(text))
    if old > max(new, size * _FEWEST_OLD):
        raise Unreadable(Reason.OLD_LETTERS)
