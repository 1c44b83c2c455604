"""Checks of the arguments of public functions: dates, lists, and one clear error for a value of a type that is not accepted."""

import builtins
import inspect
import os
import re
import reprlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import wraps
from typing import Any, ForwardRef, ParamSpec, TypeVar, get_args

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.errors import PydanticSchemaGenerationError, PydanticUserError
from pydantic_core import SchemaError

from policydiff.errors import InvalidIdentifierError, PolicydiffError, UsageError
from policydiff.model import Document
from policydiff.model.base import Item
from policydiff.platforms import local_day

Day = date | datetime | str
"""A day of record time; a string is read as YYYY-MM-DD."""


_Given = ParamSpec("_Given")
_Returned = TypeVar("_Returned")


def as_day(given: Day | None, what: str) -> date | datetime | None:
    """Return a day that may be given as a string.

    Raises:
        InvalidIdentifierError: if it is no day of the calendar.
    """
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except (ValueError, TypeError) as error:
        raise InvalidIdentifierError(f"{what} takes a day as YYYY-MM-DD, not {given!r}") from error


def day_of(given: Day | None, what: str) -> date:
    """Return a day given as a string or a moment; today if none is given.

    Raises:
        InvalidIdentifierError: if it is no day of the calendar.
    """
    day = as_day(given, what)
    return local_day() if day is None else day.date() if isinstance(day, datetime) else day


def listed(given: "Iterable[Item]", what: str) -> "Iterable[Item]":
    """Return several documents or pairs as they were given.

    Raises:
        UsageError: if a single document is given, or a value that cannot be iterated over.
    """
    if isinstance(given, Document | str | bytes | os.PathLike) or not isinstance(given, Iterable):
        raise UsageError(f"{what} takes a list, not {type(given).__name__}")
    return given


def pairs_of(given: "Iterable[tuple[Any, Any]]", what: str) -> "Iterator[tuple[Any, Any]]":
    """Yield pairs of versions as they were given.

    Raises:
        UsageError: if it is no list, or an item is no pair.
    """
    for pair in listed(given, what):
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise UsageError(f"a pair is an earlier and a later version: {what}=[(old, new), …]")
        old, new = pair
        yield old, new


def guarded(verb: Callable[_Given, _Returned]) -> Callable[_Given, _Returned]:
    """Return the verb so that an error caused by an argument of a wrong type becomes a `UsageError` that names the argument.

    Types are checked only after a call failed, so that every working value is accepted and calls stay as fast.
    """

    @wraps(verb)
    def call(*given: _Given.args, **named: _Given.kwargs) -> _Returned:
        try:
            return verb(*given, **named)
        except PolicydiffError:
            raise
        except Exception as error:
            for name, value, hint in _arguments(verb, given, named):
                if not _fits(value, hint):
                    taken = re.sub(r"\b(?:\w+\.)+", "", inspect.formatannotation(hint))
                    raise UsageError(
                        f"{verb.__name__} takes {name} as {taken}, not {reprlib.repr(value)}"
                    ) from error
            raise

    return call


def _arguments(verb: Any, given: Any, named: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield name, value and type of each argument; nothing where the call does not fit the verb's signature."""
    signature = inspect.signature(verb)
    try:
        bound = signature.bind(*given, **named)
    except TypeError:
        return
    for name, value in bound.arguments.items():
        parameter = signature.parameters[name]
        hint = _evaluated(parameter.annotation, verb)
        if parameter.kind is parameter.VAR_POSITIONAL:
            yield from ((name, each, hint) for each in value)
        elif parameter.kind is parameter.VAR_KEYWORD:
            fields = inspect.get_annotations(next(iter(get_args(hint)), object))
            yield from ((key, each, _evaluated(fields.get(key, Any), verb)) for key, each in value.items())
        else:
            yield name, value, hint


class _Names(dict[str, Any]):
    """The names in a module that its annotations import only for type checkers; `Any` for all other names."""

    def __missing__(self, name: str) -> Any:
        import policydiff
        from policydiff import report
        from policydiff.model import base

        if hasattr(builtins, name):
            raise KeyError(name)
        return next((getattr(home, name) for home in (policydiff, base, report) if hasattr(home, name)), Any)


def _evaluated(hint: Any, verb: Any) -> Any:
    hint = hint.__forward_arg__ if isinstance(hint, ForwardRef) else hint
    if not isinstance(hint, str):
        return Any if hint is inspect.Parameter.empty else hint
    return eval(hint, {}, _Names(inspect.unwrap(verb).__globals__))  # noqa: S307 (an annotation of this package)


def _fits(value: Any, hint: Any) -> bool:
    """Return whether a value has a type; True for a type that cannot be checked."""
    try:
        found = TypeAdapter(hint, config=ConfigDict(arbitrary_types_allowed=True)).validate_python(
            value, strict=True
        )
        if isinstance(value, list | tuple):
            tuple(found)  # the members of an iterable are looked at as they are read
    except ValidationError:
        return False
    except (PydanticSchemaGenerationError, PydanticUserError, SchemaError):
        return True
    return True
