"""Codes and names of languages.

The codes are those of Argos Translate. They are ISO 639-1 except for two inventions, `pb`
(Brazilian Portuguese) and `zt` (traditional Chinese); exports want BCP 47 instead. A text in a
language that Argos lacks is none the less in that language: its code is that of BCP 47.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from reader.errors import LanguageError


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
