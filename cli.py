"""Launcher for a checkout: `python cli.py …` is `policydiff …`."""

from policydiff.cli import main

if __name__ == "__main__":
    main()
