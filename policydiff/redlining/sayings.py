"""What stories say, in comparable form: words, objects, tables, styles and lists, under the names of the old file."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining.inline import Piece, Reader
from policydiff.redlining.likeness import Styles
from policydiff.redlining.proof import blocks_of, serial, settled, stretches
from policydiff.redlining.stories import Table, blocks, cells, rows
from policydiff.redlining.table_rows import row_shape
from policydiff.redlining.undoing import accept
from policydiff.redlining.wordml import R, found, val, w

_TELLS_MORE = (b" r:", b"Reference", b"txbxContent")
"""What other parts of the package say more of, or the text boxes that are told apart: the XML alone says too little."""
_RELATIONS = (R.encode(), f'xmlns:r="{R}"'.encode())


class Saying:
    """What a story says and shows, in comparable form: words, objects, tables, styles and lists."""

    def __init__(
        self, reader: Reader, style_of: Callable[[str | None], str], list_of: Callable[[str], str]
    ) -> None:
        """Take what tells the name of a style and the number of a list."""
        self._reader, self._style_of, self._list_of = reader, style_of, list_of

    def story(self, story: "Iterable[etree._Element]") -> tuple[object, ...]:
        """Return the story, given as the element that holds it or as a stretch of its blocks."""
        out: list[object] = []
        for block in blocks(story, self._reader):
            if isinstance(block, Table):
                out.append(
                    tuple(
                        (row_shape(row), tuple(self.story(cell) for cell in cells(row)))
                        for row in rows(block.element)
                    )
                )
            else:
                properties = found(block.last, "pPr")
                numbering = found(properties, "numPr")
                listed = ""
                if numbering is not None:
                    listed = (
                        f"{self._list_of(val(numbering, 'numId') or '0')}/{val(numbering, 'ilvl') or '0'}"
                    )
                out.append(
                    (
                        block.text,
                        _links(block.pieces),
                        self._style_of(val(properties, "pStyle")),
                        listed,
                        block.section is not None,
                    )
                )
        return tuple(out)


def _links(pieces: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    """Return the hyperlinks of a paragraph with their words."""
    out: list[tuple[str, str]] = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if piece.link is None:
            continue
        if before is not None and before.link == piece.link:
            out[-1] = (piece.link, out[-1][1] + piece.text)
        else:
            out.append((piece.link, piece.text))
    return tuple(out)


class Call(NamedTuple):
    """A call of a note."""

    kind: str
    number: str | None


class Told(NamedTuple):
    """What a story says, its text boxes last, and the notes it calls."""

    said: tuple[object, ...]
    calls: tuple[Call, ...]


class Sayings:
    """Tells what stories of either side say, with styles and lists under the names of the old file."""

    def __init__(self, styles: Styles, *, looks_agree: bool) -> None:
        """Take the styles of both files, and whether both have the same styles and lists."""
        self._styles = styles
        self._looks_agree = looks_agree
        self._known: dict[bytes, tuple[object, ...]] = {}
        """What blocks of the new file say, by their XML: the same XML in the old file says the same."""

    def old(self, reader: Reader, root: "etree._Element") -> Told:
        """Return what a story of the old file says once all its changes are accepted."""
        saying = Saying(reader, self._styles.name_in_old, str)
        return self._told(saying, (settled(stretch, accept) for stretch in stretches(root)))

    def new(self, reader: Reader, root: "etree._Element") -> Told:
        """Return what a story of the new file says."""
        saying = Saying(reader, self._styles.name_in_new, self._styles.list_id)
        return self._told(saying, ([block] for block in blocks_of(root)), remember=True)

    def _told(
        self, saying: Saying, parts: "Iterable[list[etree._Element]]", *, remember: bool = False
    ) -> Told:
        said: list[object] = []
        boxes: list[object] = []
        calls: list[Call] = []
        for blocks_ in parts:
            said.extend(self._story(saying, blocks_, remember=remember))
            for block in blocks_:
                calls.extend(_calls(block))
                boxes.extend(self._boxes(saying, block))
        return Told((*said, *boxes), tuple(calls))

    def _story(self, saying: Saying, story: "list[etree._Element]", *, remember: bool) -> tuple[object, ...]:
        if not self._looks_agree or len(story) != 1:
            return saying.story(story)
        key = serial(story[0])
        usual = key.count(_RELATIONS[0]) == key.count(_RELATIONS[1])
        if not usual or any(mark in key for mark in _TELLS_MORE):
            return saying.story(story)
        digest = hashlib.blake2b(key, digest_size=16).digest()
        if remember:
            return self._known.setdefault(digest, saying.story(story))
        found_ = self._known.get(digest)
        return saying.story(story) if found_ is None else found_

    def _boxes(self, saying: Saying, block: "etree._Element") -> "Iterator[object]":
        for box in block.iter(w("txbxContent")):
            if box is not block and not _hidden(box, block):
                inner = [each for paragraph in box for each in self._boxes(saying, paragraph)]
                yield ("box", (*saying.story(box), *inner))


def _calls(block: "etree._Element") -> "Iterator[Call]":
    for kind in ("footnote", "endnote"):
        for reference in block.iter(w(f"{kind}Reference")):
            yield Call(kind, reference.get(w("id")))


def _hidden(box: "etree._Element", root: "etree._Element") -> bool:
    """Return whether a text box is told elsewhere: inside another one, or shown by older programs only."""
    for above in box.iterancestors():
        if above is root:
            return False
        if name_of(above) in {"Fallback", "txbxContent"}:
            return True
    return False
