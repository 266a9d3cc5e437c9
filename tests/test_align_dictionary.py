"""Names and everyday things are known in many languages."""

from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.align.dictionary import Dictionary, dictionary, stripped
from reader.align.text import fold
from reader.languages import CODES


def found(language: str, text: str) -> set[str]:
    known = dictionary(language)
    assert known is not None
    return {word for words in known.find(fold([text])[0]) for word in words}


@pytest.mark.parametrize("language", sorted(set(CODES) - {"en"}))
def test_every_language_with_a_package_has_a_dictionary(language: str) -> None:
    known = dictionary(language)
    assert known is not None
    assert sum(map(len, (known.unspaced or known.spaced).values())) > 300


@pytest.mark.parametrize("language", ["en", "", "xx", "LICENSE"])
def test_of_others_nothing_is_known(language: str) -> None:
    assert dictionary(language) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("pt", "O cachorro fugiu na quinta-feira.", {"dog", "thursday"}, id="plain"),
        pytest.param("ru", "Он вернулся из Германии в понедельник", {"germany", "monday"}, id="ru"),
        pytest.param("ru", "в Москве", {"moscow"}, id="city"),
        pytest.param("tr", "Almanya'nın gemisi", {"germany"}, id="suffix"),
        pytest.param("fi", "Koira nukkuu Saksassa", {"dog", "germany"}, id="case"),
        pytest.param("de", "Im Krankenhaus der Vereinigten Staaten", {"hospital"}, id="compound"),
        pytest.param("zh", "星期一他从日本坐飞机回来", {"monday", "japan", "airplane"}, id="zh"),
        pytest.param("ja", "3月にドイツの病院で", {"march", "germany", "hospital"}, id="ja"),
        pytest.param("ar", "في المستشفى بألمانيا", {"hospital", "germany"}, id="prefixes"),
        pytest.param("ko", "독일의 개", {"germany"}, id="particles"),
        pytest.param("el", "στη Γερμανία", {"germany"}, id="accents"),
    ],
)
def test_entries_are_found_in_the_forms_that_texts_have(
    language: str, text: str, expected: set[str]
) -> None:
    assert expected <= found(language, text)


def test_the_longest_entry_counts() -> None:
    known = Dictionary.of(
        [
            ("ソマリア", ("somalia",)),
            ("マリア", ("maria",)),
            ("north", ("n",)),
            ("north sea", ("s",)),
        ]
    )
    assert list(known.find("ソマリア")) == [("somalia",)]
    assert list(known.find("the north sea")) == [("s",)]


def test_what_reads_alike_means_either() -> None:
    known = Dictionary.of([("banco", ("bank",)), ("banco", ("bench",))])
    assert list(known.find("o banco")) == [("bank", "bench")]


@pytest.mark.parametrize(
    "text", ["porto", "portuario", "por", "aporta"], ids=["stem", "longer", "shorter", "inside"]
)
def test_other_words_are_no_forms_of_an_entry(text: str) -> None:
    assert not list(Dictionary.of([("portao", ("gate",))]).find(text))


@pytest.mark.parametrize(
    ("word", "expected"),
    [("والمدينة", "مدين"), ("ببيت", "بيت"), ("ובבית", "ובבית"), ("הבית", "בית"), ("ال", "ال")],
)
def test_prefixes_of_abjads(word: str, expected: str) -> None:
    assert stripped(word) == expected


@given(st.text(), st.sampled_from(["pt", "zh", "ar", "th"]))
def test_any_text_can_be_searched(text: str, language: str) -> None:
    known = dictionary(language)
    assert known is not None
    assert all(words for words in known.find(fold([text])[0]))


def test_the_file_has_its_licence() -> None:
    from importlib.resources import files

    with ZipFile(str(files("reader.align") / "dictionaries.zip")) as file:
        assert "UNICODE LICENSE" in file.read("LICENSE").decode().upper()
