"""What the seven answers about a file say, in both languages."""

from __future__ import annotations

from typing import Literal

from supervision.law.text import T
from supervision.publication.log.answers import Assurance

VerdictKind = Literal[
    "genuine", "withdrawn", "not_ours", "changed", "unknown_issuer", "unsigned", "unreadable"
]

ANSWERS: dict[str, tuple[T, T]] = {
    "genuine": (
        T("Đúng bản gốc, chữ ký hợp lệ", "The original, with a valid signature"),
        T(
            "Tệp này giống từng byte với bản cổng đã công bố. Đến nay cổng không ghi nhận văn bản bị thu hồi "
            "hay thay thế.",
            "This file equals, byte for byte, what this portal published. So far the portal has no record of "
            "its being withdrawn or replaced.",
        ),
    ),
    "withdrawn": (
        T("Đúng bản gốc, nhưng đã thu hồi hoặc thay thế", "The original, but withdrawn or replaced"),
        T(
            "Tệp đúng là văn bản cổng từng công bố, sau đó đã thu hồi hoặc thay thế.",
            "The file is what this portal once published; it was withdrawn or replaced later.",
        ),
    ),
    "not_ours": (
        T(
            "Chữ ký hợp lệ, nhưng không phải văn bản do cổng này công bố",
            "A valid signature, but not a document published by this portal",
        ),
        T(
            "Không thấy thay đổi trong phần đã ký, chứng thư của người ký do đơn vị mà cổng tin cấp; cổng "
            "chưa tra được chứng thư có bị thu hồi không. Cổng chưa công bố văn bản này, nên không biết nó "
            "còn hiệu lực không. Hãy hỏi nơi đã ký.",
            "No change was found in what is signed, and the signer's certificate was issued by someone this "
            "portal trusts; whether it was revoked could not be looked up. This portal has not published the "
            "document and cannot say whether it holds. Ask whoever signed it.",
        ),
    ),
    "changed": (
        T("Tệp đã bị sửa sau khi ký", "The file was changed after signing"),
        T(
            "Tệp có phần bị sửa hoặc được thêm vào sau chữ ký. Đừng dùng tệp này; hãy hỏi nơi đã ký.",
            "Something in the file was altered or added after the signature. Do not use it; "
            "ask whoever signed it.",
        ),
    ),
    "unknown_issuer": (
        T("Không kiểm tra được đơn vị cấp chứng thư", "The issuer of the certificate cannot be checked"),
        T(
            "Không thấy thay đổi trong phần đã ký, nhưng cổng chưa biết đơn vị cấp chứng thư cho người ký. "
            "Như vậy không có nghĩa là chữ ký sai.",
            "No change was found in what is signed, but this portal does not know who issued the signer's "
            "certificate. That does not mean the signature is false.",
        ),
    ),
    "unsigned": (
        T("Không có chữ ký số", "No digital signature"),
        T(
            "Không tìm thấy chữ ký số trong tệp; có thể đây là bản chụp, bản quét hoặc bản chưa ký. Cổng "
            "không thể nói nó đúng hay sai.",
            "No digital signature was found in the file; it may be a copy, a scan or an unsigned version. "
            "This portal cannot say whether it is right.",
        ),
    ),
    "unreadable": (
        T("Không đọc được tệp", "The file cannot be read"),
        T(
            "Cổng không đọc được tệp này: không phải PDF, bị hỏng khi tải, đặt mật khẩu hoặc quá phức tạp. "
            "Hãy chọn tệp khác.",
            "This portal cannot read the file: it is no PDF, was damaged on the way, is locked by a password "
            "or is too complex. Choose another file.",
        ),
    ),
}

CORRECTED = T(
    "Tệp này giống từng byte với bản cổng đã công bố. Sau đó văn bản có đính chính: đọc trên trang văn bản.",
    "This file equals, byte for byte, what this portal published. It was corrected later: see its page.",
)
#: Why an issuer cannot be checked, when that is known better than "we do not know them".
WHY_UNKNOWN: dict[str, T] = {
    "expired": T(
        "Không thấy thay đổi trong phần đã ký. Chứng thư của người ký nay đã hết hạn; chữ ký không có dấu "
        "thời gian tin cậy nên cổng không xác nhận được nó được ký khi chứng thư còn hạn.",
        "No change was found in what is signed. The signer's certificate has expired since; without a "
        "trusted timestamp this portal cannot confirm that it was signed while the certificate was valid.",
    ),
    "method": T(
        "Chữ ký thuộc loại cổng chưa kiểm tra được. Như vậy không có nghĩa là chữ ký sai.",
        "The signature is of a kind that this portal cannot check. That does not mean it is false.",
    ),
}
#: Signed with a certificate that no longer held.
REVOKED = (
    T(
        "Chữ ký không có giá trị: chứng thư đã bị thu hồi",
        "The signature does not count: its certificate had been revoked",
    ),
    T(
        "Không thấy thay đổi trong phần đã ký, nhưng chứng thư của người ký đã bị thu hồi ngày {day}, trước "
        "khi ký. Đừng dùng tệp này; hãy hỏi nơi đã ký.",
        "No change was found in what is signed, but the signer's certificate had been revoked on {day}, "
        "before signing. Do not use the file; ask whoever signed it.",
    ),
)
#: The original, byte for byte, whose signature can no longer be traced to a trusted issuer.
UNTRACED = T(
    "Đúng bản gốc; hiện không kiểm tra được đơn vị cấp chứng thư",
    "The original; the issuer of its certificate cannot be checked now",
)


#: The original, published without a signature: a public edition of a body that keeps no key on the server.
UNSEALED = T(
    "Đúng bản gốc; tệp công bố không mang chữ ký số",
    "The original; the published file bears no digital signature",
)
#: What nothing but the log can answer, and the log does not answer now, by `answers.Assurance`.
UNCONFIRMED = T("Chưa xác nhận được", "This cannot be confirmed now")
WHY_UNCONFIRMED: dict[Assurance, T] = {
    Assurance.WAITING: T(
        "Giống bản cổng đang giữ, nhưng nhật ký công bố chưa ký mục này. Hãy xem lại sau ít phút.",
        "It equals what this portal holds, but the publication log has not signed this entry yet. Look again "
        "in some minutes.",
    ),
    Assurance.STALE: T(
        "Nhật ký công bố đã hơn 24 giờ chưa được ký, nên cổng chưa nói được văn bản có bị đính chính, "
        "thu hồi hay thay thế không. Hãy hỏi nơi đã ký.",
        "The publication log has not been signed for more than 24 hours, so this portal cannot say whether "
        "the document was corrected, withdrawn or replaced. Ask whoever signed it.",
    ),
    Assurance.UNPROVED: T(
        "Cổng đang giữ văn bản này, nhưng nhật ký công bố không chứng minh được điều đó. Hãy hỏi nơi đã ký.",
        "This portal holds the document, but the publication log does not prove it. Ask whoever signed it.",
    ),
}
#: Authentic by its signatures, in the minutes before the log signs.
NOT_YET_LOGGED = T(
    "Tệp này giống từng byte với bản cổng vừa công bố, chữ ký trong tệp hợp lệ. Nhật ký công bố chưa ký mục "
    "này; thường mất ít phút.",
    "This file equals, byte for byte, what this portal has just published, and its signatures hold. The "
    "publication log has not signed this entry yet; that takes some minutes.",
)
#: Withdrawn, where the log does not prove that the file was ever the original.
GONE = (
    T("Văn bản đã thu hồi hoặc thay thế", "Withdrawn or replaced"),
    T(
        "Cổng ghi nhận văn bản này đã thu hồi hoặc thay thế. Đừng dùng tệp này.",
        "This portal has recorded that the document was withdrawn or replaced. Do not use the file.",
    ),
)
#: The file ends before the published one does: a first signature alone, the print that was signed, any cut.
PART = (
    T("Chỉ là một phần của văn bản đã công bố", "Only a part of a published document"),
    T(
        "Tệp giống phần đầu của một văn bản cổng đã công bố và thiếu {bytes} ở cuối. Đừng dùng tệp này.",
        "The file equals the beginning of a document that this portal published and lacks {bytes} at its "
        "end. Do not use the file.",
    ),
)
#: The same, where a revision of the published file ends.
PART_UNSIGNED = T(
    "Tệp giống phần đầu của một văn bản cổng đã công bố và thiếu {bytes} ở cuối, thường là một chữ ký hoặc "
    "con dấu. Đừng dùng tệp này.",
    "The file equals the beginning of a document that this portal published and lacks {bytes} at its end, "
    "usually a signature or a seal. Do not use the file.",
)
#: Made from a published file: how it differs from that one.
ADDED = T(
    "Phần đầu của tệp là văn bản cổng đã công bố; phía sau có {bytes} được thêm vào. Đừng dùng tệp này.",
    "The file begins with a document that this portal published; {bytes} were added behind it. Do not use "
    "the file.",
)
ALTERED = T(
    "Tệp dài đúng bằng một văn bản cổng đã công bố, nhưng {bytes} bên trong không giống. Đừng dùng tệp này.",
    "The file is as long as a document that this portal published, but differs in {bytes} within. Do not use "
    "the file.",
)
PUT_IN = T(
    "Tệp là một văn bản cổng đã công bố, bên trong có {bytes} được chèn thêm. Đừng dùng tệp này.",
    "The file is a document that this portal published, with {bytes} put in within. Do not use the file.",
)
TAKEN_OUT = T(
    "Tệp là một văn bản cổng đã công bố, bên trong bị bỏ mất {bytes}. Đừng dùng tệp này.",
    "The file is a document that this portal published, with {bytes} taken out within. Do not use the file.",
)
REWRITTEN = T(
    "Phần đầu của tệp giống một văn bản cổng đã công bố, phần sau thì khác. Đừng dùng tệp này.",
    "The file begins as a document that this portal published does and goes on otherwise. Do not use the "
    "file.",
)
#: It begins as a published document does, and goes on with signatures of its own.
OTHERWISE_SIGNED = T(
    "Phần đầu của tệp giống một văn bản cổng đã công bố, phần sau thì khác. Không thấy thay đổi trong "
    "phần đã ký, nhưng đây không phải bản cổng công bố.",
    "The file begins as a published document does and goes on otherwise. No change was found in what is "
    "signed, but this is not what this portal published.",
)
#: Signed here; what was published of it is another file.
OTHER_EDITION = (
    T(
        "Chữ ký hợp lệ; cổng công bố một tệp khác của văn bản này",
        "A valid signature; this portal published another file of the document",
    ),
    T(
        "Không thấy thay đổi trong phần đã ký. Văn bản được ký trên hệ thống này; tệp cổng công bố khác tệp "
        "này, thường vì có phần đã che.",
        "No change was found in what is signed. The document was signed on this system; the file that the "
        "portal published is another one, usually because passages in it are hidden.",
    ),
)
