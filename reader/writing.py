"""Write files completely or not at all."""

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.errors import ExportError, reason
from reader.model import ignore

Check = Callable[[Sequence[bytes]], object]
"""Checks the contents as they were written to disk; an exception from it keeps all files as is."""


def put(files: Sequence[tuple[Path, bytes]], check: Check = ignore) -> None:
    """Write files that belong together; all contents are on disk before the first is replaced.

    Links are followed. If one of the paths is a pipe or a device, the files are written in place.

    Raises:
        ExportError: one cannot be written.
    """
    paths = [path.resolve() for path, _ in files]
    contents = [data for _, data in files]
    try:
        if all(path.is_file() or not path.exists() for path in paths):
            _replace(paths, contents, check)
        else:  # nothing may take the place of a pipe or a device
            check(contents)
            for path, data in zip(paths, contents, strict=True):
                path.write_bytes(data)
    except OSError as error:
        names = ", ".join(str(path) for path, _ in files)
        raise ExportError(
            f"{names}: cannot be written ({reason(error)}); name another file"
        ) from error


def _replace(paths: Sequence[Path], contents: Sequence[bytes], check: Check) -> None:
    written: list[Path] = []
    try:
        for path, data in zip(paths, contents, strict=True):
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
                written.append(Path(file.name))
                file.write(data)
            written[-1].chmod(0o666 & ~_umask())
        check([temporary.read_bytes() for temporary in written])
        for temporary, path in zip(written, paths, strict=True):
            temporary.replace(path)
    finally:
        for temporary in written:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
