"""Regular expressions compiled when they are first used, and patterns over named groups of words.

The groups of words are kept in TOML files beside the rules that use them. Also the tables and patterns that settings bring along, which
are bounded.
"""

import re
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from importlib.resources import files
from itertools import chain
from typing import Any, AnyStr, cast

from policydiff.errors import UsageError

try:  # no public module of Python tells the parts of an expression: `sre_parse` is deprecated
    from re import _parser  # type: ignore[attr-defined]
except (
    ImportError
):  # without it expressions have no marks, which costs time alone, and those of settings are refused
    _parser = None

_NOTHING_FOUND: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("match", "fullmatch", "search"), lambda _: None),
    "finditer": lambda _: iter(()),
    "findall": lambda _: [],
    "sub": lambda text: text,
    "subn": lambda text: (text, 0),
    "split": lambda text: [text],
}
"""Answer of each method for a text in which nothing is found."""
_METHODS = tuple(_NOTHING_FOUND)


class _Pattern:
    """Stands in for a compiled expression; after its first use its methods are those of the compiled one, unless its marks are read off it."""

    def __init__(self, pattern: Any, flags: int, marks: Sequence[str] | None = ()) -> None:
        self._written = pattern
        self._flags = flags
        self._given = marks

    @property
    def pattern(self) -> Any:
        """The text of the expression."""
        return self._written() if callable(self._written) else self._written

    @cached_property
    def marks(self) -> Sequence[str]:
        """Words one of which stands in every text in which it is found; none where none are given, and to look for it is as quick."""
        if self._given is not None:
            return self._given
        if _parser is None:
            return ()
        parsed = _parser.parse(self.pattern, self._flags)
        return () if _begins(parsed) or parsed.state.flags & re.IGNORECASE else _needed(parsed)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in _METHODS:
            return getattr(self._compiled, name)
        setattr(self, name, partial(self._if_marked, name) if self.marks else getattr(self._compiled, name))
        return getattr(self, name)

    def _if_marked(self, method: str, *given: Any, **named: Any) -> Any:
        """Ask the compiled expression, which is not even compiled as long as no text holds one of its marks."""
        text = given[1] if method in ("sub", "subn") else given[0]
        if not any(map(text.__contains__, self.marks)):
            return _NOTHING_FOUND[method](text)
        if self._given is not None:
            setattr(self, method, getattr(self._compiled, method))
        return getattr(self._compiled, method)(*given, **named)

    @cached_property
    def _compiled(self) -> "re.Pattern[Any]":
        return re.compile(self.pattern, self._flags)


def lazy_pattern(text: AnyStr, flags: int = 0, marks: Sequence[str] = ()) -> re.Pattern[AnyStr]:
    """Return an expression like `re.compile`, compiled at its first use.

    Python takes half a millisecond to compile a class that holds all Chinese characters, so that a command on
    two short files would spend more time on patterns than on its work. `marks` are words or characters one of which
    is in every text that the expression matches: a text without any of them is not searched, and the expression is
    not compiled for it.

    Examples:
        >>> lazy_pattern("第.条").findall("第一条和第二条")
        ['第一条', '第二条']
    """
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags, marks))


def rare_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return an expression like `lazy_pattern` that few texts hold: its marks are read off it, and cost less to look for than it."""
    return cast("re.Pattern[str]", _Pattern(text, flags, None))


_GROUP = lazy_pattern(r"\{([a-z_]+)\}")


class Words:
    """The groups of words of one TOML file of a package, read when first needed.

    `name` is the file's without `.toml`. The groups of `lenders` count too, where the file has none of that name.
    """

    def __init__(self, package: str, name: str, *lenders: "Words") -> None:
        self._package = package
        self._name = name
        self._lenders = lenders

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """Words by the name of their group, as the file orders them."""
        file = files(self._package).joinpath(f"{self._name}.toml")
        groups: dict[str, list[str]] = tomllib.loads(file.read_text(encoding="utf-8"))
        return groups

    def any_of(self, group: str) -> str:
        """Return a pattern for the words of a group, longest first.

        Raises KeyError if the file holds no such group.
        """
        holder = next((words for words in (self, *self._lenders) if group in words.groups), self)
        words = sorted(holder.groups[group], key=len, reverse=True)
        return f"(?:{'|'.join(map(re.escape, words))})"

    def phrase(self, pattern: str) -> re.Pattern[str]:
        """Return a pattern in free spacing in which `{name}` stands for any word of the group of that name.

        The file is read and the pattern is compiled at its first use, not at import.
        """
        written_out = partial(_GROUP.sub, lambda name: self.any_of(name[1]), pattern)
        return cast("re.Pattern[str]", _Pattern(written_out, re.VERBOSE))


_MANY = 20
"""Repeats that a part may have and still count as few: more, and it may be tried in as many ways as a text has characters."""
_MOST_REPEATS = 3
"""Parts of a pattern that may repeat without end: each more multiplies the ways to try by the length of a line."""
_LONGEST = 300
"""Characters of a line in which a pattern of settings is looked for: titles, crumbs and counters of a page are shorter."""
_SECONDS = 10.0
"""Seconds of processor time that the patterns of settings may take on a text; an honest page takes some milliseconds."""


def check_foreign_pattern(pattern: str) -> str:
    r"""Return a pattern of settings that can be searched for in a line in bounded time.

    Settings may come with somebody else's store, and texts come from the web: a pattern such as `(a+)+$` would keep
    the program busy for years. Raises ValueError if it is no regular expression, or repeats what repeats.

    Examples:
        >>> check_foreign_pattern(r"浏览次数：\d+")
        '浏览次数：\\d+'
    """
    if _parser is None:
        raise ValueError(
            "this version of Python does not tell how an expression is built: no pattern of settings can be checked"
        )
    try:
        parsed = _parser.parse(pattern)
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    repeats = list(_repeats(parsed, inside=False))
    if any(nested for nested, _ in repeats):
        raise ValueError(
            f"{pattern!r} repeats a part that itself repeats or has several forms, which may take time without end: "
            "write it without a repeat in a repeat"
        )
    if sum(many for _, many in repeats) > _MOST_REPEATS:
        raise ValueError(
            f"{pattern!r} has more than {_MOST_REPEATS} parts that repeat without end, which may take time without end"
        )
    return pattern


def _repeats(parsed: Any, *, inside: bool) -> Iterator[tuple[bool, bool]]:
    """Yield for each part of a pattern that may stand in several ways: whether it does so in a repeat, and whether often."""
    for code, argument in parsed:
        name = str(code)
        many = False
        if name.endswith("_REPEAT"):
            many = int(argument[1]) > _MANY
            if many or int(argument[0]) != int(argument[1]):
                yield inside, many
        elif name in {"BRANCH", "GROUPREF_EXISTS"}:
            yield inside, False
        for part in _PARTS.get(name, lambda _: ())(argument):
            yield from _repeats(part or (), inside=inside or many)


_PARTS: dict[str, Callable[[Any], Iterable[Any]]] = {
    **dict.fromkeys(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"), lambda held: held[2:]),
    "BRANCH": lambda held: held[1],
    "GROUPREF_EXISTS": lambda held: held[1:],
    "SUBPATTERN": lambda held: held[3:],
    **dict.fromkeys(("ASSERT", "ASSERT_NOT"), lambda held: held[1:]),
    "ATOMIC_GROUP": lambda held: [held],
}
"""The parts of what a parsed pattern holds."""


def _begins(parsed: Any) -> bool:
    """Return whether all that a parsed pattern matches begins with given characters: the engine passes by where none stands."""
    code, argument = parsed[0]
    if str(code) == "BRANCH":
        return all(way and str(way[0][0]) == "LITERAL" for way in argument[1])
    if str(code) == "SUBPATTERN":
        return _begins(argument[3])
    return str(code) == "LITERAL" or (
        str(code) == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument)
    )


def _needed(parsed: Any) -> tuple[str, ...]:
    """Return words one of which stands in each text in which a pattern, written in one case, is found; an empty one where there are none.

    Of several such groups the one of the longest words is returned, of these the smallest.
    """
    groups: list[tuple[str, ...]] = []
    word = ""
    for code, argument in [*parsed, (None, None)]:
        name = str(code)
        if name == "LITERAL":
            word += chr(argument)
            continue
        groups.append((word,))
        word = ""
        if name == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
            groups.append(tuple(chr(code) for _, code in argument))
        elif name == "BRANCH":
            ways = [_needed(way) for way in argument[1]]
            groups.append(tuple(dict.fromkeys(chain(*ways))))
        elif name in {"SUBPATTERN", "ATOMIC_GROUP"} or (
            name.endswith(("_REPEAT", "ASSERT")) and argument[0] > 0
        ):
            groups.append(_needed(next(iter(_PARTS[name](argument)))))
    return max(groups, key=lambda group: (min(map(len, group)), -len(group)))


class ForeignPatterns:
    """Patterns of settings, searched for in many lines by one clock."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Take the patterns.

        Raises UsageError if one of them may take time without end; settings say so when they are read, records
        of a store from elsewhere only here.
        """
        try:
            self._patterns = [re.compile(check_foreign_pattern(each)) for each in patterns]
        except ValueError as error:
            raise UsageError(str(error)) from error
        self._spent = 0.0

    def found_in(self, line: str) -> bool:
        """Return whether one of them is found in the first characters of a line.

        Raises UsageError if they have taken too long together.
        """
        started = time.process_time()
        found = any(pattern.search(line[:_LONGEST]) for pattern in self._patterns)
        self._spent += time.process_time() - started
        if self._spent > _SECONDS:
            raise UsageError(
                f"the patterns took more than {_SECONDS:g} seconds on this text: write them more plainly"
            )
        return found


_MOST_CHARACTERS = 4_000_000
"""Characters of some ten thousand sources with all settings of each."""
_DEEP = lazy_pattern(r"(?<![\w\-\"'])(?:[\w\-\"']{1,200}[ \t]{0,9}\.[ \t]{0,9}){40}")
"""A key of forty parts; time to read a key grows with the square of its parts, and a hundred thousand would fit."""


def foreign_tables(text: str, name: str) -> dict[str, Any]:
    """Return the tables of a stranger's TOML.

    Raises UsageError if it is no TOML, or so long or so deep that reading it would take long.
    """
    if len(text) > _MOST_CHARACTERS:
        raise UsageError(f"{name} has {len(text):,} characters, more than settings of any store need")
    if _DEEP.search(text):
        raise UsageError(f"{name} is nested too deep: settings have three levels")
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))  # a mark that editors of Windows write
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is no TOML: {error}") from error
    except (RecursionError, ValueError) as error:  # arrays in arrays; more digits than Python reads
        raise UsageError(f"{name} is nested too deep, or holds a number of too many digits") from error
