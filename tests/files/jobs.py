"""What jobs in a sandbox's child try, and texts whose cost must not grow faster than they do."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from pathlib import Path

from supervision.drafts.taking.imports import headings, mails
from supervision.files import inspection
from supervision.language import folding
from supervision.legaltext.grouping import reading
from tests.files import hostile


def wait_for(path: str) -> int:
    """Return the number of this process once a file is there."""
    while not os.path.exists(path):
        time.sleep(0.01)
    return os.getppid()


def work() -> None:
    """Use the CPU without end."""
    while True:
        pass


def sleep(seconds: float) -> float:
    """Wait for a turn that comes late, as on a busy machine."""
    time.sleep(seconds)
    return seconds


def environment() -> dict[str, str]:
    return dict(os.environ)


def connect(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), timeout=5)


def write() -> None:
    Path(tempfile.gettempdir(), "a").write_bytes(b"a")


def open_many() -> None:
    kept = [open("/dev/null") for _ in range(1000)]
    assert kept


def leave_behind() -> str:
    Path(tempfile.mkdtemp(), "font").write_bytes(b"a")
    return tempfile.gettempdir()


def long_texts(size: int) -> None:
    """Read texts of `size` that the rules of 2026 read in the square of it, or worse."""
    marks = "a" + "\u0323\u0301" * size
    for fold in (folding.nfc, folding.fold, folding.name_key, folding.slug):
        fold(marks)
    mails.split_mbox(b"From " + b"11:11 " * size)
    headings._ASIDE.sub(" ", "(" * size)
    reading._CLAUSE_END.split(";" * size + "a")


def long_fields(size: int) -> None:
    """A Word file whose field codes, spaces and nested fields go on and on."""
    spaces = hostile.word("<w:instrText>" + " " * size + "</w:instrText>")
    codes = hostile.word('<w:r><w:instrText xml:space="preserve"> </w:instrText></w:r>' * (size // 8))
    nested = hostile.word('<w:fldChar w:fldCharType="begin"/><w:instrText>IF </w:instrText>' * (size // 8))
    for data in (spaces, codes, nested):
        try:
            inspection.inspect(data, "docx")
        except inspection.Refused as refused:
            if str(refused) != "bomb":
                raise
