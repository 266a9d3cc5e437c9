"""OmegaT without a screen: a project that is translated by what lies in its memory alone.

Its exit code is 0 whatever happens, so only what it writes counts.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

JAR = Path("/usr/share/omegat/OmegaT.jar")
"""Where Debian's package puts it."""

_PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>EN</source_lang><target_lang>AR</target_lang>
<source_tok>org.omegat.tokenizer.DefaultTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.DefaultTokenizer</target_tok>
<sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""


def translate(folder: Path, source: Path, memory: Path | None = None) -> Path:
    """Translate an English file to Arabic; return the file that OmegaT wrote."""
    if not JAR.is_file() or not shutil.which("java"):
        pytest.skip("OmegaT is not installed (Debian: omegat, default-jre-headless)")
    project = folder / "project"
    for name in ("source", "target", "omegat", "glossary", "dictionary", "tm/auto"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(_PROJECT, encoding="utf-8")
    shutil.copy(source, project / "source")
    if memory:
        shutil.copy(memory, project / "tm" / "auto")
    command = ["java", "-Djava.awt.headless=true", f"-Duser.home={folder}", "-jar", str(JAR)]
    options = ["--mode=console-translate", f"--config-dir={folder / 'config'}"]
    done = subprocess.run(
        [*command, str(project), *options], capture_output=True, text=True, timeout=300
    )
    target = project / "target" / source.name
    assert target.is_file(), done.stdout + done.stderr
    return target
