"""Find the headings of a text without markup, by their words and by their looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reader.languages import CLOSING, END_MARKS, is_small, letters
from reader.model import Paragraph

# Longer lines are no headings, in characters. Headlines of newspapers reach 110.
_LONGEST = 120
# A heading by its looks alone stands above a paragraph at least this long, in letters.
_PROSE = 50
# A line that stands twice in a row is a headline from so many characters.
_HEADLINE = 30
# Paragraphs at the beginning among which a title may stand.
_TITLE_WITHIN = 4

_NUMBER = r"(?:\d{1,3}|(?-i:[IVXLCDM]+))"
# "Chapter 3", "Глава II", "Capítulo I. Das origens": the words for the parts of a book.
_PART = re.compile(
    r"(?:chapter|book|part|volume|section|act|scene|letter|canto"
    r"|capítulo|capitulo|livro|parte|ato|cena|libro|acto|escena|capitolo|atto|scena"
    r"|chapitre|livre|partie|tome|acte|scène|kapitel|buch|teil|akt|szene|band"
    r"|глава|книга|часть|том|раздел|действие|сцена|розділ|частина"
    r"|rozdział|księga|kapitola|fejezet|bölüm|hoofdstuk|kapittel|luku|capitolul|κεφάλαιο"
    rf"|الفصل|فصل|פרק|अध्याय|บทที่|chương) +{_NUMBER}\b[.:]?(?:\s.*[^.,;:…])?"
    r"|第[ \d〇零一二三四五六七八九十百千两０-９]+[章回节節部卷篇话話幕編编].*"
    r"|제 ?\d+ ?[장부권화].*",
    re.IGNORECASE | re.DOTALL,
)
# Words that head a part of a book alone on their line.
_ALONE = re.compile(
    r"(?:prologue|epilogue|preface|foreword|introduction|afterword|contents|appendix|notes"
    r"|conclusion|prólogo|epílogo|prefácio|posfácio|introdução|sumário|conclusão|prefacio"
    r"|introducción|índice|conclusión|prologo|epilogo|prefazione|introduzione|indice|préface"
    r"|avant-propos|épilogue|vorwort|einleitung|nachwort|inhalt|prolog|epilog|пролог|эпилог"
    r"|предисловие|введение|послесловие|оглавление|содержание|序|序章|终章|終章|后记|後記|前言"
    r"|目录|目錄|まえがき|あとがき)[.:]?",
    re.IGNORECASE,
)
_NUMERAL = re.compile(r"(?:[IVXLCDM]{1,8}|\d{1,3}|[一二三四五六七八九十]{1,3})[.)]?")
_ENDS = re.compile(rf"[{END_MARKS}…:;,，：；，、—–-]{CLOSING}")
_OPENS = re.compile(r"[\"'“„«‘(\[¿¡]*(?:[^\W_])")


def mark_headings(
    text: str, paragraphs: Sequence[Paragraph], *, looks: bool = True
) -> tuple[Paragraph, ...]:
    """Return the paragraphs with headings marked as such; in doubt a paragraph is none.

    Headings are known by their words ("Chapter 3"), and with `looks` also by their looks: a short
    line without an end mark between blank lines (among other lines it is verse or dialogue).
    """
    lines = [text[p.start : p.stop] for p in paragraphs]
    breaks = [text[a.stop : b.start].count("\n") > 1 for a, b in pairwise(paragraphs)]
    alone = [before and after for before, after in pairwise([True, *breaks, True])]
    return tuple(
        replace(paragraph, kind="heading")
        if _by_words(lines[i]) or (looks and alone[i] and _by_looks(lines[i]) and _heads(lines, i))
        else paragraph
        for i, paragraph in enumerate(paragraphs)
    )


def _heads(lines: Sequence[str], index: int) -> bool:
    """Tell whether a line stands where a heading may: above prose, at the top, or said twice."""
    following = lines[index + 1] if index + 1 < len(lines) else ""
    above_prose = bool(_ENDS.search(following)) and letters(following) >= _PROSE
    at_top = index < _TITLE_WITHIN and not any(_ENDS.search(line) for line in lines[:index])
    again = len(lines[index]) >= _HEADLINE and lines[index] in (following, *lines[:index][-1:])
    return above_prose or at_top or again


def _by_words(line: str) -> bool:
    if len(line) > _LONGEST:
        return False
    return any(form.fullmatch(line) for form in (_PART, _ALONE, _NUMERAL))


def names_part(line: str) -> bool:
    """Tell whether a line is the name of a part of a book, such as "Chapter 3" or "Preface"."""
    named = len(line) <= _LONGEST and any(form.fullmatch(line) for form in (_PART, _ALONE))
    return named and not is_small(line[0])


def _by_looks(line: str) -> bool:
    """Tell whether a line is short, begins like a sentence and does not end like one."""
    opening = _OPENS.match(line)
    return (
        len(line) <= _LONGEST
        and opening is not None
        and not is_small(line[opening.end() - 1])
        and sum(c.isalpha() for c in line) * 2 > len(line)
        and not _ENDS.search(line)
    )
