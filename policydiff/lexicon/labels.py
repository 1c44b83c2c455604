"""Labels in the reader's language (`labels.toml`)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


@cache
def labels(lang: str) -> Mapping[str, str]:
    """Return the labels of a language, `zh` or `en`."""
    data = tomllib.loads(files("policydiff.lexicon").joinpath("labels.toml").read_text("utf-8"))
    found: dict[str, str] = data[lang if lang in LANGUAGES else "en"]
    return found
