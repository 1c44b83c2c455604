"""Which code made what an index holds: a digest over the source files that decide it.

A version number would have to be raised by hand with every change of a rule, and two checkouts of one version differ.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_CATALOGUE = (
    "collection/index.sql",
    "collection/index.py",
    "collection/packed_clauses.py",
    "lexicon/document_numbers.py",
    "lexicon/titles.py",
    "model/stored.py",
    "store/names.py",
)
_PARSED = (
    "annotate",
    "intake/captured.py",
    "collection/parsed_texts.py",
    "collection/references.py",
    "model",
    "parsing",
    "lexicon",
)
_PACE = (*_PARSED, "comparison", "revision", "substance", "collection/radar.py")


@cache
def catalogue_build() -> str:
    """Return what the table of documents depends on; some four small files, read at every start."""
    return digest_of(_CATALOGUE)


@cache
def parser_build() -> str:
    """Return what the clauses and facts of a text depend on; read where the parser is loaded anyway."""
    return digest_of(_PARSED)


@cache
def pace_build() -> str:
    """Return what a comparison over time depends on; read where one is made or looked up."""
    return digest_of(_PACE)


def digest_of(names: tuple[str, ...]) -> str:
    """Return one digest over files and folders of the package, given from its root."""
    digest = hashlib.sha256()
    package = files("policydiff")
    for name in names:
        for path, file in _walk(name, package.joinpath(*name.split("/"))):
            content = file.read_bytes()
            digest.update(f"{path} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def _walk(path: str, place: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield the files at or below a place, in an order that is always the same; compiled ones left out."""
    if place.is_file():
        yield path, place
        return
    for child in sorted(place.iterdir(), key=lambda each: each.name):
        if child.name != "__pycache__":
            yield from _walk(f"{path}/{child.name}", child)
