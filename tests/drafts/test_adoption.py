"""What the issued text says of a remark: never the opposite of it, and nothing where words do not tell."""

from __future__ import annotations

import pytest

from supervision.drafts.versions.adoption import Elsewhere, Proposal, Verdict, Why, propose

BEFORE = "Chủ bãi xe trông coi xe của người gửi trong giờ mở cửa."
ASKED = "Chủ bãi xe phải bồi thường khi làm mất xe của người gửi."
FINE = "Mức phạt đối với hộ đổ trộm rác ra kênh là {} triệu đồng một lần."
#: What was asked for (wording, text), what the provision said before and now, and what follows from that.
CASES: dict[str, tuple[str, str, str, str, str, Why]] = {
    "as asked": (ASKED, "", BEFORE, ASKED, "adopted", Why.WORDS),
    "denied": (ASKED, "", BEFORE, ASKED.replace("phải", "không phải"), "not_adopted", Why.REVERSED),
    "no longer denied": (
        "Hộ nghèo không phải nộp phí vệ sinh hằng tháng.",
        "",
        "Hộ nghèo nộp phí.",
        "Hộ nghèo phải nộp phí vệ sinh hằng tháng.",
        "not_adopted",
        Why.REVERSED,
    ),
    "a wish that is denied": (
        "",
        "Chủ bãi phải bồi thường khi mất xe",
        BEFORE,
        "Chủ bãi không phải bồi thường khi mất xe.",
        "",
        Why.REVERSED,
    ),
    "denied of others alone": (
        "Hộ nghèo không phải nộp phí vệ sinh.",
        "",
        "Mọi hộ nộp phí.",
        "Hộ nghèo không phải nộp phí vệ sinh. Hộ khác phải nộp phí vệ sinh.",
        "adopted",
        Why.WORDS,
    ),
    "kept": ("", "Giữ nguyên như dự thảo", BEFORE, BEFORE, "adopted", Why.KEPT),
    "not dropped": ("", "Không nên bỏ khoản này", BEFORE, BEFORE, "adopted", Why.KEPT),
    "kept and more": ("", "Giữ nguyên, nhưng bổ sung mức phạt", BEFORE, BEFORE, "", Why.MIXED),
    "unchanged": ("", "Cần quy định mức bồi thường", BEFORE, BEFORE, "not_adopted", Why.UNCHANGED),
    "numbers written out": (
        "Thời hạn trả lời là mười hai tháng.",
        "",
        "Thời hạn trả lời do xã quyết định.",
        "Thời hạn trả lời là 12 tháng.",
        "adopted",
        Why.WORDS,
    ),
    "millions": (
        "Mức phạt là 5 triệu đồng một lần.",
        "",
        "Mức phạt do xã quyết định.",
        "Mức phạt là 5.000.000 đồng một lần.",
        "adopted",
        Why.WORDS,
    ),
    "another number": (FINE.format(5), "", "Xã nhắc nhở.", FINE.format(50), "", Why.NUMBER),
    "words left out": (
        "Hộ nghèo được giảm.",
        "",
        "Hộ nghèo được giảm một nửa.",
        "Hộ nghèo được giảm.",
        "adopted",
        Why.WORDS,
    ),
    "none of its words": (
        ASKED,
        "",
        BEFORE,
        "Giờ mở cửa của bãi do xã quyết định.",
        "not_adopted",
        Why.WORDS,
    ),
    "few of its words": (ASKED, "", BEFORE, f"{BEFORE} Mất xe thì bồi thường.", "", Why.OTHER_WORDS),
    "one pair by chance": (
        "",
        "Nên có mái che cho xe",
        BEFORE,
        "Bãi xe có mái và cổng.",
        "",
        Why.OTHER_WORDS,
    ),
    "no place": ("", "Bỏ đi", "", BEFORE, "", Why.NO_PLACE),
    "dropped": ("", "Đề nghị bỏ khoản này", BEFORE, "", "adopted", Why.DROPPED),
}


@pytest.mark.parametrize("name", CASES)
def test_words_tell_what_became_of_a_remark(name: str) -> None:
    asked, said, before, now, verdict, why = CASES[name]
    found = propose(asked, said, before, now)
    assert (found.verdict, found.why) == (verdict, why)


OTHERS = {"dieu-7": "Bãi xe mở cửa từ 5 giờ.", "dieu-9-khoan-2": ASKED}


def test_a_wording_that_was_taken_up_elsewhere_is_found_there() -> None:
    here = propose(ASKED, "Viết lại", BEFORE, BEFORE)
    found = Elsewhere([BEFORE], OTHERS).find(ASKED, here, ["dieu-5"])
    assert (found.verdict, found.why, found.elsewhere) == (Verdict.ADOPTED, Why.ELSEWHERE, "dieu-9-khoan-2")
    assert found.evidence[0].startswith("chủ bãi xe phải bồi thường")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ([BEFORE, ASKED], OTHERS),  # it was in the draft already
        ([BEFORE], {"dieu-9": ASKED.replace("phải", "không phải")}),
        ([BEFORE], {"dieu-9": "Chủ bãi xe phải có mái che."}),
        ([BEFORE], {"dieu-5": ASKED}),  # its own place, which was read before
    ],
)
def test_nothing_is_found_elsewhere_where_it_is_not_new_or_not_the_same(
    was: list[str], now: dict[str, str]
) -> None:
    here = Proposal(Verdict.NOT_ADOPTED, why=Why.UNCHANGED)
    assert Elsewhere(was, now).find(ASKED, here, ["dieu-5"]) == here
