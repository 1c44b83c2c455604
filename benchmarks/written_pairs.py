"""Pairs of pages that were written by hand, each of its own: whole pages as portals send them, and what is at the address a day later.

`gold/page_pairs/NAME.toml` lists the pairs of a matrix, or kinds of pairs that are tried on every page that holds their words; `gold/page_pairs/NAME/` holds the pages. `captured.toml` and `captured_again.toml` list pairs of real
captures instead; their pages are not ours to copy, and are read from clones of the public repositories that hold them.
"""

import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.watch_mutations import Expected

_GOLD = Path(__file__).parent / "gold" / "page_pairs"
_DUE = {"change": "changed", "noise": "unchanged"}


class Written(NamedTuple):
    """One pair, and what tracking has to say of its second page."""

    kind: str
    name: str
    page: str
    expected: Expected
    first: bytes
    second: bytes


def written(matrix: str) -> Iterator[Written]:
    """Yield the pairs of a matrix.

    Raises:
        ValueError: where an edit finds nothing on its page.
    """
    listed = tomllib.loads((_GOLD / f"{matrix}.toml").read_text("utf-8"))
    pages = {path.stem: path.read_text("utf-8") for path in sorted((_GOLD / matrix).glob("*.html"))}
    pairs = listed.get("pair", [])
    for kind in listed.get("kind", []):
        pairs += [kind | {"on": name} for name, page in pages.items() if _fits(page, kind)]
    for pair in pairs:
        first = _edited(pages[pair["on"]], pair.get("before", []))
        expected = Expected(pair.get("expect") or _DUE[pair["kind"]], tuple(pair.get("also", ())))
        yield Written(pair["kind"], pair["name"], pair["on"], expected, first.encode(), _second(first, pair))


def _fits(page: str, kind: dict[str, Any]) -> bool:
    """Say whether a page has every word that the edits of a kind begin with."""
    before = kind.get("before", [])
    words = [*(old for old, _ in kind.get("edits", [])), *kind.get("cut", [])[:2], kind.get("ends_at", "")]
    is_place = all(old in page for old, _ in before)
    return is_place and all(each in _edited(page, before) for each in words)


def captured(matrix: str, clones: Path) -> Iterator[Written]:
    """Yield the pairs of captures, or of a capture and what its edits make of it, whose repositories stand below a folder, as OWNER/NAME."""
    text = (_GOLD / f"{matrix}.toml").read_text("utf-8")
    for pair in tomllib.loads(text)["pair"]:
        clone = clones / pair["repository"]
        if clone.exists():
            page = f"{pair['repository'].split('/')[1]}/{pair['path']}"
            expected = Expected(pair.get("expect") or _DUE[pair["kind"]], tuple(pair.get("also", ())))
            first = _blob(clone, pair["old"])
            if new := pair.get("new"):
                second = _blob(clone, new)
            else:
                before = _edited(first.decode(), pair.get("before", []))
                first, second = before.encode(), _second(before, pair)
            yield Written(pair["kind"], pair["name"], page, expected, first, second)


def _blob(clone: Path, name: str) -> bytes:
    command = ["git", "-C", str(clone), "cat-file", "blob", name]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _second(first: str, pair: dict[str, object]) -> bytes:
    second = str(pair.get("page") or _edited(first, pair.get("edits", [])))  # type: ignore[arg-type]
    if cut := pair.get("cut"):
        begin, end, put = map(str, cut)  # type: ignore[call-overload]
        second = second[: second.index(begin)] + put + second[second.rindex(end) + len(end) :]
    if frame := pair.get("frame"):
        begin, end, put = map(str, frame)  # type: ignore[call-overload]
        second = put.replace("{text}", second[second.index(begin) + len(begin) : second.rindex(end)])
    if end := pair.get("ends_at"):
        second = second[: second.index(str(end)) + len(str(end))]
    match pair.get("garble"):
        case "?":
            return second.encode("ascii", "replace")
        case "latin":
            return second.encode().decode("latin-1").encode()
    encoded = second.encode(str(pair.get("encoding", "utf-8")))
    return encoded[: len(encoded) - int(str(pair.get("torn", 0))) or None]


def _edited(page: str, edits: list[list[str]]) -> str:
    for old, new in edits:
        if old not in page:
            raise ValueError(f"nothing to edit: {old[:60]!r}")
        page = page.replace(old, new)
    return page
