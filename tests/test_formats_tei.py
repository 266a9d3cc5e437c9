"""TEI as its editor reads it."""

import pytest

from reader.formats import parse
from tests.books import shown, tei


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "<div><head>I</head><lg><l>The sea is wide,</l><l>the boat is small.</l></lg></div>",
            ["heading | I", "text | The sea is wide,", "text | the boat is small."],
            id="verse",
        ),
        pytest.param(
            "<sp><speaker>Ana</speaker><p>Who is <hi>there</hi>?</p></sp><fw>12</fw>",
            ["text | Ana", "text | Who is there?"],
            id="drama and a running head",
        ),
        pytest.param(
            "<p>A <choice><sic>teh</sic><corr>the</corr></choice> <del>old</del>"
            "<choice><abbr>Mr</abbr></choice> harb<lb break='no'/>our<lb/>wall.</p>",
            ["text | A the Mr harbour wall."],
            id="what the editor did",
        ),
        pytest.param(
            "<p>It rained<note n='3'>In May.</note> all day.<note><p>So he says.</p></note></p>",
            ["text | It rained³ all day.²", "text | ³ In May.", "text | ² So he says."],
            id="notes",
        ),
    ],
)
def test_tei(body: str, expected: list[str]) -> None:
    source = parse(tei(body), ".xml")
    assert shown(source).splitlines() == expected
    assert (source.language, source.notes) == ("pt", ())
