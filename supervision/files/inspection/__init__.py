"""Is an uploaded file what its name says, and does it stay still? Runs in a sandbox child.

No Django here, plain data in and out. What a file may hold is listed; what is not listed is refused.
"""

from __future__ import annotations

import codecs

from supervision.files.inspection import images, office, pdf
from supervision.files.inspection.refusals import Refused, Why

for _name in ("cp437", "utf-8-sig", "utf-16", "latin-1"):
    codecs.lookup(_name)  # loaded now: the child that uses them can open no file

__all__ = ["Refused", "Why", "inspect"]


def inspect(data: bytes, extension: str) -> dict[str, int | None]:
    """Check bytes against `extension` (pdf, docx, xlsx, png, jpg); return {"pages": of a PDF, else None}.

    Raises Refused with what was found.
    """
    if extension == "pdf":
        return {"pages": pdf.check(data)}
    if extension in office.EXTENSIONS:
        office.check(data, extension)
    elif extension == "png":
        images.check_png(data)
    else:
        images.check_jpeg(data)
    return {"pages": None}
