"""The table as a file: what is in it, that nothing in it runs, and that a worker may die while making it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import subprocess
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
import time_machine
from django.core.management import call_command

from supervision.cases.models import Criticism
from supervision.cases.services import remark_table
from supervision.demo.world import actor
from supervision.drafts.models import Answer, ExportPart, Remark, TableExport
from supervision.drafts.services import reopen
from supervision.drafts.table import exports, making, matrix, sheets
from supervision.drafts.tasks import make_export
from supervision.errors import WrongState
from supervision.files.models import Blob
from supervision.files.services import path_of
from tests.markup import html_of
from tests.owner import guards_off
from tests.remarks import AGENCY, AT, OFFICER, STRANGER, a_criticism
from tests.web.test_limits import client_of

pytestmark = pytest.mark.django_db
PDF, XLSX = TableExport.Kind.PDF, TableExport.Kind.XLSX
State = TableExport.State
RunTasks = Callable[..., int]
HOSTILE = ("=1+1", "+84", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1+1", '=HYPERLINK("http://x")')


@pytest.fixture
def row() -> Iterator[Criticism]:
    """A criticism with forty remarks."""
    found = a_criticism(40)
    with time_machine.travel(AT, tick=True):
        yield found


def ask(row: Criticism, kind: TableExport.Kind, at: dt.datetime = AT, who: str = OFFICER) -> TableExport:
    return remark_table.ask(actor=actor(who), criticism=row, kind=kind, at=at)


def made(row: Criticism, kind: TableExport.Kind, run_tasks: RunTasks) -> Path:
    """Have the file made, and return where its bytes are."""
    ask(row, kind)
    run_tasks()
    export = TableExport.objects.get(kind=kind)
    assert (export.state, export.rows_done) == (State.DONE, export.rows_all), export.trouble
    return path_of(export.blob)


def opened(xlsx: Path) -> Any:
    with xlsx.open("rb") as stream:
        return openpyxl.load_workbook(stream).active


def text_of(pdf: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout


def cells_of(row: Criticism) -> list[tuple[int | str, ...]]:
    return [cell for batch in sheets.numbered(row.draft) for cell in batch]


# -- what is in them ---------------------------------------------------------------------


def test_a_spreadsheet_says_what_the_table_says(row: Criticism, run_tasks: RunTasks) -> None:
    sheet = opened(made(row, XLSX, run_tasks))
    values = [[value or "" for value in line] for line in sheet.iter_rows(values_only=True)]
    top = next(n for n, line in enumerate(values) if line[0] == "STT")
    assert values[top] == list(sheets.COLUMNS) and sheet.freeze_panes == f"A{top + 2}"
    assert values[0][0] == "DỮ LIỆU MẪU" and row.case.code in values[2][0]
    assert sheet.print_title_rows == f"${top + 1}:${top + 1}" and sheet.page_setup.orientation == "landscape"
    assert sheet.cell(top + 2, 4).alignment.wrap_text
    table = matrix.lines(row.draft)
    assert [line[1] for line in values[top + 1 :]] == [line.remark.code for line in table]
    for number, (line, found) in enumerate(zip(table, values[top + 1 :], strict=True), start=1):
        said = [line.answer.text, line.answer.wording] if line.answer else ["", ""]
        asked = [line.remark.text, line.remark.wording, line.remark.reason]
        assert found[0] == number and found[3:6] == asked
        assert found[2] == line.provision and found[8:] == said
    assert {line[7] for line in values[top + 1 :]} == {
        "Tiếp thu", "Tiếp thu một phần", "Không tiếp thu", "Chưa trả lời"
    }  # fmt: skip


def test_a_csv_is_known_as_utf_8_and_says_the_same(row: Criticism) -> None:
    reopen(row.draft, [Remark.objects.get(number=5)])
    response = client_of(AGENCY).get(f"/phan-bien/{row.public_id}/bang/bang.csv")
    assert 'filename="bang-y-kien-pb-mau-40-du-lieu-mau.csv"' in response["Content-Disposition"]
    body = b"".join(response).decode()
    assert body.startswith("\ufeffSTT,")
    found = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"))))
    assert found[0] == list(sheets.COLUMNS)
    assert found[1:] == [[str(cell) for cell in line] for line in cells_of(row)]
    assert [line[7] for line in found if line[1] == "YK-05"] == ["Đề nghị trả lời lại"]


def test_nothing_that_people_wrote_runs_as_a_formula(row: Criticism, run_tasks: RunTasks) -> None:
    with guards_off():
        for number, text in enumerate(HOSTILE, start=1):
            Remark.objects.filter(number=number).update(text=text, author_name=text, wording=text)
            Answer.objects.filter(remark__number=number).update(text=text)
    sheet = opened(made(row, XLSX, run_tasks))
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert {"=1+1", "@SUM(A1)"} <= {cell.value for cell in cells}  # a cell of text needs no apostrophe
    body = "".join(sheets.csv_pieces(row.draft)).removeprefix("\ufeff")
    live = [
        cell for line in csv.reader(io.StringIO(body)) for cell in line if re.match(r"\s*[=+\-@＝]", cell)
    ]
    assert not live
    assert all(f"'{text}" in body for text in HOSTILE[:4])


def test_a_short_print_is_one_archival_tagged_file(row: Criticism, run_tasks: RunTasks) -> None:
    pdf = made(row, PDF, run_tasks)
    text = text_of(pdf)
    assert "BẢNG TỔNG HỢP, TIẾP THU, GIẢI TRÌNH" in text and "09 giờ 00" in text
    assert (
        "Tổng số 40 ý kiến: tiếp thu 16; tiếp thu một phần 08; không tiếp thu 08; chưa trả lời 08./." in text
    )
    with pikepdf.open(pdf) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.open_metadata()["pdfaid:part"]) == "3"


def test_a_long_print_goes_on_over_its_pieces(run_tasks: RunTasks) -> None:
    """The pages are counted through, every row is there once and in order, no page ends before it is full."""
    row = a_criticism(230)
    making_pieces_of(98)  # ends in the middle of a page
    pdf = made(row, PDF, run_tasks)
    pages = text_of(pdf).split("\f")[:-1]
    assert TableExport.objects.get().pages == len(pages) and not ExportPart.objects.exists()
    numbers = [page.strip().split("\n", 1)[0].strip() for page in pages]
    assert numbers[1:] == [str(n) for n in range(2, len(pages) + 1)]
    rows = [[int(n) for n in re.findall(r"^ ?(\d+) {2,}", page, re.M)] for page in pages]
    assert [n for page in rows for n in page] == list(range(1, 231))
    assert all("Điều, khoản" in page for page in pages)
    assert min(len(page) for page in rows[1:-1]) >= max(len(page) for page in rows) - 1
    codes = re.findall(r"YK-\d+(?=\s)(?!:)", " ".join(pages))
    assert codes[0] == "YK-230" and "Tổng số 230 ý kiến" in pages[-1]


def test_a_row_higher_than_a_page_is_printed_whole_and_once(row: Criticism, run_tasks: RunTasks) -> None:
    words = " ".join(f"chữ{n}" for n in range(3000))
    first, last_of_a_piece, last = 40, 31, 1
    with guards_off():
        Remark.objects.filter(number__in=(first, last_of_a_piece, last)).update(text=words)
    making_pieces_of(10)
    text = text_of(made(row, PDF, run_tasks))
    assert [len(re.findall(rf"\bchữ{n}\b", text)) for n in (0, 1, 1500, 2998, 2999)] == [3] * 5


@pytest.fixture(autouse=True)
def usual_pieces() -> Iterator[None]:
    size = making.PIECE
    yield
    making.PIECE = size


def making_pieces_of(rows: int) -> None:
    making.PIECE = rows


# -- asking, dying, changing -------------------------------------------------------------


def test_asking_twice_is_asking_once(row: Criticism, run_tasks: RunTasks) -> None:
    first = ask(row, XLSX)
    assert ask(row, XLSX, who=AGENCY).pk == first.pk
    assert ask(row, PDF).pk != first.pk
    run_tasks()
    again = ask(row, XLSX)
    assert again.pk != first.pk
    assert run_tasks() == 1
    assert [one.pk for one in exports.newest(row.draft) if one.kind == XLSX] == [again.pk]
    assert not TableExport.objects.filter(pk=first.pk).exists()  # the newer file stands for it


def test_an_empty_table_is_no_file() -> None:
    with pytest.raises(WrongState):
        ask(a_criticism(0), XLSX)


def test_a_killed_worker_loses_one_piece_and_another_goes_on(row: Criticism, run_tasks: RunTasks) -> None:
    making_pieces_of(10)
    export = ask(row, PDF)
    assert making.make_piece(export.pk, 1, at=AT)  # and the worker dies before it asks for the next
    export.refresh_from_db()
    assert 0 < export.rows_done <= 10 and export.parts.count() == 1
    assert exports.take_up_lost(at=AT + dt.timedelta(minutes=4)) == 0
    later = AT + dt.timedelta(minutes=6)
    with time_machine.travel(later, tick=True):
        call_command("tick")
        export.refresh_from_db()
        assert (export.state, export.run) == (State.WAITING, 2)
        assert not making.make_piece(export.pk, 1, at=later)  # the first comes back to life: not its own
        run_tasks()
    assert "YK-01" in text_of(path_of(TableExport.objects.get(state=State.DONE).blob))


def test_whoever_asks_again_takes_up_what_was_lost(row: Criticism) -> None:
    export = ask(row, XLSX)
    assert ask(row, XLSX, at=AT + dt.timedelta(minutes=6)).pk == export.pk
    export.refresh_from_db()
    assert export.run == 2


def test_what_is_lost_again_and_again_has_failed_and_may_be_asked_for_anew(row: Criticism) -> None:
    export, at = ask(row, XLSX), AT
    for _run in range(exports.MOST_RUNS):
        at += dt.timedelta(minutes=6)
        exports.take_up_lost(at=at)
    export.refresh_from_db()
    assert export.state == State.FAILED and "dừng giữa chừng" in export.trouble
    address = f"/phan-bien/{row.public_id}/bang/tai/"
    html = html_of(client_of(OFFICER).get(address))
    assert "Chưa tạo được tệp." in html and "dừng giữa chừng" in html
    assert client_of(OFFICER).post(address, {"kind": "xlsx"}).status_code == 302
    assert TableExport.objects.filter(state=State.WAITING).count() == 1


def test_trouble_is_told_in_plain_words(row: Criticism, run_tasks: RunTasks, settings: Any) -> None:
    settings.BLOB_ROOT = Path("/proc/nowhere")
    export = ask(row, XLSX)
    run_tasks()
    export.refresh_from_db()
    assert (export.state, export.trouble) == (State.FAILED, "Máy chủ không ghi được tệp.")


def test_a_table_that_changes_midway_is_begun_anew(row: Criticism, run_tasks: RunTasks) -> None:
    making_pieces_of(10)
    export = ask(row, PDF)
    making.make_piece(export.pk, 1, at=AT)
    reopen(row.draft, [Remark.objects.get(number=39)])  # stands on a page that is printed already
    later = AT + dt.timedelta(minutes=1)
    assert making.make_piece(export.pk, 1, at=later)
    export.refresh_from_db()
    assert (export.rows_done, export.parts.count(), export.as_of) == (0, 0, later)
    make_export.enqueue(export.pk, 1)
    run_tasks()
    assert "Đề nghị trả" in text_of(path_of(TableExport.objects.get(state=State.DONE).blob))


def test_a_file_that_is_older_than_the_table_says_so(row: Criticism, run_tasks: RunTasks) -> None:
    made(row, XLSX, run_tasks)
    address = f"/phan-bien/{row.public_id}/bang/tai/"
    assert "Bảng đã thay đổi" not in html_of(client_of(OFFICER).get(address))
    reopen(row.draft, [Remark.objects.get(number=5)])
    assert "Bảng đã thay đổi" in html_of(client_of(OFFICER).get(address))


def test_files_are_swept_after_a_week(
    row: Criticism, run_tasks: RunTasks, django_capture_on_commit_callbacks: Any
) -> None:
    paths = [made(row, XLSX, run_tasks), made(row, PDF, run_tasks)]
    assert exports.sweep(at=AT + dt.timedelta(days=6)) == 0
    before = Blob.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        assert exports.sweep(at=AT + dt.timedelta(days=8)) == 2
    assert Blob.objects.count() == before - 2 and not TableExport.objects.exists()
    assert not any(path.exists() for path in paths)


# -- the page ----------------------------------------------------------------------------


def test_the_page_tells_how_far_a_file_is_and_gives_it_out(row: Criticism, run_tasks: RunTasks) -> None:
    address, client = f"/phan-bien/{row.public_id}/bang/tai/", client_of(AGENCY)
    assert client.post(address, {"kind": "pdf"}).status_code == 302
    making_pieces_of(10)
    export = TableExport.objects.get()
    making.make_piece(export.pk, 1, at=AT)
    html = html_of(client.get(address))
    export.refresh_from_db()
    assert f"xong {export.rows_done} trên 40 ý kiến" in html and "Xem lại tiến độ" in html
    assert "http-equiv" not in html  # whoever reads slowly is not thrown back to the top
    assert client.get(f"{address}{export.public_id}/").status_code == 404
    run_tasks()
    link = f"{address}{export.public_id}/"
    assert link in html_of(client.get(address))
    response = client.get(link)
    assert response["Content-Type"] == "application/pdf" and b"".join(response).startswith(b"%PDF")
    assert client_of(STRANGER).get(link).status_code == 404
    with guards_off():  # nothing that was sent is unsent otherwise
        Criticism.objects.update(sent_at=None)
    assert client_of(AGENCY).get(link).status_code == 404


# -- memory ------------------------------------------------------------------------------


def peak(work: Callable[[], Any]) -> int:
    """Return the most bytes that were allocated at once in the course of `work`."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def peaks_of(count: int, out: Path) -> dict[str, int]:
    heading = {"title": "Bảng", "code": "1", "issuer": "Mặt trận", "at": AT.isoformat(), "is_sample": True}
    draft = a_criticism(count).draft
    ordered = matrix.remarks(draft)
    return {
        "xlsx": peak(lambda: list(sheets.write_xlsx(out, draft, heading))),
        "csv": peak(lambda: sum(len(piece) for piece in sheets.csv_pieces(draft))),
        "a piece of the print": peak(lambda: matrix.lines_of(draft, ordered[count - making.PIECE : count])),
    }


@pytest.mark.tier("prove")
def test_files_of_ten_thousand_remarks_take_no_more_memory_than_of_two_thousand(tmp_path: Path) -> None:
    """Every allocation of the worker counts; a table held as a whole would be five times as much."""
    few, many = (peaks_of(count, tmp_path / "table.xlsx") for count in (2_000, 10_000))
    assert all(many[kind] < 1.3 * few[kind] + 200_000 for kind in few), (few, many)
