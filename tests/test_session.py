"""What is kept of a set of files from one time to the next, and what is told of a row."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from reader import session
from reader.model import Given, Place
from reader.pipeline import Request
from reader.store import FILE_NAME
from tests.tui.desks import story


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


def test_a_set_that_was_moved_is_found_again_and_one_that_was_copied_is_another(
    tmp_path: Path,
) -> None:
    old = Request(paths=(tmp_path / "old" / "a.txt", tmp_path / "b.txt"), cache=tmp_path)
    new = replace(old, paths=(tmp_path / "new" / "a.txt", tmp_path / "new" / "b.txt"))
    session.remember(old)
    session.keep_place(old, Place(segment=7))
    old.paths[1].touch()
    assert session.remember(new) == Place()
    session.forget(new)
    old.paths[1].unlink()
    assert session.remember(replace(new, paths=new.paths[::-1])) == Place()
    assert session.remember(new) == Place(segment=7)
    assert new in [visit.request for visit in session.recent(tmp_path)]
    assert old not in [visit.request for visit in session.recent(tmp_path)]


def test_a_set_kept_by_a_newer_version_opens_as_far_as_it_is_known(tmp_path: Path) -> None:
    asked = Request(paths=(tmp_path / "a.txt",), cache=tmp_path, hub=1)
    session.remember(asked)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute("update sets set request = json_set(request, '$.fast', 1)")
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


def test_why_sentences_stand_together_is_said_for_every_two_versions() -> None:
    lines = session.explain(story(), 3).splitlines()
    assert lines[0] == "Row 4: sure, probability 0.93"
    pairs = [line.partition(":")[0] for line in lines if line[:1].isupper()][1:]
    assert pairs == ["EN and PT", "EN and RU", "PT and RU"]
    assert lines[3].startswith("  words in common, translated: ")
    assert "night" in lines[3]
    assert lines[4].startswith("  similarity of the rows around: ")
    alone = replace(story(), rows=(replace(story().rows[3], segments=((3,), (), ())),))
    assert session.explain(alone, 0).startswith("Only EN says this: nothing")
    given = (Given((0, 1, 2), story().rows),)
    assert "  so they stand in the file" in session.explain(replace(story(), given=given), 3)
    assert session.explain(replace(alone, given=given), 0).endswith("so it stands in the file.")
