"""Regular expressions compiled when they are first used, and patterns over named groups of words.

The groups of words are kept in TOML files beside the rules that use them.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files
from typing import Any, cast

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")


class _Pattern:
    """Stands in for a compiled expression; after its first use its methods are those of the compiled one."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return an expression like `re.compile`, compiled when it is first used.

    Examples:
        >>> lazy_pattern("第.条").findall("第一条和第二条")
        ['第一条', '第二条']
    """
    return cast("re.Pattern[str]", _Pattern(text, flags))


_GROUP = re.compile(r"\{([a-z_]+)\}")


class Words:
    """The groups of words of one TOML file of a package, read when first needed.

    Args:
        package: The package that holds the file.
        name: Name of the file without `.toml`.
        lenders: Words whose groups count too, where the file has none of that name.
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
        """Return a pattern that matches any word of a group, the longest that fits.

        Raises:
            KeyError: The file holds no such group.
        """
        holder = next((words for words in (self, *self._lenders) if group in words.groups), self)
        words = sorted(holder.groups[group], key=len, reverse=True)
        return f"(?:{'|'.join(map(re.escape, words))})"

    def phrase(self, pattern: str) -> "Phrase":
        """Return a pattern in free spacing in which `{name}` stands for any word of the group of that name."""
        return Phrase(self, pattern)


class Phrase:
    """A pattern over groups of words; files are read and the pattern is compiled at its first use, not at import."""

    def __init__(self, words: Words, pattern: str) -> None:
        self._words = words
        self._pattern = pattern

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern with its groups written out."""
        written_out = _GROUP.sub(lambda name: self._words.any_of(name[1]), self._pattern)
        return re.compile(written_out, re.VERBOSE)

    @property
    def groups(self) -> frozenset[str]:
        """Names of the groups it is built from."""
        return frozenset(_GROUP.findall(self._pattern))

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match between `start` and `end`."""
        return self.compiled.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match that begins at `start`."""
        return self.compiled.match(text, start, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of the whole text."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches between `start` and `end` in order."""
        return self.compiled.finditer(text, start, end)

    def replace(self, by: str, text: str) -> str:
        """Return the text with `by` in place of each match."""
        return self.compiled.sub(by, text)

    def remove(self, text: str) -> str:
        """Return the text without the matches."""
        return self.compiled.sub("", text)

    def split(self, text: str) -> list[str]:
        """Return what stands between the matches."""
        return self.compiled.split(text)
