"""The table of remarks and answers for spreadsheets: CSV as it is read, XLSX with one row in memory."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone, translation

from supervision.drafts.models import Draft
from supervision.drafts.table import matrix
from supervision.language.cells import harmless
from supervision.language.dates import long_date
from supervision.language.folding import upper_first

REMARK = "Nội dung ý kiến"
#: Head and width in characters of each column.
COLUMNS = {
    "STT": 7,
    "Mã ý kiến": 11,
    "Điều, khoản": 20,
    REMARK: 60,
    "Đề nghị viết lại": 40,
    "Lý do đề nghị": 40,
    "Của ai": 24,
    "Kết quả": 18,
    "Nội dung trả lời, giải trình": 60,
    "Nội dung sau tiếp thu": 40,
}
NOT_ANSWERED, ASKED_AGAIN = "Chưa trả lời", "Đề nghị trả lời lại"
BATCH = 500


def result_of(line: matrix.Line) -> str:
    """Return what became of a remark, in Vietnamese."""
    if line.answer is None:
        return NOT_ANSWERED
    return ASKED_AGAIN if line.is_open else str(line.answer.get_verdict_display())


def cells(number: int, line: matrix.Line) -> tuple[int | str, ...]:
    """Return the cells of a row under `COLUMNS`; `number` is counted from 1 through the table."""
    remark, answer = line.remark, line.answer
    said = (answer.text, answer.wording) if answer else ("", "")
    whose, result = upper_first(remark.whose), result_of(line)
    asked = (remark.text, remark.wording, remark.reason)
    return (number, remark.code, line.provision, *asked, whose, result, *said)


def numbered(draft: Draft) -> Iterator[list[tuple[int | str, ...]]]:
    """Yield the rows of the whole table in batches, always in Vietnamese."""
    number = 0
    for batch in matrix.in_batches(draft, size=BATCH):
        with translation.override("vi"):
            yield [cells(number + n, line) for n, line in enumerate(batch, start=1)]
        number += len(batch)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_pieces(draft: Draft, notes: Sequence[str] = ()) -> Iterator[str]:
    """Yield the table as CSV, piece by piece: UTF-8 with its mark, so that spreadsheets know it.

    `notes` stand below it, each a row of its own under the words of the remarks.
    """
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for rows in numbered(draft):
        yield "".join(writer.writerow([harmless(str(cell)) for cell in row]) for row in rows)
    yield "".join(
        writer.writerow([harmless(note) if name == REMARK else "" for name in COLUMNS]) for note in notes
    )


def write_xlsx(path: Path, draft: Draft, heading: dict[str, Any]) -> Iterator[int]:
    """Write the table to `path` and yield, batch by batch, how many rows are written.

    Every cell is text or a number by its type, so nothing in it is ever a formula.
    """
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    book.set_properties({"title": heading["title"], "author": heading["issuer"]})
    sheet = book.add_worksheet("Bảng ý kiến")
    top = _head(book, sheet, heading)
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    done = 0
    for rows in numbered(draft):
        for row in rows:
            done += 1
            for column, cell in enumerate(row):
                write = sheet.write_number if isinstance(cell, int) else sheet.write_string
                write(top + done, column, cell, wrapped)
        yield done
    sheet.autofilter(top, 0, top + done, len(COLUMNS) - 1)
    book.close()


def _head(book: Any, sheet: Any, heading: dict[str, Any]) -> int:
    """Write the title block and the head, which stay in sight and on every printed page; return its row."""
    local = timezone.localtime(dt.datetime.fromisoformat(heading["at"]))
    origin = f"Hồ sơ {heading['code']}. Ý kiến và trả lời đến {local:%H} giờ {local:%M}, {long_date(local)}."
    said = [heading["title"], origin, *heading.get("notes", [])]
    if heading["is_sample"]:
        said.insert(0, "DỮ LIỆU MẪU")
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for column, width in enumerate(COLUMNS.values()):
        sheet.set_column(column, column, width)
    for row, words in enumerate(said):
        sheet.write_string(row, 0, words, book.add_format({"bold": words != origin}))
    top = len(said) + 1
    bold = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#E8E8E8"}
    )
    for column, words in enumerate(COLUMNS):
        sheet.write_string(top, column, words, bold)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer("&C&P/&N")
    return top
