"""A sign that changes what is said is a word: compared, shown, and enough to propose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.drafts.versions import adoption
from supervision.drafts.versions.adoption import Elsewhere, Proposal, Verdict, Why
from supervision.language.words import is_sign, with_signs, words
from supervision.legaltext.grouping import fingerprint, propose
from supervision.legaltext.grouping.differing import differing
from tests.drafts.test_differing import pair

#: Two texts that differ in a sign alone.
TURNED = [
    ("Diện tích > 10 m được cấp.", "Diện tích < 10 m được cấp."),
    ("Diện tích > 10 m được cấp.", "Diện tích ≥ 10 m được cấp."),
    ("Diện tích từ ≥ 10 m được cấp.", "Diện tích từ ≤ 10 m được cấp."),
    ("Diện tích >= 10 m được cấp.", "Diện tích <= 10 m được cấp."),
    ("Diện tích > 10 m được cấp.", "Diện tích 10 m được cấp."),
    ("Sai số là ± 5 kg một tháng.", "Sai số là + 5 kg một tháng."),
    ("Nhiệt độ dưới -5 độ được nghỉ học.", "Nhiệt độ dưới 5 độ được nghỉ học."),
    ("Nhiệt độ dưới −5 độ được nghỉ học.", "Nhiệt độ dưới 5 độ được nghỉ học."),
    ("Nhiệt độ dưới - 5 độ được nghỉ học.", "Nhiệt độ dưới 5 độ được nghỉ học."),
    ("Nhiệt độ (–5 độ) được nghỉ học.", "Nhiệt độ (5 độ) được nghỉ học."),
    ("Mức thu là 10% một tháng.", "Mức thu là 10‰ một tháng."),
    ("Mức thu là mười phần trăm giá.", "Mức thu là 10 giá."),
    ("Mức thu là 10$ một tháng.", "Mức thu là 10₫ một tháng."),
    ("Mức thu ≠ 10 nghìn một tháng.", "Mức thu = 10 nghìn một tháng."),
    ("Mức thu ~10 nghìn một tháng.", "Mức thu 10 nghìn một tháng."),
    ("Hộ nghèo được miễn phí?", "Hộ nghèo được miễn phí."),
    ("Hộ nghèo được miễn phí？", "Hộ nghèo được miễn phí"),
    ("Dân 👍 mức thu này lắm.", "Dân 👎 mức thu này lắm."),
    ("Mức thu này 👍🏽 rồi", "Mức thu này rồi"),
    ("Quy định này ✅ nên ban hành", "Quy định này ❌ nên ban hành"),
    ("Dân nghĩ mức này :) rồi", "Dân nghĩ mức này :( rồi"),
    ("Dân nghĩ mức này =)) rồi", "Dân nghĩ mức này rồi"),
    ("Dân nghĩ mức này ❤️ rồi", "Dân nghĩ mức này 💔 rồi"),
]
#: Two that say the same in another dress.
SAME = [
    ("Diện tích >= 10 m", "Diện tích ≥10 m"),
    ("Mức thu là 10 %", "Mức thu là mười phần trăm"),
    ("Từ 15-20 ngày", "Từ 15 – 20 ngày"),
    ("Dưới -5 độ", "Dưới −5 độ"),
    ("Thật sao???", "Thật sao ?"),
    ("Tốt 👍👍👍", "Tốt 👍🏽"),
    ("Tốt :-))", "Tốt 🙂"),
    ("- Thu phí;\n+ Thu rác.", "• Thu phí\n- Thu rác"),
    ("> Thu phí", "Thu phí!"),
    ("Thu phí – thu rác", "Thu phí, thu rác"),
]


@pytest.mark.parametrize(("asked", "now"), [*TURNED, *[(two, one) for one, two in TURNED]])
def test_a_wording_is_not_adopted_where_a_sign_differs(asked: str, now: str) -> None:
    found = adoption.propose(asked, "Viết lại", "Quy định chung.", now)
    assert (found.verdict, found.why) == ("", Why.REVERSED)
    assert any(is_sign(word) for two in found.differing for side in two for word in side.split())
    here = Proposal(Verdict.NOT_ADOPTED, why=Why.UNCHANGED)
    elsewhere = Elsewhere(["Quy định chung."], {"dieu-9": now}, {}).find(asked, here, ["dieu-5"])
    assert elsewhere.verdict != "adopted"


@pytest.mark.parametrize(("one", "other"), TURNED)
def test_remarks_that_differ_in_a_sign_part_or_show_it(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)
    shown = {word for two in differing(one, other) for side in two for word in side.split()}
    assert any(map(is_sign, shown))
    for found in propose(pair(one, other)):
        assert {word for variant in found.differing for two in variant.words for word in two} & shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tôi 👍 mức thu này", "Tôi 👎 mức thu này"),
        ("Quy định này ✅ nên ban hành", "Quy định này ❌ nên ban hành"),
        ("Có :) đồng ý", "Có :( đồng ý"),
        ("Đề nghị miễn cho diện tích > 10 m.", "Đề nghị miễn cho diện tích < 10 m."),
        ("Đề nghị giảm 50% mức phí cho hộ nghèo.", "Đề nghị giảm 50‰ mức phí cho hộ nghèo."),
        ("+1 đồng ý thu phí", "-1 đồng ý thu phí"),
        (
            "Đề nghị giữ hình thức phạt tiền với hộ vi phạm.",
            "Đề nghị thay hình thức phạt tiền với hộ vi phạm.",
        ),
        ("Thu phí theo hộ, không thu theo đầu người.", "Thu phí theo đầu người, không thu theo hộ."),
        ("Mức phạt như dự thảo là chưa đủ răn đe.", "Mức phạt như dự thảo là đủ răn đe."),
        ("Tôi hoàn toàn đồng tình với quy định này.", "Tôi không hoàn toàn đồng tình với quy định này."),
        (
            "Nên phạt người nuôi chó thả rông ở khu dân cư.",
            "Phạt người nuôi chó thả rông ở khu dân cư là không nên.",
        ),
        ("nen phat nguoi nuoi cho tha rong o xa", "phat nguoi nuoi cho tha rong o xa la khong nen"),
        ("Đề nghị thu phí rác ở chợ.", "Đề nghị hoãn thu phí rác ở chợ."),
        ("Đề nghị lùi ngày có hiệu lực của nghị quyết.", "Đề nghị đẩy sớm ngày có hiệu lực của nghị quyết."),
    ],
)
def test_what_is_known_to_be_the_opposite_is_in_no_group(one: str, other: str) -> None:
    assert not propose(pair(one, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Không nên phạt hộ nuôi chó thả rông ở xã", "Phạt hộ nuôi chó thả rông ở xã là không nên"),
        ("Không thu phí rác với hộ nghèo ở chợ", "Với hộ nghèo ở chợ không thu phí rác"),
        ("Thôi không thu phí rác ở chợ nữa", "Không thu phí rác ở chợ nữa"),
        ("Đề nghị không thu phí rác ở chợ", "Không nên thu phí rác ở chợ"),
    ],
)
def test_the_same_denied_in_another_order_stays_together(one: str, other: str) -> None:
    (found,) = propose(pair(one, other))
    assert found.members == ("a", "b")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_another_dress_of_a_sign_is_no_difference(one: str, other: str) -> None:
    assert differing(one, other) == ()
    assert adoption.propose(one, "Viết lại", "Quy định chung.", other).verdict == "adopted"


def test_a_line_marked_as_text_has_no_sign_of_quantity() -> None:
    assert words("> Hộ nghèo\n> 10 m") == ["hộ", "nghèo", ">", "10", "m"]


@given(st.text())
def test_signs_are_put_in_one_form_once(text: str) -> None:
    assert with_signs(with_signs(text)).split() == with_signs(text).split()
    assert all(words(text))


def test_a_text_of_signs_is_read_once() -> None:
    for sign in ("?", "? ", "<", "-1", " - 1", "a:) ", " :(", "👍 ", "phần ", "> "):
        assert words(sign * 100_000)
