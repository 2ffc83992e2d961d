"""What the issued text says of a remark: never the opposite of it, and nothing where words do not tell."""

from __future__ import annotations

import pytest

from supervision.drafts.versions.adoption import Around, Elsewhere, Proposal, Verdict, Why, propose

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


FEE = "Thu phí 20 nghìn."


@pytest.mark.parametrize(
    "said",
    [
        "Đề nghị không giữ nguyên mức này",
        "Không thể giữ nguyên mức này được",
        "Không đồng ý giữ nguyên mức này",
        "Nếu giữ nguyên như vậy thì dân khổ, mức này cao quá, phải giảm",
        "Giữ nguyên mức cũ năm 2020 (10 nghìn), mức 20 nghìn quá cao",
        "Vì sao không sửa khoản này?",
        "Giữ nguyên thì không hợp lý.",
        "Tại sao cơ quan soạn thảo không bỏ khoản này? Dân đã kêu nhiều lần.",
        "Tôi phản đối giữ nguyên mức này",
        "Giữ nguyên mức này là sai",
        "Không thể không sửa khoản này",
        "Nghe nói cơ quan sẽ giữ nguyên khoản này",
        "Giữ nguyên như quy định hiện hành",
        "Giữ nguyên điểm a, sửa phần còn lại",
        "Giữ nguyên khoản 2 Điều 9",
        "Giữ lại mức cũ",
        "Đề nghị chưa giữ nguyên mức này",
        "Nhất trí với dự thảo",
        "Giữ nguyên mức này để làm gì",
    ],
)
def test_what_stayed_is_adopted_only_where_every_word_of_the_remark_asks_for_that(said: str) -> None:
    found = propose("", said, FEE, FEE, Around("khoản 1 Điều 3"))
    assert (found.verdict, found.why) == ("", Why.MIXED)


@pytest.mark.parametrize(
    "said",
    [
        "Đề nghị giữ nguyên mức này.",
        "Giữ nguyên khoản 1 Điều 3",
        "Không nên sửa quy định này vì dân đã quen.",
        "Tôi đồng ý, đề nghị giữ nguyên phí 20 nghìn",
        "Mức này vừa sức dân; đề nghị giữ nguyên như dự thảo.",
    ],
)
def test_what_stayed_is_adopted_for_those_who_ask_for_it(said: str) -> None:
    assert propose("", said, FEE, FEE, Around("khoản 1 Điều 3")) == Proposal("adopted", why=Why.KEPT)


@pytest.mark.parametrize(
    "said",
    [
        "Đề nghị bỏ cụm từ theo đầu người",
        "Nếu bỏ khoản này, dân sẽ khổ",
        "Vì sao lại bỏ khoản này?",
        "Đề nghị bỏ điểm b khoản 2",
        "Đề nghị bỏ mức thu của trẻ em",
        "Bỏ khoản này là sai",
        "Chỉ bỏ khoản này khi có quỹ khác",
        "Chưa cần thiết quy định như vậy",
    ],
)
def test_what_was_dropped_is_adopted_only_where_the_whole_was_meant(said: str) -> None:
    found = propose("", said, "Thu phí theo đầu người.", "", Around("khoản 2 Điều 5"))
    assert (found.verdict, found.why) == ("", Why.UNSURE)


POOR = "Hộ nghèo được hỗ trợ toàn bộ chi phí thu gom."
PAYS = "Tổ chức phải bồi thường toàn bộ thiệt hại."
#: A wording and what was issued in its place: the contrary, or perhaps so.
TURNED = [
    (PAYS, PAYS.replace("phải", "không nhất thiết phải")),
    (PAYS, f"Không bắt buộc {PAYS.lower()}"),
    (POOR, f"Bãi bỏ quy định {POOR.lower()}"),
    (POOR, POOR.replace(".", ", trừ hộ nghèo ở phường.")),
    (POOR, f"{POOR} Quy định này không áp dụng với hộ nghèo ở phường."),
    (POOR, f"Các nội dung sau đây hết hiệu lực: {POOR}"),
    (POOR, f"Đối tượng khác: {POOR}"),
    (POOR, POOR.replace(".", ": theo quyết định của tỉnh.")),
    (POOR, POOR.replace("được", "có thể được")),
    (POOR, POOR.replace("toàn bộ", "một phần")),
    ("Thời hạn trả lời tối đa 15 ngày làm việc.", "Thời hạn trả lời tối thiểu 15 ngày làm việc."),
    ("Tăng mức hỗ trợ cho hộ nghèo ở xã.", "Giảm mức hỗ trợ cho hộ nghèo ở xã."),
    ("Cấp xã quyết định mức thu phí vệ sinh.", "Cấp tỉnh quyết định mức thu phí vệ sinh."),
    ("Lấy ý kiến nhân dân trước khi ban hành.", "Lấy ý kiến nhân dân sau khi ban hành."),
    (
        "Chủ đầu tư chịu trách nhiệm bồi thường cho người dân.",
        "Người dân chịu trách nhiệm bồi thường cho chủ đầu tư.",
    ),
    ("Xã mua đất của dân theo giá chợ.", "Xã mua đất cho dân theo giá chợ."),
    ("Ban chủ nhiệm niêm yết thu, chi mỗi tháng.", "Ban chủ nhiệm niêm yết thu, chi mỗi quý."),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "now"), TURNED)
def test_a_wording_is_not_adopted_where_other_words_may_turn_it(asked: str, now: str) -> None:
    found = propose(asked, "Viết lại", "Quy định chung.", now)
    assert found.verdict in ("", "not_adopted") and found.why in (Why.REVERSED, Why.DIFFERS)
    shown = {word for pair in found.differing for words in pair for word in words.split()}
    assert shown
    elsewhere = Elsewhere(["Quy định chung."], {"dieu-9": now}, {}).find(asked, found, ["dieu-5"])
    assert elsewhere.verdict != "adopted"


def test_what_is_new_above_a_provision_may_turn_it() -> None:
    above = Around("điểm a khoản 1 Điều 5", "1. Người dân được:", "1. Nghiêm cấm người dân:")
    assert propose(POOR, "", "Quy định chung.", POOR).verdict == "adopted"
    assert propose(POOR, "", "Quy định chung.", POOR, above).why == Why.REVERSED
    assert propose("", "Giữ nguyên điểm này", FEE, FEE, above).verdict == ""
    here = Proposal(Verdict.NOT_ADOPTED, why=Why.UNCHANGED)
    moved = Elsewhere([FEE], {"dieu-9": POOR}, {"dieu-9": "Những việc không được làm"})
    assert moved.find(POOR, here, ["dieu-5"]).verdict == ""


@pytest.mark.parametrize(
    ("asked", "now"),
    [
        (f"a) {POOR}", POOR),
        (POOR, f"Điều 5. Miễn, giảm\n1. {POOR}\n2. Hộ khác nộp đủ."),
        ("Việc tang: không thu.", "Việc cưới: 100 nghìn đồng.\nViệc tang: không thu."),
        ("“Các hộ nghèo được hỗ trợ”", "Hộ nghèo thì được hỗ trợ;"),
    ],
)
def test_a_wording_is_adopted_in_other_dress(asked: str, now: str) -> None:
    assert propose(asked, "Viết lại", "Quy định chung.", now).verdict == "adopted"


def test_some_sentences_of_a_wording_are_a_part_of_it() -> None:
    found = propose(
        f"{POOR} Hộ cận nghèo được hỗ trợ một nửa.", "", "Quy định chung.", f"{POOR} Hộ khác nộp đủ."
    )
    assert (found.verdict, found.evidence) == ("partly", (POOR.lower().rstrip("."),))


@pytest.mark.parametrize(
    "said",
    [
        "Nếu tăng phí thu gom rác thì dân khổ",
        "Tăng phí thu gom rác làm khó cho dân",
        "Phản đối việc tăng phí thu gom rác",
        "Vì sao cần tăng phí thu gom rác?",
        "Đề nghị giảm phí thu gom rác",
        "Đề nghị không được tăng phí thu gom rác",
    ],
)
def test_a_wish_is_no_part_of_what_it_speaks_against(said: str) -> None:
    assert propose("", said, "Quy định chung.", "Tăng phí thu gom rác từ năm 2027.").verdict == ""


OTHERS = {"dieu-7": "Bãi xe mở cửa từ 5 giờ.", "dieu-9-khoan-2": ASKED}


def test_a_wording_that_was_taken_up_elsewhere_is_found_there() -> None:
    here = propose(ASKED, "Viết lại", BEFORE, BEFORE)
    found = Elsewhere([BEFORE], OTHERS, {}).find(ASKED, here, ["dieu-5"])
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
    assert Elsewhere(was, now, {}).find(ASKED, here, ["dieu-5"]) == here
