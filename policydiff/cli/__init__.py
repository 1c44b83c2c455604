"""The command line: read options, call the library, print, exit."""


def main() -> None:
    """Run `policydiff` and exit; Ctrl-C while its modules are still loading ends it without a traceback."""
    try:
        from policydiff.cli.entry import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
