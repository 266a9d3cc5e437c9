"""Corrections are kept as they are made: by another program, another model, another order."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader import pipeline
from reader.corrections import EDITS, Operation, link
from reader.editor import Editor
from reader.errors import CorrectionError, StoreError
from reader.model import ParallelText
from reader.pipeline import Request
from reader.store import FILE_NAME, Store

EN = ["The cat sleeps in the old house.", "The river runs to the sea.", "The captain saw the ship.",
      "Nobody knew why the dog was afraid.", "The market opens at seven."]  # fmt: skip
OTHER = ["The cat is sleeping in the old house.", "The river runs into the sea.",
         "The captain saw a ship.", "Nobody knew why the dog feared it.",
         "At seven the market opens."]  # fmt: skip


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    paths = (tmp_path / "a.txt", tmp_path / "b.txt")
    for path, lines in zip(paths, (EN, OTHER), strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    return Request(
        paths=paths,
        cache=tmp_path / "cache",
        languages=dict.fromkeys(paths, "en"),
        segmented=True,
        mode="parallel",
    )


Open = Callable[..., Editor]


@pytest.fixture
def edit(request_: Request) -> Open:
    """Return a function that opens the two versions anew, as another program would."""

    def open_(**changes: object) -> Editor:
        editor = Editor(replace(request_, **changes))  # type: ignore[arg-type]
        editor.open()
        return editor

    return open_


def cells(text: ParallelText) -> list[str]:
    """Return every row in short: its sign, and the segments of each version."""
    return [
        row.confidence.strip() + " ".join("".join(map(str, cell)) or "-" for cell in row.segments)
        for row in text.rows
    ]


def do(editor: Editor, name: str, row: int, document: int = 1) -> None:
    editor.do(EDITS[name](editor.text, row, document))


def test_corrections_are_there_when_it_is_opened_again(edit: Open) -> None:
    editor = edit()
    machine = cells(editor.text)
    do(editor, "merge", 0)
    do(editor, "confirm", 2)
    assert cells(editor.text) == ["✎01 01", "=2 2", "✓3 3", "=4 4"]
    again = edit()
    assert again.text == editor.text
    again.undo()
    again.undo()
    assert cells(again.text) == machine
    with pytest.raises(CorrectionError, match="nothing was corrected"):
        again.undo()
    once_more = edit()
    assert cells(once_more.text) == machine
    assert once_more.redo().kind == "merge"
    assert once_more.redo().kind == "confirm"
    assert once_more.text == editor.text
    with pytest.raises(CorrectionError, match="nothing was undone"):
        once_more.redo()


def test_the_order_of_the_arguments_does_not_matter(edit: Open, request_: Request) -> None:
    editor = edit()
    do(editor, "merge", 0)
    do(editor, "push-next", 0)
    turned = edit(paths=request_.paths[::-1], hub=1)
    assert [row.segments[::-1] for row in turned.text.rows] == [
        row.segments for row in editor.text.rows
    ]
    assert turned.undo().kind == "move"


def test_a_printed_or_exported_text_is_the_corrected_one(edit: Open, request_: Request) -> None:
    editor = edit()
    do(editor, "merge", 3)
    assert pipeline.run(request_) == editor.text


def test_links_across_hold_when_the_text_is_aligned_anew(edit: Open) -> None:
    editor = edit()
    editor.do(link(editor.text, 3, 1, (0,)))
    editor.do(link(editor.text, 0, 1, (3,)))
    crossed = ["✎0 3", "=1 1", "=2 2", "✎3 0", "=4 4"]
    assert cells(editor.text) == crossed
    editor.realign()
    assert cells(editor.text) == crossed
    assert [row.moved for row in editor.text.rows].count((1,)) == 2
    assert edit().text == editor.text


def test_a_new_aligner_works_around_what_was_corrected(
    edit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = edit()
    do(editor, "pull-next", 0)
    assert cells(editor.text) == ["✎0 01", "1 -", "=2 2", "=3 3", "=4 4"]
    monkeypatch.setattr("reader.pipeline.aligning.code_digest", lambda *_: "a new version")
    again = edit()
    assert cells(again.text)[0] == "✎0 01"
    assert again.next_undo == Operation("realign")
    assert cells(edit().text) == cells(again.text)
    again.undo()
    assert cells(again.text) == cells(editor.text)
    again.undo()
    assert cells(again.text) == ["=0 0", "=1 1", "=2 2", "=3 3", "=4 4"]


def test_realigning_leaves_alone_what_lies_beyond_rows_that_were_said(edit: Open) -> None:
    editor = edit()
    machine = editor.text.rows
    do(editor, "confirm", 2)
    do(editor, "merge", 3)
    editor.realign()
    assert cells(editor.text) == ["=0 0", "=1 1", "✓2 2", "✎34 34"]
    assert editor.text.rows[:2] == machine[:2]


def test_realigning_keeps_what_was_said_and_pairs_the_rest(edit: Open) -> None:
    editor = edit()
    do(editor, "merge", 1)
    do(editor, "unlink", 3)
    before = cells(editor.text)
    assert before == ["=0 0", "✎12 12", "=3 3", "✎4 -", "- 4"]
    do(editor, "release", 3)
    editor.realign()
    assert cells(editor.text) == ["=0 0", "✎12 12", "=3 3", "=4 4"]
    assert cells(edit().text) == cells(editor.text)
    do(editor, "confirm", 0)
    assert cells(editor.text)[0] == "✓0 0"
    editor.undo()
    assert editor.undo().kind == "realign"
    editor.undo()
    assert cells(editor.text) == before
    for kind in ("release", "realign", "confirm"):
        assert editor.redo().kind == kind
    assert cells(editor.text) == ["✓0 0", "✎12 12", "=3 3", "=4 4"]


THIRD = ["In the old house the cat sleeps.", "The river runs down to the sea.",
         "The captain has seen the ship.", "Why the dog was afraid nobody knew.",
         "The market opens at seven o'clock."]  # fmt: skip


def test_corrections_go_along_with_a_further_version(edit: Open, request_: Request) -> None:
    editor = edit()
    do(editor, "merge", 0)
    do(editor, "unlink", 1)
    do(editor, "confirm", 3)
    assert cells(editor.text) == ["✎01 01", "✎2 -", "- 2", "✓3 3", "=4 4"]
    third = request_.paths[0].with_name("c.txt")
    third.write_text("\n".join(THIRD), encoding="utf-8")
    paths = (third, *request_.paths)
    three = edit(paths=paths, languages=dict.fromkeys(paths, "en"), hub=1)
    assert cells(three.text) == ["✎01 01 01", "✎2 2 -", "- - 2", "✎3 3 3", "=4 4 4"]
    assert "3 rows are as they were corrected among other versions" in three.text.notes
    do(three, "confirm", 0)
    again = edit(paths=paths, languages=dict.fromkeys(paths, "en"), hub=1)
    assert again.text.rows == three.text.rows
    assert cells(edit().text) == cells(editor.text)
    for _ in range(2):
        again.undo()
    assert {row.status for row in again.text.rows} == {"auto"}
    assert {row.status for row in edit(paths=paths, languages={}, hub=1).text.rows} == {"auto"}


def test_corrections_stay_where_a_version_is_left_out(edit: Open, request_: Request) -> None:
    third = request_.paths[0].with_name("c.txt")
    third.write_text("\n".join(THIRD), encoding="utf-8")
    paths = (*request_.paths, third)
    three = edit(paths=paths, languages=dict.fromkeys(paths, "en"))
    do(three, "merge", 0)
    do(three, "confirm", 2)
    assert cells(edit().text) == ["✎01 01", "=2 2", "✓3 3", "=4 4"]


def test_what_the_store_does_not_take_is_not_done(edit: Open) -> None:
    one, other = edit(), edit()
    do(one, "merge", 0)
    before = other.text
    with pytest.raises(StoreError, match="in another window"):
        do(other, "merge", 2)
    assert other.text == before
    assert edit().text == one.text


def test_rows_that_are_to_change_cannot_be_corrected(request_: Request) -> None:
    with pytest.raises(CorrectionError, match="wait until all is aligned"):
        Editor(request_).do(Operation("confirm"))


def test_rows_of_a_file_are_corrected_and_never_aligned_anew(request_: Request) -> None:
    table = request_.paths[0].with_name("pairs.tsv")
    table.write_text("en\tpt\nOne.\tUm.\nTwo.\tDois.\nThree.\tTrês.\n", encoding="utf-8")
    request = replace(request_, paths=(table,), languages={}, segmented=False, mode=None)
    editor = Editor(request)
    editor.open()
    do(editor, "merge", 0)
    with pytest.raises(CorrectionError, match="as their file has them"):
        editor.realign()
    again = Editor(request)
    assert cells(again.open())[0] == "✎01 01"
    assert again.text == editor.text


def test_what_no_longer_fits_is_told_and_stays_in_the_list(edit: Open, request_: Request) -> None:
    editor = edit()
    do(editor, "merge", 0)
    with Store(request_.cache / FILE_NAME) as store:
        kept = store.corrections.history(editor._versions).operations
        (cells_,) = kept[0].rows
        torn = tuple(cell._replace(spans=((0, 5),)) for cell in cells_)
        store.corrections.add(
            editor._versions, 1, [Operation("edit", (torn,))], editor._history.basis
        )
    again = edit()
    assert again.text.rows == editor.text.rows
    assert "a correction does not fit any more" in again.text.notes[-1]
    again.undo()
    assert again.text == editor.text
    again.redo()
    assert again.text.rows == editor.text.rows
    again.undo()
    assert again.undo().kind == "merge"
    assert {row.status for row in again.text.rows} == {"auto"}


def rewrite(request: Request, document: int, lines: list[str]) -> None:
    request.paths[document].write_text("\n".join(lines), encoding="utf-8")


def test_corrections_outlive_a_change_of_the_text(edit: Open, request_: Request) -> None:
    editor = edit()
    do(editor, "merge", 0)
    do(editor, "confirm", 2)
    rewrite(request_, 0, ["A new beginning.", *EN[:4], "The market opens at eight."])
    rewrite(request_, 1, ["A new start.", *OTHER])
    again = edit()
    assert cells(again.text) == ["=0 0", "✎12 12", "=3 3", "✓4 4", "=5 5"]
    assert "2 rows are as they were corrected in another edition" in again.text.notes
    assert not any("not fit" in note for note in again.text.notes)
    assert edit().text.rows == again.text.rows


def test_corrections_of_a_renamed_text_outlive_a_change_of_it(
    edit: Open, request_: Request
) -> None:
    do(edit(), "merge", 0)
    request_.paths[0].rename(renamed := request_.paths[0].with_name("c.txt"))
    paths = (renamed, request_.paths[1])
    now = {"paths": paths, "languages": dict.fromkeys(paths, "en")}
    do(edit(**now), "confirm", 2)
    renamed.write_text("\n".join(["A new beginning.", *EN]), encoding="utf-8")
    assert cells(edit(**now).text) == ["0 -", "✎12 01", "=3 2", "✓4 3", "=5 4"]


def test_what_an_edit_has_torn_is_told_and_kept(edit: Open, request_: Request) -> None:
    editor = edit()
    do(editor, "merge", 0)
    do(editor, "confirm", 2)
    lines = [EN[0], "The river ran to the sea.", *EN[2:]]
    rewrite(request_, 0, lines)
    for _ in range(2):
        again = edit()
        assert cells(again.text) == ["=0 0", "=1 1", "=2 2", "✓3 3", "=4 4"]
        assert again.text.notes[-1].startswith("a correction does not fit any more: a text has")
    assert len(again.corrected_rows) == 2
    rewrite(request_, 0, [*lines, "One more."])
    assert len(edit().corrected_rows) == 2
    rewrite(request_, 0, [*EN, "The end."])  # as it was, and a little more
    assert [row for row in cells(edit().text) if "✎" in row or "✓" in row] == ["✎01 01", "✓3 3"]


def test_corrections_follow_a_text_there_and_back(edit: Open, request_: Request) -> None:
    do(edit(), "merge", 0)
    rewrite(request_, 0, ["A new beginning.", *EN])
    do(edit(), "confirm", 3)
    rewrite(request_, 0, EN)
    again = edit()
    assert cells(again.text) == ["✎01 01", "=2 2", "✓3 3", "=4 4"]
    assert "1 row is as it was corrected in another edition" in again.text.notes
    assert not any("another edition" in note for note in edit().text.notes)
    assert again.undo().kind == "confirm"
    assert cells(edit().text) == ["✎01 01", "=2 2", "=3 3", "=4 4"]


def test_another_text_of_the_same_name_is_no_edition(edit: Open, request_: Request) -> None:
    do(edit(), "merge", 0)
    rewrite(request_, 0, ["Something else.", "It is another text.", "By the same name."])
    again = edit()
    assert {row.status for row in again.text.rows} == {"auto"}
    assert again.corrected_rows == {}


def test_what_was_undone_can_be_done_again_under_a_new_model(
    edit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = edit()
    do(editor, "merge", 0)
    do(editor, "confirm", 2)
    do(editor, "merge", 2)
    editor.undo()
    editor.undo()
    monkeypatch.setattr("reader.pipeline.aligning.code_digest", lambda *_: "a new version")
    again = edit()
    assert again.next_undo == Operation("realign")
    assert [again.redo().kind, again.redo().kind] == ["confirm", "merge"]
    assert cells(again.text) == ["✎01 01", "=2 2", "✎34 34"]
    assert edit().text.rows == again.text.rows
    for _ in range(4):
        again.undo()
    assert cells(again.text) == ["=0 0", "=1 1", "=2 2", "=3 3", "=4 4"]


def test_all_that_was_undone_waits_under_a_new_model(
    edit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = edit()
    do(editor, "merge", 0)
    editor.undo()
    monkeypatch.setattr("reader.pipeline.aligning.code_digest", lambda *_: "a new version")
    again = edit()
    assert again.next_undo is None
    assert again.redo().kind == "merge"
    assert cells(edit().text)[0] == "✎01 01"
