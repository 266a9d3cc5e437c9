"""Files of one text: what every parser promises, encodings, refusals, and plain text."""

import codecs
import gzip
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import formats
from reader.errors import FormatError
from reader.formats import PARSERS, parse
from reader.formats.detect import detect
from reader.formats.encoding import decode
from reader.formats.headings import names_part
from reader.model import Source
from tests.books import CHANGES, CZECH, Changes, check_refusal, damaged, read, samples, shown
from tests.strategies import characters

DATA = Path(__file__).parent / "data" / "formats"

# Our own words, long enough to be told apart.
RUSSIAN = "Вчера вечером поезд опоздал на час, и мы сидели на скамейке и ели яблоки. "
PORTUGUESE = "Ontem à noite o trem atrasou uma hora; não havia pão nem café na estação. "
POLISH = "Wczoraj wieczorem pociąg spóźnił się o godzinę, więc usiedliśmy na ławce. "
CROATIAN = "Autobus je opet kasnio pa smo se vraćali pješice. Žao mi je što tisuću ljudi čeka."
TURKISH = "Dün akşam tren bir saat geç kaldı, biz de bankta oturup elma yedik, çok güzeldi. "
GERMAN = "Gestern Abend hatte der Zug eine Stunde Verspätung, wir saßen müde auf der Bank. "
CHINESE = "昨天晚上火车晚点了一个小时，我们坐在长椅上吃苹果。列车员说雪把铁轨盖住了。"
JAPANESE = "昨日の夜、電車が一時間遅れたので、私たちはベンチに座ってリンゴを食べた。"


@pytest.mark.parametrize("name", ["wrapped.txt", "article.md", "film.srt", "film.vtt"])
def test_golden_files(name: str) -> None:
    path = DATA / name
    assert shown(read(path)) == path.with_name(f"{name}.expected").read_text("utf-8")


def test_front_matter_is_noted() -> None:
    assert read(DATA / "article.md").notes == ("front matter: left out",)


# Shared suite over all parsers.

SAMPLES = samples()
TEXTS = [suffix for suffix in PARSERS if suffix not in SAMPLES]


def check(source: Source) -> None:
    """Check what every parser promises."""
    at = 0
    for paragraph in source.paragraphs:
        text = source.text[paragraph.start : paragraph.stop]
        assert not source.text[at : paragraph.start].strip()
        assert text == text.strip() != ""
        at = paragraph.stop
    assert source.paragraphs
    assert not source.text[at:].strip()
    assert "\r" not in source.text
    assert unicodedata.is_normalized("NFC", source.text)


@pytest.mark.parametrize("suffix", PARSERS)
@given(data=st.binary(max_size=300) | st.text(characters, max_size=200).map(str.encode))
def test_any_bytes_give_clean_paragraphs_or_a_format_error(suffix: str, data: bytes) -> None:
    try:
        source = parse(data, suffix)
    except FormatError as error:
        check_refusal(error)
        return
    check(source)


@pytest.mark.parametrize("suffix", SAMPLES)
@given(changes=CHANGES)
def test_a_damaged_file_gives_clean_paragraphs_or_an_error(suffix: str, changes: Changes) -> None:
    try:
        source = parse(damaged(SAMPLES[suffix], changes), suffix)
    except FormatError as error:
        check_refusal(error)
        return
    check(source)


def test_a_file_is_known_by_what_it_holds() -> None:
    for suffix, data in SAMPLES.items():
        source = parse(data, suffix)
        check(source)
        misnamed = parse(data, ".txt")
        assert misnamed.text == source.text
        assert misnamed.notes[0] == f"format: named .txt but holds {detect(data)}; read as that"


@pytest.mark.parametrize("suffix", TEXTS)
@pytest.mark.parametrize(
    "text", ["a\r\n\r\nb", "a\r\rb", "\ufeffa\n\nb\n"], ids=["crlf", "cr", "mark"]
)
def test_line_ends_and_marks_do_not_matter(suffix: str, text: str) -> None:
    source = parse(text.encode(), suffix)
    assert [source.text[p.start : p.stop] for p in source.paragraphs] == ["a", "b"]


@pytest.mark.parametrize("suffix", TEXTS)
def test_text_is_composed_and_has_no_soft_hyphens(suffix: str) -> None:
    assert parse("Ma\u00adn\u0303ana".encode(), suffix).text == "Mañana"


# Encodings.


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (PORTUGUESE, "cp1252"),
        (PORTUGUESE, "mac_roman"),
        (PORTUGUESE, "cp850"),
        (GERMAN, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (CZECH, "cp1250"),
        (CROATIAN, "cp1250"),
        (TURKISH, "cp1254"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (CHINESE, "gb18030"),
        (CHINESE, "big5"),
        (JAPANESE, "cp932"),
    ],
)
def test_an_encoding_is_guessed_and_noted(text: str, encoding: str) -> None:
    if encoding == "big5":
        text = "昨天晚上火車晚點了一個小時，我們坐在長椅上吃蘋果。列車員說雪把鐵軌蓋住了。"
    text = text.strip() + "\n"
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert encoding in decoded.notes[0]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("KOI8-R", "koi8-r"),
        ("ISO-8859-1", "cp1252"),
        ("rot13", "cp1250"),
        ("no-such", "cp1250"),
        ("undefined", "cp1250"),
        ("\0", "cp1250"),
        ("utf-16", "cp1250"),
    ],
)
def test_what_a_file_declares_counts_before_a_guess(declared: str, encoding: str) -> None:
    decoded = decode(POLISH.encode("cp1250"), declared)
    assert (decoded.encoding, bool(decoded.notes)) == (encoding, encoding == "cp1250")
    assert decode(POLISH.encode(), declared).encoding == "utf-8"


def test_latin_1_is_read_as_its_superset() -> None:
    assert decode(PORTUGUESE.encode("latin-1")).encoding == "cp1252"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + RUSSIAN.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.notes) == (RUSSIAN, encoding, ())


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "is empty; give a file with text"),
        (b" \n\t\n", "has only blank lines; give a file with text"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)), "is not text but binary"),
        (b"PK\x03\x04\x00\x01\x02\x03\x04\x05\x06", "is not text but binary"),
        (b"\xff\xfea", "has the byte order mark of utf-16-le but is not (byte 0)"),
    ],
    ids=["empty", "blank", "program", "archive", "broken utf-16"],
)
def test_what_is_no_text_is_refused(data: bytes, complaint: str) -> None:
    with pytest.raises(FormatError, match="^" + complaint.replace("(", r"\(").replace(")", r"\)")):
        decode(data)


# Plain text: what is a paragraph.


def paragraphs(text: str) -> list[str]:
    source = parse(text.encode(), ".txt")
    return [source.text[p.start : p.stop] for p in source.paragraphs]


def headings(text: str) -> list[str]:
    source = parse(text.encode(), ".txt")
    return [source.text[p.start : p.stop] for p in source.paragraphs if p.kind == "heading"]


STANZA = (
    "I built a ship of glass and set it on the sea,\n"
    "the wind went through it singing,\n"
    "and all the fish could read my letters\n"
    "through the hull."
)
"""Two of its three breaks are where a line of forty columns would break."""


@pytest.mark.parametrize(
    "text",
    [
        "One paragraph that goes on and on beyond any page.\nAnother, shorter.\nAnd a third one.",
        "Roses are red,\nViolets are blue,\nSugar is sweet\nAnd so are you.",
        f"{STANZA}\n\n{STANZA}",
        "- milk\n- a dozen eggs\n- bread",
        "第一段很长，一直写到这里才结束。\n第二段。\n第三段也不长。",
    ],
    ids=["one a line", "verse", "stanzas", "list", "chinese"],
)
def test_lines_that_are_no_wraps_are_paragraphs(text: str) -> None:
    assert paragraphs(text) == [line for line in text.split("\n") if line]


@pytest.mark.parametrize("width", [40, 72, 100])
def test_wrapped_prose_is_unwrapped(width: int) -> None:
    import textwrap

    prose = [f"{GERMAN}{PORTUGUESE}{POLISH}".strip(), RUSSIAN * 3, "Short.", TURKISH * 2]
    wrapped = "\n\n".join(textwrap.fill(p, width) for p in prose)
    assert [" ".join(p.split()) for p in paragraphs(wrapped)] == [p.strip() for p in prose]


def test_wrapped_chinese_is_unwrapped() -> None:
    lines = [CHINESE[i : i + 20] for i in range(0, len(CHINESE), 20)]
    assert paragraphs("\n".join(lines)) == ["\n".join(lines)]


@pytest.mark.parametrize(
    "line",
    [
        *("CHAPTER I", "Chapter 3. The Well", "Part II", "IV.", "12", "Prologue"),
        *("Глава 2", "Часть II. Дорога", "Эпилог", "Capítulo 4", "Livro II", "Prefácio"),
        *("Kapitel 7", "Chapitre X", "Capitolo 3", "第一章 雪", "第12回", "제 3 장", "Bölüm 5"),
    ],
)
def test_headings_by_their_words(line: str) -> None:
    assert headings(f"{line}\n{GERMAN}\n{line}\n{GERMAN}") == [line, line]


@pytest.mark.parametrize(
    "line",
    [
        "Part of the reason was the snow",
        "Book him now, said the sergeant",
        "Chapter 3 was torn out.",
        "I am here",
        "notes were passed round",
    ],
)
def test_prose_that_begins_like_a_heading_is_none(line: str) -> None:
    assert headings(f"{GERMAN}\n{line}\n{GERMAN}") == []


@pytest.mark.parametrize(
    ("line", "named"),
    [("Chapter 3", True), ("Preface", True), ("preface", False), ("IV.", False), ("Snow", False)],
)
def test_the_name_of_a_part_says_what_it_is(line: str, named: bool) -> None:
    assert names_part(line) == named


def test_headings_by_their_looks_stand_alone_above_prose() -> None:
    article = f"A ponte reabre\n\n{PORTUGUESE}\n\nO comércio comemora\n\n{PORTUGUESE}"
    assert headings(article) == ["A ponte reabre", "O comércio comemora"]
    assert headings(article.replace("\n\n", "\n")) == []
    assert headings(f"{PORTUGUESE}\n\nE então:\n\n{PORTUGUESE}") == []
    assert headings(f"{PORTUGUESE}\n\ncom letra pequena\n\n{PORTUGUESE}") == []
    assert headings(f"{PORTUGUESE}\n\nN.o 12/04-77 2019\n\n{PORTUGUESE}") == []
    for no_prose in ("Sim.", (2 * PORTUGUESE).rstrip(". ")):
        assert headings(f"{PORTUGUESE}\n\nUm nome\n\n{no_prose}\n\n{PORTUGUESE}") == []


@pytest.mark.parametrize("suffix", [".txt", ".html", ".md"])
def test_the_licence_around_a_text_is_set_aside(suffix: str) -> None:
    lines = [
        "This ebook is for anyone. Title: The Ferry. Chapter 1. It goes on and on.",
        "*** START OF THE PROJECT GUTENBERG EBOOK THE FERRY ***",
        "CHAPTER 1",
        "It was late in November when the ferry stopped, and nobody came to the harbour.",
        "*** END OF THIS PROJECT GUTENBERG EBOOK THE FERRY ***",
        "CHAPTER 1",
    ]
    between = "</p><p>" if suffix == ".html" else "\n\n"
    source = parse(between.join(lines).encode(), suffix)
    assert [p.aside for p in source.paragraphs] == ["licence"] * 2 + [""] * 2 + ["licence"] * 2
    assert [p.kind for p in source.paragraphs].count("heading") == 1


# Files.


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.md", "noext"])
def test_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Hello.", encoding="utf-8")
    assert read(path).text == "Hello."


def test_read_takes_a_pipe(tmp_path: Path) -> None:
    import threading

    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=("Hello.",))
    writer.start()
    assert read(path).text == "Hello."
    writer.join()


def test_text_of_an_unknown_kind_is_read_and_noted() -> None:
    source = parse(b"It was late.", ".log")
    assert source.text == "It was late."
    assert source.notes == ("format: '.log' is not known; read as plain text",)


def test_an_address_is_no_file() -> None:
    with pytest.raises(FormatError, match="is an address, and nothing is fetched"):
        read(Path("https://example.org/story.html"))


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"A book".ljust(60, b"\0") + b"BOOKMOBI", "is a Kindle book; convert it to EPUB"),
        (b"AT&TFORM\0\0", "is in DjVu; give its text, or a PDF"),
        (gzip.compress(b"It was late."), "is compressed; unpack it and give its files"),
        (b"\x89PNG\r\n\x1a\n", "is a picture; give the text that is in it"),
    ],
    ids=["kindle", "djvu", "gzip", "png"],
)
def test_a_kind_of_file_that_is_not_read_says_what_to_do(data: bytes, complaint: str) -> None:
    with pytest.raises(FormatError, match=complaint):
        parse(data, ".txt")


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("missing.txt", "no such file; check the name"),
        ("folder", "is a folder; give its files, as in "),
        ("story.odd", "unknown format '.odd'; known are .ass, .csv, .docx, "),
        ("empty.txt", "is empty; give a file with text"),
        ("binary.txt", "is not text but binary; give a text file"),
        ("marks.md", "has no text among its marks; give a file with text"),
    ],
)
def test_read_names_the_file_it_refuses(tmp_path: Path, name: str, complaint: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "story.odd").write_bytes(bytes(range(256)))
    (tmp_path / "marks.md").write_text("<!-- nothing -->\n\n***\n", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(32)))
    path = tmp_path / name
    with pytest.raises(FormatError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: {complaint}")


def test_read_refuses_what_it_may_not_open(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(FormatError, match="permission denied"):
        read(path)


@pytest.mark.parametrize("name", ["/dev/zero", "a\0b", "x" * 5000])
def test_read_refuses_odd_names_and_endless_files(name: str) -> None:
    with pytest.raises(FormatError, match="; "):
        read(Path(name))


def test_what_is_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(2**30)
    monkeypatch.setattr(formats, "LARGEST", 2**20)
    with pytest.raises(FormatError, match=r"a.txt: is larger than 1 MB; give it in parts"):
        read(path)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"<!---->" * 280 + b"<p>x", ".html"),
        (b"<p>" + b"." * 2**18, ".html"),
        (b"line after line of prose that is wrapped, \nand so on it\n" * 30 + b"x" * 2**20, ".txt"),
        (b"\n".join([b"1", b"00:00:01,000 --> 00:00:02,000", b"- " * 2**16]), ".srt"),
        (b"ab-\n" * 2**14, ".txt"),
        (b"\\v 1 x" + b"\\f + " * 2**15 + b"|" * 2**15, ".usfm"),
    ],
    ids=["comments", "dots", "letters", "dashes", "hyphens", "notes"],
)
def test_what_could_take_for_ever_does_not(data: bytes, suffix: str) -> None:
    check(parse(data, suffix))


def test_a_text_beyond_measure_is_refused() -> None:
    with pytest.raises(FormatError, match="has 3 MB of text; give parts of at most 2 MB"):
        decode(b"x" * 3 * 2**20, largest=2 * 2**20)


def test_an_endless_line_is_read() -> None:
    assert len(parse(b"word " * 2**18, ".txt").paragraphs) == 1


def test_markdown_is_read_to_any_sensible_depth() -> None:
    assert parse(b"> " * 99 + b"deep", ".md").text == "deep"


@pytest.mark.parametrize("marks", ["> " * 100, "> " * 10_000, "- " * 50, "> " * 98 + "1. "])
def test_no_text_of_markdown_is_lost_in_the_depth(marks: str) -> None:
    with pytest.raises(FormatError, match="is nested more than 100 levels deep"):
        parse(f"Seen.\n\n{marks}deep".encode(), ".md")


def test_a_name_with_an_escape_sequence_stays_on_its_line(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path / "\x1b[2J\n.txt")
    assert str(caught.value).isprintable()


@pytest.mark.shared
def test_seeds_are_read_without_a_guess(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        source = read(path)
        assert (source.encoding, source.notes) == ("utf-8", ())
        lines = [line.strip() for line in path.read_text("utf-8").split("\n")]
        assert [source.text[p.start : p.stop] for p in source.paragraphs] == list(
            filter(None, lines)
        )
