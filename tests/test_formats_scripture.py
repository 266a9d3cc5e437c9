"""Scripture in USX and OSIS."""

import pytest

from reader.errors import FormatError
from reader.formats import parse
from tests.books import STONES, shown

USX = """<?xml version="1.0" encoding="utf-8"?>
<usx version="3.0">
  <book code="GEN" style="id">made up</book>
  <para style="h">Stones</para>
  <para style="toc1">The Book of Stones</para>
  <para style="mt1">The Book of Stones</para>
  <chapter number="1" style="c" sid="GEN 1"/>
  <para style="s1">The river speaks</para>
  <para style="p">
    <verse number="1" style="v" sid="GEN 1:1"/>The <char style="nd">River</char> spoke,<note
    caller="+" style="f"><char style="fr">1:1 </char><char style="ft">Or, <char style="fq">it
    said.</char></char></note> <char style="w" lemma="why">"Why</char>
    do you\u00a0stand?"<verse eid="GEN 1:1"/>
    <verse number="2" style="v" sid="GEN 1:2"/>And the mountain answered nothing,</para>
  <para style="q1">for it had no mouth.<note caller="-" style="x"><char style="xo">1:2 </char><char
    style="xt">Exo 2:1</char></note></para>
  <para style="b"/>
  <para style="q1">It stood.</para>
  <para style="x-own"><verse number="3-4" style="v" sid="GEN 1:3-4"/>Then it
    <char style="add">rained</char>.<verse eid="GEN 1:3-4"/></para>
  <chapter eid="GEN 1"/>
  <chapter number="2" style="c" sid="GEN 2"/>
  <para style="p"><verse number="1" style="v" sid="GEN 2:1"/>These are the sons.</para>
</usx>
"""
OSIS = """<?xml version="1.0" encoding="utf-8"?>
<osis xmlns="http://www.bibletechnologies.net/2003/OSIS/namespace">
<osisText osisIDWork="Made" xml:lang="en">
<header><work osisWork="Made"><title>Not shown</title></work></header>
<div type="book" osisID="Gen"><title type="main">The Book of Stones</title>
<chapter osisID="Gen.1" sID="Gen.1"/>
<title>The river speaks</title>
<p><verse osisID="Gen.1.1" sID="Gen.1.1"/>The <divineName>River</divineName> spoke,<note>1:1 Or,
<catchWord>it said.</catchWord></note> <q sID="q1" marker='"'/><w lemma="why">Why</w> do
you\u00a0stand?<q eID="q1" marker='"'/><verse eID="Gen.1.1"/>
<verse osisID="Gen.1.2" sID="Gen.1.2"/>And the mountain answered nothing,</p>
<lg><l>for it had no mouth.<note type="crossReference">Exo 2:1</note></l></lg>
<p>It stood.</p><div type="section" sID="s2"/><verse eID="Gen.1.2"/>
<p><verse osisID="Gen.1.3 Gen.1.4">Then it <transChange>rained</transChange>.</verse></p>
<chapter eID="Gen.1"/>
<chapter osisID="Gen.2"><verse osisID="Gen.2.1">These are the sons.</verse></chapter>
</div></osisText></osis>
"""


@pytest.mark.parametrize("book", [USX, OSIS], ids=["usx", "osis"])
def test_scripture_in_xml_is_what_it_is_in_usfm(book: str) -> None:
    source = parse(book.encode(), ".xml")
    assert shown(source) == STONES
    assert source.notes == ("scripture: 1 cross reference left out",)


def test_osis_names_its_language_and_books_without_a_title() -> None:
    source = parse(
        b'<osis><osisText xml:lang="ru"><div type="book" osisID="Ruth"><chapter osisID="Ruth.1">'
        b"a text before <title>a heading</title> and one after, without verses</chapter></div>"
        b"</osisText></osis>",
        ".osis",
    )
    assert source.language == "ru"
    assert shown(source) == (
        "heading | Ruth\nheading | 1\ntext | a text before\n"
        "heading | a heading\ntext | and one after, without verses\n"
    )


def test_text_is_composed() -> None:
    assert parse("<usx><para>Ma\u00adn\u0303ana</para></usx>".encode(), ".usx").text == "Mañana"


@pytest.mark.parametrize(
    "book", ["<usx><para style='p'/></usx>", "<osis><osisText/></osis>"], ids=["usx", "osis"]
)
def test_a_book_without_text_is_refused(book: str) -> None:
    with pytest.raises(FormatError, match="has no text"):
        parse(book.encode(), "")
