"""Cards by Anki's own importer."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader.export import Selection
from reader.export.common import clean
from tests.builders import NASTY_NOTES
from tests.consumers.conftest import EN_AR, Write


@dataclass
class Anki:
    """A collection of cards, and Anki's way to fill it."""

    collection: Any
    importing: Any

    def take(self, path: Path) -> tuple[int, int, int]:
        """Import a file as the program does; return how many notes were new, updated, known."""
        metadata = self.collection.get_csv_metadata(path=str(path), delimiter=None)
        request = self.importing.ImportCsvRequest(path=str(path), metadata=metadata)
        log = self.collection.import_csv(request).log
        assert log.found_notes == len(log.new) + len(log.updated) + len(log.duplicate)
        return len(log.new), len(log.updated), len(log.duplicate)

    def notes(self, query: str = "") -> list[Any]:
        return [self.collection.get_note(note) for note in self.collection.find_notes(query)]


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    """Open a collection without cards."""
    importing = pytest.importorskip("anki.collection")
    collection = importing.Collection(str(tmp_path / "collection.anki2"))
    yield Anki(collection, importing)
    collection.close()


def test_every_card_arrives_as_written(anki: Anki, write: Write, pairs: dict[str, str]) -> None:
    assert anki.take(write("anki", EN_AR)) == (len(pairs), 0, 0)
    notes = anki.notes()
    backs = [html.unescape(note.fields[1]).split("<br>[note] ") for note in notes]
    fronts = [html.unescape(note.fields[0]) for note in notes]
    assert dict(zip(fronts, (back for back, *_ in backs), strict=True)) == pairs
    assert [note for _, *rest in backs for note in rest] == list(map(clean, NASTY_NOTES.values()))
    assert {note.note_type()["name"] for note in notes} == {"Basic"}
    chapter = "chapter::quote_and_tag_amp_brace_pipe_back_tick_star__line__link_x_no_x"
    assert set(notes[0].tags) == {"en-ar", "row::1", "sure", chapter}
    decks = {deck.name for deck in anki.collection.decks.all_names_and_ids()}
    assert "reader::a · c d" in decks


def test_importing_again_updates_and_never_doubles(anki: Anki, write: Write) -> None:
    back = Selection(pairs=("ar-en",))
    first, updated, known = anki.take(write("anki", back))
    assert (first > 0, updated, known) == (True, 0, 0)
    assert anki.take(write("anki", back)) == (0, 0, first)
    assert anki.take(write("anki", back, machine=True)) == (0, first, 0)
    new, updated, _ = anki.take(write("anki", Selection(pairs=("ar-en", "en-ar"))))
    assert (new, updated) == (len(anki.notes("tag:en-ar")), len(anki.notes("tag:ar-en")))
    assert len(anki.notes()) == first + new
