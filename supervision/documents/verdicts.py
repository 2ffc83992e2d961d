"""What the seven answers about a file say, in both languages."""

from __future__ import annotations

from typing import Literal

from supervision.law.text import T

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
            "Tệp chưa bị sửa, chứng thư của người ký do đơn vị mà cổng tin cấp; cổng chưa tra được chứng thư "
            "có bị thu hồi không. Cổng chưa công bố văn bản này, nên không biết nó còn hiệu lực không. Hãy "
            "hỏi nơi đã ký.",
            "The file is unchanged and the signer's certificate was issued by someone this portal trusts; "
            "whether it was revoked could not be looked up. This portal has not published the document and "
            "cannot say whether it holds. Ask whoever signed it.",
        ),
    ),
    "changed": (
        T("Tệp đã bị sửa sau khi ký", "The file was changed after signing"),
        T(
            "Tệp có phần bị sửa hoặc được thêm vào sau chữ ký. Đừng dùng tệp này, hãy dùng bản gốc.",
            "Something in the file was altered or added after the signature. Do not use it; "
            "use the original.",
        ),
    ),
    "unknown_issuer": (
        T("Không kiểm tra được đơn vị cấp chứng thư", "The issuer of the certificate cannot be checked"),
        T(
            "Tệp chưa bị sửa, nhưng cổng chưa biết đơn vị cấp chứng thư cho người ký. "
            "Như vậy không có nghĩa là chữ ký sai.",
            "The file is unchanged, but this portal does not know who issued the signer's certificate. That "
            "does not mean the signature is false.",
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
        "Tệp chưa bị sửa. Chứng thư của người ký nay đã hết hạn; chữ ký không có dấu thời gian tin cậy nên "
        "cổng không xác nhận được nó được ký khi chứng thư còn hạn.",
        "The file is unchanged. The signer's certificate has expired since; without a trusted timestamp this "
        "portal cannot confirm that it was signed while the certificate was valid.",
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
        "Tệp chưa bị sửa, nhưng chứng thư của người ký đã bị thu hồi ngày {day}, trước khi ký. Đừng dùng tệp "
        "này; hãy hỏi nơi đã ký.",
        "The file is unchanged, but the signer's certificate had been revoked on {day}, before signing. Do "
        "not use the file; ask whoever signed it.",
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
#: The hash is known, but the log does not bear it out: an operator has to look.
UNPROVED = (
    T("Chưa xác nhận được tệp này", "This file cannot be confirmed now"),
    T(
        "Tệp giống bản cổng đang giữ, nhưng nhật ký công bố không chứng minh được điều đó. "
        "Hãy hỏi nơi đã ký.",
        "The file equals what this portal holds, but the publication log does not prove it. Ask whoever "
        "signed it.",
    ),
)
STALE = T(
    "Tệp này giống từng byte với bản cổng đã công bố. Nhật ký công bố đã hơn 24 giờ chưa được ký lại, nên "
    "cổng chưa nói được văn bản còn hiệu lực đến hôm nay.",
    "This file equals, byte for byte, what this portal published. The publication log has not been signed "
    "for more than 24 hours, so this portal cannot say that the document still holds today.",
)
