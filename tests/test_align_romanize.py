"""Names come near each other across scripts."""

import pytest

from reader.align.romanize import romanized


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harbour", "Harbour"),
        ("São Paulo", "são paulo"),
        ("Гагарин в Кремле", "gagarin v kremle"),
        ("Щербаков", "shcherbakov"),
        ("マンデラ", "mandera"),
        ("ﾏﾝﾃﾞﾗ", "mandera"),
        ("しずおか", "shizuoka"),
        ("서울", "seoul"),
        ("Αθήνα", "athena"),
        ("محمد", "mhmd"),
        ("ירושלים", "irushlim"),
        ("मोदी", "modi"),
        ("克里斯托弗 3", "ʼkelisituofu 3"),
    ],
    ids=[
        "ASCII",
        "Latin",
        "Cyrillic",
        "one letter, four sounds",
        "katakana",
        "half width",
        "hiragana",
        "Hangul",
        "Greek",
        "Arabic",
        "Hebrew",
        "Devanagari",
        "ideographs",
    ],
)
def test_letters_are_written_as_they_are_called(text: str, expected: str) -> None:
    assert romanized(text) == expected
