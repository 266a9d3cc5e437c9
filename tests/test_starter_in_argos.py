"""The starter packages in Argos Translate itself, where its sentence splitter's tree is installed.

That tree (stanza, and with it PyTorch) weighs more than a gigabyte, so the gate skips this; run it
where `pip install argostranslate` was done without our exclusions.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reader.packages.install import install_file
from reader.translate import ArgosTranslator

pytest.importorskip("stanza", reason="Argos Translate needs stanza to translate by itself")

STARTERS = Path(__file__).parents[1] / "cache" / "packages"
SCRIPT = """
import sys
from argostranslate import package, translate
code, archive, text = sys.argv[1:]
package.install_from_path(archive)
assert [(p.from_code, p.to_code) for p in package.get_installed_packages()] == [(code, "en")]
print(translate.translate(text, code, "en"))
"""


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("pt", ["Ninguém morreu.", "O barco espera no porto."]),
        ("ru", ["Никто не погиб.", "Это большой город."]),
    ],
)
def test_argos_installs_a_starter_and_translates_as_we_do(
    tmp_path: Path, code: str, sentences: list[str]
) -> None:
    (folder,) = STARTERS.glob(f"translate-{code}_en-*")
    archive = tmp_path / f"{folder.name}.argosmodel"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(folder.rglob("*")):
            packed.write(path, path.relative_to(folder.parent))
    places = {"HOME": str(tmp_path), "ARGOS_PACKAGES_DIR": str(tmp_path / "packages")}
    theirs = subprocess.run(
        [sys.executable, "-c", SCRIPT, code, str(archive), " ".join(sentences)],
        env={**os.environ, **places},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    package = install_file(archive, tmp_path / "ours")
    assert theirs.split() == " ".join(ArgosTranslator((package,)).translate(sentences)).split()
