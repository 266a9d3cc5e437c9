"""Where sentences end, in many languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.languages import CODES
from reader.segment.sentences import sentences

# Each row is a paragraph with | where one sentence ends and the next begins.
PARAGRAPHS = [
    pytest.param("en", 'He left.| "Why?" asked J. R. Smith.| "Because..." she said.', id="talk"),
    pytest.param("en", "Mr. Lee paid Dr. Ray, see p. 5.| It was 3.50 in St. Ives.", id="titles"),
    pytest.param("en", "'You came.| Good!' said Ann.| 'Did I?'| 'You did.'", id="single-quotes"),
    pytest.param("en", "It was all the same to me.| Chen knew.", id="me-is-no-abbreviation"),
    pytest.param("en", "Well...| Nothing came.| And... nothing went.", id="ellipsis"),
    pytest.param("en", "'But I—'| 'You what?' he cried.", id="cut-off-by-another"),
    pytest.param("en", "1. First thing.| 2. Second thing.", id="numbered"),
    pytest.param("en", "A line\nthat wraps.| Another\nline.", id="wrapped"),
    pytest.param("en", "It was late.¹²| He said “Go.”*| And he went.†| So.", id="marks-of-notes"),
    pytest.param("en", "It was late.[3]| “Go!”[a]| He left. [b][12]| 4 No.", id="notes"),
    pytest.param("pt", '"Não vou.| Fico aqui", disse o Sr. Reis na Av. Sul, n. 5.| Ok?', id="pt"),
    pytest.param("fr", "Je vois Me. Blanc.| Il va bien.", id="fr-abbreviation"),
    pytest.param("pt", "— Sim! — disse ela.| — Não!| — E saiu.", id="pt-dashes"),
    pytest.param("pt", "No século XVI.| Isso muda.", id="pt-numeral"),
    pytest.param("ru", "«Спорят.| Решают», – сказал он.| — Да! — ответил А. С. Лунин.", id="ru"),
    pytest.param("ru", "Это было в 1990 г. в городе.| Рис. 5 тут, и т. д.| Потом ушёл.", id="ru-г"),
    pytest.param("de", "Am 3. Mai kam Dr. Ott.| »Ja.«| Die 2. Auflage ist da.", id="de"),
    pytest.param("fr", "M. Blanc est là.| « Oui.| Non. »| Elle rit…| Il part.", id="fr"),
    pytest.param("es", "—¿Qué? —dijo él—.| No sé.| ¡Vamos!| Vive en la Av. Sur.", id="es"),
    pytest.param("zh", "他说：“你好。|我走了。”|然后走了。|“真的吗？”|她问。", id="zh"),
    pytest.param("zh", "“可是……”|“是的。”", id="zh-speakers"),
    pytest.param("ja", "「行きます。」と彼は言った。|本当ですか？|はい。", id="ja-particle"),
    pytest.param("ar", "هل أنت بخير؟| نعم.| قال د. أحمد ذلك.", id="ar"),
    pytest.param("hi", "यह एक है।| यह दो है॥| क्या?| हाँ।", id="hi"),
    pytest.param("ur", "یہ ایک ہے۔| یہ دو ہے۔", id="ur"),
    pytest.param("am", "ይህ አንድ ነው።| ሁለት ነው።", id="am"),
    pytest.param("my", "ဒါက တစ်။| ဒုတိယ။", id="my"),
    pytest.param("ka", "ბორანი ჩამოვიდა.| ბორტზე 214 ადამიანი იყო.| კარგი.", id="ka"),
    pytest.param("km", "រថយន្តមកដល់។| យើងទៅផ្ទះ។", id="km"),
    pytest.param("bo", "ང་ཚོ་ནང་ལ་འགྲོ།| ཁྱེད་རང་ཡག་པོ་ཡིན།", id="bo"),
    pytest.param("grc", "τί λέγεις;| οὐδέν.| ἡ ἅμαξα ἦλθεν· ἡμεῖς δέ.", id="grc"),
    pytest.param("el", "Τι κάνεις;| Καλά.", id="el"),
    pytest.param("", "No language.| Still split.", id="unknown-language"),
]


def split(text: str, language: str) -> list[str]:
    return [text[start:stop] for start, stop in sentences(text, language)]


@pytest.mark.parametrize(("language", "marked"), PARAGRAPHS)
def test_sentences(language: str, marked: str) -> None:
    expected = [piece.strip() for piece in marked.split("|")]
    assert split(marked.replace("|", ""), language) == expected


def test_thai_is_split_at_blanks_that_are_far_apart() -> None:
    clause = "เขาเดินไปตลาดแต่เช้าเพื่อซื้อปลาและผักสดมาทำอาหารให้ทุกคนในบ้านกิน"
    text = f"{clause} {clause} ในปี 2019 เขาย้ายบ้าน"
    assert split(text, "th") == [clause, clause, "ในปี 2019 เขาย้ายบ้าน"]


@pytest.mark.parametrize(
    ("language", "text", "longest"),
    [
        ("en", "and on, " * 1000, 1500),
        ("en", "word " * 1000, 1500),
        ("en", "x" * 10_000, 1500),
        ("zh", "山，水" * 1000, 500),
    ],
    ids=["commas", "blanks", "nothing", "unspaced"],
)
def test_a_text_without_end_marks_is_cut_at_lesser_marks(
    language: str, text: str, longest: int
) -> None:
    pieces = split(text, language)
    assert max(map(len, pieces)) <= longest
    assert min(map(len, pieces[:-1])) >= longest // 2 - 1
    if "," in text:
        assert all(piece.endswith(",") for piece in pieces)


@given(st.text(max_size=400), st.sampled_from((*CODES, "")))
def test_sentences_hold_every_character_once(text: str, language: str) -> None:
    at = 0
    for start, stop in sentences(text, language):
        assert not text[at:start].strip()
        assert text[start:stop] == text[start:stop].strip() != ""
        at = stop
    assert not text[at:].strip()


@given(st.lists(st.sampled_from(["A. ", '"Go!" ', "x, ", "Mr. ", "… ", "«да» ", "。”", "I. "])))
def test_marks_in_any_order_lose_nothing(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert "".join(split(text, "en")).replace(" ", "") == text.replace(" ", "")
