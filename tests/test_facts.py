"""Numbers are compared by value, and what may be the same is never said to differ."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.facts import Cell, differing, numbers


def values(text: str) -> list[set[str]]:
    return [{f"{reading.normalize():f}" for reading in n.readings} for n in numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1.234,5", [{"1234.5"}], id="German"),
        pytest.param("1,234.5", [{"1234.5"}], id="English"),
        pytest.param("1 234,5", [{"1234.5"}], id="French"),
        pytest.param("12'345.60", [{"12345.6"}], id="Swiss"),
        pytest.param("12,34,567", [{"1234567"}], id="Indian"),
        pytest.param("١٬٢٣٤٫٥", [{"1234.5"}], id="Arabic-Indic"),
        pytest.param("１，２３４．５", [{"1234.5"}], id="full width"),
        pytest.param("到2019，500人", [{"2019"}, {"500"}], id="a full-width comma between numbers"),
        pytest.param("1.234", [{"1234", "1.234"}], id="either"),
        pytest.param("1.000.000", [{"1000000"}], id="groups"),
        pytest.param("1 234 567", [{"1234567"}], id="groups between no-break blanks"),
        pytest.param("in 2015 214", [{"2015"}, {"214"}], id="two numbers"),
        pytest.param("3 млн", [{"3000000"}], id="Russian millions"),
        pytest.param("2,4 mil milhões", [{"2400000000"}], id="thousand millions"),
        pytest.param("1.2bn", [{"1200000000"}], id="billions"),
        pytest.param("3 Billionen", [{"3000000000", "3000000000000"}], id="two billions"),
        pytest.param("約3万人", [{"30000"}], id="Chinese sign"),
        pytest.param(
            "5百, 3千, 2億, 1兆, 7만",
            [{"500"}, {"3000"}, {"200000000"}, {"1000000000000"}, {"70000"}],
            id="East Asian signs",
        ),
        pytest.param("5 military men", [{"5"}], id="a word that only begins so"),
        pytest.param("24.11.2015", [{"24"}, {"11"}, {"2015"}], id="date"),
        pytest.param("14.11", [{"14.11", "14", "11"}], id="day and month"),
        pytest.param("10-15", [{"10"}, {"15"}], id="range"),
        pytest.param("G20, F-16 and Су-24", [], id="names"),
        pytest.param("at 14:30, 9 pm, 14h30, 14.30 Uhr", [], id="times of day"),
        pytest.param("a 17-year-old", [{"17"}], id="age"),
        pytest.param("1.2.3.4", [], id="an address"),
    ],
)
def test_numbers_by_value(text: str, expected: list[set[str]]) -> None:
    assert values(text) == expected


Cells = list[tuple[str, str]]


def marked(cells: Cells) -> list[list[str]]:
    spans = differing([Cell(*cell) for cell in cells])
    return [[text[a:b] for a, b in found] for (text, _), found in zip(cells, spans, strict=True)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param([("17 men", "17 men"), ("19 homens", "19 men")], [["17"], ["19"]], id="two"),
        pytest.param(
            [("17", "17"), ("17", "17"), ("19", "19")], [["17"], ["17"], ["19"]], id="three"
        ),
        pytest.param(
            [("17 of 214", "17 of 214"), ("19 из 214", "19 of 214")], [["17"], ["19"]], id="one of"
        ),
        pytest.param(
            [("3 of 17", "3 of 17"), ("três de 19", "three of 19")], [["17"], ["19"]], id="spelled"
        ),
        pytest.param([("5%", "5%"), ("50%", "50%")], [["5"], ["50"]], id="per cent"),
        pytest.param([("17.5", "17.5"), ("17", "17")], [["17.5"], ["17"]], id="not rounded"),
        pytest.param(
            [("1.2 million", "1.2 million"), ("1 350 000", "1 350 000")],
            [["1.2 million"], ["1 350 000"]],
            id="rounded too far",
        ),
        pytest.param([("17", ""), ("19", "")], [["17"], ["19"]], id="untranslated"),
    ],
)
def test_numbers_that_differ_are_found(cells: Cells, expected: list[list[str]]) -> None:
    assert marked(cells) == expected


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param([("1,234", "1,234"), ("1.234", "1.234")], id="grouping"),
        pytest.param([("1.2 million", "1.2 million"), ("1 234 567", "1 234 567")], id="rounded"),
        pytest.param([("2.5 million", "2.5 million"), ("2 450 000", "2 450 000")], id="rounded up"),
        pytest.param([("3 jillion", "3 jillion"), ("3 000 000", "3 000 000")], id="unknown word"),
        pytest.param([("21 men", "21 men"), ("vinte e um", "twenty-one")], id="spelled out"),
        pytest.param([("200", "200"), ("duzentos, 9", "two hundred, 9")], id="hundreds"),
        pytest.param([("14.11.2015", "14.11.2015"), ("14 ноября 15", "14 November 15")], id="date"),
        pytest.param([("1990s", "1990s"), ("anos 90", "the 90s")], id="decade"),
        pytest.param([("19 век 7", "19th century 7"), ("siècle XIX", "XIX century")], id="roman"),
        pytest.param([("119. Psalm", "Psalm 119"), ("Ps. CXIX", "Ps. CXIX")], id="roman hundreds"),
        pytest.param([("17", "17"), ("CCCC", "CCCC LC")], id="no roman number"),
        pytest.param([("17 and 2", "17 and 2"), ("19", "19")], id="one says more"),
        pytest.param([("17", "17"), ("nobody", "nobody")], id="one says nothing"),
        pytest.param([("3 men", ""), ("19 мужчин и двое", "")], id="small and untranslated"),
        pytest.param([("3 of them", ""), ("17", "")], id="perhaps spelled out"),
        pytest.param([("9 pm", "9 pm"), ("21:00", "21:00")], id="time of day"),
        pytest.param([("٣٤٥", "345"), ("345", "345")], id="digits"),
        pytest.param([], id="nothing"),
    ],
)
def test_what_may_be_the_same_is_not_marked(cells: Cells) -> None:
    assert not any(marked(cells))


@pytest.mark.parametrize(
    ("english", "number"),
    [
        *(("a man", 1), ("once", 1), ("twice", 2), ("a couple of men", 2), ("half of it", 2)),
        *(("the third", 3), ("a quarter", 4), ("twelve men", 12), ("a dozen", 12)),
        *(("twenty-nine", 29), ("ninety and one", 91), ("in May", 5), ("December", 12)),
        *(("a hundred", 100), ("six thousand", 6000), ("a million", 10**6), ("a billion", 10**9)),
        *(("IV parts", 4), ("XIX century", 19), ("XCVIII", 98)),
    ],
)
def test_a_number_may_be_a_word_in_the_translation_of_another(english: str, number: int) -> None:
    told = f"{english}, 7777"
    assert marked([(f"{number}", f"{number}"), ("7777", told)]) == [[], []]
    assert marked([(f"{number + 20}", f"{number + 20}"), ("7777", told)])[1] == ["7777"]


Writing = Callable[[int], str]
writings: st.SearchStrategy[Writing] = st.sampled_from(
    [
        lambda n: f"{n:,}",
        lambda n: f"{n:,}".replace(",", "."),
        lambda n: f"{n:,}".replace(",", " "),
        lambda n: f"{n:,}".replace(",", "\u202f"),
        lambda n: f"{n:,}".replace(",", "'"),
        lambda n: str(n),
        lambda n: str(n).translate(dict(zip(map(ord, "0123456789"), "٠١٢٣٤٥٦٧٨٩", strict=True))),
        lambda n: f"{n:,}.00",
        lambda n: f"{n:,}".replace(",", ".") + ",00",
    ]
)


@given(st.integers(0, 10**12), writings, writings)
def test_however_a_number_is_written_it_agrees(n: int, one: Writing, other: Writing) -> None:
    texts = [f"about {one(n)} ships", f"cerca de {other(n)} navios"]
    assert all(Decimal(n) in numbers(text)[0].readings for text in texts)
    assert not any(differing([Cell(text, text) for text in texts]))


@given(
    st.lists(
        st.text(st.characters(codec="utf-8") | st.sampled_from("0123456789.,' "), max_size=40),
        max_size=4,
    )
)
def test_any_text_is_the_same_as_itself(texts: list[str]) -> None:
    for text in texts:
        assert differing([Cell(text, text), Cell(text, text)]) == [(), ()]
        spans = [(n.start, n.stop) for n in numbers(text)]
        assert spans == sorted(spans)
        assert all(a < b for a, b in spans)
    assert len(differing([Cell(text) for text in texts])) == len(texts)
