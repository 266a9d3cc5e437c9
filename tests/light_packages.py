"""Folders that look like packages as long as nobody loads them, and ways to break them."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

STARTER = "This is a starter package."
Change = Callable[[Path], object]


def light(folder: Path, pair: str = "xx_en", version: str = "1.0", readme: str = "") -> Path:
    """Write something that looks like a package as long as nobody loads it."""
    path = folder / f"{pair}-{version}{'-starter' if readme else ''}"
    (path / "model").mkdir(parents=True)
    source, target = pair.split("_")
    facts = {"from_code": source, "to_code": target, "package_version": version}
    (path / "metadata.json").write_text(json.dumps(facts))
    (path / "README.md").write_text(readme)
    (path / "model" / "model.bin").write_bytes(b"weights")
    (path / "sentencepiece.model").write_bytes(b"pieces")
    return path


def assert_one_line(error: Exception) -> None:
    assert re.fullmatch(r"'[^\n]*': [^A-Z\n][^\n]*[^.\n]", str(error)), str(error)


def edit(**fields: object) -> Change:
    """Return a change to the metadata of a package."""

    def change(path: Path) -> None:
        facts = json.loads((path / "metadata.json").read_text())
        (path / "metadata.json").write_text(json.dumps(facts | fields))

    return change


def overwrite(name: str, content: bytes) -> Change:
    return lambda path: (path / name).write_bytes(content)


BROKEN: dict[str, tuple[Change, str]] = {
    "no metadata": (lambda p: (p / "metadata.json").unlink(), "metadata.json cannot be read"),
    "no json": (overwrite("metadata.json", b"{"), "not valid JSON"),
    "no text": (overwrite("metadata.json", b"\xff\xfe\xfa"), "not valid JSON"),
    "deep json": (overwrite("metadata.json", b"[" * 100_000), "not valid JSON"),
    "no object": (overwrite("metadata.json", b"[]"), "not an object"),
    "evil code": (edit(from_code="../../x"), "from_code '../../x'"),
    "no code": (edit(to_code=None), "to_code None"),
    "prefix of another kind": (edit(target_prefix=7), "target_prefix"),
    "evil version": (edit(package_version="1/../2"), "package_version '1/../2'"),
    "no version": (edit(package_version=""), "package_version ''"),
    "no model": (lambda p: shutil.rmtree(p / "model"), "model cannot be read"),
    "no weights": (lambda p: (p / "model" / "model.bin").unlink(), "model.bin cannot be read"),
    "no subwords": (lambda p: (p / "sentencepiece.model").unlink(), "no sentencepiece.model"),
}
