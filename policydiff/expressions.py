"""Keeps compiled regular expressions from one run to the next, beside the bytecode of the package and under the settings that hold for it.

Python takes half a millisecond to compile an expression, and a comparison asks 400 to 800: a quarter of the time of a command on short
texts. Python's engine takes the compiled form of an expression as a list of numbers, which is read from `__pycache__` here. Nothing is
written where Python writes no bytecode (`-B`, `PYTHONDONTWRITEBYTECODE`, a folder that cannot be written).
"""

import atexit
import contextlib
import marshal
import os
import re
import sys
from array import array
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]  # the steps of `re.compile`
from typing import Any

_MOST = 4_000
"""Expressions kept at most; the package has some 1,500. Beyond, those of an earlier release are among them, and all but those of this run are forgotten."""
_PYTHON = sys.version, int(_compiler.MAGIC), sys.byteorder
"""What a compiled form holds for: another interpreter may number the steps of its engine in another way."""

_Key = tuple[Any, int]
"""Text and flags of an expression."""
_Form = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, numbers, and groups of a compiled expression: how many, their places by name, their names by place."""

_new: dict[_Key, _Form] = {}
"""Forms that were compiled in this run."""


def compiled(text: Any, flags: int) -> "re.Pattern[Any]":
    """Return what `re.compile` returns."""
    key = text, int(flags)
    form = _kept().pop(key, None)
    if form is not None:
        with contextlib.suppress(Exception):  # of whatever kind: the file was damaged
            return _of_form(text, form)
    parsed = _parser.parse(text, flags)
    names: list[str | None] = [None] * parsed.state.groups
    for name, place in parsed.state.groupdict.items():
        names[place] = name
    numbers = array("I", map(int, _compiler._code(parsed, flags))).tobytes()
    _new[key] = form = (
        int(flags | parsed.state.flags),
        numbers,
        parsed.state.groups - 1,
        parsed.state.groupdict,
        tuple(names),
    )
    if len(_new) == 1:
        atexit.register(_keep)
    return _of_form(text, form)


def _of_form(text: Any, form: _Form) -> "re.Pattern[Any]":
    flags, numbers, *groups = form
    found: re.Pattern[Any] = _compiler._sre.compile(text, flags, array("I", numbers).tolist(), *groups)
    return found


def _place() -> Path:
    return Path(cache_from_source(__file__)).with_suffix(".expressions")


def _read() -> dict[_Key, _Form]:
    try:
        python, forms = marshal.loads(_place().read_bytes())  # noqa: S302 (a file that the interpreter trusts as it trusts its bytecode)
    except (OSError, ValueError, EOFError, TypeError, NotImplementedError):
        return {}
    return forms if python == _PYTHON else {}


_kept = cache(_read)


def _keep() -> None:
    """Write the forms of this run beside those that are kept already."""
    if sys.dont_write_bytecode:
        return
    forms = {**_read(), **_new}
    with contextlib.suppress(OSError, ValueError, NotImplementedError):
        place = _place()
        written = place.with_name(f"{place.name}.{os.getpid()}")
        written.write_bytes(marshal.dumps((_PYTHON, forms if len(forms) <= _MOST else _new)))
        try:
            written.replace(place)
        except OSError:  # Windows, while another process reads it
            written.unlink(missing_ok=True)
