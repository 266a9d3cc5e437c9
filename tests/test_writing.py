"""Files are written whole or not at all."""

import os
from pathlib import Path
from threading import Thread

import pytest

from reader.errors import ExportError
from reader.writing import put


def test_files_are_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"old")
    seen: list[bytes] = []
    put([(one, b"1"), (two, b"2")], seen.extend)
    assert (one.read_bytes(), two.read_bytes(), seen) == (b"1", b"2", [b"1", b"2"])
    assert sorted(tmp_path.iterdir()) == [one, two]


def test_what_does_not_look_right_is_not_written(tmp_path: Path) -> None:
    def refuse(_: object) -> None:
        raise ExportError("tsv: does not read back; please report this")

    (tmp_path / "one").write_bytes(b"old")
    with pytest.raises(ExportError, match="does not read back"):
        put([(tmp_path / "one", b"1"), (tmp_path / "two", b"2")], refuse)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


@pytest.mark.parametrize("name", ["no/such/folder", "."])
def test_what_cannot_be_written_is_one_line_and_leaves_the_others(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "one").write_bytes(b"old")
    with pytest.raises(ExportError, match=r"cannot be written .*; name another file"):
        put([(tmp_path / name, b"2"), (tmp_path / "one", b"1")])
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    put([(tmp_path / "link", b"1")])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"1"


def test_a_pipe_is_filled(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[bytes] = []
    reading = Thread(target=lambda: found.append(pipe.read_bytes()))
    reading.start()
    put([(pipe, b"1")])
    reading.join()
    assert found == [b"1"]
    assert pipe.is_fifo()


def test_a_file_has_the_usual_rights(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    put([(tmp_path / "one", b"1")])
    assert (tmp_path / "one").stat().st_mode == (tmp_path / "usual").stat().st_mode
