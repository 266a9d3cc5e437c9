"""Find the paragraphs of a web page that are not its story: menus, links, bylines, dates.

There are two kinds of evidence. A line that says what it is ("Post a Comment", "© AP Photo") is
enough by itself: a sign. A line that only looks like a link (short, no end mark) counts only beside
a sign. A text without any sign is not a web page, and nothing but ornaments and dates is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reader.languages import CLOSING, EAST_ASIAN, END_MARKS, letters
from reader.segment import phrases

# A text up to this many characters is an article. A longer one is a web page only if one paragraph
# in so many is a sign: a book may well have a line "Contents".
ARTICLE = 60_000
_PARAGRAPHS_PER_SIGN = 50

# Longer lines are prose, whatever they begin with, in characters.
_LONGEST = 200
# A date, a place or a name among so many lines at either end of an article is not part of the
# story; further inside it is, and so are more dates than this (a diary).
_EDGE = 5
_DATES = 3
# A menu is at least so many lines in a row of at most so many words and letters; fewer lines do if
# one of them is a word of menus.
_MENU_LINES = 4
_MENU_LINES_NAMED = 2
_MENU_WORDS = 3
_MENU_LETTERS = 30
# Least letters of a paragraph of the story, which ends in a mark: anywhere, and below "see also".
_SENTENCE = 30
_PROSE = 50

_ENDED = re.compile(rf"(?<!\.\.)[{END_MARKS}]{CLOSING}")
_CUT_OFF = re.compile(r"(?:…|\.\.\.)[\])]?$")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_COUNT = re.compile(r"\s*[(\[]\d+[)\]]$")
_NUMBER = re.compile(r"\d[\d.,\u00a0]*")
# Two Han characters are about a word.
_WORD = re.compile(rf"{EAST_ASIAN.pattern}{{2}}|\w+")

# Signs by their form rather than by their words: detail -> pattern of the whole line.
_FORMS = {
    "copyright": re.compile(r"(?:©|\(c\)|copyright(?: ©)?) ?\d{4}.*", re.IGNORECASE),
    "photo": re.compile(
        r"©.*"
        r"|.{0,80}/ ?(?:AP|AFP|EPA|EFE|TASS|ТАСС|Reuters|Getty Images|РИА Новости|Lusa|ANSA|dpa)"
        r"(?: Photo| archive)?"
        r"|(?:AP|AFP|EPA|Reuters|Getty Images|TASS|ТАСС)(?: Photo)?(?:/.*)?"
    ),
    "byline": re.compile(r"[*(]?(?:[^\W\d_]\. ?){2,3}(?:/ ?(?:[^\W\d_]\. ?){1,3})*\)?"),
    # Guillemets may be quotation marks as well.
    "menu": re.compile(r"[^|•·›»>«‹]{2,25}(?:(?: ?\|| [•·›»>]) ?[^|•·›»>«‹]{2,25}){2,}(?<![.!?…])"),
    "link": re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?:[#@]\w+[\s,]*)+"),
    "counter": re.compile(
        r"\d[\d., ]* ?(?:views?|reads?|shares?|likes?|min(?:ute)?s? read|просмотр\w*"
        r"|visualizações|visitas|vues|aufrufe)",
        re.IGNORECASE,
    ),
    "comments": re.compile(r"your e-?mail address will not be published.*", re.IGNORECASE),
    "share": re.compile(
        r"(?:share (?:on|via|with)|follow us on|compartilh(?:e|ar) (?:no|na|em|via)"
        r"|поделиться (?:в|на)|compartir en|partager sur|condividi su|auf (?=.* teilen)) .{1,30}",
        re.IGNORECASE,
    ),
    "widget": re.compile(
        r"(?:blog widget|powered|designed|theme|template) by .{1,40}", re.IGNORECASE
    ),
    "cookies": re.compile(
        r".*\b(?:uses? cookies|our use of cookies|usamos cookies|utiliza(?:mos)? cookies"
        r"|использу\w+ (?:файлы )?cookie|utilis\w+ des cookies|verwende[nt] cookies"
        r"|usa i cookie|utilizza(?: i)? cookie)\b.*",
        re.IGNORECASE,
    ),
    "subscribe": re.compile(
        r"(?:sign up (?:for|to) |subscribe to |assine (?:a|o|nossa|nosso) |inscreva-se "
        r"|receba (?:as|nossas|a nossa) |подпи(?:шитесь|сывайтесь) |suscríb(?:ete|ase) "
        r"|abonnez-vous |abonnieren sie |iscriviti ).*",
        re.IGNORECASE,
    ),
}
# "Москва – САНА": a place and an agency in capitals.
_DATELINE = re.compile(r"[^\W\d_][\w ,.'-]{1,30} ?[–—-] ?\W?([^\W\d_]{2,12})\W?")
# "NIZHNY TAGIL, November 25.", "/TASS/.": the same before the first sentence of a report.
_DATELINE_BEFORE = re.compile(r"([^\W\d_][\w .'-]+), ([^,]{3,20})[.:]|/[\w -]{2,12}/[.:]?")
# "By Jane Doe": names with capitals.
_BY_NAME = re.compile(r"(?i:by|por|par|von|di|автор) (?:[^\W\d_][\w.'-]* ?){2,4}")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}:\d\d")
_DATE_PARTS = re.compile(r"[年月日년월일]|[^\W\d_]+?(?=[年月日년월일])|[^\W\d_]+|\d+")


def boilerplate(lines: Sequence[str]) -> dict[int, str]:
    """Return index -> kind for the paragraphs that are not part of the story.

    `lines` are the paragraphs of a document, each on one line. In any text a line without a letter
    or a digit is an ornament.
    """
    ornaments = {i: "ornament" for i, line in enumerate(lines) if not _WORD.search(line)}
    signs = {i: detail for i, line in enumerate(lines) if (detail := _sign(line))}
    article = sum(map(len, lines)) <= ARTICLE
    if not (article or len(signs) * _PARAGRAPHS_PER_SIGN >= len(lines)):
        return ornaments
    found = ornaments | signs
    if signs:
        _add_links(lines, found)
        _add_menus(lines, found)
    _add_edges(lines, found, page=bool(signs))
    if signs:
        _add_footer(lines, found)
    return dict(sorted(found.items()))


def _sign(line: str) -> str | None:
    """Return the kind of a line that is a sign, None for any other."""
    if len(line) > _LONGEST:
        return None
    key = _key(line)
    if detail := _signs().get(key):
        return detail
    head, _, tail = (part.strip() for part in key.partition(":"))
    if tail and _signs().get(head) == "see also":
        return "related link"
    if tail and head in _heads() and not _ENDED.search(line):
        return _heads()[head]
    return next((detail for detail, form in _FORMS.items() if form.fullmatch(line)), None)


def _key(line: str) -> str:
    """Return a line in the form of `phrases`."""
    plain = line.casefold().replace("：", ":").replace("’", "'")
    return _NUMBER.sub("#", _EDGES.sub("", _COUNT.sub("", plain)))


@cache
def _signs() -> dict[str, str]:
    """Phrase that is a sign if it is a whole line -> its kind."""
    return _table(
        {
            "see also": phrases.ANCHORS,
            "comments": phrases.COMMENTS,
            "share": phrases.SHARE,
            "read more": phrases.READ_MORE,
            "widget": phrases.WIDGETS,
        }
    )


@cache
def _heads() -> dict[str, str]:
    """Phrase that is a sign if more follows after a colon -> the kind of the line."""
    return _table(
        {
            "photo": phrases.CREDITS,
            "byline": phrases.BYLINES,
            "source": phrases.SOURCES,
            "tags": phrases.TAGS,
        }
    )


@cache
def _words(rows: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for row in rows for word in row.split("|"))


def _table(kinds: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {phrase: detail for detail, rows in kinds.items() for phrase in _words(rows)}


def _add_edges(lines: Sequence[str], found: dict[int, str], *, page: bool) -> None:
    """Mark dates, datelines and, on a web page, bylines at both ends of an article."""
    dates = {i for i, line in enumerate(lines) if _is_date(line)}
    rest = [i for i in range(len(lines)) if i not in found]
    for i in rest[:_EDGE]:
        line = lines[i]
        if (place := _DATELINE.fullmatch(line)) and place[1].isupper():
            found[i] = "dateline"
        elif page and _BY_NAME.fullmatch(line) and line.split(maxsplit=1)[1].istitle():
            found[i] = "byline"
    if len(dates) <= _DATES:
        found |= {i: "date" for i in (*rest[:_EDGE], *rest[-_EDGE:]) if i in dates}


def _is_date(line: str) -> bool:
    if len(line) > _LONGEST or not any(map(str.isdigit, line)):
        return False
    words = {part for part in _DATE_PARTS.findall(line.casefold()) if not part.isdigit()}
    if not words <= _words(phrases.DATE_WORDS) | _words(phrases.MONTHS):
        return False
    return bool(_DATE.search(line) or words & _words(phrases.MONTHS))


def is_dateline(sentence: str) -> bool:
    """Tell whether the first sentence of a paragraph is only place and date of the report."""
    match = _DATELINE_BEFORE.fullmatch(sentence)
    return match is not None and (not match[1] or (match[1].isupper() and _is_date(match[2])))


def _is_prose(line: str, least: int) -> bool:
    return bool(_ENDED.search(line)) and letters(line) >= least


def _is_short(line: str) -> bool:
    few = len(_WORD.findall(line)) <= _MENU_WORDS
    return few and not _ENDED.search(line) and letters(line) <= _MENU_LETTERS


def _add_links(lines: Sequence[str], found: dict[int, str]) -> None:
    """Mark the links below "see also", up to the next paragraph of the story."""
    for anchor in [i for i, detail in found.items() if detail == "see also"]:
        links = 0
        for i in range(anchor + 1, len(lines)):
            if found.get(i) == "see also" or _is_prose(lines[i], 0 if links else _PROSE):
                break
            if i not in found:
                found[i] = "teaser" if _CUT_OFF.search(lines[i]) else "related link"
                links += 1


def _add_menus(lines: Sequence[str], found: dict[int, str]) -> None:
    """Mark runs of very short lines, and words of menus beside other boilerplate."""
    menu = [_key(line) in _words(phrases.MENU) for line in lines]
    start = 0
    ends = [i for i, line in enumerate(lines) if not _is_short(line)]
    for i in (*ends, len(lines)):
        # The last one may be the heading of the prose below it.
        stop = i - 1 if i < len(lines) and _is_prose(lines[i], _SENTENCE) else i
        if stop - start >= (_MENU_LINES_NAMED if any(menu[start:stop]) else _MENU_LINES):
            found |= {k: "menu" for k in range(start, stop) if k not in found}
        start = i + 1
    for i, is_menu in enumerate(menu):
        if is_menu and i not in found and (not i or i - 1 in found or i + 1 in found):
            found[i] = "menu"


def _add_footer(lines: Sequence[str], found: dict[int, str]) -> None:
    """Mark lines that look like links, from the first sign after the end of the story on."""
    story = [i for i, line in enumerate(lines) if i not in found and _is_prose(line, _SENTENCE)]
    below = range(story[-1] + 1 if story else 0, len(lines))
    first = next((i for i in below if i in found), len(lines))
    for i in range(first, len(lines)):
        if i in found or _ENDED.search(lines[i]):
            continue
        cut_off, short = _CUT_OFF.search(lines[i]), _is_short(lines[i])
        found[i] = "teaser" if cut_off else "menu" if short else "related link"
