"""Languages: their codes and names, and which of them a text is written in.

The codes are those of Argos Translate. They are ISO 639-1 except for two inventions, `pb`
(Brazilian Portuguese) and `zt` (traditional Chinese); exports want BCP 47 instead. A text in a
language that Argos lacks is none the less in that language: its code is that of BCP 47.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from reader.errors import LanguageError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier


@dataclass(frozen=True, slots=True)
class Language:
    """One language that Argos Translate has packages for."""

    name: str
    native: str
    script: str
    """ISO 15924; Jpan, Kore, Hans and Hant where a language has a mixture or a variety."""
    tag: str = ""
    """BCP 47, where it is not the code itself."""


# Languages with a package in the Argos index (September 2026).
LANGUAGES = {
    "ar": Language("Arabic", "العربية", "Arab"),
    "az": Language("Azerbaijani", "azərbaycanca", "Latn"),
    "bg": Language("Bulgarian", "български", "Cyrl"),
    "bn": Language("Bengali", "বাংলা", "Beng"),
    "ca": Language("Catalan", "català", "Latn"),
    "cs": Language("Czech", "čeština", "Latn"),
    "da": Language("Danish", "dansk", "Latn"),
    "de": Language("German", "Deutsch", "Latn"),
    "el": Language("Greek", "Ελληνικά", "Grek"),
    "en": Language("English", "English", "Latn"),
    "eo": Language("Esperanto", "Esperanto", "Latn"),
    "es": Language("Spanish", "español", "Latn"),
    "et": Language("Estonian", "eesti", "Latn"),
    "eu": Language("Basque", "euskara", "Latn"),
    "fa": Language("Persian", "فارسی", "Arab"),
    "fi": Language("Finnish", "suomi", "Latn"),
    "fr": Language("French", "français", "Latn"),
    "ga": Language("Irish", "Gaeilge", "Latn"),
    "gl": Language("Galician", "galego", "Latn"),
    "he": Language("Hebrew", "עברית", "Hebr"),
    "hi": Language("Hindi", "हिन्दी", "Deva"),
    "hu": Language("Hungarian", "magyar", "Latn"),
    "id": Language("Indonesian", "Bahasa Indonesia", "Latn"),
    "it": Language("Italian", "italiano", "Latn"),
    "ja": Language("Japanese", "日本語", "Jpan"),
    "ko": Language("Korean", "한국어", "Kore"),
    "ky": Language("Kyrgyz", "кыргызча", "Cyrl"),
    "lt": Language("Lithuanian", "lietuvių", "Latn"),
    "lv": Language("Latvian", "latviešu", "Latn"),
    "ms": Language("Malay", "Bahasa Melayu", "Latn"),
    "nb": Language("Norwegian", "norsk", "Latn"),
    "nl": Language("Dutch", "Nederlands", "Latn"),
    "pb": Language("Portuguese (Brazil)", "português do Brasil", "Latn", "pt-BR"),
    "pl": Language("Polish", "polski", "Latn"),
    "pt": Language("Portuguese", "português", "Latn"),
    "ro": Language("Romanian", "română", "Latn"),
    "ru": Language("Russian", "русский", "Cyrl"),
    "sk": Language("Slovak", "slovenčina", "Latn"),
    "sl": Language("Slovenian", "slovenščina", "Latn"),
    "sq": Language("Albanian", "shqip", "Latn"),
    "sv": Language("Swedish", "svenska", "Latn"),
    "th": Language("Thai", "ไทย", "Thai"),
    "tl": Language("Tagalog", "Tagalog", "Latn"),
    "tr": Language("Turkish", "Türkçe", "Latn"),
    "uk": Language("Ukrainian", "українська", "Cyrl"),
    "ur": Language("Urdu", "اردو", "Arab"),
    "vi": Language("Vietnamese", "Tiếng Việt", "Latn"),
    "zh": Language("Chinese (simplified)", "简体中文", "Hans", "zh-Hans"),
    "zt": Language("Chinese (traditional)", "繁體中文", "Hant", "zh-Hant"),
}
CODES = tuple(LANGUAGES)

# Those of ISO 639-1 that Argos lacks, and some of ISO 639-3 that are old or often translated:
# codes (of BCP 47, then of three letters) and an English name.
_ISO_639 = """
    aa,aar Afar; ab,abk Abkhazian; af,afr Afrikaans; ak,aka Akan; am,amh Amharic; an,arg Aragonese;
    ang Old English; arc Aramaic; as,asm Assamese; ast Asturian; av,ava Avaric; ay,aym Aymara;
    ba,bak Bashkir; be,bel Belarusian; bi,bis Bislama; bm,bam Bambara; bo,bod,tib Tibetan;
    br,bre Breton; bs,bos Bosnian; ce,che Chechen; ceb Cebuano; ch,cha Chamorro;
    ckb Central Kurdish; co,cos Corsican; cop Coptic; cr,cre Cree; cu,chu Church Slavonic;
    cv,chv Chuvash; cy,cym,wel Welsh; dv,div Divehi; dz,dzo Dzongkha; ee,ewe Ewe;
    enm Middle English; ff,ful Fulah; fj,fij Fijian; fo,fao Faroese; frm Middle French;
    fro Old French; fy,fry Western Frisian; gd,gla Scottish Gaelic; gez Geez;
    gmh Middle High German; gn,grn Guarani; goh Old High German; got Gothic; grc Ancient Greek;
    gsw Swiss German; gu,guj Gujarati; gv,glv Manx; ha,hau Hausa; haw Hawaiian; hbo Biblical Hebrew;
    ho,hmo Hiri Motu; hr,hrv Croatian; hsb Upper Sorbian; ht,hat Haitian; hy,hye,arm Armenian;
    hz,her Herero; ia,ina Interlingua; ie,ile Interlingue; ig,ibo Igbo; ii,iii Sichuan Yi;
    ik,ipk Inupiaq; io,ido Ido; is,isl,ice Icelandic; iu,iku Inuktitut; jv,jav Javanese;
    ka,kat,geo Georgian; kg,kon Kongo; ki,kik Kikuyu; kj,kua Kuanyama; kk,kaz Kazakh;
    kl,kal Greenlandic; km,khm Khmer; kn,kan Kannada; kr,kau Kanuri; ks,kas Kashmiri;
    ku,kur,kmr Kurdish; kv,kom Komi; kw,cor Cornish; la,lat Latin; lad Ladino;
    lb,ltz Luxembourgish; lg,lug Ganda; li,lim Limburgish; ln,lin Lingala; lo,lao Lao;
    lu,lub Luba-Katanga; mg,mlg Malagasy; mh,mah Marshallese; mi,mri,mao Maori;
    mk,mkd,mac Macedonian; ml,mal Malayalam; mn,mon Mongolian; mr,mar Marathi; mt,mlt Maltese;
    my,mya,bur Burmese; na,nau Nauru; nd,nde North Ndebele; nds Low German; ne,nep Nepali;
    ng,ndo Ndonga; non Old Norse; nr,nbl South Ndebele; nv,nav Navajo; ny,nya Chichewa;
    oc,oci Occitan; oj,oji Ojibwe; om,orm Oromo; or,ori,ory Odia; os,oss Ossetian;
    ota Ottoman Turkish; pa,pan Punjabi; pi,pli Pali; pro Old Occitan; ps,pus Pashto;
    qu,que Quechua; rm,roh Romansh; rn,run Rundi; rw,kin Kinyarwanda; sa,san Sanskrit;
    sc,srd Sardinian; scn Sicilian; sco Scots; sd,snd Sindhi; se,sme Northern Sami; sg,sag Sango;
    sga Old Irish; si,sin Sinhala; sm,smo Samoan; sn,sna Shona; so,som Somali; sr,srp Serbian;
    ss,ssw Swati; st,sot Southern Sotho; su,sun Sundanese; sw,swa,swh Swahili; syr,syc Syriac;
    ta,tam Tamil; te,tel Telugu; tg,tgk Tajik; ti,tir Tigrinya; tk,tuk Turkmen; tn,tsn Tswana;
    to,ton Tonga; ts,tso Tsonga; tt,tat Tatar; tw,twi Twi; ty,tah Tahitian; ug,uig Uyghur;
    uz,uzb Uzbek; ve,ven Venda; vo,vol Volapük; wa,wln Walloon; wo,wol Wolof; xh,xho Xhosa;
    yi,yid Yiddish; yo,yor Yoruba; za,zha Zhuang; zu,zul Zulu
"""
_ENTRIES = [entry.split(maxsplit=1) for entry in _ISO_639.split(";")]
OTHERS = {codes.split(",")[0]: " ".join(name.split()) for codes, name in _ENTRIES}

# Other tags for the same: regions that write traditional characters, the Norwegian
# macrolanguage and its other standard, codes that ISO 639 has withdrawn.
_ALIASES = {
    "zh-hant": "zt",
    "zh-tw": "zt",
    "zh-hk": "zt",
    "zh-mo": "zt",
    "pt-br": "pb",
    "no": "nb",
    "nn": "nb",
    "fil": "tl",
    "iw": "he",
    "in": "id",
    "chinese": "zh",
}

# Codes of three letters: ISO 639-3 and 639-2/B, macrolanguages and their standards.
_THREE_LETTERS = """
    ar:ara az:aze bg:bul bn:ben ca:cat cs:ces,cze da:dan de:deu,ger el:ell,gre en:eng eo:epo
    es:spa et:est eu:eus,baq fa:fas,per,pes fi:fin fr:fra,fre ga:gle gl:glg he:heb hi:hin hu:hun
    id:ind it:ita ja:jpn ko:kor ky:kir lt:lit lv:lav,lvs ms:msa,may,zsm nb:nob,nno,nor
    nl:nld,dut pl:pol pt:por ro:ron,rum ru:rus sk:slk,slo sl:slv sq:sqi,alb sv:swe th:tha tl:tgl
    tr:tur uk:ukr ur:urd vi:vie zh:zho,chi,cmn
"""
_TWO_LETTERS = {
    three: code
    for code, _, several in (entry.partition(":") for entry in _THREE_LETTERS.split())
    for three in several.split(",")
} | {three: codes.split(",")[0] for codes, _ in _ENTRIES for three in codes.split(",")[1:]}


_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "hbo", "he", "ota", "ps", "sd", "syr", "ug", "ur", "yi")
)
_UNSPACED = frozenset(("bo", "ja", "km", "lo", "my", "th", "zh", "zt"))


def known_code(tag: str) -> str:
    """Return the code for a code, a BCP 47 tag or an English or native name; "" if not known.

    Case does not matter. Codes of three letters are known, too: `por` is `pt`, `zho_Hant` is `zt`.
    Regions and scripts that make no difference to Argos are ignored: `en-GB` is `en`. Argos need
    not have the language: `is`, `isl` and `Icelandic` are `is`.
    """
    named = _names()
    first, *others = _normalized(tag).split("-")
    parts = [_TWO_LETTERS.get(first, first), *others]
    prefixes = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((named[prefix] for prefix in prefixes if prefix in named), "")


def from_tag(tag: str) -> str:
    """Return the `known_code` of a language that the user named.

    Raises:
        LanguageError: it is not known; the message names what comes near it.
    """
    if code := known_code(tag):
        return code
    named = _names()
    near = get_close_matches(_normalized(tag), named, n=3, cutoff=0.6)
    found = ", ".join(dict.fromkeys(f"{named[n]} ({name_of(named[n])})" for n in near))
    hint = f"near it are {found}" if found else "give a code such as " + ", ".join(CODES[:8])
    raise LanguageError(f"{tag!r}: names no language; {hint}")


def _normalized(tag: str) -> str:
    return tag.strip().replace("_", "-").casefold()


@cache
def _names() -> dict[str, str]:
    """Code, tag or name of a language, case-folded -> its code."""
    named = {n.casefold(): code for code, of in LANGUAGES.items() for n in (of.name, of.native)}
    tags = {of.tag.casefold(): code for code, of in LANGUAGES.items() if of.tag}
    others = {name.casefold(): code for code, name in OTHERS.items()}
    return others | named | tags | _ALIASES | {code: code for code in (*CODES, *OTHERS)}


def name_of(code: str) -> str:
    """Return the English name; the code itself where it is not known."""
    return LANGUAGES[code].name if code in LANGUAGES else OTHERS.get(code, code)


def to_bcp47(code: str) -> str:
    """Return the tag for `xml:lang`; the code itself where it is one, `und` for ""."""
    known = LANGUAGES.get(code)
    return (known.tag if known else "") or code or "und"


def is_rtl(code: str) -> bool:
    """Tell whether the language is written from right to left."""
    return code in _RIGHT_TO_LEFT


def is_unspaced(code: str) -> bool:
    """Tell whether the language is written without blanks between words."""
    return code in _UNSPACED


def is_small(letter: str) -> bool:
    """Tell whether a letter is one that no sentence begins with; Georgian does without capitals."""
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"


# Standards of one language, which a sentence need not tell apart: it may have no character or word
# that only one of them has.
_CHINESE = frozenset({"zh", "zt"})
_SERBO_CROATIAN = frozenset({"bs", "hr", "sr"})


def may_be_one(code: str, other: str) -> bool:
    """Tell whether two codes may stand for one language, as far as a sentence shows."""
    return any({code, other} <= alike for alike in ({code}, _CHINESE, _SERBO_CROATIAN))


# What ends a sentence, and what may still follow: quotation marks (French sets a blank before its
# own), brackets, marks of emphasis and of notes. For character classes of regular expressions.
END_MARKS = ".!?。！？؟۔।॥።။։។།"
CLOSING = r"(?:[ \u00a0\u202f]?[\"'”’“»›«)\]」』）】*_¹²³⁰⁴-⁹†‡])*$"


def letters(text: str) -> int:
    """Count the letters of a text; a Han character or a Kana is as much as three."""
    return sum(map(str.isalpha, text)) + (_HAN_WEIGHT - 1) * len(EAST_ASIAN.findall(text))


def in_script(text: str, code: str) -> bool:
    """Tell whether more than half of a text's letters are of the language's script; none are not.

    True for any text with letters where the language or its script is not known.
    """
    count = sum(map(str.isalpha, text))
    script = LANGUAGES[code].script if code in LANGUAGES else ""
    parts = [_LETTERS[s] for s in _MIXTURES.get(script, (script,)) if s in _LETTERS]
    if not parts:
        return count > 0
    return 2 * sum(len(part.findall(text)) for part in parts) > count > 0


@dataclass(frozen=True, slots=True)
class Guess:
    """Which language a text seems to be written in."""

    code: str
    """"" where no language that is known comes into question."""
    sure: bool
    probability: float
    """In [0, 1]; calibrated to the length of the text (temperature of py3langid)."""
    runner_up: str = ""
    """The next language that Argos knows, "" for none."""


# Above this probability 98 % of three-word excerpts of FLORES and WMT news were right (measured on
# en, pt, ru, tr, ar, zh and ja, 250 each); below it 40 to 90 %.
SURE_FROM = 0.6
# Below this it is a random label, mostly of a text in no language of Argos.
_NONE_BELOW = 0.05
# Letters that a text needs before the guess about it may be called sure: about three words.
_SURE_LETTERS = 12
# Characters looked at; more of them changed no answer.
_LOOKED_AT = 2000

# The characters of a script, by the blocks of Unicode 16 that its living languages use.
_SCRIPTS = {
    "Latn": r"A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ",
    "Cyrl": r"\u0400-\u052f",
    "Grek": r"\u0370-\u03ff\u1f00-\u1fff",
    "Arab": r"\u0620-\u064a\u0671-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "Hebr": r"\u05d0-\u05f4",
    "Deva": r"\u0900-\u0963",
    "Beng": r"\u0980-\u09e3",
    "Thai": r"\u0e01-\u0e4e",
    "Kore": r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "Kana": r"\u3041-\u30ff\uff66-\uff9f",
    "Hani": r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af",
}
# Those of languages, by their code, that (nearly) have a script to themselves; Argos lacks these.
_OWN = {
    "am": r"\u1200-\u139f",
    "bo": r"\u0f00-\u0fff",
    "cop": r"\u2c80-\u2cff",
    "dv": r"\u0780-\u07bf",
    "got": r"\U00010330-\U0001034f",
    "gu": r"\u0a80-\u0aff",
    "hy": r"\u0530-\u058f",
    "ka": r"\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "km": r"\u1780-\u17ff",
    "kn": r"\u0c80-\u0cff",
    "lo": r"\u0e80-\u0eff",
    "ml": r"\u0d00-\u0d7f",
    "my": r"\u1000-\u109f",
    "or": r"\u0b00-\u0b7f",
    "pa": r"\u0a00-\u0a7f",
    "si": r"\u0d80-\u0dff",
    "syr": r"\u0700-\u074f",
    "ta": r"\u0b80-\u0bff",
    "te": r"\u0c00-\u0c7f",
}
# A Han character or a Kana is about as much text as so many letters of an alphabet.
_HAN_WEIGHT = 3
_LETTERS = {script: re.compile(f"[{letters}]") for script, letters in (_SCRIPTS | _OWN).items()}
_MIXTURES = {"Jpan": ("Hani", "Kana"), "Hans": ("Hani",), "Hant": ("Hani",)}
EAST_ASIAN = re.compile(f"[{_SCRIPTS['Hani']}{_SCRIPTS['Kana']}]")
# Japanese prose is at least a third Kana; a Chinese text may quote a little of it.
_KANA_SHARE = 0.1
# Very frequent characters that only one of the two standards has, pair by pair.
_SIMPLIFIED = frozenset("们这说时对为来国会过发个后没当开关问从还长门马东车见让话书点听写")
_TRADITIONAL = frozenset("們這說時對為來國會過發個後沒當開關問從還長門馬東車見讓話書點聽寫")
# How many of the identifier's 140 labels are looked at: the others come to nothing.
_RANKED = 12
# The labels of the identifier that stand for one of our codes.
_LABELS = {"no": "nb", "nn": "nb", "ary": "ar", "arz": "ar", "gug": "gn", "kik": "ki", "uzs": "uz"}


def identify(text: str) -> Guess:
    """Guess the language of a text; one that Argos lacks only where it is the likeliest by far.

    The script decides first. Only the first 2,000 characters are looked at. A text in a language
    that is not known gets none or the nearest one, and is not `sure`.
    """
    text = unicodedata.normalize("NFC", text[:_LOOKED_AT])
    counts = {script: len(found.findall(text)) for script, found in _LETTERS.items()}
    counts["Hani"] *= _HAN_WEIGHT
    counts["Kana"] *= _HAN_WEIGHT
    east_asian = counts["Hani"] + counts["Kana"]
    script = max(counts, key=lambda s: counts[s])
    share = counts[script] / (sum(counts.values()) or 1)
    enough = sum(counts.values()) >= _SURE_LETTERS and share >= SURE_FROM
    match script:
        case _ if not counts[script]:
            return Guess("", sure=False, probability=0.0)
        case "Hani" | "Kana" if counts["Kana"] >= _KANA_SHARE * east_asian:
            share = east_asian / sum(counts.values())
            return Guess("ja", sure=share >= SURE_FROM, probability=share, runner_up="zh")
        case "Hani":
            return _chinese(text, share, enough)
        case "Hebr" | "Thai" | "Kore":
            code = next(c for c, language in LANGUAGES.items() if language.script == script)
            return Guess(code, sure=enough, probability=share)
        case code if code in _OWN:
            return Guess(code, sure=enough, probability=share)
    return _identified(text, script, enough)


def _chinese(text: str, share: float, enough: bool) -> Guess:
    simplified = sum(c in _SIMPLIFIED for c in text)
    traditional = sum(c in _TRADITIONAL for c in text)
    code, other = ("zt", "zh") if traditional > simplified else ("zh", "zt")
    return Guess(code, sure=enough, probability=share, runner_up=other)


def _identified(text: str, script: str, enough: bool) -> Guess:
    ranked: dict[str, float] = {}
    for label, probability in _identifier().rank(text.lower())[:_RANKED]:
        code = _LABELS.get(label, label)
        ranked[code] = ranked.get(code, 0.0) + probability
    known = [c for c in ranked if c in LANGUAGES and LANGUAGES[c].script == script]
    known.sort(key=lambda c: -ranked[c])
    best, second = (*known, "", "")[:2]
    likeliest = max(ranked, key=ranked.__getitem__)
    alike = _SERBO_CROATIAN if likeliest in _SERBO_CROATIAN else {likeliest}
    share = min(1.0, sum(ranked.get(code, 0.0) for code in alike))
    if likeliest in OTHERS and enough and share >= SURE_FROM:
        return Guess(likeliest, sure=True, probability=share, runner_up=best)
    probability = min(1.0, ranked.get(best, 0.0))
    if probability < _NONE_BELOW:
        return Guess("", sure=False, probability=probability, runner_up=best)
    return Guess(best, enough and probability >= SURE_FROM, probability, runner_up=second)


@cache
def _identifier() -> LanguageIdentifier:
    # Loading takes 0.2 s and 100 MB: only for texts whose script leaves the question open.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
