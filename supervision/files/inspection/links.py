"""Addresses in a file: which of them a reader may be led to, or may have fetched, without harm.

One rule for each of them, wherever an address stands: a relationship, a field, a formula, a drawing, a PDF.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
#: What is complete by itself, so that whatever follows only goes on with it.
_BEGUN = re.compile(r"#|(?:https?|ftp)://|mailto:", re.I)
#: A host written without "https://", and what may stand behind it. Few ends, for `.sh`, `.py` or `.pl` is a
#: country and a program.
_HOST = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:vn|com|net|org|edu|gov|int|info|asia|eu)(?::[0-9]{1,5})?(?:[/?#].*)?\Z", re.I | re.S
)
#: What such an address may end with: a folder, a page, a country. No `.com`, which is a program too.
_HARMLESS_ENDS = frozenset("vn net org edu gov int info asia eu htm html asp aspx php jsp".split()) | {""}
#: Ends of papers, which a program of the office shows and none runs.
_PAPERS = frozenset(
    "pdf doc docx xls xlsx ppt pptx odt ods odp rtf txt csv jpg jpeg png gif tif tiff".split()
)
#: "[Biểu 1.xlsx]Trang 1!A1": a place in a workbook beside this one, as HYPERLINK() of Excel writes it.
_PLACE = re.compile(r"\[([^\[\]\\/:]*)\]([^\\/\[\]]*)\Z")
_ATTACHING = re.compile(r"[?&]attach", re.I)
#: A file on a drive of the reader's own: no machine is asked for it, and no sender puts one there.
_LOCAL = re.compile(r"(?:file:///)?[a-z]:[\\/][^:?#]*\.([a-z]+)\Z", re.I | re.S)
#: What pages of the web write for a button: whole, it does nothing.
_NOTHING = re.compile(r"javascript:\s*(?:void\s*(?:0|\(\s*0\s*\)))?\s*;?\Z", re.I)
_TEMPLATES = frozenset({"dot", "dotx", "dotm"})
_PICTURE_HERE = re.compile(r"(?:#|cid:|data:image/(?:png|jpe?g|gif)[;,]|\Z)", re.I)


def is_plain_link(address: str) -> bool:
    """Whether an address leads to the web, a mail, a telephone, a place in the file or a paper.

    A paper stands beside the file or on a drive of the reader's own, and is known by its ending. What is no
    such address is a share (`\\\\host`, which is told the reader's password hash when asked), a script, a
    program, or what the system starts for a scheme.
    """
    return all(_is_plain(text) for text in _readings(address))


def begins_plain_link(text: str) -> bool:
    """Whether an address of which only the beginning is known is plain, whatever is computed behind it."""
    return all(_BEGUN.match(one) and _is_plain(one) for one in _readings(text))


def is_picture_here(address: str) -> bool:
    """Whether an address that is fetched without a question leads nowhere but into the file itself."""
    return _PICTURE_HERE.match(seen(address)) is not None


def is_local_template(address: str) -> bool:
    """Whether an address is a template on a drive of the reader's own machine, which a sender cannot fill."""
    return all(_is_local(text, _TEMPLATES) for text in _readings(address))


def is_part(target: str) -> bool:
    """Whether an address within a package is one: of a part, and of no place outside."""
    text = seen(target)
    return not text.startswith(("\\", "//")) and _SCHEME.match(text) is None


def seen(text: str) -> str:
    """Return a text without the signs that browsers and Office drop: tabs, ends of lines, controls."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf")).strip()


def _readings(address: str) -> tuple[str, str]:
    """An address as it stands, and with `%xx` undone: programs disagree when they do that."""
    text = seen(address)
    return text, seen(unquote(text)) if "%" in text else text


def _is_plain(text: str) -> bool:
    if not text or text[0] == "#" or _NOTHING.match(text):
        return True
    if text[0] in "/\\":
        return False
    if text[0] == "[":
        place = _PLACE.match(text)
        return place is not None and _is_paper(place[1])
    if _HOST.match(text):
        return ".." not in text and not _may_be_program(text)
    scheme = _SCHEME.match(text)
    if scheme and not _is_local(text, _PAPERS):
        name = scheme[1].lower()
        return name in _SCHEMES and not (name == "mailto" and _ATTACHING.search(text))
    return bool(scheme) or _is_paper_beside(text)


def _may_be_program(text: str) -> bool:
    """Whether a host without its scheme could be a program beside the file: Word looks there first."""
    last = re.split(r"[?#]", text, maxsplit=1)[0].rpartition("/")[2]
    end = last.partition(":")[0].rpartition(".")[2].lower() if "." in last else ""
    return end not in _HARMLESS_ENDS and not _is_paper(last)


def _is_local(text: str, ends: frozenset[str]) -> bool:
    found = _LOCAL.match(text)
    return found is not None and found[1].lower() in ends


def _is_paper_beside(text: str) -> bool:
    path = re.split(r"[?#]", text, maxsplit=1)[0]
    last = re.split(r"[/\\]", path)[-1]
    if ":" in path:
        return False
    return _is_paper(last) if "." in last else ".." not in path


def _is_paper(name: str) -> bool:
    return name.rpartition(".")[2].strip().lower() in _PAPERS
