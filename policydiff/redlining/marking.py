"""Writes a sequence of kept, deleted, inserted and moved words into the old paragraphs, in one pass over them."""

from collections.abc import Callable, Sequence

from lxml import etree

from policydiff.errors import worded
from policydiff.extract.word.looks import name_of
from policydiff.redlining import UnmarkableError
from policydiff.redlining.bringing import PlainBringer, WordBringer
from policydiff.redlining.inline import Piece, cut, first_run, last_run, runs_of, unrolled
from policydiff.redlining.package import content_of, found, made, mark_properties, shell, w
from policydiff.redlining.stories import Paragraph
from policydiff.redlining.streams import Bit, End, Line, Op, Tally, Words
from policydiff.redlining.undoing import Signer, put_mark

_PAIRED = frozenset({"footnoteReference", "endnoteReference", "box"})
_OPEN = frozenset({"hyperlink", "smartTag", "customXml", "sdtContent", "sdt", "ins", "moveTo", "dir", "bdo"})
_SPLITTABLE = frozenset({"hyperlink", "smartTag", "customXml", "ins", "moveTo"})


Bringer = WordBringer | PlainBringer
"""Provides new words in the form that they have in the old package."""


Put = Callable[["etree._Element"], None]
"""Adds a new paragraph to the story, used if no old paragraph is beside it."""


class Walk:
    """Walks once over a stretch of old paragraphs and marks the changes."""

    def __init__(
        self, old: Sequence[Paragraph], new: Sequence[Line], signer: Signer, bring: Bringer, tally: Tally
    ) -> None:
        """Use `old` and `new` as the lines to which the indices of the stream refer."""
        self._old, self._new = old, new
        self._signer, self._bring, self._tally = signer, bring, tally
        self._at: int = -1
        self._anchor: etree._Element | None = None
        self._loose: etree._Element | None = None
        self._here: etree._Element | None = None
        self._new_link: tuple[str, etree._Element | None] = ("", None)
        self._moves: dict[tuple[str, str], str] = {}
        self._last_moved: dict[tuple[str, str], etree._Element] = {}

    @property
    def at(self) -> int:
        """Index of the old paragraph at which the walk is, or that it reached last."""
        return self._at

    def write(self, bits: Sequence[Bit], put: Put) -> None:
        """Mark the stream `bits`; `put` adds a new paragraph without an old one beside it."""
        for index in {bit.old for bit in bits if bit.old >= 0}:
            _ = self._old[index].pieces  # read before anything is written
        self._cut(bits)
        self._put = put
        order = [bit.old for bit in bits if bit.old >= 0 and (isinstance(bit, End) or not bit.op.is_new)]
        self._order = list(dict.fromkeys(order))
        self._next()
        for bit in bits:
            if isinstance(bit, End):
                self._end(bit)
            elif bit.op.is_new:
                self._put_in(bit)
            else:
                self._stay_or_go(bit)
        for (side, move), element in self._last_moved.items():
            element.addnext(made(f"{side}RangeEnd", id=self._moves[side, move]))

    def _cut(self, bits: Sequence[Bit]) -> None:
        offsets: dict[int, set[int]] = {}
        changed: set[int] = set()
        last: int | None = None
        for bit in bits:
            if isinstance(bit, Words) and not bit.op.is_new:
                offsets.setdefault(bit.old, set()).update((bit.start, bit.end))
                if bit.op is not Op.KEEP:
                    changed.add(bit.old)
                last = bit.old
            elif isinstance(bit, Words) or bit.op.is_new:
                changed.update(i for i in (last,) if i is not None)
            elif bit.old >= 0:
                last = None
        for index in changed & offsets.keys():
            self._old[index].pieces = cut(self._old[index].pieces, offsets[index])

    def _next(self) -> None:
        self._at = self._order.pop(0) if self._order else -1
        self._here = self._old[self._at].elements[0] if self._at >= 0 else None
        self._anchor = None

    @property
    def _holder(self) -> "etree._Element | None":
        """The paragraph at which the walk is."""
        if self._anchor is not None:
            self._here = next(self._anchor.iterancestors(w("p")), None)
        return self._here

    def _pieces(self, bit: Words) -> list[Piece]:
        place, out = 0, []
        line = self._old[bit.old]
        whole = bit.start == 0 and bit.end == len(line.text)
        for piece in line.pieces:
            end = place + len(piece.text)
            inside = bit.start <= place and end <= bit.end
            if inside and (end > place or bit.start < place < bit.end or (whole and bit.op is not Op.KEEP)):
                out.append(piece)
            elif piece.text and not piece.is_words and place < bit.end and end > bit.start:
                out.append(piece)  # a field that several deletions share
            place = end
        return out

    def _stay_or_go(self, bit: Words) -> None:
        pieces = self._pieces(bit)
        if bit.op is Op.KEEP:
            self._pair(pieces, bit)
            if pieces:
                self._anchor = last_run(pieces[-1])
            return
        if bit.op is Op.DELETE:
            self._tally.deleted += bit.size
        self._tally.taken_out.extend(piece for piece in pieces if piece.kind in _PAIRED)
        for piece in pieces:
            for run in runs_of(piece):
                self._take_out(run, bit)

    def _take_out(self, run: "etree._Element", bit: Words) -> None:
        holder = run.getparent()
        if holder is None or (name_of(holder) in {"del", "moveFrom"} and self._signer.is_own(holder)):
            return
        if name_of(run) == "fldSimple":
            runs = unrolled(run)
            place = holder.index(run)
            holder[place : place + 1] = runs
            for each in runs:
                self._take_out(each, bit)
            return
        before = run.getprevious()
        if (
            before is not None
            and before is self._anchor
            and before.tag == w(bit.op)
            and self._signer.is_own(before)
        ):
            wrapper = before
        else:
            wrapper = self._signer.change(bit.op)
            run.addprevious(wrapper)
            if bit.move is not None:
                self._moved(wrapper, "moveFrom", bit.move)
        wrapper.append(run)
        if bit.op is Op.DELETE:
            for each in run:
                if each.tag == w("t"):
                    each.tag = w("delText")
                elif each.tag == w("instrText"):
                    each.tag = w("delInstrText")
        self._anchor = wrapper

    def _pair(self, pieces: Sequence[Piece], bit: Words) -> None:
        mine = [piece for piece in pieces if piece.kind in _PAIRED]
        if not mine or bit.new < 0:
            return
        place, theirs = 0, []
        for piece in self._new[bit.new].pieces:
            if bit.new_start <= place < bit.new_start + bit.size and piece.kind in _PAIRED:
                theirs.append(piece)
            place += len(piece.text)
        self._tally.pairs.extend(zip(mine, theirs, strict=False))

    def _put_in(self, bit: Words) -> None:
        if bit.op is Op.INSERT:
            self._tally.inserted += bit.size
        beside = self._beside()
        for target, runs in self._bring.runs(bit.new, bit.start, bit.end, beside):
            wrapper = self._signer.change(bit.op)
            wrapper.extend(runs)
            element = wrapper
            link = self._new_link[1] if self._new_link[0] == target else None
            if link is not None and link is self._anchor:
                link.append(wrapper)
                if bit.move is not None:
                    self._moved(wrapper, "moveTo", bit.move)
                continue
            if target is not None and self._link_here() != target:
                element = self._bring.link(target)
                element.append(wrapper)
                self._new_link = (target, element)
            self._place(element, inside=target)
            if bit.move is not None:
                self._moved(element, "moveTo", bit.move)

    def _beside(self) -> "etree._Element | None":
        """Return the run whose look new words take."""
        if self._anchor is not None:
            if self._anchor.tag == w("r"):
                return self._anchor
            return next(iter(self._anchor.iter(w("r"))), None)
        holder = self._holder
        if holder is not None:
            return next((run for run in holder.iter(w("r")) if found(run, "rPr") is not None), None)
        return None

    def _link_here(self) -> str | None:
        if self._anchor is None or self._at < 0:
            return None
        around = next(self._anchor.iterancestors(w("hyperlink")), None)
        if around is None:
            return None
        return next(
            (p.link for p in self._old[self._at].pieces if around in first_run(p).iterancestors()), None
        )

    def _place(self, element: "etree._Element", inside: str | None = None) -> None:
        """Insert an element at the place of the walk."""
        holder = self._holder
        if self._anchor is not None:
            self._climbed(self._anchor, inside).addnext(element)
        else:
            if holder is None:
                holder = self._here = self._loose = made("p")
                self._put(holder)
            properties = found(holder, "pPr")
            if properties is None:
                holder.insert(0, element)
            else:
                properties.addnext(element)
        self._anchor = element

    def _climbed(self, anchor: "etree._Element", inside: str | None) -> "etree._Element":
        """Return the element after which new words go: outside elements that end here, and outside another author's insertion."""
        while (holder := anchor.getparent()) is not None and name_of(holder) in _OPEN:
            name = name_of(holder)
            last = not any(name_of(each) in _SHOWN for each in anchor.itersiblings())
            if name == "hyperlink" and inside is not None and inside == self._link_here():
                break
            cuts_link = name == "hyperlink" and self._bring.knows_links
            if (name in {"ins", "moveTo"} or cuts_link) and not last:
                self._split(holder, anchor)
            elif not last:
                break
            anchor = holder
        return anchor

    def _split(self, holder: "etree._Element", anchor: "etree._Element") -> "etree._Element":
        """Split an element after `anchor` and return the second half."""
        rest = shell(holder)
        if rest.get(w("id")) is not None:
            rest.set(w("id"), self._signer.borrowed())
        rest.extend(list(anchor.itersiblings()))
        holder.addnext(rest)
        return rest

    def _end(self, bit: End) -> None:
        if bit.op is Op.INSERT or bit.op is Op.MOVE_TO:
            self._new_end(bit)
            return
        last = self._old[bit.old].last
        if bit.op is Op.KEEP:
            if (self._old[bit.old].section is None) != (self._new[bit.new].section is None):
                raise UnmarkableError(worded("a section begins or ends at a paragraph that has to stay"))
            self._bring.restyle(last, bit.new)
        else:
            put_mark(mark_properties(last), self._signer.change(bit.op))
        self._next()

    def _new_end(self, bit: End) -> None:
        """End a new paragraph: the part of the old paragraph before the walk becomes a paragraph of its own."""
        holder = self._holder
        if holder is None or holder is self._loose:
            paragraph = self._loose if self._loose is not None else made("p")
            if self._loose is None:
                self._put(paragraph)
            self._loose = self._here = None
        else:
            paragraph = made("p")
            before = self._walked(holder)
            holder.addprevious(paragraph)
            paragraph.extend(before)
        self._anchor = None
        properties = self._bring.properties(bit.new, holder)
        if properties is not None:
            paragraph.insert(0, properties)
        put_mark(mark_properties(paragraph), self._signer.change(bit.op))

    def _walked(self, holder: "etree._Element") -> "list[etree._Element]":
        if self._anchor is None:
            return []
        top = self._anchor
        while (above := top.getparent()) is not None and above is not holder:
            if any(True for _ in top.itersiblings()):
                if name_of(above) not in _SPLITTABLE:
                    raise UnmarkableError(worded("a paragraph is divided inside a content control"))
                self._split(above, top)
            top = above
        content = content_of(holder)
        return content[: content.index(top) + 1]

    def _moved(self, element: "etree._Element", side: str, move: str) -> None:
        """Begin the range of a move before its first words, and remember its last words."""
        if (side, move) not in self._moves:
            start = self._signer.range_start(side, move)
            element.addprevious(start)
            self._moves[side, move] = start.get(w("id"), "")
        self._last_moved[side, move] = element


_SHOWN = frozenset({"r", "fldSimple", "oMath", "ins", "del", "hyperlink", "sdt", "smartTag"})
