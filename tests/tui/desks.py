"""Desks for tests of the screen: texts of our own, and jobs that wait to be told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from reader import session
from reader.annotations import Anchor, Annotation, anchor, locate
from reader.corrections import Corrected, Operation
from reader.errors import CorrectionError, ReaderError
from reader.export import Options
from reader.model import ParallelText, Place, Skip
from reader.tui.desk import Cancelled, Desk, Job, OnPartial, OnProgress
from tests.builders import document, parallel

EN = [
    "The lamp",
    "The old keeper climbed the stairs every evening, lit the lamp and sat down to write.",
    "Nobody read his letters.",
    "One night the light went out.",
    "He counted 14 ships before dawn.",
    "“Who is there?” he asked.",
]
PT = [
    "O farol",
    "O velho faroleiro subia as escadas todas as noites, acendia a lâmpada e escrevia.",
    "Ninguém lia as suas cartas.",
    "Leia também: as marés de amanhã",
    "Ninguém lia as suas cartas.",
    "Uma noite, a luz apagou-se.",
    "— Quem está aí? — perguntou.",
]
RU = [
    "Маяк",
    "Каждый вечер старый смотритель поднимался по лестнице.",
    "Он зажигал лампу и садился писать.",
    "Однажды ночью свет погас.",
    "До рассвета он насчитал 15 кораблей.",
]
PIVOTS = [
    EN,
    [
        "The lighthouse",
        "The old lighthouse keeper went up the stairs every night, lit the lamp and sat to write.",
        "No one read his letters.",
        "Read also: tomorrow's tides",
        "No one read his letters.",
        "One night the light went off.",
        "Who's there? he asked.",
    ],
    [
        "Lighthouse",
        "Every evening the old caretaker went up the ladder.",
        "He lit a lamp and sat down to write.",
        "One night the light went out.",
        "Before sunrise he counted 15 ships.",
    ],
]
ROWS: list[tuple[Sequence[Sequence[int]], float]] = [
    ([[0], [0], [0]], 0.97),
    ([[1], [1], [1, 2]], 0.82),
    ([[2], [2], []], 0.95),
    ([[3], [5], [3]], 0.93),
    ([[4], [], [4]], 0.55),
    ([[5], [6], []], 0.71),
]


def story() -> ParallelText:
    """Make a story in three languages with a gap, a doubtful row, a moved cell and two skips."""
    skip = {3: Skip("boilerplate", "see also"), 4: Skip("repeat", "exact", of=2)}
    documents = [
        document(EN, name="keeper.txt", headings=(0,)),
        document(PT, language="pt", name="faroleiro.txt", headings=(0,), skip=skip),
        document(RU, language="ru", name="smotritel.txt", headings=(0,), going_on=(2,)),
    ]
    return parallel(documents, ROWS, pivots=PIVOTS, moved={3: (2,)})


def long(rows: int = 60) -> ParallelText:
    """Make a text of many pages; each tenth row is doubtful, each ninth a gap."""
    left = document([f"Line {i} of the tale." for i in range(1, rows + 1)], name="tale.txt")
    right = document(
        [f"Linha {i} do conto." for i in range(1, rows + 1)], language="pt", name="conto.txt",
        skip={i: Skip("boilerplate", "menu") for i in range(8, rows, 9)},
    )  # fmt: skip
    cells = [([[i], [] if i % 9 == 8 else [i]], 0.4 if i % 10 == 9 else 0.99) for i in range(rows)]
    return parallel([left, right], cells, pivots=[left.sentences, left.sentences])


def chapters() -> ParallelText:
    """Make a text with headings in rows 1, 3 and 5, of which the second version has only one."""
    left = document(["One", "a", "Two", "b", "Three", "c"], headings=(0, 2, 4))
    right = document(["Um", "a", "b", "c"], language="pt", headings=(0,))
    return parallel(
        [left, right],
        [([[i], [i // 2 + (i > 0)] if i in {0, 1, 3, 5} else []], 0.9) for i in range(6)],
    )


def scripts() -> ParallelText:
    """Make a text whose cells are wide, joined, right to left, or hostile."""
    documents = [
        document(
            [
                "Good morning, harbour! ⚓️ 👩‍🚀 🇵🇹",
                "It [b]rained\x1b[31m on\u202e Tuesday\x07.",
                "Cafe\u0301 crème",
            ]
        ),
        document(["صباح الخير أيها الميناء!", "أمطرت يوم الثلاثاء 14.", "مقهى"], language="ar"),
        document(
            ["おはよう、港よ！「静かな朝だ」と船長は言った。", "火曜日は雨が降った。", "カフェ"],
            language="ja",
        ),
    ]
    rows = [([[i], [i], [i]], 0.95) for i in range(3)]
    return parallel(documents, rows, pivots=[d.sentences for d in documents])


class Pencil:
    """An editor that keeps nothing, and whose realigning makes the aligner's rows again."""

    def __init__(self, base: ParallelText) -> None:
        self.base = base
        self.done: list[Operation] = []
        self.undone: list[Operation] = []
        self.fails: ReaderError | None = None
        """Raised instead of the next correction."""
        self._corrected = Corrected(base)

    @property
    def text(self) -> ParallelText:
        return self._corrected.text

    @property
    def next_undo(self) -> Operation | None:
        return self.done[-1] if self.done else None

    @property
    def next_redo(self) -> Operation | None:
        return self.undone[-1] if self.undone else None

    def row(self, document: int, segment: int) -> int:
        return self._corrected.row(document, segment)

    def do(self, operation: Operation) -> None:
        if self.fails:
            raise self.fails
        self._corrected.do(operation)
        self.done.append(operation)
        self.undone = []

    def undo(self) -> Operation:
        if not self.done:
            raise CorrectionError("undo: nothing was corrected yet")
        self.undone.append(self.done.pop())
        if self.undone[-1].kind == "realign":
            self._again()
        else:
            self._corrected.undo()
        return self.undone[-1]

    def redo(self) -> Operation:
        if not self.undone:
            raise CorrectionError("redo: nothing was undone")
        self.done.append(self.undone.pop())
        if self.done[-1].kind == "realign":
            self._again()
        else:
            self._corrected.do(self.done[-1])
        return self.done[-1]

    def realign(self) -> None:
        self.do(Operation("realign"))
        self._again()

    def _again(self) -> None:
        kinds = [operation.kind for operation in self.done]
        start = len(kinds) - kinds[::-1].index("realign") if "realign" in kinds else 0
        self._corrected = Corrected(self.base, self.done[start:])


@dataclass
class Log:
    """What the screen asked of the rest of the program."""

    places: list[Place] = field(default_factory=list)
    exports: list[Options] = field(default_factory=list)
    explained: list[int] = field(default_factory=list)
    annotations: dict[Anchor, Annotation] = field(default_factory=dict)
    themes: list[str] = field(default_factory=list)


def desk(
    text: ParallelText | None = None, *, job: Job | None = None, log: Log | None = None
) -> Desk:
    """Make a desk whose job gives a text at once, unless another job is given."""
    pencil, log = Pencil(text or story()), log or Log()

    def export(
        parallel: ParallelText, path: Path, options: Options, overwrite: bool
    ) -> tuple[str, ...]:
        destination = session.Destination(path, overwrite=overwrite)
        line, *_ = session.write(parallel, destination, options)
        log.exports.append(options)
        return (line.partition(": ")[2],)

    def explain(parallel: ParallelText, row: int) -> str:
        log.explained.append(row)
        return f"score {parallel.rows[row].score}\n\x1b shared: lamp, stairs"

    return Desk(
        job=job or (lambda *_: pencil.text),
        editor=pencil,
        title="keeper",
        place=Place(),
        keep_place=log.places.append,
        export=export,
        explain=explain,
        follow=session.follow,
        annotations=lambda parallel: locate(parallel, log.annotations),
        annotate=lambda parallel, changed: log.annotations.update(
            {anchor(parallel.documents[d], i): each for (d, i), each in changed.items()}
        ),
        keep_theme=log.themes.append,
        bidi=True,
    )


@dataclass
class Steps:
    """A job that does one thing after another, each when it is told to."""

    done: Event = field(default_factory=Event)
    saw_stop: Event = field(default_factory=Event)
    outcome: ParallelText | Exception = field(default_factory=story)
    on_progress: OnProgress | None = None
    on_partial: OnPartial | None = None

    def __call__(
        self, on_progress: OnProgress, on_partial: OnPartial, cancelled: Cancelled
    ) -> ParallelText:
        """Wait until `done`, or until it is stopped."""
        self.on_progress, self.on_partial = on_progress, on_partial
        while not self.done.wait(0.01):
            if cancelled():
                self.saw_stop.set()
                break
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome
