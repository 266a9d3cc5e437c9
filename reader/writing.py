"""Files written whole or not at all, whatever happens on the way."""

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.errors import ExportError, reason

Look = Callable[[Sequence[bytes]], None]
"""Looks at what was written, before it takes its place; raises what is wrong with it."""


def put(files: Sequence[tuple[Path, bytes]], look: Look = lambda _: None) -> None:
    """Write files that belong together, all or none; links are followed, pipes are filled.

    Raises:
        ExportError: one cannot be written.
    """
    paths = [path.resolve() for path, _ in files]
    contents = [data for _, data in files]
    try:
        if all(path.is_file() or not path.exists() for path in paths):
            _replace(paths, contents, look)
        else:  # nothing may take the place of a pipe or a device
            look(contents)
            for path, data in zip(paths, contents, strict=True):
                path.write_bytes(data)
    except OSError as error:
        names = ", ".join(str(path) for path, _ in files)
        raise ExportError(
            f"{names}: cannot be written ({reason(error)}); name another file"
        ) from error


def _replace(paths: Sequence[Path], contents: Sequence[bytes], look: Look) -> None:
    written: list[Path] = []
    try:
        for path, data in zip(paths, contents, strict=True):
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
                written.append(Path(file.name))
                file.write(data)
            written[-1].chmod(0o666 & ~_umask())
        look([temporary.read_bytes() for temporary in written])
        for temporary, path in zip(written, paths, strict=True):
            temporary.replace(path)
    finally:
        for temporary in written:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
