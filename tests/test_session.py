"""What is kept of a set of files from one time to the next."""

from dataclasses import replace
from pathlib import Path

from reader import session
from reader.model import Place
from reader.pipeline import Request


def test_a_set_is_found_again_by_any_way_to_its_files(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (tmp_path / "link").symlink_to(texts, target_is_directory=True)
    paths = (texts / "a.txt", texts / "b.txt")
    asked = Request(paths=paths, cache=tmp_path, languages={paths[1]: "pt"}, hub=1)
    assert session.remember(asked) == Place()
    session.keep_place(asked, Place(segment=7))
    for folder in (texts / ".." / "texts", tmp_path / "link"):
        there = tuple(folder / path.name for path in paths)
        again = replace(asked, paths=there, languages={there[1]: "pt"})
        assert session.remember(again) == Place(segment=7)
    assert [visit.request for visit in session.recent(tmp_path)] == [asked]


def test_a_set_that_was_forgotten_is_no_more_and_may_still_be_left(tmp_path: Path) -> None:
    asked = Request(paths=(tmp_path / "a.txt",), cache=tmp_path)
    session.remember(asked)
    session.forget(asked)
    session.keep_place(asked, Place(segment=7))  # by another window
    assert session.recent(tmp_path) == ()
    assert session.remember(asked) == Place()


def test_a_link_is_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "book.txt").touch()
    (tmp_path / "today.txt").symlink_to(tmp_path / "book.txt")
    for name in ("book.txt", "today.txt"):
        session.remember(Request(paths=(tmp_path / name,), cache=tmp_path))
    assert {visit.request.paths[0].name for visit in session.recent(tmp_path)} == {
        "book.txt",
        "today.txt",
    }
