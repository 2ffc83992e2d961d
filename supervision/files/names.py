"""File names as people gave them, made harmless: NFC, no path, no control or direction marks."""

from __future__ import annotations

import re
import unicodedata

from supervision.language.folding import nfc

_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.I)
_LONGEST = 200
_LONGEST_EXTENSION = 10


def clean_name(raw: str) -> str:
    """Return the last part of `raw` in NFC without control characters, at most 200 characters."""
    base = re.split(r"[/\\]", raw)[-1]
    base = nfc(base)
    base = "".join(
        c for c in base if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    base = re.sub(r'[<>:"|?*]', "_", base)
    base = " ".join(base.split()).rstrip(" .")
    stem, dot, extension = base.rpartition(".")
    if not dot or len(extension) > _LONGEST_EXTENSION:
        stem, extension = base, ""
    stem, extension = stem.strip(" .") or "tep", extension.strip()
    if _RESERVED.match(stem.split(".")[0]):
        stem = f"_{stem}"
    stem = stem[: _LONGEST - len(extension) - 1].rstrip(" .")
    return f"{stem}.{extension}" if extension else stem


def extension_of(name: str) -> str:
    """Return the extension in lower case, "jpg" for "jpeg", "" if there is none."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    return "jpg" if extension == "jpeg" else extension
