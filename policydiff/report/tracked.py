"""A revision as one stream of equal, deleted and inserted words: rejecting all gives the old text, accepting all the new."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from policydiff.model import Change, UnitRef, Wording, WordingOp
from policydiff.report.outline import Outline
from policydiff.report.results import RevisionReport

_BEFORE_THE_BODY = {"carrier": -2, "title": -1}
"""Units that stand before all clauses: the carrier notice, then the title."""
_ENDS_OF_LEGAL_LABELS = tuple("条章节编一二三四五六七八九十百")


def full_line(ref: UnitRef) -> str:
    """Return a unit as its text prints it: label, a blank after 第X条 and the like, words, a line feed."""
    return f"{_head(ref)}{ref.text}\n"


def _head(ref: UnitRef) -> str:
    label = ref.label or ""
    return f"{label}　" if label.startswith("第") and label.endswith(_ENDS_OF_LEGAL_LABELS) else label


def tracked_words(report: RevisionReport) -> tuple[Wording, ...]:
    """Return the stream; a line feed in it is a paragraph's end, deleted or inserted like any other word.

    A unit that moved is deleted where it stood and inserted where it stands.
    """
    changes = report.diff.changes
    old_order = _order(Outline(report.old), changes, "old")
    new_order = _order(Outline(report.new), changes, "new")
    every = _blocks(changes, old_order, new_order)
    blocks = sorted((block for block in every if block[2]), key=lambda block: new_order[block[2][0].id])
    chain = _longest_chain([old_order[old[0].id] if old else None for _, old, _ in blocks])
    standing = {ref.id for index in chain for ref in blocks[index][1]}
    gone = sorted(
        (ref for _, old, _ in every for ref in old if ref.id not in standing),
        key=lambda ref: old_order[ref.id],
    )
    stream: list[Wording] = []
    for index, (change, old, new) in enumerate(blocks):
        if index not in chain:
            stream += [Wording(WordingOp.INSERT, full_line(ref)) for ref in new]
            continue
        while gone and old_order[gone[0].id] < old_order[old[0].id]:
            stream.append(Wording(WordingOp.DELETE, full_line(gone.pop(0))))
        stream += _pair(change, old, new)
    stream += [Wording(WordingOp.DELETE, full_line(ref)) for ref in gone]
    return tuple(piece for piece in stream if piece.text)


_Block = tuple[Change, tuple[UnitRef, ...], tuple[UnitRef, ...]]


def _blocks(changes: Sequence[Change], old_order: dict[str, int], new_order: dict[str, int]) -> list[_Block]:
    """Return each change with the units it alone shows.

    A unit that is another change's primary, or that does not follow its primary directly, is shown there or by itself.
    """
    old_taken = {change.old[0].id for change in changes if change.old}
    new_taken = {change.new[0].id for change in changes if change.new}
    blocks: list[_Block] = []
    for change in changes:
        old, old_left = _run(change.old, old_order, old_taken)
        new, new_left = _run(change.new, new_order, new_taken)
        blocks.append((change, old, new))
        blocks += [(change, (ref,), ()) for ref in old_left]
        blocks += [(change, (), (ref,)) for ref in new_left]
    return blocks


def _run(
    refs: Sequence[UnitRef], order: dict[str, int], taken: set[str]
) -> tuple[tuple[UnitRef, ...], tuple[UnitRef, ...]]:
    if not refs:
        return (), ()
    run: list[UnitRef] = [refs[0]]
    left: list[UnitRef] = []
    for ref in refs[1:]:
        if ref.id in taken:
            continue
        taken.add(ref.id)
        follows = order[ref.id] == order[run[-1].id] + 1
        (run if follows else left).append(ref)
    return tuple(run), tuple(left)


def _order(outline: Outline, changes: Sequence[Change], side: str) -> dict[str, int]:
    """Return the rank of each unit of one side in reading order."""
    refs = {ref.id for change in changes for ref in (change.old if side == "old" else change.new)}
    places = {**outline.order, **_BEFORE_THE_BODY}
    return {
        ref: rank
        for rank, ref in enumerate(sorted(refs, key=lambda ref: (places.get(ref, len(places)), ref)))
    }


def _longest_chain(values: Sequence[int | None]) -> frozenset[int]:
    """Return the positions of a longest increasing subsequence; None never belongs to it."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for index, value in enumerate(values):
        if value is None:
            continue
        length = bisect_left(tails, value)
        before[index] = ends[length - 1] if length else None
        if length == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[length], ends[length] = value, index
    chain = []
    last: int | None = ends[-1] if ends else None
    while last is not None:
        chain.append(last)
        last = before[last]
    return frozenset(chain)


def _pair(change: Change, old: Sequence[UnitRef], new: Sequence[UnitRef]) -> Iterator[Wording]:
    """Yield what became of neighbouring old units in neighbouring new ones."""
    before, after = "\n".join(ref.text for ref in old), "\n".join(ref.text for ref in new)
    wording = change.wording or _coarse(before, after)
    if _side(wording, WordingOp.INSERT) != before or _side(wording, WordingOp.DELETE) != after:
        wording = _coarse(before, after)
    yield from _with_heads(wording, _heads(old), _heads(new))
    yield Wording(WordingOp.EQUAL, "\n")


def _coarse(before: str, after: str) -> tuple[Wording, ...]:
    if before == after:
        return (Wording(WordingOp.EQUAL, before),)
    return (Wording(WordingOp.DELETE, before), Wording(WordingOp.INSERT, after))


def _side(wording: Sequence[Wording], left_out: WordingOp) -> str:
    return "".join(piece.text for piece in wording if piece.op is not left_out)


def _heads(refs: Sequence[UnitRef]) -> dict[int, str]:
    """Return the labels by the offset, in the units' joined texts, before which they stand."""
    heads, offset = {}, 0
    for ref in refs:
        heads[offset] = _head(ref)
        offset += len(ref.text) + 1
    return heads


def _with_heads(
    wording: Sequence[Wording], old_heads: dict[int, str], new_heads: dict[int, str]
) -> Iterator[Wording]:
    yield from _coarse(old_heads.pop(0, ""), new_heads.pop(0, ""))
    old = new = 0
    for op, text in wording:
        start = 0
        for index in range(len(text)):
            due = []
            if op is not WordingOp.INSERT and old + index in old_heads:
                due.append(Wording(WordingOp.DELETE, old_heads.pop(old + index)))
            if op is not WordingOp.DELETE and new + index in new_heads:
                due.append(Wording(WordingOp.INSERT, new_heads.pop(new + index)))
            if due:
                yield Wording(op, text[start:index])
                yield from due
                start = index
        yield Wording(op, text[start:])
        old += len(text) if op is not WordingOp.INSERT else 0
        new += len(text) if op is not WordingOp.DELETE else 0
    yield from (Wording(WordingOp.DELETE, head) for head in old_heads.values())
    yield from (Wording(WordingOp.INSERT, head) for head in new_heads.values())
