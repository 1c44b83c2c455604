"""The command line: reads options, calls the library, prints the result, and exits with a code."""


def main() -> None:
    """Run `policydiff` and exit; Ctrl-C while its modules are still loading ends it without a traceback."""
    try:
        from policydiff.cli.entry import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
