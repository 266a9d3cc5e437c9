"""`python -m reader`: the same as the command `reader`."""

from reader.cli import main

main()
