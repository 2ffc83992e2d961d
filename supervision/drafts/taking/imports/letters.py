"""Bytes as characters, and characters as we keep them; letters from before Unicode are known as such."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from supervision.drafts.taking.imports.limits import Refused
from supervision.language.folding import nfc

_BYTE_ORDER = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Other files under a false name: a ZIP (XLSX), an old Office file, a PDF.
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")
#: Signs of TCVN3 (.VnTime: "§iÒu", "®Þnh") and of VNI ("Ñieàu", "ñònh") beside a letter, taken for Latin.
_OLD = re.compile(
    r"[¸µ¶·¹»¾¼½ª§®×Æ](?=[^\W\d_])|(?<=[^\W\d_])[¸µ¶·¹»¾¼½ª®×Æ]|(?<=[^\W\d_])[¨©«¬](?=[^\W\d_])"
    r"|[ñöøûïåäÑÖØÛÏÅÄ]"
)
_SAMPLE = 100_000  # characters that show what letters a text is in
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_MANY_BREAKS = re.compile(r"\n{3,}")


def decode(data: bytes) -> str:
    """Return a text's characters: by its byte order mark, as UTF-8, UTF-16 or Windows-1258.

    Raises Refused: "type" for what is no text, "old-letters" for TCVN3 and VNI, "encoding" for others.
    """
    if data.startswith(_NOT_TEXT):
        raise Refused("type")
    for encoding in _guesses(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Windows-1258 gives some of the old signs a Vietnamese letter, never the other way round.
        if has_old_letters([text[:_SAMPLE]], weight=3 if encoding == "cp1258" else 1):
            raise Refused("old-letters")
        return text
    raise Refused("encoding")


def _guesses(data: bytes) -> tuple[str, ...]:
    marked = next((name for mark, name in _BYTE_ORDER if data.startswith(mark)), "")
    if marked:
        return (marked,)
    head = data[:4000]
    if head.count(0) * 5 > len(head):  # every letter of ASCII has a zero byte in UTF-16
        return ("utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be",)
    return ("utf-8", "cp1258")


def has_old_letters(texts: Iterable[str], *, weight: int = 1) -> bool:
    """Whether texts are Vietnamese in the signs of TCVN3 or VNI: they would be kept as garbage.

    One of their signs counts `weight` times against the letters that only Unicode has.
    """
    old = new = 0
    for text in texts:
        old += len(_OLD.findall(text))
        new += len(_VIETNAMESE.findall(nfc(text)))
    return old >= 2 and weight * old > new


def plain(text: str) -> str:
    """Return a text in NFC with "\\n" for every break of a line, without signs that nobody sees."""
    text = _UNSEEN.sub("", _BREAKS.sub("\n", nfc(text))).replace("\xa0", " ")
    return _MANY_BREAKS.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
