"""The command `reader`, and `python -m reader`."""

import signal


def main() -> None:
    """Run the command line; while that is still being imported, Ctrl-C ends it without a word."""
    handler = signal.getsignal(signal.SIGINT)
    if handler is signal.default_int_handler:  # else ignored, as by nohup
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from reader import cli

    signal.signal(signal.SIGINT, handler)
    cli.main()


if __name__ == "__main__":
    main()
