"""TL. and TUQ.: the head lets someone sign, within days, kinds and cases, and nothing beyond is signed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.services import signing
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents import authorizations
from supervision.documents.models import Document, SigningAuthorization
from supervision.documents.services import retry_signature
from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.errors import AlreadyDone, InvalidInput, NotAllowed
from supervision.organizations.models import Duty, Kind, Mandate, Organization
from supervision.organizations.substitutions import record_absence
from tests.files.samples import pdf
from tests.owner import guards_off
from tests.stages import CHAIR, CLERK, DEPUTY, OFFICER, OFFICER_2, a_second, go
from tests.web.test_bad_input import Desk, address, text_of
from tests.worker import get_stuck
from tests.workflows import agreement

Start = Callable[[str], Driver]
TUQ = {"form": "TUQ", "decision_number": "12/UQ-MTTQ"}
TL = {"form": "TL", "working_rules": "Điều 12 Quy chế làm việc số 03-QC/MTTQ"}


def grant(driver: Driver, by: str = CHAIR, **facts: Any) -> SigningAuthorization:
    """Let the second officer sign plans for ten days from day -30, changed by `facts`."""
    given = {
        "grantee": actor(OFFICER_2).mandate,
        "kinds": ["plan"],
        "from_on": driver.day(-30),
        "until_on": driver.day(-21),
        "decision_on": driver.day(-31) if facts.get("form", "TUQ") == "TUQ" else None,
        **(TUQ if facts.get("form", "TUQ") == "TUQ" else TL),
        **facts,
    }
    return signing.grant(actor=actor(by), at=driver.at(-30), **given)


@pytest.fixture
def drafted(stage: Start) -> Driver:
    """A plan waits for its signature since day -30; the second officer has a sample certificate."""
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    DemoAuthority().issue([actor(OFFICER_2).mandate])
    return driver


@pytest.mark.parametrize("form", ["TUQ", "TL"])
def test_within_the_limits_the_paper_says_for_whom_it_is_signed(drafted: Driver, form: str) -> None:
    row = grant(drafted, form=form)
    paper = drafted.sign(-29, OFFICER_2, "sign_plan")
    lines = paper.context["signature"]["lines"]
    assert lines[0] == f"{form}. CHỦ TỊCH" and lines[1].startswith("CHUYÊN VIÊN")
    assert (paper.capacity, paper.authorization) == (form, row)
    with Desk(drafted, OFFICER, -28) as desk:
        assert f"({form}.), " in text_of(desk.get(f"/van-ban/{paper.public_id}/"))
    agreement.check()


def revoked(driver: Driver, row: SigningAuthorization) -> None:
    authorizations.revoke(row=row, actor=actor(CHAIR), reason="Đổi phân công", at=driver.at(-29))


def chair_left(driver: Driver, row: SigningAuthorization) -> None:
    Mandate.objects.filter(pk=row.grantor_id).update(until_on=driver.day(-29))


def elsewhere(driver: Driver, row: SigningAuthorization) -> None:
    other = Case.objects.get(pk=driver.case.pk)
    other.pk, other.public_id, other.code = None, "khac", "GS-KHAC"
    other.save()
    row.case_links.create(case=other)


@pytest.mark.parametrize(
    ("facts", "then", "day", "words"),
    [
        ({}, None, -20, "chỉ được ký TUQ từ"),
        ({"kinds": ["decision"]}, None, -28, "các loại: Quyết định; văn bản này là Kế hoạch"),
        ({}, revoked, -28, "đã được thu hồi ngày"),
        ({}, chair_left, -28, "không còn giữ chức"),
        ({}, elsewhere, -28, "chỉ được ký TUQ văn bản của hồ sơ GS-KHAC"),
    ],
)
def test_outside_a_limit_signing_is_refused_and_the_limit_is_named(
    drafted: Driver, facts: dict[str, Any], then: Any, day: int, words: str
) -> None:
    row = grant(drafted, **facts)
    if then is not None:
        then(drafted, row)
    item = drafted.item("sign_plan")
    assert not policy.can(actor(OFFICER_2), "act", item, on=drafted.day(day))
    with pytest.raises(NotAllowed, match=words):
        drafted.do(day, OFFICER_2, "sign_plan", decision="sign")
    assert Document.objects.get(pk=item.document_id).state == Document.State.PREPARED


def test_who_has_drafted_does_not_sign_by_authorization_either(drafted: Driver) -> None:
    grant(drafted, grantee=actor(OFFICER).mandate)
    with pytest.raises(NotAllowed, match="người soạn"):
        drafted.do(-28, OFFICER, "sign_plan", decision="sign")


def test_a_substitute_signs_nothing_that_was_authorized_to_the_absent_one(drafted: Driver) -> None:
    grant(drafted)
    colleague = a_second("mttq-24", Duty.OFFICER)
    record_absence(
        absent=actor(OFFICER_2).mandate,
        substitute=colleague.mandate,
        from_on=drafted.day(-29),
        until_on=drafted.day(-27),
        by=actor(OFFICER_2),
        at=drafted.at(-29),
    )
    for who in (colleague, actor(OFFICER_2)):
        with pytest.raises(NotAllowed):
            drafted.do(-28, who, "sign_plan", decision="sign")


def stuck(driver: Driver) -> Document:
    """The second officer asked for the signature on day -29; it got stuck."""
    driver.do(-29, OFFICER_2, "sign_plan", decision="sign")
    paper = Document.objects.get(state=Document.State.SIGNING)
    get_stuck(paper, at=driver.at(-29))
    paper.refresh_from_db()
    return paper


def test_what_was_asked_for_within_the_days_is_still_signed_after_them_and_dated_then(
    drafted: Driver,
) -> None:
    grant(drafted)
    paper = stuck(drafted)
    assert retry_signature(paper, at=drafted.at(-22), confirmed_by=paper.signer).issued_on == drafted.day(-22)
    get_stuck(paper, at=drafted.at(-22))
    with pytest.raises(NotAllowed, match="chính người ký"):
        retry_signature(paper, at=drafted.at(-20), by=actor(OFFICER).mandate)
    again = retry_signature(paper, at=drafted.at(-20), confirmed_by=paper.signer)
    assert again.issued_on == drafted.day(-22), "the leave to sign ran out on day -21"


def test_a_stuck_paper_whose_signer_may_sign_no_longer_is_signed_anew_under_a_new_number(
    drafted: Driver,
) -> None:
    row = grant(drafted)
    paper = stuck(drafted)
    revoked(drafted, row)
    with pytest.raises(NotAllowed, match="đã được thu hồi ngày"):
        retry_signature(paper, at=drafted.at(-28))
    page = f"/van-ban/{paper.public_id}/"
    with Desk(drafted, OFFICER, -28) as desk:
        assert "Hủy số" not in text_of(desk.get(page))
        assert desk.post(f"{page}trinh-ky-lai/").status_code == 403
    with Desk(drafted, CHAIR, -28) as desk:
        assert "Hủy số, trình ký lại" in text_of(desk.get(page))
        codes = [desk.post(f"{page}trinh-ky-lai/").status_code for _twice in range(2)]
    assert codes == [302, 409]
    agreement.check()
    again = drafted.sign(-28, CHAIR, "sign_plan")
    paper.refresh_from_db()
    assert (paper.state, again.drafted_by) == (Document.State.ABANDONED, paper.drafted_by)
    assert again.number == paper.number + 1 and again.capacity == "TM"
    assert set(again.case_link.addressees.all()) == set(paper.case_link.addressees.all())
    agreement.check()


def called(who: Any, title: str) -> None:
    """Give somebody of the demonstration another title; an office gives another mandate."""
    with guards_off():
        Mandate.objects.filter(pk=who.mandate.pk).update(title=title)


def deputy_of_the_grantee() -> Any:
    called(actor(OFFICER_2), "Chánh Văn phòng")
    deputy = a_second("mttq-24", Duty.OFFICER)
    called(deputy, "Phó Chánh Văn phòng")
    deputy.mandate.refresh_from_db()
    DemoAuthority().issue([deputy.mandate])
    return deputy


def pass_on(driver: Driver, row: SigningAuthorization, deputy: Any, last: int = -22) -> None:
    days = {"from_on": driver.day(-29), "until_on": driver.day(last)}
    signing.pass_on(row=row, actor=actor(OFFICER_2), deputy=deputy.mandate, at=driver.at(-29), **days)


def test_what_is_signed_by_order_the_deputy_may_sign_in_its_turn(drafted: Driver) -> None:
    row = grant(drafted, form="TL")
    with pytest.raises(InvalidInput):
        pass_on(drafted, row, actor(CLERK))
    deputy = deputy_of_the_grantee()
    row.refresh_from_db()
    with pytest.raises(InvalidInput):
        pass_on(drafted, row, deputy, last=-20)
    pass_on(drafted, row, deputy)
    paper = drafted.sign(-28, deputy, "sign_plan")
    assert paper.capacity == "TL_KT"
    assert paper.context["signature"]["lines"] == [
        "TL. CHỦ TỊCH",
        "KT. CHÁNH VĂN PHÒNG",
        "PHÓ CHÁNH VĂN PHÒNG",
    ]


def test_revoking_what_was_given_ends_what_was_passed_on(drafted: Driver) -> None:
    row, deputy = grant(drafted, form="TL"), deputy_of_the_grantee()
    row.refresh_from_db()
    pass_on(drafted, row, deputy)
    revoked(drafted, row)
    with pytest.raises(AlreadyDone):
        revoked(drafted, row)
    with pytest.raises(NotAllowed, match="đã được thu hồi"):
        drafted.do(-28, deputy, "sign_plan", decision="sign")
    with Desk(drafted, CHAIR, -28) as desk:
        page = text_of(desk.get("/uy-quyen-ky/"))
        assert "Đang hiệu lực" not in page and "Không còn hiệu lực" in page


def test_passing_on_is_offered_only_when_it_can_be_done(drafted: Driver) -> None:
    row = grant(drafted, form="TL", from_on=drafted.day(-28))
    offered = "Giao lại cho cấp phó"
    with Desk(drafted, OFFICER_2, -28) as desk:
        assert offered not in text_of(desk.get("/uy-quyen-ky/")), "no deputy by title"
    deputy_of_the_grantee()
    with Desk(drafted, OFFICER_2, -29) as desk:
        assert offered not in text_of(desk.get("/uy-quyen-ky/")), "not yet in force"
        assert desk.get(f"/uy-quyen-ky/{row.public_id}/giao-lai/").status_code == 403
    with Desk(drafted, OFFICER_2, -28) as desk:
        assert offered in text_of(desk.get("/uy-quyen-ky/"))


def test_what_has_run_out_is_not_revoked_afterwards(drafted: Driver) -> None:
    row = grant(drafted)
    with pytest.raises(AlreadyDone, match="đã hết hạn"):
        authorizations.revoke(row=row, actor=actor(CHAIR), reason="Muộn", at=drafted.at(-20))
    with Desk(drafted, CHAIR, -20) as desk:
        page = desk.get(f"/uy-quyen-ky/{row.public_id}/thu-hoi/")
        assert page.status_code == 409 and "đã hết hạn" in text_of(page), "no form is offered in vain"


def test_a_form_with_errors_keeps_its_file_and_takes_one_only(drafted: Driver) -> None:
    form = {
        "form": "TUQ",
        "grantee": actor(OFFICER_2).mandate.public_id,
        "kinds": ["plan"],
        "from_on": f"{drafted.day(-29):%d/%m/%Y}",
        "until_on": "",
    }
    with Desk(drafted, CHAIR, -29) as desk:
        page = desk.post("/uy-quyen-ky/moi/", **form, decision_file=uploads("mot.pdf", "hai.pdf"))
        assert page.status_code == 422 and "Chỉ đính kèm một" in text_of(page)
        first, second = re.findall(r'name="decision_file-giu" value="([^"]+)"', text_of(page))
        sent = form | {"until_on": form["from_on"], "decision_file-giu": [first, second]}
        assert desk.post("/uy-quyen-ky/moi/", **sent).status_code == 422
        sent["decision_file-bo"] = [second]
        assert desk.post("/uy-quyen-ky/moi/", **sent).status_code == 302
    assert SigningAuthorization.objects.get().file.name == "mot.pdf"


def uploads(*names: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, pdf()) for name in names]


def test_boards_and_deputies_are_not_offered_to_grant(drafted: Driver) -> None:
    called(actor(CHAIR), "Phó Chủ tịch")
    with Desk(drafted, CHAIR, -29) as desk:
        page = text_of(desk.get("/uy-quyen-ky/"))
        assert 'href="/uy-quyen-ky/moi/"' not in page and "Cấp phó ký thay" in page
        assert desk.get("/uy-quyen-ky/moi/").status_code == 403
        Organization.objects.filter(pk=drafted.case.lead_id).update(kind=Kind.BOARD)
        assert "Ban bàn và quyết định tập thể" in text_of(desk.get("/uy-quyen-ky/"))


def test_nothing_is_granted_twice_and_a_form_sent_twice_grants_once(drafted: Driver) -> None:
    row = grant(drafted, key="k")
    assert grant(drafted, key="k") == row
    for again in ({}, {"kinds": ["plan", "decision"]}, {"case": drafted.case, "key": "other"}):
        with pytest.raises(InvalidInput, match="đang được giao ký TUQ"):
            grant(drafted, **again)
    grant(drafted, kinds=["decision"])
    grant(drafted, from_on=drafted.day(-20), until_on=drafted.day(-20))
    revoked(drafted, row)
    assert row.grantee.signing_authorizations.filter(revoked_at=None, kinds="|plan|").count() == 1


def test_what_is_narrowed_to_a_case_is_never_kept_without_it(
    drafted: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault between the two rows leaves neither: a grant without its case would hold for all."""

    def fault(row: Any, cases: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(signing, "_narrow", fault)
    with pytest.raises(RuntimeError):
        grant(drafted, case=drafted.case)
    assert not SigningAuthorization.objects.exists()


def test_tuq_goes_no_further(drafted: Driver) -> None:
    row = grant(drafted)
    with pytest.raises(NotAllowed, match="không được ủy quyền lại"):
        pass_on(drafted, row, deputy_of_the_grantee())
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningAuthorization.objects.filter(pk=row.pk).update(passed_from=row)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"decision_number": ""}, "decision_number"),
        ({"decision_on": None}, "decision_on"),
        ({"form": "TL", "working_rules": " "}, "working_rules"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["minutes"]}, "kinds"),  # the head of a delegation is named
        ({"form": "KT"}, "form"),
        ({"from_on": dt.date(2020, 1, 1)}, "from_on"),
        ({"until_on": dt.date(9999, 12, 31)}, "until_on"),
    ],
)
def test_what_does_not_rest_on_paper_or_says_too_little_is_refused(
    drafted: Driver, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        grant(drafted, **facts)
    assert field in refused.value.errors


def test_only_the_head_grants_and_not_to_a_deputy_or_a_stranger(drafted: Driver) -> None:
    for who in (DEPUTY, OFFICER):
        assert not policy.can(actor(who), "authorize_signing", actor(CHAIR).organization, on=drafted.day(-30))
    with pytest.raises(NotAllowed):
        grant(drafted, by=DEPUTY)
    for unfit in (DEPUTY, "phn-24.can_bo"):
        with pytest.raises(InvalidInput) as refused:
            grant(drafted, grantee=actor(unfit).mandate)
        assert "grantee" in refused.value.errors


@pytest.mark.parametrize(
    "wrong",
    [
        {"until_on": "2020-01-01"},
        {"kinds": ""},
        {"decision_number": ""},
        {"form": "TL"},
        {"revoked_at": "2026-06-01T00:00:00Z"},
    ],
)
def test_the_database_keeps_the_limits(drafted: Driver, wrong: dict[str, Any]) -> None:
    row = grant(drafted)
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningAuthorization.objects.filter(pk=row.pk).update(**wrong)


def test_the_pages_grant_show_sign_and_revoke(drafted: Driver) -> None:
    first, last = (f"{drafted.day(day):%d/%m/%Y}" for day in (-29, -21))
    form = {
        "form": "TUQ",
        "grantee": actor(OFFICER_2).mandate.public_id,
        "kinds": ["plan"],
        "case": drafted.case.public_id,
        "from_on": first,
        "until_on": last,
        "decision_on": first,
    }
    with Desk(drafted, CHAIR, -29) as desk:
        wrong = desk.post("/uy-quyen-ky/moi/", **form)
        assert wrong.status_code == 422 and "Ghi số văn bản ủy quyền" in text_of(wrong)
        for _twice in range(2):
            sent = {"decision_number": "12/UQ", "key": "k", **form}
            assert desk.post("/uy-quyen-ky/moi/", **sent).status_code == 302
    row = SigningAuthorization.objects.get()
    with Desk(drafted, OFFICER_2, -28) as desk:
        page = text_of(desk.get("/uy-quyen-ky/"))
        assert "12/UQ" in page and drafted.case.code in page and "Thu hồi" not in page
        assert desk.get("/uy-quyen-ky/moi/").status_code == 403
        assert desk.post(f"/uy-quyen-ky/{row.public_id}/thu-hoi/", reason="x").status_code == 403
        assert drafted.case.code in text_of(desk.get("/viec-cua-toi/?nhom=chua-nhan"))
        assert "TUQ. CHỦ TỊCH / CHUYÊN VIÊN" in text_of(desk.get(address(drafted.item("sign_plan"))))
    with Desk(drafted, CHAIR, -28) as desk:
        assert desk.post(f"/uy-quyen-ky/{row.public_id}/thu-hoi/", reason="").status_code == 422
        assert desk.post(f"/uy-quyen-ky/{row.public_id}/thu-hoi/", reason="Đổi việc").status_code == 302
    with Desk(drafted, OFFICER_2, -28) as desk:
        assert "đã được thu hồi ngày" in text_of(desk.get(address(drafted.item("sign_plan"))))
