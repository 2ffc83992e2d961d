"""What a mail says: its text without markup, quoted mails and signature, cut only where that is sure."""

from __future__ import annotations

import re
from email.message import EmailMessage, MIMEPart
from typing import Any

from lxml import etree

from supervision.drafts.taking.imports.letters import decode, plain
from supervision.drafts.taking.imports.limits import Refused

_SILENT = frozenset({"script", "style", "head", "title", "template"})
_BLOCKS = frozenset("p div br tr li ul ol table h1 h2 h3 h4 h5 h6 blockquote pre hr section article".split())
_CELLS, _PARAGRAPHS = frozenset({"td", "th"}), frozenset({"p", "div"})
_WROTE = re.compile(r"^(?:Vào|Ngày|On|Lúc)\b.{5,250}?(?:viết|wrote)\s*:$", re.I | re.S)
_ORIGINAL = re.compile(
    r"^-{2,}\s*(?:Original Message|Thư gốc|Tin nhắn gốc|Thư ban đầu)\s*-{2,}$", re.I | re.M
)
_SIGNATURE = re.compile(r"^-- ?$", re.M)
_SENT_FROM = re.compile(r"\n(?:Sent from my|(?:Được |Đã )?gửi từ|Get Outlook for)\b[^\n]{0,60}$", re.I)
_SIGNATURE_LINES = 15
#: What mails declare; Python knows more "encodings", some of which are no encodings of text.
_CHARSET = re.compile(
    r"^(utf-?8|utf-16(le|be)?|windows-125\d|cp125\d|iso-8859-\d{1,2}|koi8-r|gb2312|us-ascii)$"
)


def said_in(message: EmailMessage) -> str:
    """Return what the sender wrote; the whole text where nothing would be left without what is quoted."""
    whole = ""
    for kind in ("plain", "html"):  # some senders put an empty text beside their HTML
        part = message.get_body(preferencelist=(kind,))
        if part is None or part.is_attachment():
            continue
        words = characters(part)
        whole = plain(_without_markup(words) if kind == "html" else words)
        if whole:
            break
    return own_words(whole) or whole


def characters(part: MIMEPart[Any, Any]) -> str:
    """Return a part's text by the character set that it declares, or by what its bytes show."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    declared = part.get_content_charset() or ""
    try:
        return data.decode(declared if _CHARSET.match(declared) else "ascii")
    except UnicodeDecodeError:
        pass  # false, or left out: common with old programs
    try:
        return decode(data)
    except Refused:
        return data.decode("utf-8", errors="replace")


def own_words(text: str) -> str:
    """Return a mail's text without what it quotes and without its signature."""
    text = _ORIGINAL.split(text, maxsplit=1)[0]
    text = _without_quotes(text.split("\n")).strip()
    if found := _SIGNATURE.search(text):
        if text.count("\n", found.start()) <= _SIGNATURE_LINES:
            text = text[: found.start()]
    return _SENT_FROM.sub("", text.strip()).strip()


def _without_quotes(lines: list[str]) -> str:
    """Drop runs of lines marked ">" that somebody is said to have written, or of two lines and more."""
    kept: list[str] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].startswith(">"):
            end += 1
        if end == start:
            kept.append(lines[start])
            end += 1
        else:
            introduced = _drop_introduction(kept)
            if not introduced and end - start == 1:
                kept.append(lines[start])  # "> 50% số hộ không đồng ý"
        start = end
    _drop_introduction(kept)  # of an HTML quote, which is gone already
    return "\n".join(kept)


def _drop_introduction(kept: list[str]) -> bool:
    """Take "Vào ngày …, … đã viết:", on up to three lines, from the end of what is kept."""
    end = len(kept)
    while end and not kept[end - 1].strip():
        end -= 1
    for first in range(end - 1, max(end - 4, -1), -1):
        if _WROTE.match(" ".join(kept[first:end]).strip()):
            del kept[first:]
            return True
    return False


def _without_markup(markup: str) -> str:
    """Return the words of a page, a line a block, without what it quotes from another mail."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(markup.replace("\x00", "").encode(errors="replace"), parser)
    words: list[str] = []
    for event, one in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if one.tag in _SILENT or _is_quote(one):
                del one[:]
                one.text = None
            words += ["\n" if one.tag in _BLOCKS else " " if one.tag in _CELLS else "", _spaced(one.text)]
        else:
            words += ["\n" if one.tag in _PARAGRAPHS else "", _spaced(one.tail)]
    return "\n".join(line.strip() for line in "".join(words).split("\n"))


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _is_quote(one: Any) -> bool:
    is_cited = one.tag == "blockquote" and one.get("type") == "cite"
    return is_cited or "gmail_quote" in (one.get("class") or "").split()
