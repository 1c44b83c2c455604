"""Lines of a page that are not the document: counters, sharing, crumbs, dates of the page (`noise.toml`)."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_LONGEST_FURNITURE = 80


@cache
def _tables() -> dict[str, list[str]]:
    text = files("policydiff.watch.gather").joinpath("noise.toml").read_text("utf-8")
    return {name: list(values) for name, values in tomllib.loads(text).items()}


@cache
def session_parameters() -> frozenset[str]:
    """Return the names of query parameters that tell visits apart, not documents."""
    return frozenset(_tables()["parameters"])


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _tables()["lines"]), re.VERBOSE)


def clean_text(text: str, ignored: Iterable[str] = ()) -> str:
    """Return a text without page furniture and without lines that contain an ignored pattern.

    A line is furniture only as a whole and if it is short: a clause that speaks of a counter stays.
    """
    patterns = [re.compile(pattern) for pattern in ignored]
    furniture = _furniture()
    kept = [
        line
        for line in text.split("\n")
        if not (len(line) <= _LONGEST_FURNITURE and furniture.fullmatch(line.strip(" \t\u3000\xa0")))
        and not any(pattern.search(line) for pattern in patterns)
    ]
    return "\n".join(kept)
