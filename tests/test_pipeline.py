"""The whole way from paths to rows, with a translator that counts what it is asked."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader import pipeline
from reader.columns import Column
from reader.errors import FormatError, Interrupted, LanguageError, StoreError
from reader.ledger import ledger
from reader.model import Mode, ParallelText, Pivot, Pivots, Progress
from reader.pipeline import FIRST_BATCH, Request, Watch
from reader.pipeline.aligning import Material, provisional_rows
from reader.pipeline.code import code_digest
from reader.store import FILE_NAME, Store
from tests.argos_package import write_package
from tests.builders import document
from tests.eval.speed import made_up
from tests.fakes import FakeRoutes

VERSIONS = {
    "a.txt": "The cat sleeps in the old house.\nThe river runs to the sea.\n"
    "The captain saw the ship and the dog eats.\n",
    "b.txt": "O gato dorme na casa velha.\nO rio corre para o mar.\n"
    "O capitão viu o navio e o cão come.\n",
    "c.txt": "Кот спит в старом доме.\nРека бежит к морю.\nКапитан увидел корабль и пёс ест.\n",
}
LANGUAGES = {"a.txt": "en", "b.txt": "pt", "c.txt": "ru", "d.txt": "ja"}


@pytest.fixture
def asked(tmp_path: Path) -> Callable[..., Request]:
    """Return a function that makes a request for some of the versions."""
    texts = VERSIONS | {"d.txt": "猫は古い家で眠る。\n川は海へ流れる。\n船長は船を見た。\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def make(*names: str) -> Request:
        paths = tuple(tmp_path / name for name in names)
        return Request(
            paths=paths,
            cache=tmp_path / "cache",
            languages={path: LANGUAGES[path.name] for path in paths},
            mode="parallel",
        )

    return make


def cells(text: ParallelText) -> list[tuple[tuple[int, ...], ...]]:
    return [row.segments for row in text.rows]


def test_a_name_that_is_no_text_is_no_hindrance(asked: Callable[..., Request]) -> None:
    odd = "caf\udce9.txt"  # as Python has a byte of a name that is no UTF-8
    request = asked("a.txt")
    path = request.paths[0].with_name(odd)
    try:
        path.write_bytes(request.paths[0].read_bytes())
    except OSError:
        pytest.skip("this file system takes no such name")
    text = pipeline.run(replace(request, paths=(path,), languages={}), routes=FakeRoutes())
    assert text.documents[0].name == "caf?.txt"
    with Store(request.cache / FILE_NAME) as store:
        assert not store.annotations.of_files([text.documents[0].name])


def test_a_copy_is_told(asked: Callable[..., Request]) -> None:
    text = pipeline.run(asked("a.txt", "b.txt", "a.txt"), routes=FakeRoutes())
    assert text.notes == ("EN2 is the same text as EN1",)
    assert cells(text) == [((i,), (i,), (i,)) for i in range(3)]


def test_three_versions_meet_in_level_rows(asked: Callable[..., Request]) -> None:
    text = pipeline.run(asked("a.txt", "b.txt", "c.txt"), routes=FakeRoutes())
    assert cells(text) == [((i,), (i,), (i,)) for i in range(3)]
    assert not text.provisional
    assert text.pivots[1][1].text == "the river runs to the sea."
    assert all(ledger(text, d).adds_up for d in range(3))


def test_a_second_run_translates_nothing(asked: Callable[..., Request]) -> None:
    first = pipeline.run(asked("a.txt", "b.txt", "c.txt"), routes=FakeRoutes())
    routes = FakeRoutes()
    assert pipeline.run(asked("a.txt", "b.txt", "c.txt"), routes=routes) == first
    assert routes.seen == []


def test_the_pivots_of_a_document_are_found_at_once(asked: Callable[..., Request]) -> None:
    request = asked("a.txt", "b.txt", "c.txt")
    first = pipeline.run(request, routes=FakeRoutes())
    with Store(request.cache / FILE_NAME) as store:
        assert store.counts()["pivots"] == 2  # a.txt is in the pivot language
        store._db.execute("delete from translations")
        store._db.conn.commit()
    assert pipeline.run(request, routes=FakeRoutes()) == first


def test_a_new_version_costs_one_version(asked: Callable[..., Request]) -> None:
    pipeline.run(asked("a.txt", "b.txt"), routes=FakeRoutes())
    routes = FakeRoutes()
    pipeline.run(asked("a.txt", "b.txt", "c.txt"), routes=routes)
    assert routes.seen == VERSIONS["c.txt"].splitlines()


def test_another_mode_order_or_hub_costs_no_translation(asked: Callable[..., Request]) -> None:
    request = asked("a.txt", "b.txt", "c.txt")
    pipeline.run(request, routes=FakeRoutes())
    routes = FakeRoutes()
    for change in ({"mode": "comparable"}, {"hub": 2}, {"paths": request.paths[::-1]}):
        pipeline.run(replace(request, **change), routes=routes)
    assert routes.seen == []


@pytest.mark.parametrize(
    ("mode", "notes"),
    [
        (None, ("read as reports of one event: 0 of 6 rows pair versions",)),
        ("comparable", ()),
    ],
)
def test_reports_are_called_so_where_nobody_said_it(
    asked: Callable[..., Request], mode: Mode | None, notes: tuple[str, ...]
) -> None:
    request = replace(asked("a.txt", "c.txt"), mode=mode)
    request.paths[1].write_text("Дождь.\nСнег и ветер.\nДобрый вечер всем.\n", encoding="utf-8")
    assert pipeline.run(request, routes=FakeRoutes()).notes == notes


def test_another_text_among_translations_is_told(tmp_path: Path) -> None:
    texts = (*made_up(40), made_up(40, seed=2)[1])
    paths = tuple(tmp_path / name for name in ("a.txt", "b.txt", "c.txt"))
    for path, text in zip(paths, texts, strict=True):
        path.write_text("\n".join(text.originals), encoding="utf-8")
    languages = dict.fromkeys(paths, "en")
    request = Request(paths=paths, cache=tmp_path, languages=languages, segmented=True)
    found = pipeline.run(request, routes=FakeRoutes())
    alone = len(texts[2].originals)
    assert found.mode == "parallel"
    assert found.notes == (
        f"c.txt: {alone} of {alone} sentences are in no other version; it may be another text",
    )


def test_the_part_that_an_excerpt_pairs_is_told(tmp_path: Path) -> None:
    one, two = made_up(200)
    paths = tmp_path / "a.txt", tmp_path / "b.txt"
    for path, lines in zip(paths, (one.originals, two.originals[80:120]), strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    languages = dict.fromkeys(paths, "en")
    request = Request(paths=paths, cache=tmp_path, languages=languages, segmented=True)
    found = pipeline.run(request, routes=FakeRoutes())
    paired = [r for r, row in enumerate(found.rows, 1) if len(row.present) > 1]
    assert found.mode == "parallel"
    assert found.notes == (f"a.txt: only rows {paired[0]}-{paired[-1]} have a counterpart",)


def test_order_of_arguments_changes_the_columns_and_nothing_else(
    asked: Callable[..., Request],
) -> None:
    names = ("a.txt", "b.txt", "c.txt")
    one = pipeline.run(asked(*names), routes=FakeRoutes())
    other = pipeline.run(replace(asked(*names[::-1]), hub=2), routes=FakeRoutes())
    assert [row[::-1] for row in cells(other)] == cells(one)
    assert [row.score for row in other.rows] == [row.score for row in one.rows]


def test_the_same_sentence_is_translated_once(
    asked: Callable[..., Request], tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_text("O rio corre.\nO gato dorme.\nO rio corre.\n")
    routes = FakeRoutes()
    pipeline.run(asked("a.txt", "b.txt"), routes=routes)
    assert sorted(routes.seen) == ["O gato dorme.", "O rio corre."]


def test_what_is_skipped_is_not_translated(asked: Callable[..., Request]) -> None:
    request = asked("a.txt", "b.txt")
    story = VERSIONS["b.txt"]
    request.paths[1].write_text(f"{story}Leia também:\n{story}Compartilhe\n", encoding="utf-8")
    routes = FakeRoutes()
    text = pipeline.run(request, routes=routes)
    assert len(text.documents[1].segments) > 3
    assert routes.seen == story.splitlines()
    _, pivots = pipeline.translate(request, routes=routes)
    assert all(pivot.text for pivot in pivots[1])


def test_a_missing_package_is_told_and_hinders_nothing(asked: Callable[..., Request]) -> None:
    text = pipeline.run(asked("a.txt", "b.txt", "d.txt"), routes=FakeRoutes())
    assert text.notes == (
        "ja: no package leads to 'en'; `reader models install ja` gets what is missing",
    )
    assert {pivot.text for pivot in text.pivots[2]} == {""}
    assert all(ledger(text, d).adds_up for d in range(3))


def test_a_language_that_argos_lacks_is_told_without_false_hope(
    asked: Callable[..., Request],
) -> None:
    request = asked("a.txt", "d.txt")
    request = replace(request, languages={request.paths[1]: "la"})
    text = pipeline.run(request, routes=FakeRoutes())
    assert text.notes == (
        "la: Argos Translate has no package; compared by names, numbers and lengths",
    )


def test_missing_packages_are_told_in_one_line(asked: Callable[..., Request]) -> None:
    request = replace(asked("a.txt", "d.txt"), pivot="de")
    text = pipeline.run(request, routes=FakeRoutes())
    assert text.notes == (
        "en, ja: no package leads to 'de'; "
        "`reader models install en_de ja_de` gets what is missing",
    )


def test_translate_alone_needs_the_package(asked: Callable[..., Request]) -> None:
    with pytest.raises(LanguageError, match="no package translates it"):
        pipeline.translate(asked("d.txt"), routes=FakeRoutes())
    _, pivots = pipeline.translate(asked("b.txt"), routes=FakeRoutes())
    assert [p.text for p in pivots[0]][1] == "the river runs to the sea."


def test_an_unknown_language_is_told_once(asked: Callable[..., Request], tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("12345\n")
    request = replace(asked("d.txt"), languages={})
    text = pipeline.run(request, routes=FakeRoutes())
    assert text.notes == ("d.txt: language: cannot be told; --lang d.txt=CODE sets it",)
    with pytest.raises(LanguageError, match="cannot be told; --lang"):
        pipeline.translate(request, routes=FakeRoutes())


def test_starter_packages_are_told_in_one_line(asked: Callable[..., Request]) -> None:
    text = pipeline.run(asked("a.txt", "b.txt", "c.txt"), routes=FakeRoutes(starter=True))
    assert text.notes == (
        "pt, ru: rough English by a starter package; "
        "`reader models install pt ru` gets the full one",
    )


@pytest.fixture
def long_request(asked: Callable[..., Request], tmp_path: Path) -> Request:
    """A text of several batches."""
    lines = [f"O gato {i} viu o navio {i * 7}." for i in range(5 * FIRST_BATCH)]
    (tmp_path / "b.txt").write_text("\n".join(lines))
    return asked("b.txt")


def test_progress_counts_every_sentence_once(long_request: Request) -> None:
    seen: list[Progress] = []
    pipeline.run(long_request, Watch(progress=seen.append), FakeRoutes())
    translated = [p.done for p in seen if p.stage == "translate"]
    assert translated == sorted(translated)
    assert (translated[0], translated[-1]) == (0, 5 * FIRST_BATCH)
    assert [p.stage for p in seen if p.done == p.total] == ["load", "translate", "align"]


def test_partial_rows_come_while_translation_runs(long_request: Request) -> None:
    parts: list[ParallelText] = []
    final = pipeline.run(long_request, Watch(partial=parts.append), FakeRoutes())
    known = [sum(bool(pivot.text) for pivot in part.pivots[0]) for part in parts]
    assert known[0] == 0
    assert known == sorted(set(known))
    assert len(known) > 2
    assert all(part.provisional and len(part.rows) == len(final.rows) for part in parts)


def test_of_a_long_text_only_the_translated_share_is_aligned(
    asked: Callable[..., Request], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("\n".join(f"The cat {i} saw ship {7 * i}." for i in range(90)))
    (tmp_path / "b.txt").write_text(
        "\n".join(f"O gato {i} viu o navio {7 * i}." for i in range(99))
    )
    monkeypatch.setattr("reader.pipeline.aligning.SHORT", 20)
    parts: list[ParallelText] = []
    final = pipeline.run(asked("a.txt", "b.txt"), Watch(partial=parts.append), FakeRoutes())
    sure = [sum(row.score > 0.9 for row in part.rows) for part in (*parts, final)]
    assert 15 < sure[0] <= 20
    assert sure == sorted(sure)
    assert sure[-1] == 90
    for part in parts:
        for d in range(2):
            assert [i for row in part.rows for i in row.segments[d]] == list(range((90, 99)[d]))


class Counted(Column[int]):
    """Indices that count how many of them are taken."""

    def __init__(self, size: int) -> None:
        self.size, self.taken = size, 0

    def __len__(self) -> int:
        return self.size

    def made(self, index: int) -> int:
        self.taken += 1
        return index


def test_rows_of_what_is_not_translated_yet_cost_as_much_as_there_is_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    documents = [document([f"Ship {i}." for i in range(300)], name=name) for name in "ab"]
    kept = [Counted(300) for _ in documents]
    for each, indices in zip(documents, kept, strict=True):
        vars(each)["kept"] = indices
    monkeypatch.setattr("reader.pipeline.aligning.SHORT", 20)
    pivots = [Pivots.of([Pivot("")] * 300)] * 2
    request = Request(paths=(), cache=Path(), mode="parallel")
    provisional_rows(Material(request, documents, pivots), 0)
    assert max(indices.taken for indices in kept) < 5 * 300


def test_a_long_text_that_needs_no_translation_is_there_before_it_is_paired(
    asked: Callable[..., Request], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, verb in (("a.txt", "saw"), ("b.txt", "spotted")):
        lines = [f"The cat {i} {verb} ship {7 * i}." for i in range(60)]
        (tmp_path / name).write_text("\n".join(lines))
    request = asked("a.txt", "b.txt")
    request = replace(request, languages=dict.fromkeys(request.paths, "en"))
    parts: list[ParallelText] = []
    monkeypatch.setattr("reader.pipeline.aligning.SHORT", 20)
    monkeypatch.setattr("reader.pipeline.aligning.LONG", 100)
    final = pipeline.run(request, Watch(partial=parts.append), FakeRoutes())
    (part,) = parts
    assert part.provisional
    assert not final.provisional
    assert [row.segments for row in part.rows] == [((i,), (i,)) for i in range(60)]
    assert sum(row.score > 0 for row in part.rows) == 20
    pipeline.run(request, Watch(partial=parts.append), FakeRoutes())
    assert len(parts) == 1, "what is kept is there at once"


def test_a_cancelled_run_keeps_what_it_has(long_request: Request) -> None:
    routes = FakeRoutes()
    text = pipeline.run(long_request, Watch(cancelled=lambda: bool(routes.seen)), routes)
    assert text.provisional
    assert len(routes.seen) == FIRST_BATCH
    again = FakeRoutes()
    assert not pipeline.run(long_request, routes=again).provisional
    assert len(again.seen) == 4 * FIRST_BATCH


def test_pairing_says_how_far_it_is_and_can_be_stopped(
    asked: Callable[..., Request], tmp_path: Path
) -> None:
    """Of three versions three pairs are compared."""
    (tmp_path / "a.txt").write_text("The cat saw the ship. It was black.")
    (tmp_path / "b.txt").write_text("O gato viu o navio. Era preto.")
    (tmp_path / "c.txt").write_text("A gata viu o navio. Era preta.")
    request = asked("a.txt", "b.txt", "c.txt")
    seen: list[Progress] = []
    parts: list[ParallelText] = []

    def begun() -> bool:
        return any(progress.stage == "align" and progress.done for progress in seen)

    with pytest.raises(Interrupted):
        pipeline.run(request, Watch(seen.append, parts.append, begun), FakeRoutes())
    assert all(part.provisional for part in parts)
    seen.clear()
    again = FakeRoutes()
    pipeline.run(request, Watch(seen.append), again)
    assert not again.seen
    assert [p.done for p in seen if p.stage == "align"] == [0, 0, 2, 4, 6, 6]


def test_a_killed_run_loses_one_batch(long_request: Request) -> None:
    """Whatever ends the process, no more than the batch under way is translated again."""
    routes = FakeRoutes()

    def die(progress: Progress) -> None:
        if progress.done > FIRST_BATCH:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.run(long_request, Watch(progress=die), routes)
    again = FakeRoutes()
    pipeline.run(long_request, routes=again)
    assert not set(routes.seen) & set(again.seen)


def test_a_missing_file_is_one_clear_line(asked: Callable[..., Request]) -> None:
    with pytest.raises(FormatError, match=r"nothing\.txt"):
        pipeline.run(replace(asked("a.txt"), paths=(Path("nothing.txt"),)), routes=FakeRoutes())


def test_a_damaged_memory_is_one_clear_line(asked: Callable[..., Request]) -> None:
    request = asked("a.txt")
    request.cache.mkdir()
    (request.cache / FILE_NAME).write_bytes(b"rubbish" * 200)
    with pytest.raises(StoreError, match="damaged"):
        pipeline.run(request, routes=FakeRoutes())


def test_alignments_are_kept(asked: Callable[..., Request]) -> None:
    request = asked("a.txt", "b.txt")
    pipeline.run(request, routes=FakeRoutes())
    pipeline.run(request, routes=FakeRoutes())
    with Store(request.cache / FILE_NAME) as store:
        assert store.counts()["alignments"] == 1


def test_a_real_package_is_found_in_the_cache(tmp_path: Path) -> None:
    write_package(tmp_path / "packages", source="eo")
    route = pipeline.argos(tmp_path)("eo", "en")
    assert route.translator.translate(["uryyb"]) == ["hello"]
    assert route.starters == ()


def test_a_package_of_a_variety_serves_where_there_is_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path / "packages", source="pb")
    monkeypatch.setattr("reader.packages.search_path", lambda cache: (cache / "packages",))
    find = pipeline.argos(tmp_path)
    assert find("pt", "en").translator.key == find("pb", "en").translator.key
    with pytest.raises(LanguageError, match="models install de"):
        find("de", "en")


def test_the_shipped_packages_are_known_for_starters(tmp_path: Path) -> None:
    assert pipeline.argos(tmp_path)("pt", "en").starters == ("pt",)


def test_a_result_depends_on_all_code_of_its_rooms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.__file__", str(tmp_path / "__init__.py"))
    digests = []
    for name in ("room/a.py", "room/inner/b.py", "room/__pycache__/a.pyc", "other/c.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        code_digest.cache_clear()
        digests.append(code_digest("room"))
    code_digest.cache_clear()
    assert len(set(digests)) == 2
    assert digests[1] == digests[3]
