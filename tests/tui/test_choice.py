"""The list to choose a row from."""

from reader.model import Place
from reader.tui.choice import contents
from reader.tui.reading import Reading
from tests.builders import document, parallel


def test_a_chapter_that_a_version_lacks_says_who_has_it() -> None:
    text = parallel(
        [
            document(["One", "Late."], language="en", headings=[0]),
            document(["Prefácio", "Um", "Tarde."], language="pt", headings=[0, 1]),
        ],
        [(((), (0,)), 0.0), (((0,), (1,)), 1.0), (((1,), (2,)), 1.0)],
    )
    reading = Reading(Place())
    reading.show(text)
    assert [(entry.row, entry.label) for entry in contents(reading)] == [
        (0, "Prefácio · only PT"),
        (1, "One"),
    ]
