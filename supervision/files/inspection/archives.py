"""How an archive lies in its file: entry after entry, then the directory, and nothing else.

Programs find the entries by the directory or by going from one to the next; both must find the same.
"""

from __future__ import annotations

import struct
import zipfile

from supervision.files.inspection.refusals import Refused, Why

_LOCAL = struct.Struct(
    "<4s2xHH4x4xIIHH"
)  # signature, flags, method, sizes packed and not, lengths of name and of more
_DIRECTORY_END = b"PK\x05\x06"
_END_SIZE = 22
_MOST_BETWEEN = 24  # sizes written behind an entry, as programs do that write as they go
_ENCRYPTED, _SIZES_BEHIND = 1, 8
_SIZE_IN_MORE = 0xFFFFFFFF
_PADDING = b"\x00\t\n\r "


def check_layout(data: bytes, archive: zipfile.ZipFile) -> None:
    """Raise Refused (MIXED for bytes that no entry owns, STRUCTURE where header and directory disagree)."""
    end = data.rfind(_DIRECTORY_END)
    if archive.comment or data[end + _END_SIZE :].strip(_PADDING):
        raise Refused(Why.MIXED)
    at = 0
    for entry in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if not at <= entry.header_offset <= at + (_MOST_BETWEEN if at else 0):
            raise Refused(Why.MIXED)
        at = _end_of_entry(data, entry)
    if not at <= archive.start_dir <= at + _MOST_BETWEEN:
        raise Refused(Why.MIXED)


def _end_of_entry(data: bytes, entry: zipfile.ZipInfo) -> int:
    signature, flags, method, packed, size, name, more = _LOCAL.unpack_from(data, entry.header_offset)
    sizes = {packed, size} - {_SIZE_IN_MORE}
    is_told = sizes <= {entry.compress_size, entry.file_size} and (
        _SIZE_IN_MORE in (packed, size) or (packed, size) == (entry.compress_size, entry.file_size)
    )
    is_told_behind = bool(flags & entry.flag_bits & _SIZES_BEHIND) and sizes <= {0}
    if (
        signature != b"PK\x03\x04"
        or (flags ^ entry.flag_bits) & (_ENCRYPTED | _SIZES_BEHIND)
        or method != entry.compress_type
        or not (is_told or is_told_behind)
    ):
        raise Refused(Why.STRUCTURE)
    return entry.header_offset + _LOCAL.size + name + more + entry.compress_size
