"""The changes of a revision prepared for display: phrases for a list line, both texts with marks and addresses, and the tables."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from policydiff.model import (
    Change,
    ChangeKind,
    Document,
    OutsideChange,
    RevisionDiff,
    Signal,
    SignalType,
    Span,
    UnitRef,
)
from policydiff.report.catalog import Catalog
from policydiff.report.half_sentences import (
    Both,
    Phrase,
    distinct,
    in_one_line,
    lines,
    phrases_of,
    touched,
    types_told,
)
from policydiff.report.outline import Outline, anchor
from policydiff.report.page import TEXT, Facet, Field, Made, Table, facet, tabled
from policydiff.report.runs import Cell, Mark, Run, badge, cell, cut, new_side, old_side, plain, strung
from policydiff.report.words import CHANGES, MOVED, OUTSIDE, RENUMBERED, SIGNALS
from policydiff.revision.substantial import themes
from policydiff.substance.features import find_instruments
from policydiff.substance.weighing import OF_SUBSTANCE

FLAGS = {"moved": MOVED, "renumbered": RENUMBERED}
"""Flags of a change beside its kind, with their labels."""
_WORDS_SHOWN = 12
"""Characters of a unit's words that stand for its missing number."""


class Unit(NamedTuple):
    """A clause of the old or the new side, as a table cell shows it."""

    label: str
    """Number as printed, else address; may be empty."""
    words: Cell
    address: str
    """Address as a reader would cite it, unique in its document; empty if the unit has no number and no heading."""


class RevisionRow(NamedTuple):
    """A change between two versions, with the words of both sides."""

    anchor: str
    change: Change
    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    chapter: str
    """Title of the chapter in the new text; for a removed clause, the chapter of the neighbour before it."""

    @property
    def folds(self) -> bool:
        """Whether the row can be folded to （略）, because nothing differs except perhaps the number."""
        return self.change.kind is ChangeKind.UNCHANGED and not self.change.moved and not self.change.signals

    def place(self, say: Catalog) -> str:
        """Return the address in the new text; for a removed clause the old address, named as old; without an address the first words."""
        units = self.new or self.old
        if not units:
            return ""
        words = plain(units[0].words)
        if not units[0].address:
            return f"{words[:_WORDS_SHOWN]}…" if len(words) > _WORDS_SHOWN else words
        address = re.sub(r"(?<=[一二三四五六七八九十])$", "、", units[0].address)  # 一 alone reads as a dash
        return address if self.new else say("old {clause}", clause=address)


def revision_rows(diff: RevisionDiff, old: Document | None, new: Document | None) -> tuple[RevisionRow, ...]:
    """Return the changes in their order, with chapters if the documents are given."""
    before, after = Outline(old), Outline(new)
    rows = []
    chapter = ""
    is_divided = len({after.chapter_of(ref.id) for change in diff.changes for ref in change.new} - {""}) > 1
    for index, change in enumerate(diff.changes):
        # A removed unit has no place in the new text, so it keeps the chapter of the neighbour before it.
        if change.new:
            chapter = after.chapter_of(change.new[0].id)
        elif not chapter and change.old:
            chapter = before.chapter_of(change.old[0].id)
        name = f"c-{index}"
        if change.new or change.old:
            name = anchor("c", change.new[0].id) if change.new else anchor("r", change.old[0].id)
        gone = Mark.DELETE if change.kind is ChangeKind.REMOVED else Mark.PLAIN
        come = Mark.INSERT if change.kind is ChangeKind.ADDED else Mark.PLAIN
        olds = _units(change.old, before, old_side(change.wording), gone)
        news = _units(change.new, after, new_side(change.wording), come)
        rows.append(RevisionRow(name, change, olds, news, chapter if is_divided else ""))
    return tuple(rows)


def is_substance(change: Change) -> bool:
    """Return whether a change is one of substance, as counted in `summary.of_substance`."""
    return change.weight >= OF_SUBSTANCE


def _units(refs: Sequence[UnitRef], outline: Outline, side: Cell, mark: Mark) -> tuple[Unit, ...]:
    """Divide the words of one side of a wording diff among the units of this side.

    The wording covers one unit, or all units of the side with their separators; a unit whose text is not found in the
    wording is shown without marks of single words.
    """
    joined = plain(side)
    units: list[Unit] = []
    cursor = 0
    for ref in refs:
        start = joined.find(ref.text, cursor) if side and ref.text else -1
        words = cell(ref.text, mark)
        if start >= 0:
            cursor = start + len(ref.text)
            words = cut(side, start, cursor)
        address = outline.cited(ref)
        units.append(Unit(ref.label.strip() if ref.label else address, words, address))
    return tuple(units)


def changes_table(rows: Sequence[RevisionRow], say: Catalog) -> Table:
    """Return the table of all clauses of both versions side by side."""
    fields = (
        Field(say("Before"), 42, lambda row: _with_labels(row.old), TEXT),
        Field(say("After"), 42, lambda row: _with_labels(row.new), TEXT),
        Field(say("Remark"), 16, lambda row: _remark(row, say)),
    )
    made = Made(
        lambda row: row.change.kind,
        lambda row: row.anchor,
        lambda row: row.chapter,
        lambda row: 0 if row.folds else 2 if is_substance(row.change) else 1,
        _values,
        lambda row: row.folds and plain(_with_labels(row.old)) == plain(_with_labels(row.new)),
    )
    return tabled(
        "changes",
        say("Clause by clause"),
        rows,
        fields,
        made,
        facets=_facets(rows, say),
        is_parallel=True,
        fold="unchanged",
        flat=_flat(rows, say),
    )


def _values(row: RevisionRow) -> tuple[tuple[str, str], ...]:
    """Return the facets by which the filters of the table choose a row."""
    types = [*dict.fromkeys(signal.type.value for signal in row.change.signals)]
    types += ["any"] if is_substance(row.change) else []
    flags = (flag for flag in FLAGS if getattr(row.change, flag))
    return ("kind", row.change.kind), ("flag", " ".join(flags)), ("signal", " ".join(types))


def _facets(rows: Sequence[RevisionRow], say: Catalog) -> tuple[Facet, ...]:
    kinds = Counter(row.change.kind for row in rows)
    signals = Counter(
        name for row in rows for name in dict.fromkeys(signal.type for signal in row.change.signals)
    )
    number = {flag: sum(getattr(row.change, flag) for row in rows) for flag in FLAGS}
    ranked = {name: SIGNALS[name] for name, _ in signals.most_common()}
    return (
        *facet("kind", say("Kind"), CHANGES, kinds, say),
        *facet("flag", say("Place"), FLAGS, number, say),
        *facet("signal", say("Substance"), ranked, signals, say),
    )


def _remark(row: RevisionRow, say: Catalog) -> Cell:
    """Return kind, flags, old and new place, and signals of a change."""
    change = row.change
    names = [] if change.kind is ChangeKind.UNCHANGED else [(CHANGES[change.kind], str(change.kind))]
    names += [(label, flag) for flag, label in FLAGS.items() if getattr(change, flag)]
    kinds = strung(((badge(say(label), kind),) for label, kind in names), " ")
    went: Cell = ()
    if change.moved_from is not None and change.moved_to is not None:
        went = (
            Run("\n"),
            Run(say("moved from {old} to {new}", old=change.moved_from, new=change.moved_to), Mark.MUTED),
        )
    return strung(((*kinds, *went), touched(change.signals, say)))


def _flat(rows: Sequence[RevisionRow], say: Catalog) -> Table:
    def flags(change: Change) -> str:
        return say.joined(*(say(label) for flag, label in FLAGS.items() if getattr(change, flag)))

    def labels(units: Sequence[Unit]) -> str:
        return say.joined(*(unit.address or unit.label for unit in units))

    fields = (
        Field(say("Old clause"), 8, lambda row: labels(row.old)),
        Field(say("Before"), 28, lambda row: strung(unit.words for unit in row.old), TEXT),
        Field(say("New clause"), 8, lambda row: labels(row.new)),
        Field(say("After"), 28, lambda row: strung(unit.words for unit in row.new), TEXT),
        Field(say("Kind"), 6, lambda row: say(CHANGES[row.change.kind])),
        Field(say("Place"), 6, lambda row: flags(row.change)),
        Field(say("Differences"), 20, lambda row: lines(row.change.signals, say), TEXT),
    )
    made = Made(lambda row: row.change.kind, lambda row: row.anchor)
    return tabled("changes", say("Clause by clause"), rows, fields, made)


def by_theme(rows: Sequence[RevisionRow]) -> list[list[RevisionRow]]:
    """Return the rows by theme, in the order in which a lawyer would tell a client about the changes."""
    of = {id(row.change): row for row in rows}
    return [[of[id(each)] for each in theme] for theme in themes(row.change for row in rows)]


def signals_table(rows: Sequence[RevisionRow], say: Catalog) -> Table:
    """Return the table with one row for each difference of substance: a sheet for Excel."""
    found = [(row, *one) for told in by_theme(rows) for row in told for one in distinct(row.change.signals)]
    fields = (
        Field(say("Clause"), 18, lambda each: cell(each[0].place(say), link=each[0].anchor)),
        Field(say("What it touches"), 14, lambda each: types_told(each[2], say)),
        Field(say("Before"), 34, lambda each: cell(each[1].old or "", Mark.DELETE), TEXT),
        Field(say("After"), 34, lambda each: cell(each[1].new or "", Mark.INSERT), TEXT),
    )
    made = Made(lambda each: each[1].type.value, weight=2)
    return tabled("signals", say("Changes of substance"), found, fields, made, is_detail=True)


def outside_table(diff: RevisionDiff, say: Catalog) -> Table:
    """Return the table of lines outside the clauses that differ."""

    def before(each: OutsideChange) -> Cell:
        return old_side(each.wording) or cell(each.old or "", Mark.DELETE)

    def after(each: OutsideChange) -> Cell:
        return new_side(each.wording) or cell(each.new or "", Mark.INSERT)

    fields = (
        Field(say("Where"), 16, lambda pair: say(OUTSIDE[pair[1].kind])),
        Field(say("Before"), 42, lambda pair: before(pair[1]), TEXT),
        Field(say("After"), 42, lambda pair: after(pair[1]), TEXT),
    )
    made = Made(lambda pair: pair[1].kind, lambda pair: f"outside-{pair[0]}", weight=2)
    found = sorted(diff.outside, key=lambda one: -one.weight)
    return tabled("outside", say("Outside the clauses"), enumerate(found), fields, made)


def _with_labels(units: tuple[Unit, ...]) -> Cell:
    return strung((*cell(unit.label and f"{unit.label}　", Mark.LABEL), *unit.words) for unit in units)


_NUMBER = r"[\d.,〇零一二三四五六七八九十百千万亿]+"
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})(?P<unit>元|倍|日|年|个月)?以上(?P<high>{_NUMBER})(?P<other>元|倍|日|年|个月)以下"
    r"(?:的?(?P<noun>罚款|罚金|补助|奖励|补贴))?"
)
"""Both ends of a range, and the payment it limits: 五千元以上一万元以下的罚款."""


class Whole(NamedTuple):
    """All words of both texts, because an instrument is abolished only if the whole new text no longer mentions it."""

    old: str
    new: str


def whole_texts(diff: RevisionDiff) -> Whole:
    """Return the words of all clauses of both texts."""
    return Whole(
        "\n".join(unit.text for change in diff.changes for unit in change.old),
        "\n".join(unit.text for change in diff.changes for unit in change.new),
    )


def change_told(change: Change, whole: Whole, say: Catalog) -> Cell:
    """Return the main differences of a change on one line: ranges and instruments first, then half-sentences by weight."""
    made = [*_ranges(change, say), *_instruments(change, whole, say)]
    used = {id(signal) for phrase in made for signal in phrase.signals}
    left = [signal for signal in change.signals if id(signal) not in used]
    both = Both(
        change.wording, tuple(unit.text for unit in change.old), tuple(unit.text for unit in change.new)
    )
    return in_one_line([*made, *phrases_of(left, both, say)], say)


def _named(text: str, every: str) -> list[str]:
    """Return the instruments that a text is about, with the words that always precede them: 特种行业许可证.

    An instrument in an attribute (领取许可证的企业) names the persons concerned, not the content of the provision.
    """
    return [
        _full(found.word, text[: found.start], every)
        for found in find_instruments(text)
        if not text.startswith("的", found.end)
    ]


def _full(word: str, before: str, every: str) -> str:
    """Return a word, extended by the characters that precede it everywhere in the text."""
    number = every.count(word)
    while number > 1 and before and "\u4e00" <= before[-1] <= "\u9fff":
        longer = before[-1] + word
        if every.count(longer) != number:
            break
        word, before = longer, before[:-1]
    return word


def _instruments(change: Change, whole: Whole, say: Catalog) -> list[Phrase]:
    """Return phrases for instruments (permit, fee, inspection) that the whole new text no longer mentions, with the replacement in this clause."""
    if not (change.old and change.new):
        return []
    signals = [signal for signal in change.signals if signal.type is SignalType.INSTRUMENT]
    here = [
        _full(found.word, unit.text[: found.start], whole.old)
        for unit in change.old
        for found in find_instruments(unit.text)
    ]
    gone: dict[str, list[Signal]] = {}
    for signal in signals:
        for name in _named(signal.old or "", signal.old or ""):
            if name not in whole.new:
                full = next((each for each in here if each.endswith(name)), name)
                gone.setdefault(full, []).append(signal)
    # 许可 inside 特种行业许可证 is no further instrument.
    gone = {
        name: held for name, held in gone.items() if not any(name != each and name in each for each in gone)
    }
    if not gone:
        return []
    come = {
        signal.new: signal
        for signal in signals
        if signal.new
        and (signal.old or any(found.word == signal.new for found in find_instruments(signal.new)))
    }
    alone = {
        name: signal
        for name, signal in come.items()
        if not signal.old or any(each.endswith(signal.old) for each in gone)
    }
    head = badge(types_told([SignalType.INSTRUMENT], say), "substance")
    names = Run(say.joined(*gone), Mark.DELETE)
    every = [one for held in gone.values() for one in held]
    if len(alone) == 1:
        name, made = next(iter(alone.items()))
        return [Phrase((head, Run(" "), names, Run(" → "), Run(name, Mark.INSERT)), (*every, made))]
    return [Phrase((head, Run(" "), Run(say("abolished: ")), names), tuple(every))]


def _ranges(change: Change, say: Catalog) -> list[Phrase]:
    """Return phrases for changed ranges, both ends as one change: 5000元以上10000元以下 → 500元以上2000元以下."""
    found: dict[tuple[str, str], tuple[re.Match[str], re.Match[str], list[Signal]]] = {}
    for signal in change.signals:
        old = _range_around(signal.old, signal.old_span, [unit.text for unit in change.old])
        new = _range_around(signal.new, signal.new_span, [unit.text for unit in change.new])
        if old and new:
            found.setdefault((old[0], new[0]), (old, new, []))[2].append(signal)
    return [Phrase(_range_told(old, new, held, say), tuple(held)) for old, new, held in found.values()]


def _range_told(
    old: re.Match[str], new: re.Match[str], signals: Sequence[Signal], say: Catalog
) -> tuple[Run, ...]:
    noun = old["noun"] if old["noun"] == new["noun"] else None
    label = types_told(dict.fromkeys(signal.type for signal in signals), say)
    ends = Run(_ends(old), Mark.DELETE), Run(" → "), Run(_ends(new), Mark.INSERT)
    return (badge(label, "substance"), Run(f" {noun} " if noun else " "), *ends)


def _ends(found: re.Match[str]) -> str:
    unit = found["unit"] if found["unit"] and found["unit"] != found["other"] else ""
    return f"{found['low']}{unit}–{found['high']}{found['other']}"


def _range_around(words: str | None, span: Span | None, texts: Sequence[str]) -> re.Match[str] | None:
    """Return the range that contains the words; None for none."""
    if not words or span is None:
        return None
    text = next((each for each in texts if each[span.start : span.end] == words), "")
    around = (m for m in _RANGE.finditer(text) if m.start() <= span.start and span.end <= m.end("other"))
    return next(around, None)
