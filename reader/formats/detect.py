"""Which format bytes are in, by what they hold and not by what they are called."""

from __future__ import annotations

from reader.errors import FormatError
from reader.formats.archive import Archive

# Files that only one kind of archive has.
_INSIDE = {
    "META-INF/container.xml": ".epub",
}


def detect(data: bytes) -> str:
    """Return the suffix of the format that bytes are in; "" where they do not show it."""
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    return ""


def _archive(data: bytes) -> str:
    names = Archive(data).names
    for name, suffix in _INSIDE.items():
        if name in names:
            return suffix
    if any(name.lower().endswith(".opf") for name in names):
        return ".epub"
    raise FormatError("is an archive that holds no document; unpack it and give its files")
