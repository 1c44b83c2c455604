"""What of an address tells visits apart, and the text of a page without its furniture."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from policydiff.lexicon.furniture import without_furniture


@cache
def session_parameters() -> frozenset[str]:
    """Return the names of query parameters that tell visits apart, not documents."""
    text = files("policydiff.watch.gather").joinpath("sessions.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["parameters"])


def clean_text(text: str, ignored: Iterable[str] = ()) -> str:
    """Return a text without page furniture and without lines that contain an ignored pattern."""
    patterns = [re.compile(pattern) for pattern in ignored]
    lines = text.split("\n")
    kept = [line for line in lines if not any(pattern.search(line) for pattern in patterns)]
    return "\n".join(without_furniture(kept)) + ("\n" if text.endswith("\n") else "")
