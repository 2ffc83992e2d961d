"""PDFs whose objects lie otherwise than their tables say, and some that lie as they say in unusual ways."""

from __future__ import annotations

from tests.files.disguised import PAGE

_CATALOG, _PAGES, _PAGE = PAGE
_LIVE = (
    b"<< /Type /Catalog /Pages 2 0 R /Names << /JavaScript << /Names [(a) 7 0 R] >> >> >>\nendobj\n"
    b"7 0 obj\n<< /S 8 0 R /JS (app.alert(1)) >>\nendobj\n8 0 obj\n/JavaScript"
)
#: A catalog that runs a script, in no table; `/S` says so behind a reference.
_HIDDEN = b"1 0 obj\n%b\nendobj\n" % _LIVE


def placed(*objects: bytes, between: bytes = b"", behind: bytes = b"", more: bytes = b"") -> bytes:
    """A paper of these objects, with something between the last of them and the table."""
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    body += between
    lines = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n%btrailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n"
    return body + table % (size, lines, size, more, len(body)) + behind


def packed(entries: dict[int, tuple[int, int]], *objects: tuple[int, bytes], count: int = 0) -> bytes:
    """A paper whose objects of `entries` lie in object 5, a stream that lists `objects` by their numbers."""
    body, rows = b"%PDF-1.7\n", {}
    head, packed = b"", b""
    for number, one in objects:
        head += b"%d %d " % (number, len(packed))
        packed += one + b" "
    plain = {
        2: _PAGES,
        3: _PAGE,
        5: b"<< /Type /ObjStm /N %d /First %d /Length %d >>\nstream\n%b\nendstream"
        % (count or len(objects), len(head), len(head + packed), head + packed),
    }
    for number, one in plain.items():
        rows[number] = b"\x01" + len(body).to_bytes(4) + b"\x00"
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    for number, (stream, index) in entries.items():
        rows[number] = b"\x02" + stream.to_bytes(4) + bytes([index])
    rows[6] = b"\x01" + len(body).to_bytes(4) + b"\x00"
    table = b"".join(rows.get(number, bytes(6)) for number in range(10))
    about = b"6 0 obj\n<< /Type /XRef /Size 10 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n" % len(table)
    return body + about + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def updated(first: bytes, objects: dict[int, bytes], root: int = 1) -> bytes:
    """A paper with a newer revision of some objects behind it."""
    start = int(first.rstrip().rsplit(b"\n", 2)[1])
    body, lines = first, b""
    for number, one in objects.items():
        lines += b"%d 1\n%010d 00000 n \n" % (number, len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"xref\n%btrailer\n<< /Size 99 /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return body + table % (lines, root, start, len(body))


def _early() -> bytes:
    """A paper whose newest table stands before the old one, and its catalog before the old one too."""
    good, evil = _CATALOG, _CATALOG.replace(b">>", b"/Lang (vi) >>")
    body = b"%PDF-1.7\n"
    at_good = len(body)
    body += b"1 0 obj\n%b\nendobj\n" % good
    newest = len(body)
    table = (
        b"xref\n1 1\n%010d 00000 n \ntrailer\n<< /Size 4 /Root 1 0 R /Prev %010d >>\nstartxref\n0\n%%%%EOF\n"
    )
    body += table % (at_good, 0)
    places = []
    for number, one in enumerate((evil, _PAGES, _PAGE), start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    old = len(body)
    body = body.replace(b"/Prev 0000000000", b"/Prev %010d" % old)
    lines = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    body += b"xref\n0 4\n%btrailer\n<< /Size 4 /Root 1 0 R >>\n" % lines
    return body + b"startxref\n%d\n%%%%EOF\n" % newest


def _beside(table_has_it: bool) -> bytes:
    """A table of lines that names one in a stream, which says otherwise where the catalog lies."""
    whole = packed({1: (5, 0)}, (1, _CATALOG))
    at_stream = whole.index(b"6 0 obj")
    body = whole[: whole.index(b"startxref")]
    at = len(body)
    catalog = b"1 0 obj\n%b\nendobj\n" % _CATALOG
    body += catalog
    places = {1: at, 2: whole.index(b"2 0 obj"), 3: whole.index(b"3 0 obj"), 5: whole.index(b"5 0 obj")}
    lines = b"".join(
        b"%010d 00000 n \n" % places[n]
        if n in places and (n > 1 or table_has_it)
        else b"0000000000 65535 f \n"
        for n in range(7)
    )
    start = len(body)
    table = b"xref\n0 7\n%btrailer\n<< /Size 10 /Root 1 0 R /XRefStm %d >>\nstartxref\n%d\n%%%%EOF\n"
    return body + table % (lines, at_stream, start)


_STREAM = b"<< /Length %b >>\nstream\n%b\nendstream"
LAYOUTS: dict[str, bytes] = {
    "a catalog in no table": placed(*PAGE, between=_HIDDEN),
    **{
        f"a catalog in no table, and {sign!r} behind": placed(*PAGE, between=_HIDDEN, behind=sign * 6_000)
        for sign in (b" ", b"\n", b"\x00")
    },
    "blanks behind": placed(*PAGE, behind=b" " * 600),
    "words behind": placed(*PAGE, behind=b"% a"),
    "words between": placed(*PAGE, between=b"app.alert(1)\n"),
    "an object that is free": placed(*PAGE, b"<< /A 1 >>").replace(b"00000 n \ntrailer", b"00000 f \ntrailer"),
    "an object within another": placed(*PAGE, b"<< /A 1 >>\n9 0 obj\n<< >>"),
    "an object without an end": placed(*PAGE, b"<< /A 1 >>").replace(b"/A 1 >>\nendobj", b"/A 1 >>      "),
    "a trailer between": placed(*PAGE, between=b"trailer\n<< /Root 9 0 R >>\n"),
    "a stream whose length is told elsewhere": placed(
        *PAGE, _STREAM % (b"5 0 R", b"\nendstream\nendobj\n" + _HIDDEN + b"\n"), b"%d" % (len(_HIDDEN) + 19)
    ),
    "a stream that goes on": placed(*PAGE, _STREAM % (b"1", b"ab")),
    "a length said twice": placed(*PAGE, _STREAM.replace(b"<<", b"<< /DecodeParms << /Length 9 >>") % (b"1", b"a")),
    "fewer announced than there are": placed(*PAGE).replace(b"/Size 4", b"/Size 3"),
    "a number listed twice in a stream": packed({1: (5, 0)}, (1, _CATALOG.replace(b">>", b"/A 1>>")), (1, _CATALOG)),
    "a number at another index": packed({1: (5, 0)}, (9, _CATALOG), (1, _CATALOG)),
    "a number that no table lists, in a stream": packed({1: (5, 0)}, (1, _CATALOG), (9, b"<< >>")),
    "more numbers in a stream than it says": packed({1: (5, 0)}, (1, _CATALOG), (1, _CATALOG), count=1),
    "a catalog in two tables at once": _beside(table_has_it=True),
    "the newest object before the old one": _early(),
    "a table that is a ring": updated(placed(*PAGE), {}).replace(b"/Prev", b"/Prev 9 /Pre"),
}  # fmt: skip
ORDINARY = {
    "a newer revision": updated(placed(*PAGE), {3: _PAGE, 9: b"42"}),
    "two newer revisions": updated(updated(placed(*PAGE), {3: _PAGE}), {3: _PAGE}),
    "a newer revision over packed objects": updated(packed({1: (5, 0)}, (1, _CATALOG)), {1: _CATALOG}),
    "a newer catalog of another number": updated(placed(*PAGE), {9: _CATALOG}, root=9),
    "packed objects": packed({1: (5, 0), 9: (5, 1)}, (1, _CATALOG), (9, b"<< >>")),
    "notes between": placed(*PAGE, between=b"% written by hand (obj)\r\n\x00\x00"),
    "a length told elsewhere": placed(*PAGE, _STREAM % (b"5 0 R", b"abc"), b"3"),
    "texts in texts": placed(*PAGE, b"<< /A (a(b(c)\\)) endobj) /B <61> >>"),
    "a text of many brackets": placed(*PAGE, b"(" * 3_000 + b")" * 3_000),
}  # fmt: skip
