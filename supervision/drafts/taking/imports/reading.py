"""What the sandbox child runs: an uploaded file in, plain rows out.

Each raises Refused, of `imports.limits` or of `files.inspection`, for a file that is not read.
"""

from __future__ import annotations

from typing import Any

from supervision.drafts.taking.imports.delimited import lines_of
from supervision.drafts.taking.imports.letters import decode, has_old_letters
from supervision.drafts.taking.imports.limits import MAX_CHARACTERS, MAX_ROWS, Refused
from supervision.drafts.taking.imports.mails import row_of, split_mbox
from supervision.drafts.taking.imports.sheets import sheets_of
from supervision.drafts.taking.imports.table import Line, rows_of
from supervision.files import inspection


def read_xlsx(data: bytes) -> dict[str, Any]:
    """Return rows, skipped rows, names of sheets read and left out, and how many rows were hidden."""
    inspection.inspect(data, "xlsx")
    sheets, left_out = sheets_of(data)
    read: list[dict[str, Any]] = []
    names, hidden = [], 0
    for name, lines, concealed in sheets:
        found = rows_of(lines, name)
        if found is None:
            left_out += [name] if lines else []
            continue
        read.append(found)
        names.append(name)
        hidden += concealed
    if not read:
        _refuse_without_heading([line for _name, lines, _hidden in sheets for line in lines])
    return _whole(read) | {"sheets": names, "left_out": left_out, "hidden": hidden}


def read_csv(data: bytes) -> dict[str, Any]:
    """Return what `read_xlsx` does, of the one sheet that a CSV file is."""
    lines = lines_of(decode(data))
    found = rows_of(lines)
    if found is None:
        _refuse_without_heading(lines)
    return _whole([found or {}]) | {"sheets": [], "left_out": [], "hidden": 0}


def read_mails(files: list[tuple[str, bytes]]) -> dict[str, Any]:
    """Return a row for each mail; see `mails.row_of`."""
    return _whole([{"rows": [row_of(n, *one) for n, one in enumerate(files, start=1)], "skipped": []}])


def read_mbox(data: bytes) -> dict[str, Any]:
    """Return a row for each mail of an mbox."""
    mails = split_mbox(data)
    if not mails:
        raise Refused("mbox")
    return read_mails([("", mail) for mail in mails[: MAX_ROWS + 1]])


def _whole(found: list[dict[str, Any]]) -> dict[str, Any]:
    rows = [row for one in found for row in one["rows"]]
    skipped = [row for one in found for row in one["skipped"]]
    if len(rows) > MAX_ROWS:
        raise Refused("rows")
    if sum(len(text) for row in rows for text in row["fields"].values()) > MAX_CHARACTERS:
        raise Refused("long")
    return {"rows": rows, "skipped": skipped[:MAX_ROWS]}


def _refuse_without_heading(lines: list[Line]) -> None:
    if not lines:
        raise Refused("nothing")
    texts = (cell for line in lines[:200] for cell in line.cells.values())
    raise Refused("old-letters" if has_old_letters(texts) else "heading")
