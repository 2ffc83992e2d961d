"""The words that grouping knows: those that say little, synonyms, courtesies."""

from __future__ import annotations

import re

from supervision.language.folding import fold, name_key


def _exact(words: str) -> tuple[str, ...]:
    return tuple(name_key(words).split())


#: Syllables that say little in a remark, whatever the draft. Which others say little, the remarks themselves
#: tell: a word that many use weighs less.
STOP = frozenset(
    _exact(
        # asking, and naming the text
        "đề nghị kiến nghị nên cần phải xin mong được hãy dự thảo đề án nghị quyết quy định khoản điều điểm"
        # persons in general
        " tôi chúng mình bà con người dân ông ai họ"
        # grammar
        " và là của cho thì mà các những một ở tại với khi từ đến này do đó ấy bị có cũng rất lắm quá làm vì"
        " trong ngoài trên dưới ra vào lên xuống hay hoặc như theo đã sẽ đang rồi chỉ mới vẫn còn vậy lại nữa"
        " về sau trước nếu để cả nhiều ít hơn nhất bằng thay việc sao đâu gì thế nào bao nhiêu rõ mỗi hằng"
        # time
        " năm tháng ngày"
        # direction: whether it is the same is judged by the stance, not by the number of common words
        " không chưa đừng bỏ giữ tăng giảm thêm"
    )
)
#: The same without diacritics, for remarks that have none.
STOP_PLAIN = frozenset(fold(" ".join(STOP)).split())

#: What is said in other words; the second stands for both. Never longer than what it stands for.
SAME = tuple(
    (_exact(said), _exact(meant))
    for said, meant in (
        ("nâng lên", "tăng"),
        ("nâng", "tăng"),
        ("hạ xuống", "giảm"),
        ("hạ", "giảm"),
        ("bớt", "giảm"),
        ("xe bus", "xe buýt"),
        ("rút ngắn", "rút"),
        ("mỗi ngày", "hằng ngày"),
        ("hàng ngày", "hằng ngày"),
        ("tối thiểu", "ít nhất"),
        ("một nửa", "50 %"),
        ("xây dựng", "xây"),
        ("thời gian", "thời hạn"),
        ("ngàn", "nghìn"),
    )
)
#: Words that multiply the number before them.
LARGE = {"nghin": 1_000, "trieu": 1_000_000, "ty": 1_000_000_000}

#: How a clause of mere courtesy begins, or who is speaking.
GREETINGS = re.compile(
    r"(?:kinh (?:gui|thua|mong)|thua|toi (?:xin )?(?:ten la|tran trong|cam on)|tran trong"
    r"|xin (?:tran trong )?cam on|tru tai|dia chi|so dien thoai|sau khi (?:doc|nghien cuu|xem))\b"
)
