"""What any alignment must be, whatever the texts."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.align import Version, align, bitext, explain
from reader.align.versions import Library
from reader.model import Mode
from tests.tale import OTHER, RETOLD, TALE, cells, covered, documents, modes, sentences, version


def test_text_with_itself_is_one_to_one_and_sure() -> None:
    result = align([version("a", TALE), version("b", TALE)])
    assert cells(result) == [((i,), (i,)) for i in range(len(TALE))]
    assert min(row.score for row in result.rows) > 0.9


def test_retold_text_is_paired_in_order() -> None:
    result = align([version("a", TALE), version("b", RETOLD)])
    assert result.mode == "parallel"
    assert cells(result) == [((i,), (i,)) for i in range(len(TALE))]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(
            TALE,
            (RETOLD[0], RETOLD[1] + " " + RETOLD[2], *RETOLD[3:]),
            ((1, 2), (1,)),
            id="two sentences told in one",
        ),
        pytest.param(
            TALE,
            (*RETOLD[:3], *RETOLD[4:]),
            ((3,), ()),
            id="a sentence left out",
        ),
        pytest.param(
            TALE,
            (*RETOLD[:4], OTHER[1], *RETOLD[4:]),
            ((), (4,)),
            id="a sentence put in",
        ),
    ],
)
def test_merges_and_gaps(
    left: Sequence[str], right: Sequence[str], expected: tuple[tuple[int, ...], ...]
) -> None:
    assert expected in cells(align([version("a", left), version("b", right)]))


def test_moved_half_is_found_in_comparable_mode() -> None:
    turned = (*RETOLD[4:], *RETOLD[:4])
    result = align([version("a", TALE), version("b", turned)])
    assert result.mode == "comparable"
    assert cells(result) == [((i,), ((i + 4) % 8,)) for i in range(8)]
    assert any(row.moved == (1,) for row in result.rows)
    assert not any(0 in row.moved for row in result.rows)


def test_unrelated_texts_have_no_rows_in_common() -> None:
    result = align([version("a", TALE), version("b", OTHER)], mode="comparable")
    assert all(len(row.present) == 1 for row in result.rows)


def test_equal_sentences_among_unrelated_ones_are_found() -> None:
    mixed = (OTHER[0], RETOLD[4], OTHER[1], OTHER[2], RETOLD[1], OTHER[3])
    found = align([version("a", TALE), version("b", mixed)], mode="comparable")
    assert {row.segments for row in found.rows if len(row.present) > 1} == {
        ((4,), (1,)),
        ((1,), (4,)),
    }


def test_three_versions_share_rows() -> None:
    versions = [
        version("a", TALE),
        version("b", (*RETOLD[:2], *RETOLD[3:])),
        version("c", (TALE[0], TALE[1] + " " + TALE[2], *TALE[3:])),
    ]
    result = align(versions)
    assert covered(result, versions)
    assert ((0,), (0,), (0,)) in cells(result)
    assert ((7,), (6,), (6,)) in cells(result)
    for d in range(3):
        order = [i for row in result.rows for i in row.segments[d]]
        assert order == sorted(order)


@pytest.mark.parametrize(
    "nothing",
    ["", "Qxw zvrrt plk wnn gtrq bvxx", "Vanha majakanvartija laski laivaa ennen aamiaista"],
    ids=["lost", "garbled", "left in the other language"],
)
def test_a_segment_whose_translation_says_nothing_finds_its_place(nothing: str) -> None:
    pivots = tuple(nothing if i in (2, 5) else text for i, text in enumerate(TALE))
    result = align([Version("a", TALE, pivots), version("b", RETOLD)], mode="parallel")
    assert cells(result) == [((i,), (i,)) for i in range(len(TALE))]


@pytest.mark.parametrize("lost", [(1,), (5,), (2, 6)])
def test_a_moved_segment_without_translation_is_found_beside_its_neighbours(
    lost: tuple[int, ...],
) -> None:
    pivots = tuple("" if i in lost else text for i, text in enumerate(TALE))
    turned = (*RETOLD[4:], *RETOLD[:4])
    result = align([Version("a", TALE, pivots), version("b", turned)], mode="comparable")
    assert cells(result) == [((i,), ((i + 4) % 8,)) for i in range(8)]


def test_a_name_in_another_script_tells_which_segment_goes_with_a_lost_translation() -> None:
    """Of two sentences as long as one whose translation is lost, one has its name."""
    foreign = (*TALE[:3], "Капитан Шнайдер молчал весь вечер.", *TALE[4:])
    pivots = tuple("" if i == 3 else text for i, text in enumerate(TALE))
    told = (*RETOLD[:3], "Some sang until the lamp was out.", "Schneider said no word all evening.")
    for order in ((3, 4), (4, 3)):
        other = (*told[:3], *(told[k] for k in order), *RETOLD[4:])
        result = align([Version("a", foreign, pivots, "ru"), version("b", other)], mode="parallel")
        assert ((3,), (3 + order.index(4),)) in cells(result)


def test_versions_without_translation_are_paired_by_numbers_names_and_length() -> None:
    foreign = (
        "Vanha majakanvartija laski 37 laivaa ennen aamiaista.",
        "Tytär Marta korjasi kuparisen lampun lainatulla viilalla.",
        "Kukaan ei uskonut huhua uponneesta kellosta.",
        "Tiistaina harmaa kuunari ankkuroi pohjoisen riutan taakse.",
        "Kapteeni toi sinetöidyn kirjeen Tarragona satamasta.",
        "Marta ei avannut sitä ennen isän paluuta.",
        "Myrsky tuli illalla ja repi luukut irti.",
        "Puoliyöhön mennessä 14 merimiestä oli suojassa kappelissa.",
    )
    untranslated = Version("f", foreign, ("",) * 8, "fi")
    result = align([version("a", TALE), untranslated], mode="parallel")
    paired = sum(row.segments == ((i,), (i,)) for i in range(8) for row in result.rows)
    assert paired >= 6


def test_reports_that_share_names_only_are_not_paired_without_a_translation() -> None:
    portuguese = (
        "O presidente Aldo Brennick visitou ontem o porto de Lissavel com a família.",
        "A visita durou pouco e terminou antes da chuva.",
        "Os pescadores pediram mais barcos e menos impostos.",
        "Uma banda tocou no cais durante toda a tarde.",
        "As escolas fecharam mais cedo por causa do desfile.",
        "Ninguém soube dizer quando voltará a haver festa.",
    )
    english = (
        "Traders in the old market complained about the price of fish.",
        "Rain is expected to return before the weekend.",
        "The new bridge will open to cars in autumn.",
        "President Aldo Brennick did not say whether Lissavel would get its hospital.",
        "Two ferries were late because of fog.",
        "A museum shows paintings that nobody has seen for years.",
    )
    untranslated = [
        Version("pt", portuguese, ("",) * 6, "pt"),
        Version("en", english, english, "en"),
    ]
    assert all(len(row.present) == 1 for row in align(untranslated, mode="comparable").rows)
    # Asked for by its score, such a row can be had.
    pairs = [row for row in align(untranslated, mode="comparable", min_score=0.5).rows if row.score]
    assert ((0,), (3,)) in [row.segments for row in pairs]
    # Nor does such a sentence join a row of others, which can be compared.
    told = replace(untranslated[1], id="en2")
    for row in align([*untranslated, told], mode="comparable").rows:
        assert row.present in ((0,), (1, 2))


def test_what_has_a_translation_is_compared_by_it_with_what_has_none() -> None:
    translated = Version("pt", ("O cão dorme.",), ("The dog sleeps.",), "pt")
    library = Library([translated, Version("fi", ("Koira nukkuu.",), ("",), "fi")])
    view = library.pair(0, 1).views[0]
    assert view.a.folded == ["the dog sleeps."]
    assert "dog" in view.b.folded[0]


def test_pivots_without_spaces_are_compared_by_characters() -> None:
    told = (
        "老灯塔看守人在早餐前数了三十七艘船。",
        "他的女儿玛尔塔用借来的锉刀修好了铜灯。",
        "村里没有人相信沉钟的谣言。",
        "星期二一艘灰色帆船停在北礁后面。",
        "船长带着港务局密封的信件。",
        "玛尔塔不肯在父亲回来之前打开它。",
    )
    again = (
        "年老的灯塔看守人早餐前数了三十七艘船。",
        "女儿玛尔塔借来锉刀，修好了铜灯。",
        "沉钟的谣言村里没有人相信。",
        "一艘灰色的帆船星期二停在北礁后面。",
        "港务局密封的信件由船长带着。",
        "父亲回来之前，玛尔塔不肯打开它。",
    )
    result = align([version("a", told, language=""), version("b", again, language="")])
    assert cells(result) == [((i,), (i,)) for i in range(6)]


def test_a_segment_without_translation_is_paired_by_its_place() -> None:
    foreign = tuple(f"{k} żółć {'ąęśćźń ' * (len(text) // 8)}" for k, text in enumerate(TALE))
    pivots = ("", *RETOLD[1:3], "", *RETOLD[4:6], "", RETOLD[7])
    result = align([version("a", TALE), Version("f", foreign, pivots, "pl")], mode="parallel")
    assert cells(result) == [((i,), (i,)) for i in range(len(TALE))]


@pytest.mark.parametrize("mode", ["parallel", "comparable", None])
@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([[]], id="one empty version"),
        pytest.param([[], []], id="two empty versions"),
        pytest.param([["a"], []], id="one against nothing"),
        pytest.param([["a"], ["a"]], id="one letter each"),
        pytest.param([["."], ["?", "…"]], id="no letters at all"),
        pytest.param([["x"], ["y"], [], ["x", "y"]], id="four versions"),
        pytest.param([["word " * 200_000], list(TALE)], id="a megabyte in one segment"),
        pytest.param([["字" * 100_000], ["字" * 100_000]], id="a word of a hundred thousand signs"),
        pytest.param([["\ud800", "\x00\x1b[31m", "\u202e"], ["\u0301"]], id="odd characters"),
    ],
)
def test_odd_input_is_aligned_whole(texts: list[list[str]], mode: Mode | None) -> None:
    versions = [version(str(k), column) for k, column in enumerate(texts)]
    assert covered(align(versions, mode=mode), versions)


few = settings(max_examples=60)


@few
@given(documents, modes)
def test_every_segment_is_in_exactly_one_row(texts: list[list[str]], mode: Mode | None) -> None:
    versions = [version(str(k), column) for k, column in enumerate(texts)]
    result = align(versions, mode=mode)
    assert covered(result, versions)
    assert all(0 <= row.score <= 1 for row in result.rows)


@few
@given(documents, modes, st.randoms(use_true_random=False))
def test_order_of_arguments_moves_columns_only(
    texts: list[list[str]], mode: Mode | None, random: st.DataObject
) -> None:
    versions = [version(str(k), column) for k, column in enumerate(texts)]
    order = list(range(len(versions)))
    random.shuffle(order)  # type: ignore[attr-defined]
    first = align(versions, hub=0, mode=mode)
    second = align([versions[k] for k in order], hub=order.index(0), mode=mode)
    assert first.mode == second.mode
    assert cells(first) == [
        tuple(row.segments[order.index(d)] for d in range(len(order))) for row in second.rows
    ]


@few
@given(documents, st.integers(0, 3))
def test_the_hub_orders_rows_and_changes_none(texts: list[list[str]], hub: int) -> None:
    versions = [version(str(k), column) for k, column in enumerate(texts)]
    hub %= len(versions)
    result = align(versions, hub=hub, mode="comparable")
    assert set(cells(result)) == set(cells(align(versions, mode="comparable")))
    order = [i for row in result.rows for i in row.segments[hub]]
    assert order == sorted(order)


@few
@given(st.lists(st.sampled_from([*TALE, *RETOLD, *OTHER]), min_size=1, unique=True), modes)
def test_any_text_with_itself_is_one_to_one(texts: list[str], mode: Mode | None) -> None:
    result = align([version("a", texts), version("b", texts)], mode=mode)
    assert cells(result) == [((i,), (i,)) for i in range(len(texts))]
    assert all(row.score > 0.5 for row in result.rows)


@few
@given(st.lists(sentences, max_size=8), st.lists(sentences, max_size=8))
def test_swapping_sides_mirrors(left: list[str], right: list[str]) -> None:
    a, b = version("a", left), version("b", right)
    forth = [bead.spans for bead in bitext(a, b, mode="parallel")]
    assert [(y, x) for x, y in (bead.spans for bead in bitext(b, a, mode="parallel"))] == forth


def test_evidence_names_what_is_shared() -> None:
    versions = [version("a", TALE), version("b", RETOLD, language="")]
    row = align(versions).rows[4]
    (pair,) = explain(versions, row).pairs
    assert pair.documents == (0, 1)
    assert "tarragona" in pair.words
    assert pair.similarity > 0.5
    first = explain(versions, align(versions).rows[0])
    assert first.pairs[0].numbers == ("37",)
    assert first.pairs[0].neighbours[0] is None


def test_reports_in_one_order_are_not_paired_where_they_tell_different_things() -> None:
    one = [
        "A ferry with 214 people ran aground near the port of Marenha on Tuesday evening.",
        "Nobody was seriously hurt, but eleven passengers were treated for minor injuries.",
        "The bakery on the quay stayed open all night and handed out soup.",
        "The captain, who is 52, told investigators that the steering had failed.",
        "A violin maker from the hills lost three instruments in the water.",
        "Rescue boats brought all the passengers ashore within three hours.",
        "The mayor thanked the fishermen and promised them a feast.",
        "The ferry will be towed to the shipyard on Friday.",
        "Schools near the harbour opened an hour late.",
    ]
    two = [
        "All 214 passengers of a ferry were rescued after it ran aground near the port of Marenha.",
        "The coast guard said that eleven passengers were slightly injured.",
        "It is the third such accident this year, following groundings in March and June.",
        "The captain of the ship told the press that the steering had failed.",
        "Opposition politicians demanded that the minister of transport resign.",
        "Within three hours boats had brought the passengers ashore.",
        "Insurers put the damage at four million.",
        "On Friday the ferry is to be towed to a shipyard in the north.",
        "The company runs nine ferries and was founded by two brothers.",
    ]
    rows = align([Version(x, tuple(y), tuple(y), "en") for x, y in (("a", one), ("b", two))]).rows
    alone = {i for row in rows if len(row.present) == 1 for i in row.segments[0]}
    assert {2, 4, 6, 8} <= alone
    assert {((i,), (i,)) for i in (3, 5, 7)} <= {row.segments for row in rows}


def test_short_translations_are_paired_where_words_have_nothing_in_common() -> None:
    portuguese = (
        ("A chuva começou depois do jantar.", "The rain began after the dinner."),
        ("— Quem está aí? — perguntou o velho.", "Who is there? - asked old."),
        ("— Sou eu, o carteiro.", "– I am, the card."),
        (
            "— A esta hora? — disse o velho, e abriu a porta.",
            '"One this time?" said old, and opened the door.',
        ),
        (
            "O carteiro entrou e pousou a mala no chão.",
            "The wallet came and landed the suitcase on the ground.",
        ),
        ("— Trago uma carta para a sua filha.", "– I am a letter to your daughter."),
        ("— Ela já não mora aqui.", "She doesn't live here already."),
        ("— Então fico com a carta?", "So, phic with the letter?"),
        ("— Fique.", "– Stay."),
        ("Ou deite-a ao mar.", "Or go to the sea."),
        ("Os dois riram e sentaram-se à mesa.", "The two laughed and sitting at the table."),
    )
    english = (
        "After dinner it began to rain.",
        '"Who\'s there?" asked the old man.',
        '"The postman."',
        '"So late?" said the old man, opening the door.',
        "The postman came in and put his bag on the floor.",
        '"I have a letter for your daughter."',
        '"She has moved away."',
        '"Shall I keep it, then?"',
        '"Do.',
        'Or throw it into the sea."',
        "They both laughed and sat down at the table.",
    )
    originals, rough = zip(*portuguese, strict=True)
    versions = [Version("pt", originals, rough, "pt"), Version("en", english, english, "en")]
    found = [row.segments for row in align(versions).rows]
    assert found == [((i,), (i,)) for i in range(len(english))]
