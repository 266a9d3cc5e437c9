"""DOCX, ODT, RTF and FB2: headings, notes, and what does not show."""

import pytest

from reader.errors import FormatError
from reader.formats import parse
from tests.books import archive, docx, fictionbook, odt, shown, word


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            word("One", style="H") + word("It was ", inside="<w:r><w:t>late.</w:t></w:r>"),
            "heading | One\ntext | It was late.\n",
            id="heading and runs",
        ),
        pytest.param(
            word("One", style="O") + word("Late."), "heading | One\ntext | Late.\n", id="own"
        ),
        pytest.param(
            word(
                "kept",
                inside="<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
                '<w:ins><w:r><w:t xml:space="preserve"> new</w:t></w:r></w:ins>'
                "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:br/><w:t>Line.</w:t></w:r>",
            ),
            "text | kept new\ntext | Line.\n",
            id="changes, fields and breaks",
        ),
        pytest.param(
            f"<w:tbl><w:tr><w:tc>{word('a')}</w:tc><w:tc>{word('b')}</w:tc></w:tr></w:tbl>",
            "text | a\ntext | b\n",
            id="table",
        ),
    ],
)
def test_word(body: str, expected: str) -> None:
    assert shown(parse(docx(body), ".docx")) == expected


def test_notes_of_word_come_last_with_their_marks() -> None:
    first = "<w:r><w:footnoteReference w:id='7'/></w:r><w:r><w:t> He left.</w:t></w:r>"
    notes = "".join(
        f"<w:footnote w:id='{n}'>{word(text)}</w:footnote>"
        for n, text in ((0, "rule"), (5, "Two."), (7, "One."))
    )
    body = word("Late.", inside=first) + word("So.", inside=first.replace("7", "5"))
    assert shown(parse(docx(body, notes=notes), ".docx")).splitlines() == [
        *("text | Late.¹ He left.", "text | So.² He left.", "text | ¹ One.", "text | ² Two."),
    ]


def test_contents_are_set_aside() -> None:
    source = parse(docx(word("One 3", style="T") + word("One", style="H") + word("So.")), ".docx")
    assert [p.aside for p in source.paragraphs] == ["contents", "", ""]
    index = "<text:table-of-content><text:p>One 3</text:p></text:table-of-content>"
    source = parse(odt(f"{index}<text:h>One</text:h><text:p>So.</text:p>"), ".odt")
    assert [p.aside for p in source.paragraphs] == ["contents", "", ""]


def test_opendocument() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Nine.</text:p>"
        "</text:note-body></text:note>"
    )
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>One</text:h>"
        f"<text:p>It<text:s text:c='2'/>was<text:tab/><text:span>late.</text:span>{note} He left."
        "<text:line-break/>So.</text:p><text:list><text:list-item><text:p>milk</text:p>"
        "</text:list-item></text:list>"
    )
    assert shown(parse(odt(body), ".odt")).splitlines() == [
        *("heading | One", "text | It was late.¹ He left.", "text | So.", "text | milk"),
        "text | ¹ Nine.",
    ]


BOOK = (
    "<body><title><p>Паром</p></title><section><title><p>1</p><p>Колодец</p></title>"
    '<p>Было <emphasis>поздно</emphasis>.<a l:href="#n1" type="note">[1]</a> Он ушёл.</p>'
    "<poem><stanza><v>Снег идёт,</v><v>снег идёт.</v></stanza></poem></section></body>"
    '<body name="notes"><section id="n1"><title><p>1</p></title><p>Девять.</p></section></body>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_fictionbook(encoding: str) -> None:
    source = parse(fictionbook(BOOK, encoding=encoding), ".fb2")
    assert shown(source).splitlines() == [
        *("heading | Паром", "heading | 1", "heading | Колодец", "text | Было поздно.¹ Он ушёл."),
        *("text | Снег идёт,", "text | снег идёт.", "text | ¹ Девять."),
    ]
    assert source.language == "ru"
    assert parse(archive({"a.fb2": fictionbook(BOOK)}), ".zip").text == source.text


def test_rich_text() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 T;}}{\*\generator x}\f0 "
        rb"\'cf\'ee\'e5\'e7\'e4 \u1080?\b  caf\'e9\b0{\footnote no}\par\par Late.\par}"
    )
    source = parse(data, ".rtf")
    assert source.text.split("\n\n")[0].startswith("Поезд и")
    assert source.notes == (
        "notes: its footnotes are left out; save it as DOCX or ODT to keep them",
    )


OPEN = "application/vnd.oasis.opendocument"


@pytest.mark.parametrize(
    ("data", "suffix", "complaint"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
            ".doc",
            "is an old or an encrypted office",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
            ".docx",
            "is an old or an encrypted office",
        ),
        (
            archive({"mimetype": f"{OPEN}.presentation", "content.xml": ""}),
            ".odp",
            "holds slides; save it as PDF or text",
        ),
        (archive({"ppt/presentation.xml": ""}), ".pptx", "holds slides; save it as PDF or text"),
        (archive({"x": "y"}), ".docx", "is an archive that holds no document; unpack it"),
        (b"text", ".docx", "is a damaged archive; give a whole file"),
        (docx(""), ".docx", "has no text among its marks; give a file with text"),
        (docx("<w:p>"), ".docx", "is damaged ("),
        (
            odt("<text:p>x</text:p>", manifest="<m><encryption-data/></m>"),
            ".odt",
            "is encrypted; give",
        ),
        (b"<FictionBook><body>", ".fb2", "is damaged ("),
        (rb"{\rtf1", ".rtf", "is empty; give a file with text"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, suffix: str, complaint: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(data, suffix)
    assert str(caught.value).startswith(complaint)
