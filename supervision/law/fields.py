"""The subject fields of supervision: one list for cases, pages and facets."""

from supervision.law.text import T

#: Subject fields of supervision; a key not listed here is shown as it is.
FIELDS: dict[str, T] = {
    "land": T("Đất đai, môi trường", "Land and environment"),
    "education": T("Giáo dục", "Education"),
    "health": T("Y tế", "Health"),
    "labour": T("Lao động, an sinh xã hội", "Labour and social security"),
    "construction": T("Xây dựng, giao thông", "Construction and transport"),
    "water": T("Nước sạch, nông thôn mới", "Clean water and rural areas"),
    "administration": T("Thủ tục hành chính", "Administrative procedures"),
    "complaints": T("Tiếp dân, khiếu nại, tố cáo", "Citizen reception, complaints and denunciations"),
    "culture": T("Văn hóa, thể thao", "Culture and sport"),
    "budget": T("Ngân sách, đóng góp của dân", "Budget and people's contributions"),
    "other": T("Lĩnh vực khác", "Other fields"),
}
