"""Translation: the text is Argos's, nothing is lost or swapped."""

import gc
import json
import subprocess
import sys
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.errors import PackageError, TranslationError
from reader.packages import Package, installed, route
from reader.translate import (
    ArgosTranslator,
    Translator,
    _Engine,
    _engine,
    clean,
    halves,
    unload,
)
from tests.argos_package import LETTERS, rot13, write_package
from tests.bench.sentences import SENTENCES
from tests.conftest import CHECKOUT

STARTERS = CHECKOUT / "cache" / "packages"
Making = Callable[..., Package]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Making:
    """Return a function that makes a ROT13 package."""

    def make(**settings: object) -> Package:
        folder = tmp_path_factory.mktemp("packages")
        write_package(folder, **settings)  # type: ignore[arg-type]
        return installed([folder])[0]

    return make


@pytest.fixture(scope="module")
def package(make: Making) -> Package:
    return make()


def test_outputs_are_parallel_to_inputs(package: Package) -> None:
    texts = ["Short.", "", "A somewhat longer sentence, with a comma.", " \n", "Short.", "b"]
    translator: Translator = ArgosTranslator((package,))
    assert translator.translate(texts) == [rot13(text.strip()) for text in texts]
    assert translator.translate([]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see www.a.org/my_file_1", "frr jjj.n.bet/zl_svyr_1"),
        ("two\nlines\r\n\tand more", "gjb yvarf naq zber"),
        ("\x1b[31mred\x00", "[31zerq"),
        ("a\u00adb\u202ec\ufeff", "nop"),
        ("Ω and \ud800", "Ω naq"),
        ("字 é б", "字 é б"),
        ("  padded  ", "cnqqrq"),
    ],
    ids=["underscore", "lines", "escape", "invisible", "unknown", "letters", "blanks"],
)
def test_awkward_characters(package: Package, text: str, expected: str) -> None:
    assert ArgosTranslator((package,)).translate([text]) == [expected]


@given(st.lists(st.text(alphabet=[*LETTERS, " ", "\n"], max_size=400), max_size=4))
@example(["x" * 1000])
@example(["one, two; " * 60, "", "a" * 127 + " b"])
@settings(max_examples=25)
def test_nothing_is_lost_of_long_texts(package: Package, texts: list[str]) -> None:
    outputs = ArgosTranslator((package,)).translate(texts)
    assert [out.replace(" ", "") for out in outputs] == [
        rot13("".join(text.split())) for text in texts
    ]


@given(st.text(min_size=2, max_size=300))
def test_halves_are_the_text(text: str) -> None:
    left, right = halves(text)
    assert left + right == text
    assert left
    assert right


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("He came, he saw them all; he won, and went.", "He came, he saw them all; "),
        ("one two three, four five six", "one two three, "),
        ("one two three four", "one two "),
        ("他来了，他看见了；他赢了，他走了", "他来了，他看见了；"),
        ("abcdef", "abc"),
        ("a; bcdefghijklmnopqrstuvw", "a; bcdefghij"),
    ],
    ids=["clause", "comma", "blank", "chinese", "one word", "clause too far off"],
)
def test_a_long_sentence_is_cut_where_it_hurts_least(text: str, left: str) -> None:
    assert halves(text)[0] == left


@given(st.text())
def test_clean_text_is_one_encodable_line(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.splitlines()) <= 1
    assert cleaned == clean(cleaned)
    cleaned.encode()


def test_a_chain_applies_every_package(make: Making) -> None:
    there = make(source="xx", target="yy")
    back = make(source="yy", target="en")
    chain = ArgosTranslator(route((there, back), "xx", "en"))
    assert chain.translate(["There and back.", ""]) == ["There and back.", ""]
    assert chain.key == f"{there.key} > {back.key} > beam 4"


def test_no_route_leaves_texts_alone() -> None:
    assert ArgosTranslator(()).translate(["as it is"]) == ["as it is"]


def test_a_target_prefix_is_given_and_taken_off(make: Making) -> None:
    package = make(metadata={"target_prefix": "__en__"})
    assert ArgosTranslator((package,)).translate(["a_b", ""]) == ["n_o", ""]


def test_the_key_tells_packages_apart(make: Making, package: Package) -> None:
    key, other, same = (
        ArgosTranslator((made,)).key for made in (package, make(version="1.1"), make())
    )
    assert key != other
    assert key == same, "the folder is no part of it"


def test_models_load_on_first_use(tmp_path: Path) -> None:
    translator = ArgosTranslator((Package("xx", "en", "1", tmp_path / "gone", "key"),))
    with pytest.raises(PackageError, match=r"gone.*does not load"):
        translator.translate(["now"])


def test_an_unloaded_package_is_gone_and_loads_again(package: Package) -> None:
    loaded = weakref.ref(_engine(package.path, package.key))
    assert loaded()
    unload()
    gc.collect()
    assert loaded() is None
    assert ArgosTranslator((package,)).translate(["now"]) == ["abj"]


def test_a_missing_tokenizer_library_is_named(
    make: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = make()
    (package.path / "sentencepiece.model").rename(package.path / "bpe.model")
    monkeypatch.setitem(sys.modules, "sacremoses", None)
    monkeypatch.setitem(sys.modules, "sacremoses.normalize", None)
    with pytest.raises(PackageError, match="sacremoses"):
        ArgosTranslator((package,)).translate(["now"])


class Letters:
    """A tokenizer without a file."""

    def encode(self, text: str) -> list[str]:
        return list(text)


class FailingModel:
    """A model that fails as CTranslate2 does."""

    def translate_batch(self, batch: Sequence[list[str]], **_: object) -> list[object]:
        raise RuntimeError("out of\nmemory")


def test_a_failing_model_is_one_line() -> None:
    engine = _Engine("xx_en 1", Letters(), FailingModel(), workers=1, prefix="")
    with pytest.raises(TranslationError, match=r"^'xx_en 1': the model failed: out of memory; "):
        engine.translate(["text"])


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_the_text_is_that_of_argos_translate(language: str) -> None:
    texts = [text for text in SENTENCES[language] if "_" not in text]  # Argos makes them blanks
    command = [sys.executable, "-m", "tests.bench.argos", str(STARTERS), language, "en"]
    done = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    translator = ArgosTranslator(route(installed([STARTERS]), language, "en"))
    assert translator.translate(texts) == [text.strip() for text in json.loads(done.stdout)]
