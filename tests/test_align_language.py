"""What follows what: known of English, learned of other languages."""

from pathlib import Path

from reader.align.language import Language, english, language_of
from reader.align.text import Vocabulary
from tests.eval.english import learn


def test_english_is_told_from_few_words() -> None:
    said = ["He opened the door and looked out into the rain."]
    vocabulary = Vocabulary([said])
    assert language_of(vocabulary.columns, vocabulary.words) is english()


def test_of_other_languages_the_texts_tell() -> None:
    said = ["Er machte die Tür auf und sah in den Regen hinaus.", "Es regnete seit dem Morgen."]
    vocabulary = Vocabulary([said, said])
    language = language_of(vocabulary.columns, vocabulary.words)
    assert language is not english()
    assert language.follows.sum() == 2 * (10 + 4)


def test_a_language_is_kept_as_it_was_learned(tmp_path: Path) -> None:
    language = learn(["The cat sat on the mat.", "The dog sat on the cat in 1957."])
    language.save(tmp_path / "language.npz")
    with (tmp_path / "language.npz").open("rb") as file:
        kept = Language.load(file)
    assert kept.common == language.common
    assert kept.letters == language.letters
    assert (kept.follows == language.follows).all()
    the, cat = (language.classes([word])[0] for word in ("the", "cat"))
    assert language.follows[the, cat] == 2
    of_c, of_a = (language.letters.index(letter) for letter in "ca")
    assert language.next_letter[of_c, of_a] == 2
