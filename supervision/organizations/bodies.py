"""Which bodies each level has, and what they are called there. Data for `seeding`.

Names and symbols as commonly used; a body that signs otherwise changes its own row.
"""

from __future__ import annotations

from dataclasses import dataclass

from supervision.organizations.models import Kind, Level


@dataclass(frozen=True)
class Naming:
    """What a body is called at one level; `{place}` is "tỉnh Bắc Ninh", "phường Mẫu Trung"."""

    name: str
    short_name: str
    deciding_body: str = ""
    symbol: str = ""


@dataclass(frozen=True)
class BodyKind:
    """A kind of body that stands at each of its levels once, under the one of the level above."""

    kind: Kind
    prefix: str  # of the code: "mttq" at the centre, "mttq-24", "mttq-24-07210"
    at: dict[Level, Naming]


STANDING = "Ban Thường trực"
EXECUTIVE = "Ban Thường vụ"
C, P, X = Level.CENTRE, Level.PROVINCE, Level.COMMUNE

FRONT_BODIES: tuple[BodyKind, ...] = (
    BodyKind(
        Kind.FRONT,
        "mttq",
        {
            C: Naming(
                "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
                "Ủy ban Trung ương MTTQ Việt Nam",
                STANDING,
                "MTTW-BTT",
            ),
            P: Naming(
                "Ủy ban Mặt trận Tổ quốc Việt Nam {place}",
                "Ủy ban MTTQ Việt Nam {place}",
                STANDING,
                "MTTQ-BTT",
            ),
            X: Naming(
                "Ủy ban Mặt trận Tổ quốc Việt Nam {place}",
                "Ủy ban MTTQ Việt Nam {place}",
                STANDING,
                "MTTQ-BTT",
            ),
        },
    ),
    BodyKind(
        Kind.TRADE_UNION,
        "cd",
        {
            C: Naming("Tổng Liên đoàn Lao động Việt Nam", "Tổng LĐLĐ Việt Nam", "Đoàn Chủ tịch", "TLĐ"),
            P: Naming("Liên đoàn Lao động {place}", "LĐLĐ {place}", EXECUTIVE, "LĐLĐ"),
            X: Naming("Công đoàn {place}", "Công đoàn {place}", EXECUTIVE, "CĐ"),
        },
    ),
    BodyKind(
        Kind.FARMERS,
        "hnd",
        {
            C: Naming("Hội Nông dân Việt Nam", "Hội Nông dân Việt Nam", EXECUTIVE, "HNDTW"),
            P: Naming("Hội Nông dân {place}", "Hội Nông dân {place}", EXECUTIVE, "HNDT"),
            X: Naming("Hội Nông dân {place}", "Hội Nông dân {place}", EXECUTIVE, "HND"),
        },
    ),
    BodyKind(
        Kind.YOUTH,
        "dtn",
        {
            C: Naming("Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Đoàn TNCS Hồ Chí Minh", EXECUTIVE, "TWĐTN"),
            P: Naming(
                "Đoàn Thanh niên Cộng sản Hồ Chí Minh {place}",
                "Đoàn TNCS Hồ Chí Minh {place}",
                EXECUTIVE,
                "TĐTN",
            ),
            X: Naming(
                "Đoàn Thanh niên Cộng sản Hồ Chí Minh {place}",
                "Đoàn TNCS Hồ Chí Minh {place}",
                EXECUTIVE,
                "ĐTN",
            ),
        },
    ),
    BodyKind(
        Kind.WOMEN,
        "phn",
        {
            C: Naming("Hội Liên hiệp Phụ nữ Việt Nam", "Hội LHPN Việt Nam", "Đoàn Chủ tịch", "ĐCT"),
            P: Naming("Hội Liên hiệp Phụ nữ {place}", "Hội LHPN {place}", EXECUTIVE, "BTV"),
            X: Naming("Hội Liên hiệp Phụ nữ {place}", "Hội LHPN {place}", EXECUTIVE, "BTV"),
        },
    ),
    BodyKind(
        Kind.VETERANS,
        "ccb",
        {
            C: Naming("Hội Cựu chiến binh Việt Nam", "Hội CCB Việt Nam", EXECUTIVE, "CCB"),
            P: Naming("Hội Cựu chiến binh {place}", "Hội CCB {place}", EXECUTIVE, "CCB"),
            X: Naming("Hội Cựu chiến binh {place}", "Hội CCB {place}", EXECUTIVE, "CCB"),
        },
    ),
)

STATE_BODIES: tuple[BodyKind, ...] = (
    BodyKind(
        Kind.ELECTED,
        "qh",
        {
            C: Naming("Ủy ban Thường vụ Quốc hội", "UBTVQH", symbol="UBTVQH"),
            P: Naming("Đoàn đại biểu Quốc hội {place}", "Đoàn ĐBQH {place}", symbol="ĐĐBQH"),
        },
    ),
    BodyKind(
        Kind.COUNCIL,
        "hdnd",
        {
            P: Naming("Hội đồng nhân dân {place}", "HĐND {place}", "Thường trực Hội đồng nhân dân", "HĐND"),
            X: Naming("Hội đồng nhân dân {place}", "HĐND {place}", "Thường trực Hội đồng nhân dân", "HĐND"),
        },
    ),
    BodyKind(
        Kind.COMMITTEE,
        "ubnd",
        {
            P: Naming("Ủy ban nhân dân {place}", "UBND {place}", symbol="UBND"),
            X: Naming("Ủy ban nhân dân {place}", "UBND {place}", symbol="UBND"),
        },
    ),
)

GOVERNMENT = ("chinh-phu", "Chính phủ", "CP")

#: The ministries and ministerial-level agencies since 1 March 2025: code, name, symbol.
MINISTRIES: tuple[tuple[str, str, str], ...] = (
    ("bo-qp", "Bộ Quốc phòng", "BQP"),
    ("bo-ca", "Bộ Công an", "BCA"),
    ("bo-ng", "Bộ Ngoại giao", "BNG"),
    ("bo-nv", "Bộ Nội vụ", "BNV"),
    ("bo-tp", "Bộ Tư pháp", "BTP"),
    ("bo-tc", "Bộ Tài chính", "BTC"),
    ("bo-ct", "Bộ Công Thương", "BCT"),
    ("bo-nnmt", "Bộ Nông nghiệp và Môi trường", "BNNMT"),
    ("bo-xd", "Bộ Xây dựng", "BXD"),
    ("bo-vhttdl", "Bộ Văn hóa, Thể thao và Du lịch", "BVHTTDL"),
    ("bo-khcn", "Bộ Khoa học và Công nghệ", "BKHCN"),
    ("bo-gddt", "Bộ Giáo dục và Đào tạo", "BGDĐT"),
    ("bo-yt", "Bộ Y tế", "BYT"),
    ("bo-dttg", "Bộ Dân tộc và Tôn giáo", "BDTTG"),
    ("vpcp", "Văn phòng Chính phủ", "VPCP"),
    ("ttcp", "Thanh tra Chính phủ", "TTCP"),
    ("nhnn", "Ngân hàng Nhà nước Việt Nam", "NHNN"),
)

#: Departments of a provincial committee since the reorganization of 2025: prefix, name, symbol.
#: The common set; a province that has split or joined some records it as successions.
DEPARTMENTS: tuple[tuple[str, str, str], ...] = (
    ("so-nv", "Sở Nội vụ", "SNV"),
    ("so-tc", "Sở Tài chính", "STC"),
    ("so-xd", "Sở Xây dựng", "SXD"),
    ("so-nnmt", "Sở Nông nghiệp và Môi trường", "SNNMT"),
    ("so-gddt", "Sở Giáo dục và Đào tạo", "SGDĐT"),
    ("so-yt", "Sở Y tế", "SYT"),
    ("so-khcn", "Sở Khoa học và Công nghệ", "SKHCN"),
    ("so-tp", "Sở Tư pháp", "STP"),
    ("so-ct", "Sở Công Thương", "SCT"),
    ("so-vhttdl", "Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
    ("so-dttg", "Sở Dân tộc và Tôn giáo", "SDTTG"),
    ("thanh-tra", "Thanh tra", "TTr"),
)
