"""Stars and notes belong to sentences and find them again."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.annotations import (
    Anchor,
    Annotation,
    anchor,
    annotated_segments,
    locate,
    notes_by_row,
    starred_rows,
)
from reader.store import Store, clear
from tests.builders import document, parallel

STAR, NOTE = Annotation(star=True), Annotation(note="why?")


def test_a_sentence_that_occurs_twice_is_two() -> None:
    made = document(["Yes.", "No.", "Yes."], name="a.txt")
    assert [anchor(made, i).nth for i in range(3)] == [0, 0, 1]


def test_annotations_outlive_another_alignment_other_files_and_edits_elsewhere() -> None:
    left, right = document(["One.", "Yes.", "Yes."]), document(["Um.", "Sim."], name="b.txt")
    annotations = {anchor(left, 2): STAR, anchor(right, 1): NOTE}
    old = parallel([left, right], [([[0], [0]], 1), ([[1, 2], [1]], 1)])
    assert starred_rows(old, locate(old, annotations)) == {1}
    edited = document(["One!", "Yes.", "And so?", "Yes."])
    new = parallel([right, edited], [([[0], [0]], 1), ([[1], [1]], 1), ([[], [2, 3]], 0)])
    found = locate(new, annotations)
    assert found == {(1, 3): STAR, (0, 1): NOTE}
    assert starred_rows(new, found) == {2}
    assert annotated_segments(new, 1, found) == [(0, 1)]
    assert notes_by_row(new, found) == {1: "why?"}


def test_notes_of_one_row_stand_on_one_line() -> None:
    text = parallel([document(["One.", "Two."]), document(["Um."])], [([[0, 1], [0]], 1)])
    annotations = {(1, 0): NOTE, (0, 1): Annotation(note="here\nor there"), (0, 0): STAR}
    assert notes_by_row(text, annotations) == {0: "here or there · why?"}


def test_what_is_not_there_any_more_is_not_found() -> None:
    text = parallel([document(["Two."])], [([[0]], 0)])
    assert locate(text, {Anchor("a.txt", "One.", 0): STAR, Anchor("b.txt", "Two.", 0): STAR}) == {}
    assert locate(text, {Anchor("a.txt", "Two.", 1): STAR}) == {}


anchors = st.builds(Anchor, st.sampled_from(["a", "b"]), st.text(max_size=4), st.integers(0, 3))
saids = st.dictionaries(anchors, st.builds(Annotation, st.booleans(), st.text(max_size=5)))


@given(saids, saids)
def test_the_store_keeps_what_was_said_last(
    first: dict[Anchor, Annotation], then: dict[Anchor, Annotation]
) -> None:
    with Store(None) as store:
        store.annotations.keep(first)
        store.annotations.keep(then)
        kept = {at: each for at, each in (first | then).items() if each != Annotation()}
        assert store.annotations.of_files(["a", "b"]) == kept
        mine = {at: each for at, each in kept.items() if at.name == "b"}
        assert store.annotations.of_files(["b"]) == mine


def test_they_follow_a_text_to_another_name_once() -> None:
    old, new, other = (
        document(lines, name=name)
        for lines, name in ((["One.", "Two."], "a"), (["One.", "Two."], "b"), (["One."], "c"))
    )
    with Store(None) as store:
        store.annotations.keep({anchor(old, 0): STAR, anchor(old, 1): NOTE}, [old])
        store.annotations.keep({anchor(new, 1): STAR})
        store.annotations.take_over([old, new, other])
        assert store.annotations.of_files(["b"]) == {anchor(new, 0): STAR, anchor(new, 1): STAR}
        assert store.annotations.of_files(["c"]) == {}
        store.annotations.keep({anchor(new, 0): Annotation()}, [new])
        store.annotations.take_over([new])
        assert store.annotations.of_files(["b"]) == {anchor(new, 1): STAR}


def test_clear_keeps_them(tmp_path: Path) -> None:
    path, annotations = tmp_path / "reader.db", {Anchor("a", "One.", 0): NOTE}
    with Store(path) as store:
        store.annotations.keep(annotations)
    clear(path)
    with Store(path) as store:
        assert store.annotations.of_files(["a"]) == annotations


def test_a_choice_is_kept(tmp_path: Path) -> None:
    with Store(tmp_path / "reader.db") as store:
        assert store.setting("theme") == ""
        store.keep_setting("theme", "nord")
        store.keep_setting("theme", "dracula")
        assert store.setting("theme") == "dracula"
