"""Notes take few lines, and say where the rest is told."""

import pytest

from reader.tui.notes import in_few_lines

THREE = "pt: rough English\nja: no package\nread as reports"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("pt: rough English", 40, ["pt: rough English"], id="one"),
        pytest.param(THREE, 40, THREE.split("\n"), id="as-many-as-fit"),
        pytest.param(THREE, 12, ["pt: rough", "English", "more"], id="too-many-lines"),
        pytest.param(f"{THREE}\nx", 40, [*THREE.split("\n")[:2], "more"], id="too-many-notes"),
    ],
)
def test_what_does_not_fit_is_told_elsewhere(text: str, width: int, lines: list[str]) -> None:
    assert in_few_lines(text, width, "more") == lines
