"""What the command that makes the dictionaries takes for a translation."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.eval.dictionary import in_english, least, main, meanings, telling


def test_words_are_told_apart_by_the_emoji_they_share() -> None:
    english = {"h": ["hospital", "building"], "s": ["school", "building"], "a": ["ambulance"]}
    native = {"h": ["sairaala", "rakennus"], "s": ["koulu", "rakennus"], "a": ["ambulanssi"]}
    found = meanings(native, english)
    assert found["sairaala"][0] == "hospital"
    assert found["rakennus"] == ["building"]
    assert found["koulu"][0] == "school"
    assert set(found["ambulanssi"]) == {"ambulance"}


def test_an_emoji_that_one_language_lacks_teaches_nothing() -> None:
    assert meanings({"x": ["talo"]}, {"y": ["house"]}) == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("the dog", ["dog"]), ("polar bear", ["polar", "bear"]), ("face with open mouth", [])],
)
def test_only_simple_names_tell_what_is_meant(name: str, expected: list[str]) -> None:
    assert telling(name) == expected


def test_a_country_is_also_known_by_its_people() -> None:
    assert in_english("territory GR", ["greece"], ["greek"]) == ["greece", "greek"]
    assert in_english("territory IN", ["india"], []) == ["india", "indian"]
    assert in_english("unit length-mile", ["mile"], []) == ["mile"]


@pytest.mark.parametrize(("entry", "expected"), [("meer", 4), ("マリ", 3), ("日本", 2), ("กบ", 2)])
def test_least_length(entry: str, expected: int) -> None:
    assert least(entry) == expected


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), "utf-8")


def test_the_command_writes_entries_of_languages_that_have_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.eval.dictionary.ENOUGH", 2)
    core = tmp_path / "cldr-core"
    for name, key in (("likelySubtags", "likelySubtags"), ("territoryInfo", "territoryInfo")):
        _write(core / "supplemental" / f"{name}.json", {"supplemental": {key: {}}})
    (core / "LICENSE").write_text("free", "utf-8")
    for locale, names in (
        ("en", {"FI": "Finland", "SE": "Sweden"}),
        ("fi", {"FI": "Suomi", "SE": "Ruotsi"}),
        ("de", {"FI": "Finnland"}),
    ):
        folder = tmp_path / "cldr-localenames-full" / "main" / locale
        for part, found in (("territories", names), ("languages", {})):
            content = {"main": {locale: {"localeDisplayNames": {part: found}}}}
            _write(folder / f"{part}.json", content)
    output = tmp_path / "out.zip"
    main([str(tmp_path), "-o", str(output)])
    with ZipFile(output) as file:
        assert file.namelist() == ["LICENSE", "fi.tsv"]
        assert file.read("fi.tsv").decode() == "ruotsi\tsweden\nsuomi\tfinland"
