"""What is skipped: repeats and boilerplate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Skip
from reader.segment.boilerplate import ARTICLE, boilerplate, is_dateline
from reader.segment.repeats import repeats

STORM = "The storm tore the roof off the old mill and carried it over the river to the meadow."
MILL = "Nobody was hurt, because the miller and his family had gone to the market in the town."
ENDING = "And the river went on as it always had, brown and slow and quiet between its banks."
SHORT = "The miller wept."

# Repeats.


def repeated(*texts: str, headings: tuple[int, ...] = (), book: bool = False) -> dict[int, int]:
    found = repeats(texts, headings, book=book)
    return {i: skip.of for i, skip in found.items() if skip.of is not None}


def test_a_long_sentence_is_said_once() -> None:
    assert repeats([STORM, MILL, STORM], (), book=False) == {2: Skip("repeat", "exact", 0)}


def test_every_repeat_names_the_first() -> None:
    assert repeated(STORM, STORM, MILL, STORM) == {1: 0, 3: 0}


@pytest.mark.parametrize(
    "again",
    [
        STORM.upper(),
        STORM.replace(" ", "\u00a0"),
        f"“{STORM}”",
        STORM.replace("meadow", "meadows"),
        STORM.replace("the old mill", "old mill"),
    ],
    ids=["case", "blanks", "quotes", "spelling", "article"],
)
def test_a_near_repeat_is_one(again: str) -> None:
    assert repeats([STORM, again], (), book=False) == {1: Skip("repeat", "near", 0)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "In the night the flood took 41 houses on the left bank, said the mayor of the town.",
            "In the night the flood took 44 houses on the left bank, said the mayor of the town.",
        ),
        (
            "In the night the flood took two houses on the left bank, said the mayor of the town.",
            "In the night the flood took six houses on the left bank, said the mayor of the town.",
        ),
        (
            "The new council will build the bridge before the winter comes, said the mayor.",
            "The new council will not build the bridge before the winter comes, said the mayor.",
        ),
        (
            "The engineers of Ostrava beat the engineers of Brno at the annual bridge contest.",
            "The engineers of Brno beat the engineers of Ostrava at the annual bridge contest.",
        ),
        (
            "The mayor of the town said that taxes would increase before the winter comes.",
            "The mayor of the town said that taxes would decrease before the winter comes.",
        ),
        (
            "Yesterday the mayor of the town said that he had met Ivan in the old town hall.",
            "Yesterday the mayor of the town said that he had met Iván in the old town hall.",
        ),
        (
            "市长昨天晚上在会上对大家说，新的大桥会在冬天到来之前修好。",
            "市长昨天晚上在会上对大家说，新的大桥不会在冬天到来之前修好。",
        ),
    ],
    ids=["number", "number word", "negation", "order", "opposite", "name", "chinese"],
)
def test_what_differs_in_substance_is_no_repeat(first: str, second: str) -> None:
    assert repeated(first, second) == {}


def test_short_sentences_repeat_only_within_a_block() -> None:
    assert repeated(SHORT, STORM, SHORT, MILL, SHORT) == {}
    assert repeated(SHORT, STORM, MILL, "Yes.", SHORT, STORM, MILL) == {4: 0, 5: 1, 6: 2}
    assert repeated(ENDING, STORM, MILL, SHORT, "Yes.", STORM, MILL, SHORT) == {5: 1, 6: 2, 7: 3}
    assert repeated(*[STORM, SHORT] * 3) == {2: 0, 3: 1, 4: 0, 5: 1}


def test_a_chorus_is_no_repeat() -> None:
    chorus = ["Row, row your boat", "Gently down the stream", "Merrily, merrily", "Row, row"]
    assert repeated(*chorus, STORM, *chorus) == {}


def test_a_heading_right_below_itself_is_a_repeat() -> None:
    title = "Storm takes the roof of the mill"
    assert repeated(title, title, STORM, headings=(0, 1)) == {1: 0}
    assert repeated(title, STORM, title, headings=(0, 2)) == {}
    assert repeated("Part two", "Part two", headings=(0, 1)) == {}


def test_in_a_book_only_a_block_is_a_repeat() -> None:
    block = [STORM, SHORT, MILL, STORM.replace("mill", "barn"), ENDING, ENDING[8:], SHORT]
    assert repeated(STORM, MILL, SHORT, STORM, book=True) == {}
    assert repeated(*block, "And so on.", *block, book=True) == {8 + i: i for i in range(7)}


@given(st.lists(st.sampled_from([STORM, MILL, SHORT, STORM.upper(), "…"]), max_size=30))
def test_a_repeat_points_back_to_a_sentence_that_is_kept(texts: list[str]) -> None:
    found = repeated(*texts)
    for i, of in found.items():
        assert of < i
        assert of not in found
        assert texts[of].casefold() == texts[i].casefold()


# Boilerplate of pages.


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("See also", "see also"),
        ("READ ALSO:", "see also"),
        ("Leia também: Balsa para de circular", "related link"),
        ("Читайте также", "see also"),
        ("12 Comments", "comments"),
        ("No comments :", "comments"),
        ("Комментарии (3)", "comments"),
        ("Share this", "share"),
        ("Share on Facebook", "share"),
        ("» Read more…", "read more"),
        ("Weiterlesen", "read more"),
        ("Blog Widget by LinkWithin", "widget"),
        ("© Ana Prado/Gazeta", "photo"),
        ("Foto: Ana Prado", "photo"),
        ("A. Prado/Reuters", "photo"),
        ("© 2019 Gazeta da Vila. Todos os direitos reservados.", "copyright"),
        ("*Н.С./М.К.", "byline"),
        ("Autor: Ana Prado", "byline"),
        ("Tags: bridge, mill", "tags"),
        ("Источник: НОРД", "source"),
        ("Início | Notícias | Mar | Tempo", "menu"),
        ("Home > World > Storms", "menu"),
        ("https://example.org/a?b=c", "link"),
        ("#mill #storm", "link"),
        ("1,234 views", "counter"),
        ("This site uses cookies to remember you.", "cookies"),
        ("Subscribe to our newsletter", "subscribe"),
        ("Подпишитесь на наш канал!", "subscribe"),
    ],
)
def test_a_line_says_what_it_is(line: str, detail: str) -> None:
    assert boilerplate([STORM, line, MILL])[1] == detail


@pytest.mark.parametrize(
    "line",
    [
        "Share it with the others.",
        "Comment on the storm",
        "Photo: that was all he said.",
        "He wrote to us: “Related: nothing.”",
        "By the river stood a mill",
        "The editor: a man of few words.",
        "Nobody uses the mill now.",
        "12 March was a Tuesday.",
        "It was cold | it was wet",
        "« Oui » et « non » et « peut-être » et puis rien",
        "Между «да» и «нет» и ничем",
        "Source of all our troubles",
    ],
)
def test_a_sentence_that_begins_like_boilerplate_is_none(line: str) -> None:
    assert boilerplate([STORM, line, MILL, ENDING]) == {}


@pytest.mark.parametrize(
    "line",
    [
        *("15-07-2016", "2016/7/15", "Thursday, July 14, 2016", "14 July 2016, 10:35 am"),
        *("12 de março de 2019", "terça-feira, 12/03/2019", "12 марта 2019 года, 08:40"),
        *("Dienstag, 12. März 2019", "2019年3月12日", "Updated on May 3, 2019", "le 12 mai 2019"),
    ],
)
def test_lone_dates_above_a_story_are_boilerplate(line: str) -> None:
    assert boilerplate(["A headline", line, STORM, MILL]) == {1: "date"}


@pytest.mark.parametrize("line", ["1984", "May", "12", "3 May 1890, in the rain", "On Monday"])
def test_what_is_less_or_more_than_a_date_is_kept(line: str) -> None:
    assert boilerplate(["A headline", line, STORM, MILL]) == {}


def test_dates_of_a_diary_are_kept() -> None:
    diary = [line for day in range(1, 9) for line in (f"{day} May 1890", STORM)]
    assert boilerplate(diary) == {}
    assert boilerplate(diary[:8]) == {}
    assert boilerplate(diary[:6]) == dict.fromkeys((0, 2, 4), "date")


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("NIZHNY TAGIL, November 25.", True),
        ("МОСКВА, 14 июля.", True),
        ("/TASS/.", True),
        ("Moscow, as ever.", False),
        ("ANNA, come here.", False),
        ("On July 14.", False),
    ],
)
def test_datelines(sentence: str, is_one: bool) -> None:
    assert is_dateline(sentence) is is_one


def test_a_place_and_an_agency_above_a_story_are_boilerplate() -> None:
    assert boilerplate(["A headline", "Москва – САНА", STORM]) == {1: "dateline"}
    assert boilerplate(["A headline", "Rain – and wind", STORM]) == {}


def test_links_end_where_the_story_goes_on() -> None:
    lines = ["See also", "© Ana Prado", "A mill for sale", STORM, "The roof", MILL, "See also"]
    lines += ["Who paid for it?", "Two links", "Three links that nobody will ever…", MILL]
    assert boilerplate(lines) == {
        0: "see also",
        1: "photo",
        2: "related link",
        6: "see also",
        7: "related link",
        8: "related link",
        9: "teaser",
    }


def test_a_menu_is_a_run_of_short_lines_on_a_page() -> None:
    menu = ["Home", "News", "Our river", "Weather", "Storm takes the roof of the mill"]
    assert boilerplate([*menu, STORM, "Share this"]) == {
        **dict.fromkeys(range(4), "menu"),
        6: "share",
    }
    assert boilerplate([*menu, STORM]) == {}


def test_a_word_of_menus_by_itself_is_one_only_beside_others_or_at_the_top() -> None:
    assert boilerplate([STORM, "Home", MILL, "Share this"]) == {3: "share"}
    assert boilerplate([STORM, "Home", "Share this", MILL]) == {1: "menu", 2: "share"}
    assert boilerplate([STORM, "Share this", "Home", MILL]) == {1: "share", 2: "menu"}
    assert boilerplate(["Home", STORM, "Share this", MILL]) == {0: "menu", 2: "share"}


def test_below_the_story_what_looks_like_a_link_is_one() -> None:
    footer = ["An unfinished line", "Post a Comment", "Only News", "A mill for sale in the hills"]
    assert boilerplate([STORM, *footer]) == {2: "comments", 3: "menu", 4: "related link"}


def test_an_ornament_is_set_aside_in_any_text() -> None:
    assert boilerplate(["One.", "* * *", "———", "Two."]) == {1: "ornament", 2: "ornament"}


def test_a_book_has_no_boilerplate_unless_it_is_full_of_it() -> None:
    book = [STORM] * (ARTICLE // len(STORM) + 1)
    assert boilerplate(["15-07-2016", "Contents", "See also", *book]) == {}
    crawl = [line for paragraph in book for line in (paragraph, "Read more")]
    assert set(boilerplate(crawl).values()) == {"read more"}


@given(
    st.lists(
        st.sampled_from(["See also", "Home", "News", "A link", STORM, "1 May 1890", "Cut off…"])
        | st.text(max_size=20),
        max_size=30,
    )
)
def test_prose_of_a_page_is_never_boilerplate(lines: list[str]) -> None:
    found = boilerplate(lines)
    assert set(found) <= set(range(len(lines)))
    assert not any(lines[i] == STORM for i in found)
