"""PNG and JPEG: whole, of a size that a machine can show, and nothing behind the picture's end."""

from __future__ import annotations

import struct

from supervision.files.inspection.programs import is_carrier, refuse_two_things
from supervision.files.inspection.refusals import Refused, Why

MAX_PIXELS = 120_000_000
#: Phones write a second picture (depth, brightness) or a few notes of their maker behind a photo.
_MAKERS_NOTES = 4096
_PADDING = b"\x00\r\n\t "
_STANDALONE = (0x01, *range(0xD0, 0xD8))  # markers without a length
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA


def check_png(data: bytes) -> None:
    """Raise Refused unless `data` is one PNG and nothing else."""
    refuse_two_things(data)
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        raise Refused(Why.TYPE)
    position, first = 8, True
    while position + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        if first:
            if kind != b"IHDR" or length != 13:
                raise Refused(Why.BROKEN)
            _pixels(*struct.unpack_from(">II", data, position + 8))
            first = False
        position += 12 + length
        if kind == b"IEND":
            if position != len(data):
                raise Refused(Why.APPENDED)
            return
    raise Refused(Why.BROKEN)


def check_jpeg(data: bytes) -> None:
    """Raise Refused unless `data` is a JPEG, followed by what cameras append to one and nothing else."""
    refuse_two_things(data)
    if not data.startswith(b"\xff\xd8\xff"):
        raise Refused(Why.TYPE)
    end = _end_of_jpeg(data, 0)
    while True:
        while end < len(data) and data[end] in _PADDING:
            end += 1
        if not data.startswith(b"\xff\xd8\xff", end):
            break
        end = _end_of_jpeg(data, end)
    rest = len(data) - end
    if rest and not (rest <= _MAKERS_NOTES and data.endswith(b"SEFT") and not is_carrier(data[end:])):
        raise Refused(Why.APPENDED)


def _end_of_jpeg(data: bytes, start: int) -> int:
    """Return where the picture that begins at `start` ends; raises Refused for one that does not end."""
    position, has_frame = start + 2, False
    while position + 1 < len(data):
        if data[position] != 0xFF:
            raise Refused(Why.BROKEN)
        marker = data[position + 1]
        if marker == 0xFF or marker in _STANDALONE:
            position += 1 if marker == 0xFF else 2
            continue
        if marker == _END and has_frame:
            return position + 2
        if position + 9 >= len(data):
            break
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, position + 5)
            _pixels(width, height)
            has_frame = True
        position += 2 + struct.unpack_from(">H", data, position + 2)[0]
        if marker == _SCAN:
            position = _end_of_scan(data, position)
    raise Refused(Why.BROKEN)


def _end_of_scan(data: bytes, position: int) -> int:
    """Return where the next marker stands behind the compressed pixels; a zero or a restart is none."""
    while (position := data.find(b"\xff", position)) >= 0:
        following = data[position + 1 : position + 2]
        if following and following[0] != 0 and following[0] not in _STANDALONE:
            return position
        position += 2
    return len(data)


def _pixels(width: int, height: int) -> None:
    if width == 0 or height == 0 or width * height > MAX_PIXELS:
        raise Refused(Why.BOMB)
