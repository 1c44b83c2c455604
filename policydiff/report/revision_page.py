"""The page of a revision diff: changes of substance by weight with both texts, then all changes clause by clause."""

from collections.abc import Iterable, Sequence

from policydiff.comparison.folding import is_chinese
from policydiff.model import Change, ChangeKind, ClauseKind, Document, OutsideChange, RevisionDiff, SidesDoubt
from policydiff.report.catalog import N_, Catalog
from policydiff.report.document_page import documents_of, known_of, notice, side
from policydiff.report.half_sentences import abridged, types_told, wording_told
from policydiff.report.page import Entry, Figure, Findings, Page, Strip, StripCell, chaptered
from policydiff.report.revision_tables import (
    FLAGS,
    RevisionRow,
    Whole,
    by_theme,
    change_told,
    changes_table,
    is_substance,
    outside_table,
    revision_rows,
    signals_table,
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
    strung,
)
from policydiff.report.words import CHANGES, MOVED, OUTSIDE, legend, notes
from policydiff.revision.substantial import new_chapters

_LINE = 44
"""Characters shown in a list of a clause whose wording changed."""
_CLAUSE = 72
"""Characters shown of a removed or added clause: one line of the first screen."""


def revision_page(diff: RevisionDiff, say: Catalog) -> Page:
    """Return the whole report of a revision diff."""
    old, new = documents_of(diff, 2)
    rows = revision_rows(diff, old, new)
    whole = whole_texts(diff)
    found = [[row for row in theme if is_substance(row.change)] for theme in by_theme(rows)]
    entries = tuple(_theme_entry(theme, whole, say) for theme in found if theme)
    substance = Findings(
        "substance",
        say("Changes of substance"),
        entries,
        total=sum(map(len, found)),
        link="changes:signal=any",
        empty=say("none was found"),
        shown=12,
        listed=len(entries),
    )
    tables = (changes_table(rows, say), signals_table(rows, say), outside_table(diff, say))
    return Page(
        name="revision",
        title=say("What changed between two versions"),
        sides=(side(say("Old version"), diff.old, old, say), side(say("New version"), diff.new, new, say)),
        lead=f"{_lead(diff, substance.number, say)}{_articles(old, new, say)}",
        answers=notes(diff.facts, say),
        findings=(substance, *_outside_found(diff, say), *_moves(rows, say), *_wording(rows, say)),
        figures=_figures(diff, substance.number, say),
        pictures=(_strip(rows, say),),
        tables=tuple(table for table in tables if table.rows or table.name == "changes"),
        main="changes",
        legend=legend("revision", say),
        notice=notice(say, judged=True),
        reading=_reading(diff, say),
    )


def _articles(old: Document | None, new: Document | None, say: Catalog) -> str:
    """Return the sentence on the number of articles of each version, without annexes; empty if either version has no article.

    The clauses compared are more, because headings, paragraphs without a number and removed clauses are clauses too.
    """
    before, after = (
        sum(
            each.kind is ClauseKind.ARTICLE
            for top in (text.clauses if text else ())
            if top.kind is not ClauseKind.ANNEX
            for each in top.walk()
        )
        for text in (old, new)
    )
    if not before or not after:
        return ""
    if before == after:
        return say.plural(" Both versions have {n} article.", " Both versions have {n} articles.", after)
    return say(" The old version has {old} articles, the new version {new}.", old=before, new=after)


def _lead(diff: RevisionDiff, substance: int, say: Catalog) -> str:
    """Return the facts that a reader must not miss: the numbers of clauses changed and moved, and of lines outside the clauses."""
    summary, total, outside = diff.summary, len(diff.changes), len(diff.outside)
    changed = total - summary.unchanged
    stale = sum(each.kind is ChangeKind.UNCHANGED and is_substance(each) for each in diff.changes)
    if substance > stale:
        words = N_("{changed} of {total} clauses changed, {signals} of them in substance.")
    elif changed:
        words = N_("{changed} of {total} clauses changed; no change of substance was found.")
    else:
        words = N_("No clause changed in its words.")
    told = [say(words, changed=changed, total=total, signals=substance - stale)]
    if chapters := new_chapters(diff.changes):
        named = say.joined(*(_chapter_told(heading, below, say) for heading, below in chapters))
        told.append(
            say.plural(" A new chapter: {named}.", " {n} new chapters: {named}.", len(chapters), named=named)
        )
    if stale:
        told.append(
            say.plural(
                " {n} clause cites other words than before, although its own words stayed.",
                " {n} clauses cite other words than before, although their own words stayed.",
                stale,
            )
        )
    if diff.old.id and (diff.old.id, diff.old.version) == (diff.new.id, diff.new.version):
        told.append(say(" Both sides are the same version."))
    if summary.moved:
        told.append(say.plural(" {n} clause moved.", " {n} clauses moved.", summary.moved))
    if outside:
        told.append(
            say.plural(
                " Outside the clauses {n} line differs.", " Outside the clauses {n} lines differ.", outside
            )
        )
    return "".join(told)


def _chapter_told(heading: Change, below: Sequence[Change], say: Catalog) -> str:
    """Return the title of a new chapter, with its first and last article."""
    first, last = below[0].new[0].label, below[-1].new[-1].label
    return say("{title} ({first} to {last})", title=heading.new[0].text.strip(), first=first, last=last)


def sides_doubted(doubt: SidesDoubt | None, say: Catalog) -> tuple[tuple[str, str], ...]:
    """Return the doubt whether the texts are an earlier and a later version of one document, with the role of the doubt; empty for none."""
    if doubt is None:
        return ()
    return ((say("Order") if doubt is SidesDoubt.SWAPPED else say("Which documents"), say(doubt.told)),)


def _reading(diff: RevisionDiff, say: Catalog) -> tuple[tuple[str, str], ...]:
    """Return the doubts about the texts that a reader must know before any finding."""
    old, new = documents_of(diff, 2)
    doubt = sides_doubted(diff.doubt, say)
    if any(
        change.signals and not is_chinese("\n".join(unit.text for unit in (*change.old, *change.new)))
        for change in diff.changes
    ):
        unread = say(
            "outside Chinese the English words shall, must, may and should are read as duties: any other difference is told as one of words or figures"
        )
        doubt = (*doubt, (say("Language"), unread))
    return (*doubt, *known_of(say("Old version"), old, say), *known_of(say("New version"), new, say))


def _figures(diff: RevisionDiff, substance: int, say: Catalog) -> tuple[Figure, ...]:
    names = [("kind", str(kind), label) for kind, label in CHANGES.items()]
    names += [("flag", flag, label) for flag, label in FLAGS.items()]
    counted = ((*name, getattr(diff.summary, name[1])) for name in names)
    return (
        Figure(say("changes of substance"), substance, "substance", "changes:signal=any"),
        *(
            Figure(say(label), number, name, f"changes:{facet}={name}")
            for facet, name, label, number in counted
            if number
        ),
    )


def _theme_entry(theme: Sequence[RevisionRow], whole: Whole, say: Catalog) -> Entry:
    """Return a rule and the penalties for its breach on one line, which ends with their numbers in the same order."""
    rule, *penalties = theme
    behind = ((Run(say("penalty: "), Mark.MUTED), *_told(row, whole, say)) for row in penalties)
    words = strung((_told(rule, whole, say), *behind), say.semicolon)
    return Entry(words, say.joined(*(row.place(say) for row in theme)), rule.anchor, rule.change.kind)


def _told(row: RevisionRow, whole: Whole, say: Catalog) -> Cell:
    change = row.change
    if change.kind not in (ChangeKind.REMOVED, ChangeKind.ADDED):
        return change_told(change, whole, say)
    mark = Mark.DELETE if change.kind is ChangeKind.REMOVED else Mark.INSERT
    clause = Run(plain((row.old or row.new)[0].words).replace("\n", " "), mark)
    return (badge(say(CHANGES[change.kind]), change.kind), Run(" "), *middle_out(clause, _CLAUSE))


def _list(
    name: str, title: str, entries: Iterable[tuple[str, str, Cell, RevisionRow]], link: str, say: Catalog
) -> tuple[Findings, ...]:
    """Return a list of clauses, each after the label of its change; empty without entries."""
    lines = tuple(
        Entry((badge(say(label), kind), Run(" "), *words), row.place(say), row.anchor, kind)
        for label, kind, words, row in entries
    )
    return (Findings(name, title, lines, link=link, shown=6),) if lines else ()


def _moves(rows: Sequence[RevisionRow], say: Catalog) -> tuple[Findings, ...]:
    """Return the list of clauses that moved under another heading or to another place in the text, with the old and the new place."""

    def went(row: RevisionRow) -> Cell:
        words = shortened_text(plain((row.new or row.old)[0].words), _LINE)
        old, new = row.change.moved_from, row.change.moved_to
        if old is None or new is None:
            return cell(words)
        return cell(words + say.semicolon + say("moved from {old} to {new}", old=old, new=new))

    moved = ((MOVED, "moved", went(row), row) for row in rows if row.change.moved)
    return _list("moved", say(MOVED), moved, "changes:flag=moved", say)


def _wording(rows: Sequence[RevisionRow], say: Catalog) -> tuple[Findings, ...]:
    """Return the list of changes of wording alone, for readers who ask whether anything else changed."""

    def words(row: RevisionRow) -> Cell:
        if row.old and row.new and row.change.wording:
            return wording_told(row.change.wording, say)
        units = row.new or row.old
        return shortened(units[0].words, _LINE) if units else ()

    changed = (
        (CHANGES[row.change.kind], str(row.change.kind), words(row), row)
        for row in rows
        if row.change.kind is not ChangeKind.UNCHANGED and not is_substance(row.change)
    )
    return _list("wording", say("Changes of wording"), changed, "changes:kind=modified", say)


def _strip(rows: Sequence[RevisionRow], say: Catalog) -> Strip:
    def box(row: RevisionRow) -> StripCell:
        change = row.change
        kind = "moved" if change.moved and change.kind is ChangeKind.UNCHANGED else str(change.kind)
        types = types_told((signal.type for signal in change.signals), say)
        title = say.joined(row.place(say), say(CHANGES[change.kind]), types)
        return StripCell(f"{kind} substance" if is_substance(change) else kind, row.anchor, title)

    has_chapters = any(row.chapter for row in rows)
    untitled = N_("(before the chapters)") if has_chapters else N_("(whole text)")
    occurring = {row.change.kind for row in rows} - {ChangeKind.UNCHANGED}
    return Strip(
        "changes-strip",
        say("Where the changes are"),
        say("Chapter"),
        tuple((str(kind), say(label)) for kind, label in CHANGES.items() if kind in occurring),
        chaptered(rows, box, say(untitled)),
        table="changes",
        facet="kind",
    )


def _outside_found(diff: RevisionDiff, say: Catalog) -> tuple[Findings, ...]:
    """Return the lines outside the clauses that differ: no article contains them, so the list of clauses would miss them."""

    def words(each: OutsideChange) -> Cell:
        if each.wording:
            return abridged(both_sides(each.wording), 2 * _LINE)
        sides = (cell(each.old or "", Mark.DELETE), cell(each.new or "", Mark.INSERT))
        return strung((shortened(side_, _LINE) for side_ in sides), " → ")

    entries = tuple(
        Entry((badge(say(OUTSIDE[each.kind]), "outside"), Run(" "), *words(each)), link=f"outside-{index}")
        for index, each in enumerate(sorted(diff.outside, key=lambda one: -one.weight))
    )
    listed = Findings("outside", say("Outside the clauses"), entries, link="outside", shown=6)
    return (listed,) if entries else ()
