"""Translation: the text is Argos's, nothing is lost or swapped, and nonsense is told apart."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.errors import PackageError, TranslationError
from reader.packages import Package, installed, route
from reader.translate import (
    ArgosTranslator,
    Reason,
    Translator,
    _Engine,
    clean,
    halves,
    suspicion,
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


@pytest.mark.parametrize("fast", [False, True], ids=["beam", "greedy"])
def test_outputs_are_parallel_to_inputs(package: Package, fast: bool) -> None:
    texts = ["Short.", "", "A somewhat longer sentence, with a comma.", " \n", "Short.", "b"]
    translator: Translator = ArgosTranslator((package,), fast)
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
@settings(max_examples=25, deadline=None)
def test_nothing_is_lost_of_long_texts(package: Package, texts: list[str]) -> None:
    outputs = ArgosTranslator((package,), fast=True).translate(texts)
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


def test_the_key_tells_settings_and_packages_apart(make: Making, package: Package) -> None:
    other = make(version="1.1")
    keys = {ArgosTranslator((p,), fast).key for p in (package, other) for fast in (False, True)}
    assert len(keys) == 4
    assert ArgosTranslator((make(),)).key in keys, "the folder is no part of it"


def test_models_load_on_first_use(tmp_path: Path) -> None:
    translator = ArgosTranslator((Package("xx", "en", "1", tmp_path / "gone", "key"),))
    with pytest.raises(PackageError, match=r"gone.*does not load"):
        translator.translate(["now"])


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
        engine.translate(["text"], beam=4)


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_the_text_is_that_of_argos_translate(language: str) -> None:
    texts = [text for text in SENTENCES[language] if "_" not in text]  # Argos makes them blanks
    command = [sys.executable, "-m", "tests.bench.argos", str(STARTERS), language, "en"]
    done = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    translator = ArgosTranslator(route(installed([STARTERS]), language, "en"))
    assert translator.translate(texts) == [text.strip() for text in json.loads(done.stdout)]


@dataclass(frozen=True)
class Case:
    """An output and what is wrong with it."""

    id: str
    reason: Reason | None
    source: str
    output: str


LONG = "Os moradores da vila voltaram para casa depois de três dias de chuva."
SUSPICIONS = [
    Case("good", None, LONG, "The villagers returned home after three days of rain."),
    Case("both blank", None, "", ""),
    Case("marks only", None, "* * *", "* * *"),
    Case("nothing", "empty", LONG, ""),
    Case("a lone note", "empty", LONG, "♪"),
    Case("dots", "empty", "Sim.", "..."),
    Case("a word again and again", "loop", LONG, "The villagers the the the the the rain."),
    Case("a phrase again", "loop", LONG, "The people of the town of the town of the town."),
    Case("applause", "loop", "Obrigado.", "Thank you." + " (Applause)" * 5),
    Case("stutter", "loop", LONG, "The villagers hahahahahahahahahaha."),
    Case("script without blanks", "loop", "The rain fell.", "下雨了下雨了下雨了下雨了下雨了"),
    Case("emphasis", None, "Muito, muito, muito obrigado!", "Very, very, very good!"),
    Case("chorus", None, "Paz já! Paz já! Paz já! Paz já!", "Peace now! " * 4),
    Case("laughter", None, "Хахахахахахаха!", "Hahahahahahahaha!"),
    Case("a number is no stutter", None, "São 10000000000000.", "It is 10000000000000."),
    Case("blown up", "blow-up", "Sim, senhor.",
         "Yes, and I would like to add something that nobody has said, or would."),
    Case("out of nothing", "blow-up", "—", "Subtitles by the community of friends of old films"),
    Case("short and longer", None, "Não.", "No, I don't think so."),
    Case("chinese is dense", None, "东北乡地势低洼，秋水泛滥。",
         "The land of the northeast lies low, and in autumn the water floods it."),
    Case("copied", "copied", LONG, LONG),
    Case("half copied", "copied", LONG, "Os moradores da town voltaram para casa depois."),
    Case("copied in another script", "copied", "Он вернулся домой.", "Он вернулся домой."),
    Case("a short copy", "copied", "não sei", "não sei"),
    Case("names only", None, "Helena Prado, Braga, 12/07", "Helena Prado, Braga, 12/07"),
    Case("a name", None, "Maria da Fonte", "Maria da Fonte"),
    Case("common words", None, "O hotel central é legal.", "The central hotel is legal."),
]  # fmt: skip


@pytest.mark.parametrize("case", SUSPICIONS, ids=lambda case: case.id)
def test_suspicion(case: Case) -> None:
    assert suspicion(case.source, case.output) == case.reason


@given(st.text(), st.text())
def test_suspicion_takes_any_text(source: str, output: str) -> None:
    assert suspicion(source, output) in {None, "loop", "blow-up", "copied", "empty"}
    if not any(c.isalnum() for c in output):
        assert suspicion(source, output) in {None, "empty"}


@pytest.mark.shared
@pytest.mark.parametrize("pair", ["pt", "ru"])
@pytest.mark.parametrize("engine", ["google", "microsoft", "bergamot-tiny"])
def test_good_systems_are_hardly_ever_suspected(shared: Path, pair: str, engine: str) -> None:
    folder = shared / "corpora" / "eval"
    sources = (folder / f"flores-test.{pair}").read_text(encoding="utf-8").splitlines()
    outputs = (folder / f"flores-test.{pair}-en.{engine}.en").read_text("utf-8").splitlines()
    found = [suspicion(s, o) for s, o in zip(sources, outputs, strict=True)]
    assert len(found) > 1000
    assert sum(map(bool, found)) < 0.005 * len(found)
