"""Assessment sheets: what they add up to by a table made by hand, who reads them, where they appear."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from supervision.access.policy import Hidden
from supervision.audit.models import Event
from supervision.cases.models import Sheet
from supervision.cases.services import sheets
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.errors import InvalidInput
from supervision.law.grids import CONDUCT, GRIDS, PROCEDURES, Grid
from tests.markup import html_of
from tests.stages import AGENCIES, CHAIR, HEAD, MEMBER, OFFICER, go, org
from tests.web.test_limits import client_of, queries
from workflows.acts import sheets as sheet_acts

Start = Callable[[str], Driver]
EXPERT = "mttq-24.chuyen_gia_1"
FIRST, SECOND = "Cấp Giấy chứng nhận lần đầu", "Đính chính Giấy chứng nhận"
#: Scores of eight questions in three agencies, one row a sheet; "na" does not apply.
SHEETS = {
    FIRST: ["2 1 2 1 1 1 1 0", "2 1 2 2 0 1 1 0", "2 1 2 1 1 1 1 0"],
    SECOND: ["2 2 2 2 2 1 2 0", "2 2 2 2 1 1 2 na", "2 2 2 2 2 2 2 1"],
}
#: Added up by hand: points of maximum for each criterion, the sum, the share.
TOTALS = {
    FIRST: (["9/12", "10/12", "5/12", "3/12"], (27, 48), 56.2),
    SECOND: (["12/12", "12/12", "9/12", "7/10"], (40, 46), 87.0),
}


def scores_of(grid: Grid, text: str) -> dict[str, str]:
    return dict(zip((question.code for question in grid.questions), text.split(), strict=True))


def fill(driver: Driver, who: str = OFFICER, **other: Any) -> None:
    facts: dict[str, Any] = {
        "grid": PROCEDURES,
        "matter": FIRST,
        "about": org(AGENCIES[0]),
        "scores": scores_of(PROCEDURES, SHEETS[FIRST][0]),
        "evidence": "Báo cáo",
        "proposal": "simplify",
    }
    sheet_acts.fill_in_sheet(actor=actor(who), case=driver.case, at=driver.at(-5), **{**facts, **other})


def all_sheets(driver: Driver) -> None:
    for matter, rows in SHEETS.items():
        for code, row in zip(AGENCIES, rows, strict=True):
            fill(driver, matter=matter, about=org(code), scores=scores_of(PROCEDURES, row))


def test_points_add_up_as_counted_by_hand(stage: Start) -> None:
    driver = stage("asked")
    all_sheets(driver)
    found = {one.matter: one for one in sheets.totals(sheets.sheets_for(actor(OFFICER), driver.case))}
    for matter, (cells, total, percent) in TOTALS.items():
        assert (found[matter].cells, found[matter].sum, found[matter].percent) == (cells, total, percent)
        assert found[matter].proposals == {"simplify": 3}


def test_filled_in_again_the_newest_counts_and_the_first_stays(stage: Start) -> None:
    driver = stage("asked")
    fill(driver)
    fill(driver, scores=scores_of(PROCEDURES, "0 0 0 0 0 0 0 0"))
    (total,) = sheets.totals(sheets.sheets_for(actor(OFFICER), driver.case))
    assert total.sum == (0, 16) and Sheet.objects.count() == 2


def test_a_question_without_a_score_is_named(stage: Start) -> None:
    driver = stage("asked")
    with pytest.raises(InvalidInput) as caught:
        fill(driver, scores={**scores_of(PROCEDURES, SHEETS[FIRST][0]), "hq1": "3"})
    assert list(caught.value.errors) == ["hq1"]


def test_the_result_report_prints_the_totals_and_nothing_of_a_person(stage: Start) -> None:
    driver = stage("met")
    all_sheets(driver)
    fill(
        driver, grid=CONDUCT, matter="Công chức tiếp nhận", scores=scores_of(CONDUCT, "2 2 0 1"), proposal=""
    )
    for code in AGENCIES:
        go(driver, 4, "survey", driver.inquiry(code))
    go(driver, 13, "draft_result")
    paper = driver.item("sign_result").document
    (section,) = [one for one in paper.context["results"] if one.get("tables")]
    assert section["tables"][0]["rows"][0][-2:] == ["27/48", "56,2%"]
    assert "Công chức tiếp nhận" not in str(paper.context)


def test_the_conduct_of_a_person_is_read_by_its_writer_and_the_heads_alone(stage: Start) -> None:
    driver = stage("asked")
    fill(
        driver, MEMBER, grid=CONDUCT, matter="Công chức M", scores=scores_of(CONDUCT, "2 2 0 1"), proposal=""
    )

    def reads(who: str) -> bool:
        return sheets.sheets_for(actor(who), driver.case).exists()

    assert reads(MEMBER) and reads(CHAIR) and reads(HEAD)
    assert not reads(OFFICER) and not reads(EXPERT)
    with time_machine.travel(driver.at(-4), tick=True):
        address = f"/ho-so/{driver.case.public_id}/"
        assert "Công chức M" not in html_of(client_of(OFFICER).get(f"{address}phieu/"))
        assert "Công chức M" not in html_of(client_of(OFFICER).get(address))
    assert "Công chức M" not in str(Event.objects.values_list("words__data", flat=True))


def test_agencies_fill_in_nothing(stage: Start) -> None:
    driver = stage("asked")
    with pytest.raises(Hidden):  # what the Front writes beside a case is not even there for them
        fill(driver, f"{AGENCIES[0]}.lanh_dao")
    assert not Sheet.objects.exists()


def test_the_page_costs_the_same_for_one_and_for_many(stage: Start) -> None:
    driver = stage("asked")
    fill(driver)
    address = f"/ho-so/{driver.case.public_id}/phieu/"
    with time_machine.travel(driver.at(-4), tick=True):
        one = queries(client_of(OFFICER), address)
        all_sheets(driver)
        assert queries(client_of(OFFICER), address) == one
        for grid in GRIDS:
            assert client_of(OFFICER).get(f"{address}{grid}/").status_code == 200
        assert client_of(OFFICER).get(f"{address}khong-co/").status_code == 404
