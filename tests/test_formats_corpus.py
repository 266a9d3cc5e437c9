"""Files of several aligned versions: what every parser promises, and what each format tells."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import FormatError
from reader.formats import MAY_BE_CORPORA, parse, parse_corpus
from reader.formats.corpus import CORPORA, parse_lines
from reader.model import Corpus
from tests.books import CHANGES, Changes, check_refusal, corpora, damaged, read_corpus, rows_of

SAMPLES = corpora()


def check(corpus: Corpus) -> None:
    """Check what every parser promises."""
    assert corpus.units
    assert len(corpus.names) == len(corpus.languages)
    for unit in corpus.units:
        assert len(unit.texts) == len(corpus.languages)
        assert any(unit.texts)
        assert all(text == text.strip() and "\n" not in text for text in unit.texts)
        assert 0 <= unit.score <= 1


# Shared suite over all parsers.


@pytest.mark.parametrize("suffix", [*CORPORA, *MAY_BE_CORPORA])
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_clean_units_or_a_format_error(suffix: str, data: bytes) -> None:
    try:
        corpus = parse_corpus(data, suffix)
    except FormatError as error:
        check_refusal(error)
        return
    if corpus:
        check(corpus)


@pytest.mark.parametrize("suffix", CORPORA)
@given(changes=CHANGES)
def test_a_damaged_file_gives_clean_units_or_a_format_error(suffix: str, changes: Changes) -> None:
    try:
        corpus = parse_corpus(damaged(SAMPLES[suffix], changes), suffix)
    except FormatError as error:
        check_refusal(error)
        return
    if corpus:
        check(corpus)


@pytest.mark.parametrize("suffix", CORPORA)
def test_every_format_gives_its_versions_and_rows(suffix: str) -> None:
    corpus = read_corpus(SAMPLES[suffix], suffix)
    assert corpus.languages == ("en", "pb")
    assert rows_of(corpus) == [("It was late.", "Era tarde."), ('"Go!" & <b>', "«Vai!»")]
    assert [(unit.score, unit.status) for unit in corpus.units] == [(1, "auto")] * 2


@pytest.mark.parametrize("suffix", [".jsonl", ".po", ".tmx", ".xlf"])
def test_a_file_is_known_by_what_it_holds(suffix: str) -> None:
    assert read_corpus(SAMPLES[suffix], ".txt") == read_corpus(SAMPLES[suffix], suffix)
    with pytest.raises(FormatError, match="holds several versions, aligned already; give the text"):
        parse(SAMPLES[suffix], ".txt")


def test_a_document_is_no_corpus() -> None:
    assert parse_corpus(b"It was late.", ".txt") is None


# What other programs write.

GOLDEN = [
    pytest.param(
        ".tmx",
        """<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="en"/><body>
        <tu><note>n</note><tuv xml:lang="EN-gb"><seg>Press <bpt i="1">{b </bpt>Go<ept i="1">}</ept>
        <hi>now</hi>.</seg></tuv><tuv lang="fr"><seg>Allez&#160;!</seg></tuv>
        <tuv xml:lang="fr"><seg>Vas-y !</seg></tuv></tu>
        <tu><tuv xml:lang="is"><seg>Núna.</seg></tuv><tuv xml:lang="en"><seg></seg></tuv></tu>
        </body></tmx>""",
        ("en", "fr", "fr", "is"),
        [("Press Go now.", "Allez\u00a0!", "Vas-y !", ""), ("", "", "", "Núna.")],
        id="tmx with codes, two variants and a language that Argos lacks",
    ),
    pytest.param(
        ".xlf",
        """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
        <file original="a" source-language="en" target-language="de"><body><group>
        <trans-unit id="1" approved="yes"><source>One <g id="x">two</g><ph id="y">%s</ph></source>
        <target>Eins zwei</target><alt-trans><source>No</source><target>Nein</target></alt-trans>
        </trans-unit><trans-unit id="2"><source>Three</source></trans-unit></group></body></file>
        <file original="a" source-language="en" target-language="fr"><body>
        <trans-unit id="1"><source>One two</source><target>Un deux</target></trans-unit>
        <trans-unit id="2"><source>Four</source><target>Quatre</target></trans-unit>
        </body></file></xliff>""",
        ("en", "de", "fr"),
        [("One two", "Eins zwei", "Un deux"), ("Three", "", ""), ("Four", "", "Quatre")],
        id="xliff 1.2 with two targets of one original, of which one is newer",
    ),
    pytest.param(
        ".xliff",
        """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en"
        trgLang="pt"><file id="f"><unit id="1"><segment id="s1" state="final"><source>One</source>
        <target>Um</target></segment><ignorable><source> </source></ignorable><segment id="s2">
        <source>Two</source></segment></unit></file></xliff>""",
        ("en", "pt"),
        [("One", "Um"), ("Two", "")],
        id="xliff 2.0 with two segments in a unit",
    ),
    pytest.param(
        ".sdlxliff",
        """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
        <file original="a" source-language="en" target-language="pt"><body>
        <trans-unit id="1"><source>One. Two.</source><seg-source><g id="0"><mrk mtype="seg"
        mid="1">One.</mrk></g> <mrk mtype="seg" mid="2">Two.</mrk></seg-source>
        <target><mrk mtype="seg" mid="1">Um.</mrk></target></trans-unit>
        <trans-unit id="2"><source>Three, four.</source><seg-source>Three, <mrk mtype="seg"
        mid="3">four.</mrk></seg-source><target>Três, quatro.</target></trans-unit>
        </body></file></xliff>""",
        ("en", "pt"),
        [("One.", "Um."), ("Two.", ""), ("Three, four.", "Três, quatro.")],
        id="xliff 1.2 with units divided into segments",
    ),
    pytest.param(
        ".tsv",
        'English\tGerman\n"Go!"\tLos!\n"Well?"\t""\n',
        ("en", "de"),
        [("Go!", "Los!"), ("Well?", "")],
        id="tsv as Sketch Engine has it, quoted throughout",
    ),
    pytest.param(
        ".tsv",
        'en\tde\n"Go!" he said\tLos!\n',
        ("en", "de"),
        [('"Go!" he said', "Los!")],
        id="tsv with a mark at the beginning of a cell",
    ),
    pytest.param(
        ".csv",
        'id;en-US;pt;source;n\n1;"a; ""b""";x y;web page;3\n2;c c;;web page;4\n',
        ("en", "pt"),
        [('a; "b"', "x y"), ("c c", "")],
        id="csv with semicolons and columns about the rows",
    ),
    pytest.param(
        ".tsv",
        "1\tIt was late.\tEra tarde.\n2\tHe left.\tSaiu.\n",
        ("", ""),
        [("It was late.", "Era tarde."), ("He left.", "Saiu.")],
        id="tsv without a head",
    ),
    pytest.param(
        ".csv",
        "Source,Target\nIt was late.,Era tarde.\n",
        ("", ""),
        [("It was late.", "Era tarde.")],
        id="csv of a source and a target",
    ),
    pytest.param(
        ".tsv",
        "id\teng\tpor\n1\tIt was late.\tEra tarde.\n",
        ("en", "pt"),
        [("It was late.", "Era tarde.")],
        id="tsv with codes of three letters",
    ),
    pytest.param(
        ".tsv",
        "en\tis\ten:old\ten (machine en)\nNow.\tNúna.\tAnon.\tNow!\n",
        ("en", "is", "en"),
        [("Now.", "Núna.", "Anon.")],
        id="tsv with two versions in one language and machine text",
    ),
    pytest.param(
        ".po",
        r"""# Of a made-up mail program.
        msgid ""
        msgstr "Language: ru\nContent-Type: text/plain; charset=utf-8\n"

        #: inbox.c:7
        #, fuzzy, c-format
        msgid "%d letter from the other side of the town"
        msgid_plural "%d letters from the other side of the town"
        msgstr[0] "%d письмо"
        msgstr[1] "%d письма"
        msgstr[2] "%d писем"

        msgctxt "menu"
        msgid ""
        "Write to\n"
        "everybody"
        msgstr ""

        #~ msgid "Quit"
        #~ msgstr "Выход"
        """,
        ("en", "ru"),
        [
            ("%d letter from the other side of the town", "%d письмо"),
            ("%d letters from the other side of the town", "%d письма"),
            ("", "%d писем"),
            ("Write to everybody", ""),
        ],
        id="po with forms of a plural, an open message and an obsolete one",
    ),
]


@pytest.mark.parametrize(("suffix", "text", "languages", "expected"), GOLDEN)
def test_golden_pairs(
    suffix: str, text: str, languages: tuple[str, ...], expected: list[tuple[str, ...]]
) -> None:
    corpus = read_corpus(text, suffix)
    assert (corpus.languages, rows_of(corpus)) == (languages, expected)


def test_what_somebody_approved_is_confirmed() -> None:
    for suffix, text in ((p.values[0], p.values[1]) for p in GOLDEN[1:3]):
        first, second, *_ = read_corpus(str(text), str(suffix)).units
        assert (first.status, second.status) == ("confirmed", "auto")


def test_columns_with_one_head_are_versions_of_their_own() -> None:
    corpus = read_corpus("en\ten\tpt\nNow.\tAt once.\tAgora.\n", ".tsv")
    assert corpus.languages == ("en", "en", "pt")
    assert corpus.units[0].texts == ("Now.", "At once.", "Agora.")


def test_columns_left_out_are_noted() -> None:
    corpus = read_corpus("en\tpt\tremark\nNow.\tAgora.\tfine words\n", ".tsv")
    assert corpus.notes == ("table: 'remark' left out; head a version by its language",)


def test_cells_beyond_the_last_column_are_noted() -> None:
    corpus = read_corpus("en,pt\nNow.,Agora.,more,\nNo.,Não.,\n", ".csv")
    assert corpus.notes == (
        "table: what stands beyond the last column is left out, in 1 of 2 rows",
    )


def test_lines_are_paired_one_by_one() -> None:
    files = [("c.en", "en", b"One.\n\nThree.\n"), ("c.de", "de", b"Eins.\nZwei.\n\n")]
    corpus = parse_lines(files)
    assert corpus is not None
    assert rows_of(corpus) == [("One.", "Eins."), ("", "Zwei."), ("Three.", "")]
    assert corpus.names == ("c.en", "c.de")
    assert parse_lines([*files, ("c.fr", "fr", b"Un.\n")]) is None
    with pytest.raises(FormatError, match=r"^c\.fr: has only blank lines; give a file with text$"):
        parse_lines([*files, ("c.fr", "fr", b"\n \n\n")])


# Files that mean harm, or are broken.


@pytest.mark.parametrize(
    ("suffix", "text", "complaint"),
    [
        (".tmx", "<tmx><body><tu><tuv xml:lang='en'><seg>a", "is damaged ("),
        (".tmx", "<tmx><body/></tmx>", "holds no text in any language; give a file with pairs"),
        (".tmx", "<tmx>" + "<tu>" * 300, "is damaged (excessive depth in document: 256"),
        (".xlf", "no markup", "is damaged (start tag expected"),
        (".xlf", "<xliff>\nSalt & pepper", "is damaged (& that is not written as &amp;, line 2);"),
        (".tsv", "one column\nof text", "has fewer than two columns of text; give a table"),
        (".csv", "a,b\n1,2\n", "has fewer than two columns of text; give a table"),
        (".jsonl", '{"a": 1}', "is no JSON Lines file of reader; give one that `reader align`"),
        (".jsonl", '{"format": "reader-jsonl", "documents": {"a": 1}}', "is damaged ("),
        pytest.param(
            ".jsonl",
            '{"format": "reader-jsonl", "documents": {"a": {"lang": "en", "name": "a"}}}\n'
            '{"versions": {"a": {"text": "x", "span": [1e999]}}}',
            "is damaged (cannot convert float infinity to integer); give a whole file",
            id="a place at infinity",
        ),
        pytest.param(
            ".jsonl",
            "[" * 100_000,
            "is damaged (line 1 is no object); give a whole file",
            id="depth without end",
        ),
    ],
)
def test_what_is_no_corpus_is_refused(suffix: str, text: str, complaint: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_corpus(text.encode(), suffix)
    assert str(caught.value).startswith(complaint)


def test_half_a_character_is_replaced() -> None:
    lines = (
        '{"format": "reader-jsonl", "documents": {"a": {"lang": "en", "name": "a"}}}\n'
        '{"versions": {"a": {"text": "Salt \\ud83d water.", "span": [0, 13]}}}'
    )
    corpus = parse_corpus(lines.encode(), ".jsonl")
    assert corpus is not None
    assert [unit.texts for unit in corpus.units] == [("Salt \ufffd water.",)]


def test_a_cell_beyond_the_limit_of_the_csv_module_is_refused() -> None:
    limit = csv.field_size_limit(100)  # of the whole process; some libraries raise it
    try:
        with pytest.raises(FormatError, match="field larger than field limit"):
            parse_corpus(f"en,de\n{'a' * 200},b\n".encode(), ".csv")
    finally:
        csv.field_size_limit(limit)


def test_entities_of_a_memory_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 20}">' for i in range(1, 12))
    bomb = (
        f'<!DOCTYPE tmx [<!ENTITY e0 "0"><!ENTITY f SYSTEM "file:///etc/passwd">{entities}]><tmx>'
        "<body><tu><tuv xml:lang='en'><seg>a&e11;b&f;c</seg></tuv></tu></body></tmx>"
    )
    with pytest.raises(FormatError, match="is damaged"):
        parse_corpus(bomb.encode(), ".tmx")
