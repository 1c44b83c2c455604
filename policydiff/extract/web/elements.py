"""Which elements of a page begin a line, and which hold no words of it."""

import tomllib
from importlib.resources import files

_ELEMENTS = tomllib.loads(files("policydiff.extract.web").joinpath("elements.toml").read_text("utf-8"))
BLOCKS = frozenset(_ELEMENTS["blocks"])
SKIPPED = frozenset(_ELEMENTS["skipped"])
