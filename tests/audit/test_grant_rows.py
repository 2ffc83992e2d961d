"""A right to read a case is given and ended by acts alone; the guards are in place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from supervision.access.grants import end_grant, grant
from supervision.casefiles.models import Case, CaseGrant
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.organizations.models import Duty, Organization
from tests.audit.test_held_again import found
from tests.audit.test_plan_rows import sql
from tests.stages import OFFICER

Stage = Callable[[str], Driver]


@pytest.mark.parametrize("column", ["user_id", "mandate_id", "content_object_id", "source", "from_on"])
def test_whose_right_it_is_and_to_what_never_changes(stage: Stage, column: str) -> None:
    driver = stage("decided")
    row = CaseGrant.objects.filter(content_object=driver.case).order_by("pk")[0]
    expert = Organization.objects.get(code="mttq-24").mandates.filter(duty=Duty.EXPERT)[0]
    other = Case.objects.exclude(pk=driver.case.pk).order_by("pk").values_list("pk", flat=True).first()
    value = {
        "user_id": expert.user_id, "mandate_id": expert.pk, "content_object_id": other or 10**9,
        "source": "99/QĐ", "from_on": "2020-01-01",
    }[column]  # fmt: skip
    with pytest.raises(IntegrityError):
        sql(f"UPDATE casefiles_casegrant SET {column} = %s WHERE id = %s", value, row.pk)
    with pytest.raises(IntegrityError):
        sql("DELETE FROM casefiles_casegrant WHERE id = %s", row.pk)
    assert found(CaseGrant) == []


def test_a_right_written_past_the_acts_or_ended_past_them_is_found(stage: Stage) -> None:
    driver = stage("decided")
    row = CaseGrant.objects.filter(content_object=driver.case).order_by("pk")[0]
    sql("UPDATE casefiles_casegrant SET until_on = '2031-01-01' WHERE id = %s", row.pk)
    assert found(CaseGrant) == [f"casefiles.casegrant {row.pk} is not what was sent"]
    row.pk = None
    row.source = "99/QĐ"
    CaseGrant.objects.bulk_create([row])
    assert found(CaseGrant)[1:] == [f"casefiles.casegrant {row.pk} was sent, and no event holds its words"]


def test_a_right_ends_once_and_one_that_has_not_begun_is_taken_back(stage: Stage) -> None:
    driver = stage("decided")
    row = CaseGrant.objects.filter(content_object=driver.case).order_by("pk")[0]
    end_grant(row, on=driver.day(5), by=None, at=driver.at(5))
    end_grant(row, on=driver.day(9), by=None, at=driver.at(9))
    row.refresh_from_db()
    assert row.until_on == driver.day(5), "what has ended is not ended again, later"
    later = grant(
        model=CaseGrant, mandate=actor(OFFICER).mandate, relation="member", content_object=driver.case,
        source="99/QĐ", from_on=driver.day(20), by=None, at=driver.at(9),
    )  # fmt: skip
    end_grant(later, on=driver.day(9), by=None, at=driver.at(9))
    assert not CaseGrant.objects.filter(source="99/QĐ").exists()
    assert found(CaseGrant) == []
