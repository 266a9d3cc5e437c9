"""Zip archives that are not trusted: read in memory within bounds, never unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from functools import cached_property
from io import BytesIO

from reader.errors import FormatError

LARGEST_MEMBER = 32 * 2**20
"""Bytes of one file, unpacked. The text of a long novel has 3 million."""
LARGEST_SUM = 64 * 2**20
"""Bytes of all files that are read, unpacked."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,  # a compression that zipfile does not know
    RuntimeError,  # a password is needed
)


class Archive:
    """The files of a zip archive.

    Raises:
        FormatError: it is no archive, or one that is damaged, encrypted or grows beyond measure.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise FormatError("is a damaged archive; give a whole file") from None
        self._read = 0

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of all files, as the archive writes them."""
        return frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """Return the content of a file that is there."""
        member = self._zip.getinfo(name)
        if member.flag_bits & 1:
            raise FormatError("is encrypted; give a copy without a password")
        room = min(LARGEST_MEMBER, LARGEST_SUM - self._read)
        try:
            with self._zip.open(member) as file:
                data = file.read(room + 1)
        except _BROKEN:
            raise FormatError(
                f"is a damaged archive ({name!r} cannot be unpacked); give a whole file"
            ) from None
        if len(data) > room:
            raise FormatError(
                f"unpacks to more than {room >> 20} MB ({name!r}); give a smaller file"
            )
        self._read += len(data)
        return data
