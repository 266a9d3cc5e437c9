"""Our files in the programs that people open them with.

`uv run --group proof pytest tests/consumers`; what is not installed is skipped and says so. Java,
OmegaT, Chromium and LibreOffice come from the system (Debian: default-jre-headless, omegat,
chromium, libreoffice-calc).
"""
