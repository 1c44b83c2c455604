"""Runs of words with one mark each, which every renderer shows as colour, underline, strike-through or link."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from policydiff.lexicon.text_marks import first_words, uncut
from policydiff.model import Wording, WordingOp


class Mark(StrEnum):
    """Why a run of words is set apart."""

    PLAIN = "plain"
    INSERT = "insert"
    DELETE = "delete"
    SHARED = "shared"
    """words that both documents share"""
    LABEL = "label"
    """a clause's number as printed, in front of its words"""
    PLACE = "place"
    """the tool's address of a clause (二（一）3.), in front of its words"""
    BADGE = "badge"
    """a judgement: the word for a relation, effect, coverage, kind of change or signal"""
    STRONG = "strong"
    """the words a reader looks for in a line"""
    DAY = "day"
    """a date of the tool's own writing, in ISO form: sheets keep it, pages for people write it as their language does"""
    MUTED = "muted"
    """the tool's own words inside a cell: （略）"""


class Run(NamedTuple):
    """Words under one mark."""

    text: str
    mark: Mark = Mark.PLAIN
    link: str = ""
    """Anchor of the row of the report where these words can be checked; empty for none."""
    kind: str = ""
    """Of a badge: published name of the judgement; colours and shapes follow it. Of a date: its ISO form."""


Cell = tuple[Run, ...]
"""One cell of a table; its words joined are the text shown."""

_MARKS = {WordingOp.EQUAL: Mark.PLAIN, WordingOp.DELETE: Mark.DELETE, WordingOp.INSERT: Mark.INSERT}


def cell(text: str, mark: Mark = Mark.PLAIN, link: str = "") -> Cell:
    """Return the text as a cell of one run; an empty text gives an empty cell."""
    return (Run(text, mark, link),) if text else ()


def badge(label: str, kind: str) -> Run:
    """Return a judgement as a run."""
    return Run(label, Mark.BADGE, "", kind)


def plain(runs: Iterable[Run]) -> str:
    """Return the words without their marks."""
    return "".join(run.text for run in runs)


def strung(cells: Iterable[Cell], between: str = "\n") -> Cell:
    """Return cells as one, those with words apart from each other: on lines of their own, or by a sign.

    Examples:
        >>> plain(strung(((Run("修改"),), (), (Run("移动"),)), "、"))
        '修改、移动'
    """
    runs: list[Run] = []
    for each in cells:
        if each:
            runs += [Run(between), *each] if runs else each
    return tuple(runs)


def in_plain_text(runs: Sequence[Run]) -> str:
    """Return the words where no mark can be shown (mails, logs, feeds): [old → new], [-gone-] and {+new+}.

    Words that follow their label (取消：…), or stand before an arrow, need no sign.

    Examples:
        >>> in_plain_text((Run("达到"), Run("100亿元", Mark.DELETE), Run("120亿元", Mark.INSERT), Run("以上")))
        '达到[100亿元 → 120亿元]以上'
        >>> in_plain_text((Run("取消："), Run("年审", Mark.DELETE), Run("；每年"), Run("一次", Mark.INSERT)))
        '取消：年审；每年{+一次+}'
    """
    out = ""
    for at, run in enumerate(runs):
        before, behind = (runs[at - 1] if at else Run("")), (runs[at + 1] if at + 1 < len(runs) else Run(""))
        if run.mark is Mark.DELETE and behind.mark is Mark.INSERT:
            out += f"[{run.text} → "
        elif run.mark is Mark.INSERT and before.mark is Mark.DELETE:
            out += f"{run.text}]"
        elif run.mark in SIGNED and not (
            out.rstrip().endswith(("：", ":", "→")) or behind.text.startswith(" →")
        ):
            first, last = SIGNED[run.mark]
            out += f"{first}{run.text}{last}"
        else:
            out += run.text
    return out


SIGNED = {Mark.INSERT: ("{+", "+}"), Mark.DELETE: ("[-", "-]")}
"""The signs of `git diff --word-diff`, where no mark can be shown."""


def marked(text: str, ranges: Iterable[tuple[int, int]], mark: Mark = Mark.SHARED) -> Cell:
    """Return the text with the ranges (half-open code points; in any order, may overlap) marked."""
    runs: list[Run] = []
    done = 0
    for start, end in sorted(ranges):
        left, right = max(start, done), min(end, len(text))
        if left >= right:
            continue
        if left > done:
            runs.append(Run(text[done:left]))
        if runs and runs[-1].mark is mark:
            runs[-1] = Run(runs[-1].text + text[left:right], mark)
        else:
            runs.append(Run(text[left:right], mark))
        done = right
    if done < len(text):
        runs.append(Run(text[done:]))
    return tuple(runs)


def _slid(wording: Sequence[Wording]) -> list[Wording]:
    """Return the runs with one that begins with the sign behind it moved on: 款{。新款}。 is 款。{新款。}."""
    runs = list(wording)
    for at in range(1, len(runs) - 1):
        before, run, after = runs[at - 1 : at + 2]
        if before.op is WordingOp.EQUAL is after.op and run.op is not WordingOp.EQUAL:
            shared = 0
            while (
                shared < len(run.text)
                and run.text[shared] in _STOPS
                and after.text[shared : shared + 1] == run.text[shared]
            ):
                shared += 1
            moved = run.text[:shared]
            runs[at - 1] = before._replace(text=before.text + moved)
            runs[at] = run._replace(text=run.text[shared:] + moved)
            runs[at + 1] = after._replace(text=after.text[shared:])
    return [run for run in runs if run.text]


_STOPS = frozenset("，。；：、\n")
_NO_GAP = frozenset("、，。；：）,.;:)\n")
"""Characters that no blank goes before."""


def apart(runs: Cell, gap: str = " ") -> Cell:
    """Return the runs with a blank behind each address, so that it does not run into the words it stands before.

    Examples:
        >>> plain(apart((Run("第三条", Mark.PLACE), Run("申请"))))
        '第三条 申请'
        >>> plain(apart((Run("第三条", Mark.PLACE), Run("、"), Run("第五条", Mark.PLACE))))
        '第三条、第五条'
    """
    return tuple(
        run._replace(text=f"{run.text}{gap}")
        if run.mark is Mark.PLACE and behind is not None and behind.text[:1] not in _NO_GAP
        else run
        for run, behind in zip_longest(runs, runs[1:])
    )


def unbroken(text: str) -> str:
    """Return an address without blanks, which would break the line after it."""
    return text.replace(" ", "·")


_WIDTHS = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""Characters of full width to those of half width."""


def old_side(wording: Sequence[Wording]) -> Cell:
    """Return the old side of a wording diff, deleted words marked."""
    return tuple(run for run, op in _runs(wording) if op is not WordingOp.INSERT)


def new_side(wording: Sequence[Wording]) -> Cell:
    """Return the new side of a wording diff, inserted words marked."""
    return tuple(run for run, op in _runs(wording) if op is not WordingOp.DELETE)


def both_sides(wording: Sequence[Wording]) -> Cell:
    """Return both sides of a wording diff as one text with deleted and inserted words marked.

    Of words that differ in width alone the new ones stand there.
    """
    return tuple(run for run, op in _runs(wording) if not (op is WordingOp.DELETE and run.mark is Mark.PLAIN))


def _runs(wording: Sequence[Wording]) -> Iterator[tuple[Run, WordingOp]]:
    """Yield the runs with their operation; words that differ in width alone, (一) and （一）, bear no mark."""
    wording = _slid(wording)
    for index, piece in enumerate(wording):
        beside = [wording[near] for near in (index - 1, index + 1) if 0 <= near < len(wording)]
        is_width = piece.op is not WordingOp.EQUAL and any(
            near.op not in (piece.op, WordingOp.EQUAL) and narrow(near.text) == narrow(piece.text)
            for near in beside
        )
        yield Run(piece.text, Mark.PLAIN if is_width else _MARKS[piece.op]), piece.op


def narrow(text: str) -> str:
    """Return the text with full-width letters, digits and marks as half-width ones, character by character."""
    return text.translate(_WIDTHS)


def cut(runs: Cell, start: int, end: int) -> Cell:
    """Return the runs between two code points of their joined words."""
    kept: list[Run] = []
    position = 0
    for run in runs:
        left, right = max(start - position, 0), min(end - position, len(run.text))
        if left < right:
            kept.append(run._replace(text=run.text[left:right]))
        position += len(run.text)
    return tuple(kept)


def shortened(runs: Cell, longest: int) -> Cell:
    """Return at most `longest` characters of the runs, with … where some were left out."""
    text = plain(runs)
    if len(text) <= longest:
        return runs
    return (*cut(runs, 0, _end_of_words(text, longest)), Run("…", Mark.MUTED))


def middle_out(run: Run, longest: int) -> Cell:
    """Return a long run without its middle: a Chinese sentence says at its end what is to be done.

    Examples:
        >>> plain(middle_out(Run("未办理提单登记并交纳保证金，擅自经营无船承运业务的，处五万元以下的罚款"), 24))
        '未办理提单登记并交纳保证金…处五万元以下的罚款'
    """
    room = longest - 1
    if len(run.text) <= longest:
        return (run,)
    # one run: the words on both sides of … are gone or new together
    return (run._replace(text=plain(without_middle(run, room * 3 // 5, room - room * 3 // 5))),)


def without_middle(run: Run, head: int, tail: int) -> Cell:
    """Return the first and the last characters of a run, in whole words, with … in place of the words between."""
    text = run.text
    if len(text) <= head + tail + 1:
        return (run,)
    inside = uncut(text)
    end, start = head, len(text) - tail
    while end in inside:
        end -= 1
    while start in inside:
        start += 1
    first, last = text[:end].rstrip(_CLOSED), text[start:].lstrip(_CLOSED)
    parts = (run._replace(text=first), Run("…", Mark.MUTED), run._replace(text=last))
    return tuple(part for part in parts if part.text)


_CLOSED = "，、；：,;:"
"""Signs that need no … beside them."""


def shortened_text(text: str, longest: int) -> str:
    """Return a text as `shortened` does.

    Examples:
        >>> shortened_text("推进数据开放，支持企业参与标准制定", 12)
        '推进数据开放…'
        >>> shortened_text("区域税收总收入占全区税收总收入的比重", 12)
        '区域税收总收入占全区…'
    """
    return plain(shortened(cell(text), longest))


def _end_of_words(text: str, longest: int) -> int:
    """Return where a text is cut: at the last sign of its second half, else between two words.

    A cut leaves no quotation or title open where it began late enough for words to stand before it.
    """
    room = longest - 1
    sign = next((at for at in range(room, longest // 2 - 1, -1) if text[at] in _SIGNS), 0)
    end = sign or len(first_words(text, room))
    for before, after in _PAIRED:
        start = text.rfind(before, 0, end)
        if start > longest // 3 and after not in text[start:end]:
            end = start
    return end


_SIGNS = frozenset("，。；：、！？,;:")
_PAIRED = (("《", "》"), ("“", "”"), ("〔", "〕"), ("（", "）"), ("「", "」"))
