"""Regular expressions compiled when they are first used.

Compiling those of a room takes longer than reading a short document with the few of them that it needs.
"""

import re
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
