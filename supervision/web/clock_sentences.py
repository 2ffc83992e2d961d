"""What happened to a clock, as sentences of the event list."""

from __future__ import annotations

from supervision.law.text import T

CLOCKS: dict[str, T] = {
    "extension.asked": T("{agency} xin gia hạn đến {to_on}", "{agency} asked for time until {to_on}"),
    "extension.refused": T(
        "Không gia hạn cho {agency}, giữ nguyên hạn", "{agency} not given more time, the day stays"
    ),
    "extension.granted": T("Gia hạn cho {agency} đến {to_on}", "{agency} given time until {to_on}"),
    "letter.urge.to_agency": T("Soạn văn bản đôn đốc {agency}", "Urging letter to {agency} drafted"),
    "letter.escalate.to_agency": T(
        "Soạn văn bản kiến nghị cấp có thẩm quyền về việc chậm của {agency}",
        "Escalation letter on the delay of {agency} drafted",
    ),
    "clock.paused": T("Tạm dừng hạn của {agency} từ {from_on}", "Clock of {agency} stopped from {from_on}"),
    "clock.resumed": T(
        "Hạn của {agency} chạy lại, hạn mới {to_on}", "Clock of {agency} runs again, now due {to_on}"
    ),
}
