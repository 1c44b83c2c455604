"""The code that renders results, as the results know it.

A result renders itself, yet the code that does so lies many rooms above the values. The package names that code once,
when it is imported, and a result asks for it here: the values import nothing from above.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol


class Renderer(Protocol):
    """The functions that results call; the module `policydiff.api.rendering` has them."""

    def render(self, result: Any, form: str = ..., *, lang: Any = ...) -> str | bytes:
        """Return the report of a result in a format."""

    def save(self, result: Any, path: str | Path, *, form: str | None = ..., lang: Any = ...) -> Path:
        """Write the report of a result to a file."""

    def save_word_file(self, made: Any, path: str | Path) -> Path:
        """Write a result that is a Word file itself."""


_loaders: list[Callable[[], Renderer]] = []


def render_with(load: Callable[[], Renderer]) -> None:
    """Name the function that imports the code that renders; it is called when the first report is asked for."""
    _loaders[:] = [load]


def renderer() -> Renderer:
    """Return the code that renders."""
    return _loaders[0]()
