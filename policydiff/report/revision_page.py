"""The page of a revision diff.

What changed in substance, ranked and in the words of a person, then clause by clause.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from policydiff.model import Change, ChangeKind, Document, OutsideChange, RevisionDiff, SidesDoubt
from policydiff.report.catalog import Catalog
from policydiff.report.document_page import documents_of, known_of, notice, side
from policydiff.report.half_sentences import abridged, types_told, wording_told
from policydiff.report.page import Entry, Figure, Findings, Page, Strip, StripCell, StripLine
from policydiff.report.revision_tables import (
    RevisionRow,
    Whole,
    change_told,
    changes_table,
    is_substance,
    outside_table,
    revision_rows,
    signals_table,
    whole_clause_told,
    whole_texts,
)
from policydiff.report.runs import (
    Cell,
    Mark,
    Run,
    badge,
    both_sides,
    cell,
    middle_out,
    plain,
    shortened,
    shortened_text,
)
from policydiff.report.words import CHANGES, MOVED, OUTSIDE, RENUMBERED, legend, notes

_LINE = 44
"""Characters of a clause whose wording changed, in a list."""
_CLAUSE = 72
"""Characters of a removed or added clause: a line of the first screen."""


def revision_page(diff: RevisionDiff, say: Catalog) -> Page:
    """Return the whole report of a revision diff."""
    old, new = documents_of(diff, 2)
    rows = revision_rows(diff, old, new)
    substance = _substance(rows, whole_texts(diff), say)
    tables = (changes_table(rows, say), signals_table(rows, say), outside_table(diff, say))
    return Page(
        name="revision",
        title=say("What changed between two versions"),
        sides=(side(say("Old version"), diff.old, old, say), side(say("New version"), diff.new, new, say)),
        lead=_lead(diff, substance, say),
        answers=notes(diff.facts, say),
        findings=(substance, *_outside_found(diff, say), *_moves(rows, say), *_whole_clauses(rows, say)),
        figures=_figures(diff, substance, say),
        pictures=(_strip(rows, say),),
        tables=tuple(table for table in tables if table.rows or table.name == "changes"),
        main="changes",
        legend=legend("revision", say),
        notice=notice(say, judged=True),
        reading=_reading(diff, old, new, say),
    )


def _lead(diff: RevisionDiff, substance: Findings, say: Catalog) -> str:
    summary, total = diff.summary, len(diff.changes)
    changed = total - summary.unchanged
    if not changed and not substance.number:
        words = say("No clause changed in its words.")
    elif not substance.number:
        words = say(
            "{changed} of {total} clauses changed; no change of substance was found.",
            changed=changed,
            total=total,
        )
    else:
        words = say(
            "{changed} of {total} clauses changed, {signals} of them in substance.",
            total=total,
            changed=changed,
            signals=substance.number,
        )
    return words + _beside(diff, say)


def _beside(diff: RevisionDiff, say: Catalog) -> str:
    """What else a reader must not miss: clauses that stand elsewhere, lines outside the clauses."""
    summary = diff.summary
    told = []
    if summary.moved:
        told.append(say.plural(" {n} clause moved.", " {n} clauses moved.", summary.moved))
    if diff.outside:
        told.append(
            say.plural(
                " Outside the clauses {n} line differs.",
                " Outside the clauses {n} lines differ.",
                len(diff.outside),
            )
        )
    return "".join(told)


def _reading(
    diff: RevisionDiff, old: Document | None, new: Document | None, say: Catalog
) -> tuple[tuple[str, str], ...]:
    """Return what a reader must know of the texts before any finding."""
    doubts = {
        SidesDoubt.DOCUMENTS: say(
            "the two look like two documents, not like versions of one: policydiff compare holds a local document "
            "against its superior"
        ),
        SidesDoubt.SWAPPED: say("the first text bears the later date: were they swapped?"),
    }
    doubt = ((say("Order"), doubts[diff.doubt]),) if diff.doubt else ()
    return (*doubt, *known_of(say("Old version"), old, say), *known_of(say("New version"), new, say))


def _figures(diff: RevisionDiff, substance: Findings, say: Catalog) -> tuple[Figure, ...]:
    summary = diff.summary
    numbers = {
        ChangeKind.MODIFIED: summary.modified,
        ChangeKind.ADDED: summary.added,
        ChangeKind.REMOVED: summary.removed,
        ChangeKind.SPLIT: summary.split,
        ChangeKind.MERGED: summary.merged,
        ChangeKind.UNCHANGED: summary.unchanged,
    }
    flags = ((MOVED, "moved", summary.moved), (RENUMBERED, "renumbered", summary.renumbered))
    return (
        Figure(say("changes of substance"), substance.number, "substance", "changes:signal=any"),
        *(
            Figure(say(CHANGES[kind]), number, kind, f"changes:kind={kind}")
            for kind, number in numbers.items()
            if number
        ),
        *(
            Figure(say(label), number, kind, f"changes:flag={kind}")
            for label, kind, number in flags
            if number
        ),
    )


def _substance(rows: Sequence[RevisionRow], whole: Whole, say: Catalog) -> Findings:
    found = sorted((row for row in rows if is_substance(row.change)), key=lambda row: -row.change.weight)
    return Findings(
        "substance",
        say("Changes of substance"),
        tuple(_entry(row, whole, say) for row in found),
        link="changes:signal=any",
        empty=say("none was found"),
        shown=12,
    )


def _entry(row: RevisionRow, whole: Whole, say: Catalog) -> Entry:
    change = row.change
    if change.kind in (ChangeKind.REMOVED, ChangeKind.ADDED):
        mark = Mark.DELETE if change.kind is ChangeKind.REMOVED else Mark.INSERT
        named = whole_clause_told(change, whole, say)
        named = (*named, Run(say.colon)) if named else ()
        clause = Run(plain((row.old or row.new)[0].words).replace("\n", " "), mark)
        runs: Cell = (
            badge(say(CHANGES[change.kind]), change.kind),
            Run(" "),
            *named,
            *middle_out(clause, _CLAUSE),
        )
    else:
        runs = change_told(change, whole, say)
    return Entry(runs, row.place, row.anchor, change.kind)


def _moves(rows: Sequence[RevisionRow], say: Catalog) -> tuple[Findings, ...]:
    """Clauses that stand under another heading or elsewhere in the text, each with where it went."""
    entries = tuple(
        Entry((badge(say(MOVED), "moved"), Run(" "), Run(_went(row, say))), row.place, row.anchor, "moved")
        for row in rows
        if row.change.moved
    )
    return (Findings("moved", say(MOVED), entries, link="changes:flag=moved", shown=6),) if entries else ()


def _went(row: RevisionRow, say: Catalog) -> str:
    change = row.change
    words = shortened_text(plain((row.new or row.old)[0].words), _LINE)
    if change.moved_from is None or change.moved_to is None:
        return words
    went = say("moved from {old} to {new}", old=change.moved_from, new=change.moved_to)
    return f"{words}{say.semicolon}{went}"


def _whole_clauses(rows: Sequence[RevisionRow], say: Catalog) -> tuple[Findings, ...]:
    """Changes of wording alone, for the memo's reader who asks whether anything else happened."""
    others = [
        row for row in rows if row.change.kind is not ChangeKind.UNCHANGED and not is_substance(row.change)
    ]
    if not others:
        return ()
    entries = tuple(
        Entry(
            (badge(say(CHANGES[row.change.kind]), row.change.kind), Run(" "), *_changed_words(row, say)),
            row.place,
            row.anchor,
            row.change.kind,
        )
        for row in others
    )
    return (Findings("wording", say("Changes of wording"), entries, link="changes:kind=modified", shown=6),)


def _changed_words(row: RevisionRow, say: Catalog) -> Cell:
    if row.old and row.new and row.change.wording:
        return wording_told(row.change.wording, say)
    units = row.new or row.old
    return shortened(units[0].words, _LINE) if units else ()


def _strip(rows: Sequence[RevisionRow], say: Catalog) -> Strip:
    drawn = []
    for chapter, group in groupby(rows, key=lambda row: row.chapter):
        held = list(group)
        cells = tuple(StripCell(_drawn(row.change), row.anchor, _title(row, say)) for row in held)
        drawn.append(StripLine(chapter or say("(whole text)"), held[0].anchor, cells))
    kinds = [kind for kind in CHANGES if kind is not ChangeKind.UNCHANGED]
    counted = Counter(row.change.kind for row in rows)
    return Strip(
        "changes-strip",
        say("Where the changes are"),
        say("Chapter"),
        tuple((str(kind), say(CHANGES[kind])) for kind in kinds if counted[kind]),
        tuple(drawn),
        table="changes",
        facet="kind",
    )


def _drawn(change: Change) -> str:
    kind = "moved" if change.moved and change.kind is ChangeKind.UNCHANGED else str(change.kind)
    return f"{kind} substance" if is_substance(change) else kind


def _title(row: RevisionRow, say: Catalog) -> str:
    types = dict.fromkeys(signal.type for signal in row.change.signals)
    return say.joined(row.place, say(CHANGES[row.change.kind]), types_told(types, say))


def _outside_found(diff: RevisionDiff, say: Catalog) -> tuple[Findings, ...]:
    """Lines outside the clauses that differ: they are part of no article, and must not pass unseen."""
    if not diff.outside:
        return ()
    entries = tuple(
        Entry(
            (badge(say(OUTSIDE[each.kind]), "outside"), Run(" "), *_outside_words(each)),
            link=f"outside-{index}",
        )
        for index, each in enumerate(sorted(diff.outside, key=lambda one: -one.weight))
    )
    return (Findings("outside", say("Outside the clauses"), entries, link="outside", shown=6),)


def _outside_words(each: OutsideChange) -> Cell:
    if each.wording:
        return abridged(both_sides(each.wording), 2 * _LINE)
    old, new = cell(each.old or "", Mark.DELETE), cell(each.new or "", Mark.INSERT)
    return (*shortened(old, _LINE), *((Run(" → "),) if old and new else ()), *shortened(new, _LINE))
