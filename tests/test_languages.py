"""Languages: their codes and names, and which one a text is in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import LanguageError
from reader.languages import (
    CODES,
    LANGUAGES,
    OTHERS,
    from_tag,
    identify,
    in_script,
    is_rtl,
    is_unspaced,
    known_code,
    letters,
    may_be_one,
    name_of,
    to_bcp47,
)


def test_no_language_has_two_codes() -> None:
    assert not {*CODES} & {*OTHERS}
    assert all(from_tag(name) == from_tag(code) == code for code, name in OTHERS.items())


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_found_by_all_its_names(code: str) -> None:
    for name in (code, code.upper(), name_of(code), LANGUAGES[code].native, to_bcp47(code)):
        assert from_tag(name) == code


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en-GB", "en"),
        ("pt_BR", "pb"),
        ("pt-PT", "pt"),
        ("zh-TW", "zt"),
        ("zh-Hant-HK", "zt"),
        ("zh-CN", "zh"),
        ("chinese", "zh"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("iw", "he"),
        (" Russian ", "ru"),
        ("por", "pt"),
        ("ger", "de"),
        ("deu-AT", "de"),
        ("zho_Hant", "zt"),
        ("is", "is"),
        ("lat", "la"),
        ("Ancient Greek", "grc"),
        ("sr-Latn-RS", "sr"),
    ],
)
def test_from_tag(tag: str, code: str) -> None:
    assert from_tag(tag) == code


@pytest.mark.parametrize(
    ("tag", "hint"),
    [("Portugese", "pt (Portuguese)"), ("xx", "give a code such as ar"), ("", "give a code")],
)
def test_unknown_tags_name_what_is_near(tag: str, hint: str) -> None:
    with pytest.raises(LanguageError) as caught:
        from_tag(tag)
    assert repr(tag) in str(caught.value)
    assert hint in str(caught.value)
    assert known_code(tag) == ""


def test_codes_beyond_the_table_stand_for_themselves() -> None:
    assert (name_of("sux"), to_bcp47("sux")) == ("sux", "sux")
    assert to_bcp47("") == "und"
    assert not is_rtl("sux")


def test_directions_and_blanks() -> None:
    assert {code for code in CODES if is_rtl(code)} == {"ar", "fa", "he", "ur"}
    assert {code for code in CODES if is_unspaced(code)} == {"ja", "th", "zh", "zt"}
    assert {code for code in OTHERS if is_rtl(code)} >= {"ckb", "syr", "yi"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The bus was late again, so we walked home through the rain.", "en"),
        ("O ônibus atrasou de novo, então voltamos a pé debaixo da chuva.", "pt"),
        ("Автобус снова опоздал, и мы пошли домой пешком под дождём.", "ru"),
        ("Автобус знову запізнився, тож ми пішли додому пішки під дощем.", "uk"),
        ("El autobús llegó tarde otra vez y volvimos a casa bajo la lluvia.", "es"),
        ("Le bus était encore en retard, nous sommes rentrés sous la pluie.", "fr"),
        ("Der Bus kam wieder zu spät, also gingen wir im Regen nach Hause.", "de"),
        ("L'autobus era di nuovo in ritardo e siamo tornati sotto la pioggia.", "it"),
        ("Otobüs yine geç kaldı, biz de yağmurda eve yürüdük.", "tr"),
        ("Bussen var forsinket igjen, så vi gikk hjem i regnet.", "nb"),
        ("Το λεωφορείο άργησε πάλι και γυρίσαμε με τα πόδια.", "el"),
        ("האוטובוס שוב איחר והלכנו הביתה ברגל בגשם.", "he"),
        ("דער אױטאָבוס איז װידער געקומען שפּעט, און מיר זענען געגאַנגען אַהיים אין רעגן.", "yi"),
        ("די קינדער שפילן זיך מיט דעם הונט אויפן הויף.", "yi"),
        ("אין לי זמן היום, אבל די בזה שתבוא מחר בבוקר עם הספר שלך.", "he"),
        ("תַּחַת הַמִּטָּה יָשַׁב כֶּלֶב קָטָן וְלֹא נָבַח עַל אִישׁ.", "he"),
        ("تأخرت الحافلة مرة أخرى فعدنا إلى البيت سيرا تحت المطر.", "ar"),
        ("اتوبوس دوباره دیر کرد و ما زیر باران پیاده به خانه رفتیم.", "fa"),
        ("बस फिर देर से आई, इसलिए हम बारिश में पैदल घर गए।", "hi"),
        ("รถเมล์มาสายอีกแล้ว เราจึงเดินกลับบ้านกลางสายฝน", "th"),
        ("公交车又晚点了，我们只好冒雨走回家。", "zh"),
        ("公車又誤點了，我們只好冒雨走回家，真沒辦法說。", "zt"),
        ("バスがまた遅れたので、雨の中を歩いて帰った。", "ja"),
        ("버스가 또 늦어서 우리는 비를 맞으며 걸어왔다.", "ko"),
    ],
)
def test_a_sentence_is_identified_for_sure(text: str, code: str) -> None:
    guess = identify(text)
    assert (guess.code, guess.sure) == (code, True)
    assert guess.runner_up != code


@pytest.mark.parametrize(
    "text",
    ["", " \n", "1234 — 56 %", "OK", "ᚠᚢᚦᚨᚱᚲ ᚷᚹᚺᚾᛁᛃᛇ ᛈᛉᛊᛏᛒᛖᛗ"],
    ids=["nothing", "blanks", "digits", "too short", "a script that nobody writes"],
)
def test_what_cannot_be_told_has_no_code(text: str) -> None:
    guess = identify(text)
    assert (guess.code, guess.sure) == ("", False)


@pytest.mark.parametrize("code", ["la", "is", "grc", "hr", "sr", "ka", "ta", "hy", "af"])
def test_a_language_that_argos_lacks_is_identified(code: str) -> None:
    texts = {
        "la": "Raeda iterum tarda fuit, itaque domum per imbrem ambulavimus.",
        "is": "Strætó var aftur of seinn, svo að við gengum heim í rigningunni.",
        "grc": "ἡ ἅμαξα πάλιν ὕστερον ἦλθεν, ἡμεῖς δὲ οἴκαδε ἐβαδίζομεν.",
        "hr": "Autobus je opet kasnio pa smo se kući vraćali pješice po kiši.",
        "sr": "Аутобус је опет каснио па смо кући ишли пешке по киши.",
        "ka": "გამარჯობა მეგობრებო, როგორ ხართ დღეს?",
        "ta": "பேருந்து மீண்டும் தாமதமாக வந்தது.",
        "hy": "Ավտոբուսը նորից ուշացավ, և մենք տուն գնացինք ոտքով։",
        "af": "Die bus was weer laat, toe stap ons in die reën huis toe.",
    }
    assert (identify(texts[code]).code, identify(texts[code]).sure) == (code, True)


@given(st.text(max_size=300) | st.text("ab éгдあい漢字학ทעאال", max_size=60))
def test_any_text_gets_a_known_code_or_none(text: str) -> None:
    guess = identify(text)
    assert guess.code in (*CODES, *OTHERS, "")
    assert guess.runner_up in (*CODES, *OTHERS, "")
    assert 0 <= guess.probability <= 1


def test_japanese_is_as_probable_as_its_share_of_the_letters() -> None:
    guess = identify("いぬです dog cat")  # four letters that weigh three, and six
    assert (guess.code, round(guess.probability, 2)) == ("ja", 0.67)


def test_standards_of_one_language_may_be_one() -> None:
    assert [may_be_one("zh", code) for code in ("zh", "zt", "hr")] == [True, True, False]
    assert [may_be_one("sr", code) for code in ("hr", "bs", "sl")] == [True, True, False]


def test_letters_weigh_scripts() -> None:
    assert letters("ab 1, é") == 3
    assert letters("三人") == 6


@pytest.mark.shared
@pytest.mark.parametrize("code", ["pt", "ru", "en"])
def test_flores_is_identified(shared: Path, code: str) -> None:
    lines = (shared / "corpora" / "eval" / f"flores-dev.{code}").read_text("utf-8")
    guesses = [identify(line) for line in lines.splitlines()]
    sure = [guess for guess in guesses if guess.sure]
    assert len(sure) > 0.95 * len(guesses)
    assert sum(guess.code != code for guess in sure) <= 0.002 * len(sure)


@pytest.mark.parametrize(
    ("text", "code", "wanted"),
    [
        ("Hello, world", "en", True),
        ("Hello, мир", "en", True),
        ("Привет, мир", "en", False),
        ("Привет, мир", "ru", True),
        ("東京は雨です", "ja", True),
        ("会议在图书馆", "zh", True),
        ("1, 2, 3", "en", False),
        ("", "en", False),
        ("ქართული", "ka", True),
        ("1, 2, 3", "ka", False),
    ],
)
def test_script_of_a_text(text: str, code: str, wanted: bool) -> None:
    assert in_script(text, code) is wanted
