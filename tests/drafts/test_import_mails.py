"""Mails with remarks: what was written is kept, what is quoted, signed or shown beside it is not."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest

from supervision.drafts.taking.imports import reading
from supervision.drafts.taking.imports.bodies import own_words
from supervision.drafts.taking.imports.limits import Refused
from supervision.files.sandbox import Sandbox


def mail(
    text: str = "Nên giảm hết.", *, html: str = "", subject: str = "Góp ý Điều 5 khoản 2", **headers: str
) -> EmailMessage:
    made = EmailMessage()
    made["From"] = headers.pop("sender", "Nguyễn Văn Mẫu <mau@example.vn>")
    made["Subject"] = subject
    made["Message-ID"] = headers.pop("id", "<1@example.vn>")
    made["Date"] = "Mon, 18 May 2026 09:00:00 +0700"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def read(*mails: EmailMessage | bytes) -> list[dict[str, Any]]:
    files = [one if isinstance(one, bytes) else one.as_bytes() for one in mails]
    rows: list[dict[str, Any]] = reading.read_mails([("thu.eml", data) for data in files])["rows"]
    return rows


def text_of(one: EmailMessage | bytes) -> str:
    (row,) = read(one)
    assert not row["problem"]
    return str(row["fields"]["text"])


def test_a_mail_gives_its_text_its_sender_and_what_its_subject_cites() -> None:
    (row,) = read(mail())
    assert row["fields"] == {
        "provision": "Góp ý Điều 5 khoản 2",
        "text": "Nên giảm hết.",
        "author_name": "Nguyễn Văn Mẫu",
    }
    (other,) = read(mail(subject="Góp ý dự thảo nghị quyết", sender="mau@example.vn"))
    assert (other["fields"]["provision"], other["fields"]["author_name"]) == ("", "mau@example.vn")


def test_a_mail_in_html_alone_is_read_without_its_markup() -> None:
    html = "<style>p{}</style><p>Nên&nbsp;giảm <b>hết</b>.</p><div>Dòng hai<br>dòng ba</div>"
    made = EmailMessage()
    made.set_content(html, subtype="html")
    assert text_of(made) == "Nên giảm hết.\n\nDòng hai\ndòng ba"
    assert text_of(mail(" ", html=html)).startswith("Nên giảm hết.")  # an empty text beside it


def test_what_a_mail_in_html_quotes_is_left_out() -> None:
    html = (
        "<div>Tôi đồng ý.</div><div class='gmail_quote'><div>Vào 9:00, Ban viết:</div>"
        "<blockquote type='cite'>Mời góp ý<blockquote>cũ</blockquote></blockquote></div>"
        "<div>Trừ khoản 2.</div>"
    )
    assert text_of(mail(" ", html=html)) == "Tôi đồng ý.\n\nTrừ khoản 2."


QUOTED = "> Mời ông bà góp ý\n> Trân trọng"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"Giảm đi.\n\nVào Th 2, 18 thg 5, 2026 lúc 09:00 Ban <ban@x.vn> đã viết:\n\n{QUOTED}", "Giảm đi."),
        (f"Giảm đi.\n\nVào Th 2, 18 thg 5, 2026 lúc 09:00 Ban\n<ban@x.vn> đã viết:\n{QUOTED}", "Giảm đi."),
        (f"Giảm đi.\n\nOn Mon, 18 May 2026 at 09:00, Ban wrote:\n{QUOTED}\n", "Giảm đi."),
        (f"{QUOTED}\nGiảm đi.", "Giảm đi."),  # an answer below
        ("Giảm đi.\n\n-----Original Message-----\nFrom: Ban\nMời góp ý", "Giảm đi."),
        ("Giảm đi.\n-- \nNguyễn Văn Mẫu\nXóm 5", "Giảm đi."),
        ("Giảm đi.\n\nĐược gửi từ iPhone của tôi", "Giảm đi."),
        ("Giảm đi.\n\nSent from my iPhone", "Giảm đi."),
        # what is not surely another's stays
        ("Giảm đi.\n> 50% số hộ không đủ tiền", "Giảm đi.\n> 50% số hộ không đủ tiền"),
        ("Ngày 5/5 ông A đã viết:\nMức này quá cao", "Ngày 5/5 ông A đã viết:\nMức này quá cao"),
        ("Tôi đề nghị:\n-- bỏ khoản 1\n-- giữ khoản 2", "Tôi đề nghị:\n-- bỏ khoản 1\n-- giữ khoản 2"),
    ],
)
def test_quotes_and_signatures_are_cut_where_that_is_sure(written: str, kept: str) -> None:
    assert own_words(written) == kept


def test_a_mail_that_is_all_quote_is_kept_whole() -> None:
    assert text_of(mail(QUOTED)) == QUOTED


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("utf-8", "utf-8"), ("windows-1258", "cp1258"), ("us-ascii", "utf-8"), ("x-none", "utf-8"),
        ("unknown-8bit", "cp1258"), ("utf-8", "cp1258"),
    ],
)  # fmt: skip
def test_a_false_character_set_costs_no_letter(declared: str, written: str) -> None:
    head = (
        f'From: a@x.vn\nContent-Type: text/plain; charset="{declared}"\nContent-Transfer-Encoding: 8bit\n\n'
    )
    assert text_of(head.encode() + "Đê cao".encode(written)) == "Đê cao"


def test_attachments_are_named_and_pictures_within_the_text_are_not() -> None:
    made = mail(html="<p>Xem tệp</p><img src='cid:logo'>")
    made.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<logo>", filename="logo.png")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="đơn.pdf")
    made.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="a.exe")
    (row,) = read(made)
    assert [name for name, _data in row["attachments"]] == ["đơn.pdf", "a.exe"]
    assert row["attachments"][0][1] == b"%PDF-1.4"


def test_the_same_mail_has_one_identity_and_another_with_its_number_has_not() -> None:
    first, again, other, unnumbered = read(mail(), mail(), mail("Nên giữ."), mail("Nên giữ.", id=""))
    assert first["identity"] == again["identity"]
    assert len({first["identity"], other["identity"], unnumbered["identity"]}) == 3


def mbox(*mails: EmailMessage) -> bytes:
    return b"\n".join(
        b"From mau@x.vn Mon May 18 09:00:00 2026\n" + one.as_bytes().replace(b"\nFrom ", b"\n>From ")
        for one in mails
    )


def test_an_mbox_is_cut_into_its_mails() -> None:
    rows = reading.read_mbox(mbox(mail("Một.\n\nFrom Hà Nội đến Huế\n\nFrom now on"), mail("Hai.")))["rows"]
    assert [row["fields"]["text"] for row in rows] == ["Một.\n\nFrom Hà Nội đến Huế\n\nFrom now on", "Hai."]
    assert [row["number"] for row in rows] == [1, 2]
    with pytest.raises(Refused, match="mbox"):
        reading.read_mbox(b"no mails here")


BROKEN = [
    b"",
    b"\x00\xff\xfe",
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 3,
    b"From: =?utf-8?q?=FF=FE?= <\nSubject: =?x-none?b?!!!?=\n\ntext",
    b'Content-Type: multipart/alternative; boundary="' + b"b" * 500 + b'"\n\n',
    b"Content-Type: text/html\n\n" + b"<div>" * 50_000 + b"<!--" * 50_000 + b"<?" * 50_000,
    b"Content-Type: message/rfc822\n\n" * 2_000,
    b"From: " + b"(" * 100_000 + b"\n\nx",
    b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\n\nx",
]


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_mail_is_one_row_and_the_others_are_read(data: bytes) -> None:
    child = Sandbox("supervision.drafts.taking.imports.reading", seconds=20)
    rows = child.run("read_mails", [("hỏng.eml", data), ("tốt.eml", mail().as_bytes())])["rows"]
    assert [row["number"] for row in rows] == [1, 2]
    assert (rows[1]["problem"], rows[1]["fields"]["text"]) == ("", "Nên giảm hết.")
