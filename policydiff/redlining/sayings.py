"""What stories say, in comparable form: words, objects, tables, styles and lists, under the names of the old file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining.inline import Piece, Reader
from policydiff.redlining.likeness import Styles
from policydiff.redlining.proof import Before, Unread, blocks_of, settled, stretches
from policydiff.redlining.stories import Known, Table, blocks, cells, rows
from policydiff.redlining.table_marks import row_shape
from policydiff.redlining.undoing import accept
from policydiff.redlining.wordml import found, val, w

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

    def __init__(self, styles: Styles, known: Known) -> None:
        """Take the styles of both files, and the blocks whose XML says all that they say."""
        self._styles, self._known = styles, known

    def old(self, reader: Reader, root: "etree._Element", before: Before | None = None) -> Told:
        """Return what a story of the old file says once all its changes are accepted."""
        saying = Saying(reader, self._styles.name_in_old, str)
        said: list[object] = []
        rest = _Rest(saying)
        same = before.same if before is not None else frozenset()
        for stretch in stretches(root, same.__contains__):
            if stretch[0] in same and (unread := self._unread(saying, stretch[0])) is not None:
                said.append(unread)
                continue
            accepted = settled(stretch, accept)
            said.extend(saying.story(accepted))
            rest.take(accepted)
        return rest.told(said)

    def new(self, reader: Reader, root: "etree._Element") -> Told:
        """Return what a story of the new file says."""
        saying = Saying(reader, self._styles.name_in_new, self._styles.list_id)
        rest = _Rest(saying)
        said: list[object] = []
        for block in blocks_of(root):
            unread = self._unread(saying, block)
            if unread is not None:
                said.append(unread)
                continue
            rest.take([block])
            said.extend(saying.story([block]))
        return rest.told(said)

    def _unread(self, saying: Saying, block: "etree._Element") -> Unread | None:
        """Return a block that is read only where its XML is another one than on the other side; None: it is read now."""
        key = self._known.keys.get(block)
        return None if key is None else Unread(key, lambda: saying.story([block])[0])


class _Rest:
    """The text boxes and the calls of notes of a story."""

    def __init__(self, saying: Saying) -> None:
        self._saying = saying
        self._boxed: list[object] = []
        self._called: list[Call] = []

    def take(self, blocks_: "Iterable[etree._Element]") -> None:
        for block in blocks_:
            self._called.extend(_calls(block))
            self._boxed.extend(self._boxes(self._saying, block))

    def told(self, said: list[object]) -> Told:
        return Told((*said, *self._boxed), tuple(self._called))

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
