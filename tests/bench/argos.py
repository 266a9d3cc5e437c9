"""Argos Translate's own translation, as the reference for text and speed.

`argostranslate.translate` imports two sentence splitters that we do not install. Stand-ins take
their place, and every text counts as one sentence, as it does for us.

    python -m tests.bench.argos PACKAGES_FOLDER SOURCE TARGET < texts.json > translations.json
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace


class WholeText:
    """A splitter that does not split."""

    def __init__(self, package: object) -> None:
        self.package = package

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def argos_translation(packages: Path, source: str, target: str) -> Callable[[str], str]:
    """Return Argos's function for a pair; once a process, since Argos reads its settings once."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = tempfile.mkdtemp()
    os.environ["ARGOS_PACKAGES_DIR"] = str(packages)
    minisbd = ModuleType("minisbd")
    vars(minisbd).update(SBDetect=None, models=SimpleNamespace(list_models=list))
    sys.modules |= {"stanza": ModuleType("stanza"), "minisbd": minisbd}
    from argostranslate import translate

    translate.MiniSBDSentencizer = WholeText
    found = translate.get_translation_from_codes(source, target)
    return lambda text: str(found.translate(text))


if __name__ == "__main__":
    folder, *pair = sys.argv[1:]
    function = argos_translation(Path(folder), *pair)
    json.dump([function(text) for text in json.load(sys.stdin)], sys.stdout)
