"""The page of any other result: one table of its flat records, and for some a sentence and lists of what to look at.

Results of rooms above this one are known by the names of their schemas, so that no room is loaded to print another's.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from policydiff.model.result import Record, Result
from policydiff.report.beside_records import BESIDE, beside
from policydiff.report.catalog import N_, Catalog, sentence_told
from policydiff.report.page import Column, Entry, Findings, Page, Row, Table
from policydiff.report.runs import Cell, Mark, Run, badge, cell, shortened
from policydiff.report.words import BASIS_CHANGES, VALIDITY

_TITLES = {
    "add": N_("What was recorded"),
    "added-sources": N_("Sources added from a list"),
    "applied-amendment": N_("Amended text"),
    "audit": N_("What was recorded when"),
    "delegations": N_("What others were ordered to make"),
    "health": N_("Sources that are late"),
    "import": N_("Imported files"),
    "revision-batch": N_("Pairs of versions"),
    "radar": N_("Local documents to be looked at"),
    "sources": N_("Watched sources"),
    "status": N_("Local documents behind their superiors"),
    "trial": N_("What a source holds now"),
    "validity": N_("What is in force"),
    "verification": N_("Faults of the store"),
}
"""Title of a page by the name of the result's schema."""
_COLUMNS = {
    "action": N_("Action"),
    "added": N_("Added"),
    "applied": N_("Carried out"),
    "articles": N_("Articles"),
    "differs": N_("Differs"),
    "merged": N_("Merged"),
    "modified": N_("Modified"),
    "moved": N_("Moved"),
    "new": N_("New version"),
    "old": N_("Old version"),
    "outcome": N_("Outcome"),
    "reason": N_("Reason"),
    "removed": N_("Removed"),
    "renumbered": N_("Renumbered"),
    "signals": N_("Signals"),
    "split": N_("Split"),
    "text": N_("Text"),
    "unchanged": N_("Unchanged"),
    "author": N_("Recorded by"),
    "beginning": N_("Begins"),
    "behind": N_("Clauses behind"),
    "body": N_("Body"),
    "change": N_("What became of it"),
    "characters": N_("Characters"),
    "clause": N_("Clause"),
    "clauses": N_("Clauses"),
    "commit": N_("Commit"),
    "days": N_("Days since"),
    "detail": N_("Detail"),
    "document": N_("Document"),
    "document_number": N_("Document number"),
    "due": N_("Due"),
    "end": N_("Ends"),
    "ended_by": N_("Ended by"),
    "entries": N_("Entries"),
    "error": N_("Error"),
    "every_hours": N_("Due every (hours)"),
    "failure": N_("Failure"),
    "failures": N_("Failures in a row"),
    "file": N_("File"),
    "id": N_("Id"),
    "issued": N_("Issued"),
    "item": N_("Item"),
    "kind": N_("Kind"),
    "late_days": N_("Days late"),
    "made": N_("Made as"),
    "made_on": N_("Made on"),
    "made_under": N_("Made under"),
    "message": N_("Message"),
    "name": N_("Name"),
    "newest": N_("Newest version"),
    "now": N_("Text in force now"),
    "origin": N_("Address"),
    "overdue_days": N_("Days overdue"),
    "pages": N_("Pages"),
    "path": N_("Path"),
    "paused": N_("Paused"),
    "read_at": N_("Last read"),
    "recorded_at": N_("Recorded"),
    "references": N_("References astray"),
    "said_by": N_("Said by"),
    "sentence": N_("Sentence"),
    "since": N_("Since"),
    "source": N_("Source"),
    "state": N_("Validity"),
    "status": N_("Status"),
    "subject": N_("Subject"),
    "superior": N_("Superior document"),
    "thing": N_("To be made"),
    "title": N_("Title"),
    "until": N_("Last day in force"),
    "url": N_("Address"),
    "version": N_("Version"),
    "versions": N_("Versions"),
    "weight": N_("Weight"),
}
"""Labels of the fields of records; a field without one is shown by its own name."""
_STATES = {
    "added": N_("added"),
    "doubtful": N_("doubtful"),
    "refused": N_("refused"),
    "unchanged": N_("unchanged"),
    "corrected": N_("corrected"),
    "add": N_("added"),
    "revise": N_("new version"),
    "correct": N_("corrected"),
    "reextract": N_("read again"),
    "meta": N_("described anew"),
    "reextracted": N_("read again"),
    "damaged": N_("damaged"),
    "missing": N_("missing"),
    "unexpected": N_("unexpected"),
    "changed": N_("changed"),
    "unrecorded": N_("unrecorded"),
    "object": N_("git object"),
    "removed": N_("removed"),
    "rewritten": N_("rewritten"),
    "backdated": N_("backdated"),
    "unsigned": N_("unsigned"),
    "failed": N_("failed"),
    "dry run": N_("dry run"),
    **VALIDITY,
    **BASIS_CHANGES,
}
"""Words for the values of `status`, `kind`, `action`, `state` and `change`."""
_SHORT: dict[str, Callable[[Any], str]] = {
    "author": lambda author: str(author).partition(" <")[0],
    "commit": lambda commit: str(commit)[:12],
    "read_at": lambda time: f"{str(time)[:16].replace('T', ' ')}Z",
    "recorded_at": lambda time: f"{str(time)[:16].replace('T', ' ')}Z",
}
"""How a field is written where its whole value would fill the line; JSON holds it whole."""
_SENTENCES = frozenset({"message", "reason", "detail", "error"})
"""Fields that hold a sentence of the package in English."""
_JUDGED = frozenset({"status", "kind", "action", "state", "change"})
_LONG = frozenset(
    {
        "message",
        "title",
        "detail",
        "beginning",
        "end",
        "error",
        "subject",
        "sentence",
        "references",
        "text",
        "reason",
    }
)
_NAMES = frozenset({"document", "id", "superior", "name", "file", "origin"})
"""Fields whose values are copied into the next command: a line must hold one whole."""


def records_page(result: Result, say: Catalog) -> Page:
    """Return a page with one table: a column a field that any record fills, in the records' own order.

    What a result lists beside its records stands in further tables.
    """
    name = str(getattr(result, "schema_id", "policydiff/records/1")).split("/")[1]
    title = say(_TITLES[name]) if name in _TITLES else name
    tables = [_table(name, title, result.to_records(), say)]
    for further, records in beside(name, result):
        if records:
            tables.append(_table(further, say(BESIDE[further]), records, say))
    told = _TOLD[name](result, say) if name in _TOLD else _Told(_lead(result, say))
    return Page(
        name,
        title,
        (),
        tuple(tables),
        name,
        lead=told.lead,
        answers=told.answers,
        findings=told.findings,
    )


def _table(name: str, title: str, records: list[Record], say: Catalog) -> Table:
    fields = list(
        dict.fromkeys(key for record in records for key, value in record.items() if value is not None)
    )
    columns = tuple(
        Column(
            say(_COLUMNS[field]) if field in _COLUMNS else field.replace("_", " "),
            30 if field in _LONG else 26 if field in _NAMES else 12,
            is_text=field in _LONG,
            is_number=all(isinstance(record.get(field), int | float | None) for record in records),
        )
        for field in fields
    )
    return Table(name, title, columns, tuple(_row(record, fields, say) for record in records))


def _row(record: Record, fields: list[str], say: Catalog) -> Row:
    cells: list[Cell] = []
    for field in fields:
        value = record.get(field)
        if field in _JUDGED and value:
            known = _STATES.get(str(value))
            cells.append((badge(say(known) if known else str(value), str(value)),))
        elif isinstance(value, bool):
            cells.append(cell(say("yes") if value else say("no")))
        else:
            shown = f"{value:g}" if isinstance(value, float) else _SHORT.get(field, str)(value)
            shown = sentence_told(shown, say.lang) if field in _SENTENCES else shown
            cells.append(cell("" if value is None else shown))
    return Row(tuple(cells), weight=2)


def _lead(result: Result, say: Catalog) -> str:
    return "" if len(result) else say("none")


class _Told(NamedTuple):
    """What stands before the table of records."""

    lead: str
    answers: tuple[str, ...] = ()
    findings: tuple[Findings, ...] = ()


_SHOWN = 60
"""Characters of an article that a difference shows of each side."""


def _listed(name: str, title: str, entries: list[Entry]) -> tuple[Findings, ...]:
    return (Findings(name, title, tuple(entries), shown=20),) if entries else ()


def _held(documents: int, versions: int, say: Catalog) -> str:
    return say(
        "{documents}, {versions}",
        documents=say.plural("{n} document", "{n} documents", documents),
        versions=say.plural("{n} version", "{n} versions", versions),
    )


def _import(result: Any, say: Catalog) -> _Told:
    return _Told(
        say(
            "{added} added, {unchanged} unchanged, {refused} refused, {failed} unreadable, {doubtful} doubtful.",
            added=result.added,
            unchanged=result.unchanged,
            refused=len(result.refused),
            failed=len(result.failed),
            doubtful=len(result.doubtful),
        )
    )


def _standing(result: Any, say: Catalog) -> _Told:
    store = result.store
    recorded = f"{store.recorded_at:%Y-%m-%d %H:%M}Z" if store.recorded_at else say("never")
    behind = say.plural(
        "{n} local document is behind its superior.",
        "{n} local documents are behind their superiors.",
        len(result.stale),
    )
    lead = say(
        "{held}; last recorded {when}. {behind}",
        held=_held(store.documents, store.versions, say),
        when=recorded,
        behind=behind,
    )
    unrecorded = [Entry(cell(name), kind="warning") for name in store.unrecorded]
    ended = [
        Entry((*cell(f"{each.title} "), badge(say(VALIDITY[each.state]), str(each.state))), each.id)
        for each in result.not_in_force
    ]
    alike = [
        Entry(cell(f"{each.title}{say.colon}{sentence_told(each.reason, say.lang)}"), say.joined(*each.ids))
        for each in result.alike
    ]
    return _Told(
        lead,
        (say("Store: {folder}", folder=store.folder),),
        (
            *_listed("unrecorded", say("Files that differ from what is recorded"), unrecorded),
            *_listed("ended", say("Not in force"), ended),
            *_listed("alike", say("Perhaps one document recorded twice"), alike),
        ),
    )


def _verification(result: Any, say: Catalog) -> _Told:
    held = _held(result.documents, result.versions, say)
    number = len(result.faults)
    lead = (
        say.plural("{held}: {n} fault.", "{held}: {n} faults.", number, held=held)
        if number
        else say("{held}: all as recorded.", held=held)
    )
    unchecked = [Entry(cell(sentence_told(each.message, say.lang))) for each in result.unchecked]
    return _Told(lead, findings=_listed("unchecked", say("Could not be looked at"), unchecked))


def _health(result: Any, say: Catalog) -> _Told:
    last = say("last run {run}", run=result.last_run.run) if result.last_run else say("no run yet")
    lead = say(
        "{sources} sources, {paused} paused, {items} items; {late} late, {failing} failing; {last}.",
        sources=result.sources,
        paused=result.paused,
        items=result.items,
        late=len(result.late),
        failing=len(result.failing),
        last=last,
    )
    missing = [Entry(cell(name), kind="error") for name in result.missing]
    failing = [Entry(cell(name), kind="failed") for name in result.failing]
    return _Told(
        lead,
        findings=(
            *_listed("missing", say("Named by the ledger, missing from the store"), missing),
            *_listed("failing", say("Failing"), failing),
        ),
    )


def _amendment(result: Any, say: Catalog) -> _Told:
    lead = say(
        "{outcome}: {applied} orders carried out, {unapplied} not, {doubts} in doubt.",
        outcome=say(_OUTCOMES[str(result.outcome)]),
        applied=len(result.applied),
        unapplied=len(result.unapplied),
        doubts=len(result.doubts),
    )
    answers = (say("{n} orders are for other texts.", n=result.elsewhere),) if result.elsewhere else ()
    return _Told(
        lead,
        answers,
        (
            *_listed("unapplied", say("Not carried out"), [_order(each, say) for each in result.unapplied]),
            *_listed("doubts", say("In doubt"), [_order(each, say) for each in result.doubts]),
            *_listed(
                "differences",
                say("No order accounts for these articles"),
                [_difference(each) for each in result.differences or ()],
            ),
            *_listed(
                "unseen",
                say("Orders that the published text shows nothing of"),
                [Entry(cell(each.text)) for each in result.without_change or ()],
            ),
        ),
    )


def _order(each: Any, say: Catalog) -> Entry:
    reason = sentence_told(each.reason, say.lang)
    words = cell(each.text)
    return Entry((*words, Run(say.colon if words else ""), *cell(reason, Mark.MUTED)), kind="warning")


def _difference(each: Any) -> Entry:
    made, published = cell(each.made, Mark.DELETE), cell(each.published, Mark.INSERT)
    words = (*shortened(made, _SHOWN), Run(" → "), *shortened(published, _SHOWN))
    return Entry(words, each.article, kind="warning")


_OUTCOMES = {"complete": N_("complete"), "partial": N_("partial"), "refused": N_("refused")}
"""Words for how much of an amendment was carried out."""
_TOLD: dict[str, Callable[[Any, Catalog], _Told]] = {
    "applied-amendment": _amendment,
    "health": _health,
    "import": _import,
    "status": _standing,
    "verification": _verification,
}
"""What is told of a result before its records, by the name of its schema."""
