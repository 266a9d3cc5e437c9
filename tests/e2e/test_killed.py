"""A run that is killed half-way goes on where it was: each sentence is paid for once."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from reader.pipeline import LARGEST_BATCH

N_SENTENCES = 600

# The product as it is, but for a log of what is handed to the model, batch by batch.
LOGGED = """
import sys
from reader.translate import ArgosTranslator
path = sys.argv.pop(1)
plain = ArgosTranslator.translate
def logged(self, texts):
    with open(path, "a") as log:
        log.writelines(text + "\\n" for text in texts)
    return plain(self, texts)
ArgosTranslator.translate = logged
from reader.cli import main
main()
"""


def test_sigkill_loses_no_more_than_the_batch_under_way(tmp_path: Path) -> None:
    nouns = ("casa", "cidade", "escola", "empresa", "lei", "noite", "praia", "rua")
    sentences = [
        f"A {nouns[i % 8]} número {i} fica perto da {nouns[i // 8 % 8]} número {i * 7}."
        for i in range(N_SENTENCES)
    ]
    (tmp_path / "a.txt").write_text("\n".join(sentences), encoding="utf-8")
    log = tmp_path / "log"
    command = [sys.executable, "-c", LOGGED, str(log), "translate", "a.txt",
               "--lang", "a.txt=pt", "--segmented"]  # fmt: skip
    environment = os.environ | {"READER_CACHE": str(tmp_path / "cache")}

    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        while not log.exists() or len(log.read_text().splitlines()) < N_SENTENCES // 2:
            assert process.poll() is None, "it was done before it could be killed"
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    killed = log.read_text().splitlines()

    done = subprocess.run(
        command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    assert len(done.stdout.splitlines()) == N_SENTENCES
    handed = Counter(log.read_text().splitlines())
    assert set(handed) == set(sentences)
    twice = [text for text, count in handed.items() if count > 1]
    print(f"killed after {len(killed)} of {N_SENTENCES} sentences; {len(twice)} translated twice")
    assert len(twice) <= LARGEST_BATCH
    assert set(twice) <= set(killed[-LARGEST_BATCH:])
