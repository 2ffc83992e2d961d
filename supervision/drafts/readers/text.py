"""Bytes of a text as characters; a text in letters from before Unicode is known for what it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from supervision.drafts.outline import Block, read_text
from supervision.drafts.readers.unreadable import Reason, Unreadable

_BYTE_ORDER = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Words as TCVN3 (.VnTime) and VNI come out when taken for Latin: "§iÒu", "®Þnh"; "Ñieàu", "ñònh".
_OLD = re.compile(
    r"[^\W\d_]*(?:[¸µ¶·¹»¾¼½ªÞþ÷×Æ§®](?=[^\W\d_])|(?<=[^\W\d_])[¸µ¶·¹»¾¼½ªÞþ÷×Æ®]|[ñöøûïåäÑÖØÛÏÅÄ])"
)
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_FEWEST_OLD = 5


def read(data: bytes) -> tuple[list[Block], str]:
    """Return the blocks of a plain text or Markdown; raises Unreadable."""
    return read_text(decode(data))


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
    old = new = 0
    for text in texts:
        old += sum(1 for _ in _OLD.finditer(text))
        new += len(_VIETNAMESE.findall(text))
    if old >= _FEWEST_OLD and old > new:
        raise Unreadable(Reason.OLD_LETTERS)
