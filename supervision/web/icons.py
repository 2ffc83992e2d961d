"""The icons of the house: 16-unit grid, 2-unit stroke, never without words beside them."""

from __future__ import annotations

PATHS: dict[str, str] = {
    "tick": '<path d="M3 8.5l3.2 3.2L13 4.8"/>',
    "warning": '<path d="M8 1.8L15 14H1z"/><path d="M8 6.2v3.4M8 11.8v.1"/>',
    "clock": '<circle cx="8" cy="8" r="6.2"/><path d="M8 4.5V8l2.4 1.6"/>',
    "extended": '<path d="M1.5 8h11M9 4.2L12.8 8 9 11.8M14.6 3.5v9"/>',
    "paused": '<circle cx="8" cy="8" r="6.2"/><path d="M6.3 5.8v4.4M9.7 5.8v4.4"/>',
    "lock": '<rect x="3" y="7" width="10" height="7" rx="1.2"/><path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7"/>',
    "ring": '<circle cx="8" cy="8" r="5.6"/>',
    "cross": '<path d="M3.5 3.5l9 9M12.5 3.5l-9 9"/>',
    "pencil": '<path d="M2.5 13.5l.6-3L10.8 2.8l2.4 2.4-7.7 7.7z"/>',
    "document": '<path d="M3.5 1.5h6l3 3v10h-9z"/><path d="M9.2 1.7v3.1h3.1M5.8 8.2h4.4M5.8 11h4.4"/>',
    "shield": '<path d="M8 1.4l5.6 2v4.2c0 3.3-2.3 5.7-5.6 7-3.3-1.3-5.6-3.7-5.6-7V3.4z"/>'
    '<path d="M5.4 7.9l1.9 1.9 3.4-3.6"/>',
    "speech": '<path d="M1.8 2.5h12.4v8.5H7l-3.2 2.8V11h-2z"/>',
    "eye": '<path d="M1 8s2.6-4.6 7-4.6S15 8 15 8s-2.6 4.6-7 4.6S1 8 1 8z"/><circle cx="8" cy="8" r="2"/>',
    "question": '<circle cx="8" cy="8" r="6.4"/>'
    '<path d="M6 6.2c.2-1.2 1-1.8 2-1.8 1.2 0 2 .8 2 1.8 0 1.4-2 1.5-2 3M8 11.6v.1"/>',
    "back": '<path d="M6 3L2 7l4 4M2 7h7.5c2.5 0 4 1.5 4 4v1.5"/>',
    "sign": '<path d="M2 14c2-.2 3-1.5 4-3.5 1.2-2.5 2-7.5 4-7.5 1.6 0 .5 4-1.5 6.5-1 1.3-.3 2 .6 1.4.9-.6 '
    '1.5-1.6 2.3-1.4.7.2.2 1.6 1.6 1.6"/>',
}

#: Colour class and icon of a deadline chip, by `deadlines.states.DeadlineState.kind`.
DEADLINE: dict[str, tuple[str, str]] = {
    "late": ("late", "warning"),
    "soon": ("soon", "clock"),
    "ok": ("ok", "clock"),
    "extended": ("ext", "extended"),
    "asked": ("info", "clock"),
    "paused": ("", "paused"),
    "met": ("ok", "tick"),
    "met_late": ("", "tick"),
    "dropped": ("", "cross"),
}
