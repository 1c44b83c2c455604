"""Cuts runs so that a change begins and ends between two of them."""

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining.inline import Piece
from policydiff.redlining.package import found, made, made_run, made_words, set_words, shell, w
from policydiff.redlining.stories import Paragraph

_RUN = w("r")


def first_run(piece: Piece) -> "etree._Element":
    """Return the run a piece begins in, the piece itself where it stands in none."""
    return _holder(piece.node)


def last_run(piece: Piece) -> "etree._Element":
    """Return the run a piece ends in."""
    return _holder(piece.nodes[-1] if piece.nodes else piece.node)


def runs_of(piece: Piece) -> "list[etree._Element]":
    """Return all runs of a piece, in order."""
    holders = [_holder(node) for node in (piece.nodes or (piece.node,))]
    return list({id(holder): holder for holder in holders}.values())


def _holder(node: "etree._Element") -> "etree._Element":
    holder = node.getparent()
    return holder if holder is not None and holder.tag == _RUN else node


def cut(paragraph: Paragraph, offsets: Iterable[int]) -> None:
    """Cut a paragraph at offsets of its text: no run then stands on both sides of one."""
    wanted = set(offsets)
    pieces: list[Piece] = []
    place = 0
    for piece in paragraph.pieces:
        end = place + len(piece.text)
        if piece.is_words:
            inside = sorted(offset - place for offset in wanted if place < offset < end)
            pieces.extend(_cut_words(piece, inside))
        else:
            pieces.append(piece)
        place = end
    paragraph.pieces = pieces
    place = 0
    for index, piece in enumerate(pieces):
        if place in wanted and index:
            _part(pieces[index - 1], piece)
        place += len(piece.text)


def _cut_words(piece: Piece, offsets: list[int]) -> list[Piece]:
    parts: list[Piece] = []
    node, words, done = piece.node, piece.text, 0
    for offset in offsets:
        rest = made_words(words[offset:])
        set_words(node, words[done:offset])
        node.addnext(rest)
        rest.tail = None
        parts.append(piece._replace(text=words[done:offset], node=node))
        node, done = rest, offset
    parts.append(piece._replace(text=words[done:], node=node))
    return parts


def _part(before: Piece, after: Piece) -> None:
    """Put two neighbours into two runs."""
    run = last_run(before)
    if run is not first_run(after) or run.tag != _RUN:
        return
    rest = shell(run)
    properties = found(run, "rPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    start = run.index(after.node)
    rest.extend(list(run)[start:])
    run.addnext(rest)


def unrolled(field: "etree._Element") -> "list[etree._Element]":
    """Return the runs that say what a simple field (`w:fldSimple`) says: only runs can be marked as deleted."""
    inner = [each for each in field if name_of(each) != "fldData"]
    look = next((found(each, "rPr") for each in inner if each.tag == _RUN), None)
    told = made("instrText")
    set_words(told, field.get(w("instr"), ""))
    begin = made("fldChar", fldCharType="begin")
    for name in ("dirty", "fldLock"):
        if (value := field.get(w(name))) is not None:
            begin.set(w(name), value)
    return [
        made_run(look, begin),
        made_run(look, told),
        made_run(look, made("fldChar", fldCharType="separate")),
        *inner,
        made_run(look, made("fldChar", fldCharType="end")),
    ]
