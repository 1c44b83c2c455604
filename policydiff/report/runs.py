"""Runs of words with one mark each; each format shows the mark as colour, underline, strike-through or link."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain, zip_longest
from typing import NamedTuple

from policydiff.lexicon.text_marks import first_words, uncut
from policydiff.model import Wording, WordingOp


class Mark(StrEnum):
    """Reason why a run of words looks different from the text around it."""

    PLAIN = "plain"
    INSERT = "insert"
    DELETE = "delete"
    SHARED = "shared"
    """words that both documents have"""
    LABEL = "label"
    """number of a clause as printed, in front of its words"""
    PLACE = "place"
    """address that the tool gives to a clause (二（一）3.), in front of the clause's words"""
    BADGE = "badge"
    """judgement: the label of a relation, effect, coverage, kind of change or signal"""
    STRONG = "strong"
    """the words that a reader looks for in a line"""
    DAY = "day"
    """date from the tool in ISO form; sheets keep the ISO form, pages for people print it in their language: 2021年3月5日"""
    MUTED = "muted"
    """words of the tool inside a cell: （略）"""


class Run(NamedTuple):
    """Words with one mark."""

    text: str
    mark: Mark = Mark.PLAIN
    link: str = ""
    """Anchor of the report row where these words can be checked; empty for none."""
    kind: str = ""
    """For a badge: published name of the judgement, which decides colour and shape; for a date: its ISO form."""


Cell = tuple[Run, ...]
"""One cell of a table; the texts of its runs, joined, are the text shown."""

_MARKS = {WordingOp.EQUAL: Mark.PLAIN, WordingOp.DELETE: Mark.DELETE, WordingOp.INSERT: Mark.INSERT}


def cell(text: str, mark: Mark = Mark.PLAIN, link: str = "") -> Cell:
    """Return the text as a cell of one run; an empty text gives an empty cell."""
    return (Run(text, mark, link),) if text else ()


def badge(label: str, kind: str) -> Run:
    """Return the label of a judgement as a run with the mark `BADGE`."""
    return Run(label, Mark.BADGE, "", kind)


def plain(runs: Iterable[Run]) -> str:
    """Return the words without their marks."""
    return "".join(run.text for run in runs)


def strung(cells: Iterable[Cell], between: str = "\n") -> Cell:
    """Return several cells as one, with `between` (a line break or a sign) between the cells that are not empty.

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
    """Return the words for output without marks (mails, logs, feeds): [old → new], [-deleted-] and {+inserted+}.

    Words after a label (取消：…) and words before or after an arrow need no sign.

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
"""Signs of `git diff --word-diff`, for output without colours and underlines."""


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
    """Return the wording with each change shifted behind a punctuation mark that it begins with: 款{。新款}。 → 款。{新款。}."""
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
"""Characters without a blank before them."""


def apart(runs: Cell, gap: str = " ") -> Cell:
    """Return the runs with a blank after each address, so that the address does not run into the words after it.

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
    """Return an address with · in place of blanks, so that no line breaks inside it."""
    return text.replace(" ", "·")


_WIDTHS = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""Full-width characters, mapped to the half-width characters."""


def old_side(wording: Sequence[Wording]) -> Cell:
    """Return the old side of a wording diff, with the deleted words marked."""
    return tuple(run for run, op in _runs(wording) if op is not WordingOp.INSERT)


def new_side(wording: Sequence[Wording]) -> Cell:
    """Return the new side of a wording diff, with the inserted words marked."""
    return tuple(run for run, op in _runs(wording) if op is not WordingOp.DELETE)


def both_sides(wording: Sequence[Wording]) -> Cell:
    """Return both sides of a wording diff as one text with deleted and inserted words marked.

    Of words that differ in width alone, only the new words are returned.
    """
    return tuple(run for run, op in _runs(wording) if not (op is WordingOp.DELETE and run.mark is Mark.PLAIN))


def _runs(wording: Sequence[Wording]) -> Iterator[tuple[Run, WordingOp]]:
    """Yield the runs with their operation; words that differ in width alone, (一) and （一）, have no mark."""
    wording = _slid(wording)
    for index, piece in enumerate(wording):
        beside = [wording[near] for near in (index - 1, index + 1) if 0 <= near < len(wording)]
        is_width = piece.op is not WordingOp.EQUAL and any(
            near.op not in (piece.op, WordingOp.EQUAL) and narrow(near.text) == narrow(piece.text)
            for near in beside
        )
        yield Run(piece.text, Mark.PLAIN if is_width else _MARKS[piece.op]), piece.op


def narrow(text: str) -> str:
    """Return the text with full-width letters, digits and marks replaced by half-width characters, so that offsets stay the same."""
    return text.translate(_WIDTHS)


def cut(runs: Cell, start: int, end: int) -> Cell:
    """Return the runs from offset `start` to offset `end` of their joined text, in code points."""
    kept: list[Run] = []
    position = 0
    for run in runs:
        left, right = max(start - position, 0), min(end - position, len(run.text))
        if left < right:
            kept.append(run._replace(text=run.text[left:right]))
        position += len(run.text)
    return tuple(kept)


def shortened(runs: Cell, longest: int) -> Cell:
    """Return at most `longest` characters of the runs, with … in place of the words left out."""
    text = plain(runs)
    if len(text) <= longest:
        return runs
    return (*cut(runs, 0, _end_of_words(text, longest)), Run("…", Mark.MUTED))


def with_both_sides(runs: Cell, longest: int) -> Cell:
    """Return runs of more than `longest` characters with their marked words cut in the middle, so that a cut at the end leaves no new words out.

    Three fifths of the room are for the marked words, the rest for label and unchanged words.

    Examples:
        >>> old, new = "应当在三十日内向主管部门申请许可并公示", "应当在十五日内向主管部门备案"
        >>> plain(with_both_sides((Run(old, Mark.DELETE), Run(new, Mark.INSERT)), 24))
        '应当在…并公示应当在…备案'
    """
    marked = sum(run.mark in {Mark.DELETE, Mark.INSERT} for run in runs)
    if not marked or len(plain(runs)) <= longest:
        return runs
    room = longest * 3 // 5 // marked
    cut_runs = (middle_out(run, room) if run.mark in {Mark.DELETE, Mark.INSERT} else (run,) for run in runs)
    return tuple(chain.from_iterable(cut_runs))


def middle_out(run: Run, longest: int) -> Cell:
    """Return a long run without its middle, because a Chinese sentence names the action at its end.

    Examples:
        >>> plain(middle_out(Run("未办理提单登记并交纳保证金，擅自经营无船承运业务的，处五万元以下的罚款"), 24))
        '未办理提单登记并交纳保证金…处五万元以下的罚款'
    """
    room = longest - 1
    if len(run.text) <= longest:
        return (run,)
    # Still one run, because the words on both sides of … were deleted or inserted together.
    return (run._replace(text=plain(without_middle(run, room * 3 // 5, room - room * 3 // 5))),)


def without_middle(run: Run, head: int, tail: int) -> Cell:
    """Return the first `head` and the last `tail` characters of a run, in whole words, with … in between."""
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
"""Marks that are dropped beside …"""


def shortened_text(text: str, longest: int) -> str:
    """Return a text shortened as by `shortened`.

    Examples:
        >>> shortened_text("推进数据开放，支持企业参与标准制定", 12)
        '推进数据开放…'
        >>> shortened_text("区域税收总收入占全区税收总收入的比重", 12)
        '区域税收总收入占全区…'
    """
    return plain(shortened(cell(text), longest))


def _end_of_words(text: str, longest: int) -> int:
    """Return the offset at which a text is cut: at the last mark of its second half, else between two words.

    The cut leaves no quotation or title open, unless it began within the first third of the text.
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
