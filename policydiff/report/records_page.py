"""The page of a result that has no page of its own: a list, or the important findings and a table of the result's records."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from policydiff.model.base import Record, Result
from policydiff.report.catalog import N_, Catalog, sentence_told
from policydiff.report.document_page import version_named
from policydiff.report.list_page import LISTS
from policydiff.report.page import Column, Entry, Findings, Page, Row, Table, tabled, without_empty
from policydiff.report.runs import Cell, Mark, Run, badge, cell, shortened
from policydiff.report.standing_lists import STATES, Listed, judged, why_unread
from policydiff.report.words import UNRESOLVED, VALIDITY, counted_in_order, headed

_COLUMNS = headed(
    """action added amended_by articles body change characters clause clauses commit detail differs document document_number due
    ended_by entries error failure file id issued item kind made_on made_under merged message modified moved name
    outcome pages path paused reason removed renumbered said_by sentence since source split status subject text
    title unchanged version versions weight""",
    applied=N_("Carried out"),
    author=N_("Recorded by"),
    beginning=N_("Begins"),
    behind=N_("Clauses behind"),
    change=N_("What became of it"),
    days=N_("Days since"),
    end=N_("Ends"),
    every_hours=N_("Due every (hours)"),
    failures=N_("Failures in a row"),
    late_days=N_("Days late"),
    made=N_("Made as"),
    new=N_("New version"),
    newest=N_("Newest version"),
    notes=N_("Remarks"),
    now=N_("Text in force now"),
    of_substance=N_("Changed in substance"),
    old=N_("Old version"),
    origin=N_("Address"),
    outside=N_("Outside the clauses"),
    overdue_days=N_("Days overdue"),
    read_at=N_("Last read"),
    recorded_at=N_("Recorded"),
    references=N_("References astray"),
    signals=N_("Differences of substance"),
    state=N_("Validity"),
    superior=N_("Superior document"),
    thing=N_("To be made"),
    until=N_("Last day in force"),
    url=N_("Address"),
)
"""Labels of the fields of records; a field without a label is shown by its name."""
_SHORT: dict[str, Callable[[Any], str]] = {
    "author": lambda author: str(author).partition(" <")[0],
    "commit": lambda commit: str(commit)[:12],
}
"""Short forms of fields whose full value would fill the line; JSON holds the full value."""
_TIMES = frozenset({"read_at", "recorded_at"})
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SENTENCES = frozenset({"message", "reason", "detail", "error", "notes"})
"""Fields with a sentence of the package in English."""
_JUDGED = frozenset({"status", "kind", "action", "state", "change", "failure", "outcome"})
_LONG = _SENTENCES | {"title", "beginning", "end", "subject", "sentence", "references", "text"}
_VERSIONS = frozenset({"version", "versions", "newest", "made_under", "made"})
_NAMES = frozenset({"document", "id", "superior", "name", "file", "origin"})
"""Fields whose values users copy into the next command, so that each must stay whole on a line."""


def records_table(name: str, title: str, records: list[Record], say: Catalog) -> Table:
    """Return records as a table, with a column for each field that has a value in any record, in the records' order."""
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
            cells.append(judged(str(value), say))
        elif field in _VERSIONS and value:
            cells.append(cell(say.joined(*(version_named(each, say) for each in str(value).split("; ")))))
        elif isinstance(value, bool):
            cells.append(cell(say("yes") if value else say("no")))
        elif field in _TIMES and value:
            cells.append(cell(say.moment(datetime.fromisoformat(str(value)))))
        elif _ISO_DAY.fullmatch(str(value)):
            cells.append(cell(str(value), Mark.DAY))
        else:
            shown = f"{value:g}" if isinstance(value, float) else _SHORT.get(field, str)(value)
            shown = sentence_told(shown, say.lang) if field in _SENTENCES else shown
            cells.append(cell("" if value is None else shown))
    return Row(tuple(cells), weight=2)


_TITLES = {
    "add": N_("What was recorded"),
    "added-sources": N_("Sources of a list"),
    "applied-amendment": N_("Amended text"),
    "health": N_("How the watched sources stand"),
    "import": N_("Imported files"),
    "revision-batch": N_("Pairs of versions"),
    "sources": N_("Watched sources"),
    "status": N_("How the store stands"),
    "trial": N_("What a source holds now"),
    "verification": N_("Soundness of the store"),
}
"""Title of a page, by the name of the result's schema."""
_TABLE_TITLES = {
    "health": N_("Sources that are late"),
    "status": N_("Local documents whose superior has a newer version"),
    "verification": N_("Faults of the store"),
}
"""Title of the table of records if it shows only part of the page's subject."""
_BESIDE = {
    "contradictions": N_("Sentences that contradict each other"),
    "unresolved": N_("Texts ended or extended that the store does not surely hold"),
    "aside": N_("Documents that are out of force themselves"),
}


def _beside(name: str, result: Any, say: Catalog) -> Iterator[tuple[str, list[Record]]]:
    """Yield the further lists of a radar or of an answer on validity, each with its name and records."""
    if name == "radar":
        yield (
            "aside",
            [{"id": each.id, "superior": each.basis, "state": each.reason} for each in result.aside],
        )
    if name == "validity":
        yield (
            "contradictions",
            [
                {"id": each.id, "said_by": ground.document, "sentence": ground.text}
                for each in result.documents
                for ground in each.contradictions
            ],
        )
        yield (
            "unresolved",
            [
                {
                    "title": each.named,
                    "said_by": each.document,
                    "sentence": each.text,
                    "detail": say(UNRESOLVED[each.reason]),
                }
                for each in result.unresolved
            ],
        )


def records_page(result: Result[Any], say: Catalog) -> Page:
    """Return a page with one table, with a column for each field that has a value in any record, in the records' order.

    Further lists of the result become further tables.
    """
    name = str(getattr(result, "schema_id", "policydiff/records/1")).split("/")[1]
    if name in LISTS:
        return _list_page(name, result, LISTS[name](result, say), say)
    title = say(_TITLES[name]) if name in _TITLES else name
    heading = say(_TABLE_TITLES[name]) if name in _TABLE_TITLES else title
    told = _TOLD[name](result, say) if name in _TOLD else _Told("")
    table = without_empty(records_table(name, heading, result.to_records(), say))
    lists = (Findings(each, head, tuple(held), shown=20) for each, head, held in told.lists if held)
    return Page(name, title, (), (table,), name, told.lead, told.answers, tuple(lists))


def _list_page(name: str, result: Result[Any], listed: Listed, say: Catalog) -> Page:
    """Return the page of a list; for lists in `_AS_RECORDS`, sheets and CSV hold the result's records instead of the rows for people."""
    made = listed.made._replace(
        weight=2
    )  # The user asked for these rows: a list that is too long is cut with a count, never dropped.
    table = tabled(name, listed.title, listed.items, listed.fields, made)
    if name in _AS_RECORDS:
        table = table._replace(flat=records_table(name, listed.title, result.to_records(), say))
    if listed.is_once:
        table = table._replace(rows=tuple(dict.fromkeys(table.rows)))
    table = without_empty(table)
    if listed.is_of_one:
        rows = tuple(row._replace(cells=row.cells[1:]) for row in table.rows)
        table = table._replace(columns=table.columns[1:], rows=rows, flat=table.flat or table)
    further = (
        records_table(beside, say(_BESIDE[beside]), records, say)
        for beside, records in _beside(name, result, say)
        if records
    )
    return Page(
        name,
        listed.title,
        listed.sides,
        (table, *further),
        name,
        lead=listed.lead,
        answers=listed.answers,
        pictures=listed.pictures,
        notice=listed.notice,
    )


_AS_RECORDS = frozenset({"audit", "delegations", "radar", "validity"})


class _Told(NamedTuple):
    """Lead, answers and findings above the table of records."""

    lead: str
    answers: tuple[str, ...] = ()
    lists: tuple[tuple[str, str, list[Entry]], ...] = ()
    """Name, title and entries of each list; lists without entries are left out."""


_SHOWN = 60
"""Characters shown of each side of an article that differs."""


def _held(documents: int, versions: int, say: Catalog) -> str:
    return say(
        "{documents}, {versions}",
        documents=say.plural("{n} document", "{n} documents", documents),
        versions=say.plural("{n} version", "{n} versions", versions),
    )


def _added(result: Any, say: Catalog) -> _Told:
    files = say.plural("{n} file", "{n} files", len(result))
    counted = counted_in_order((each["status"] for each in result.to_records()), STATES, say)
    return _Told(say("{documents}: {counted}.", documents=files, counted=counted))


def _tried(result: Any, say: Catalog) -> _Told:
    return _Told(
        say(
            "{readable} of {n} can be read.",
            readable=sum(each.failure is None for each in result.trials),
            n=len(result.trials),
        )
    )


def _paired(result: Any, say: Catalog) -> _Told:
    unread = sum(each.error is not None for each in result)
    differ = sum(each.diff is not None and each.diff.differs for each in result)
    told = N_("Pairs that differ: {differ} of {n}.")
    if unread:
        told = N_("Pairs that differ: {differ} of {n}; that could not be read: {unread}.")
    return _Told(say(told, differ=differ, n=len(result), unread=unread))


def _import(result: Any, say: Catalog) -> _Told:
    return _Told(
        say(
            "{added} added, {unchanged} unchanged, {refused} refused, {failed} unreadable, {doubtful} doubtful, "
            "{left_out} left out as no policies.",
            added=result.added,
            unchanged=result.unchanged,
            **{name: len(getattr(result, name)) for name in ("refused", "failed", "doubtful", "left_out")},
        )
    )


def _standing(result: Any, say: Catalog) -> _Told:
    store = result.store
    at = store.recorded_at
    recorded = say.moment(at) if at else say("never")
    behind = say("Local documents of which a superior has a newer version: {n}.", n=len(result.stale))
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
            ("unrecorded", say("Files that differ from what is recorded"), unrecorded),
            ("ended", say("Not in force"), ended),
            ("alike", say("Perhaps one document recorded twice"), alike),
        ),
    )


def _verification(result: Any, say: Catalog) -> _Told:
    held = _held(result.documents, result.versions, say)
    number = len(result.faults)
    lead = (
        say.plural("{held}: {n} fault.", "{held}: {n} faults.", number, held=held)
        if number
        else say("{held}: all that is here is as recorded.", held=held)
        if result.unchecked
        else say("{held}: all as recorded.", held=held)
    )
    unchecked = [Entry(cell(sentence_told(each.message, say.lang))) for each in result.unchecked]
    return _Told(lead, lists=(("unchecked", say("Could not be looked at"), unchecked),))


def _health(result: Any, say: Catalog) -> _Told:
    last = say("last run {run}", run=say.moment(result.last_run.at)) if result.last_run else say("no run yet")
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
    reasons = {each.source: say.colon + why_unread(each, say) for each in result.reasons}
    failing = [Entry(cell(name + reasons.get(name, "")), kind="failed") for name in result.failing]
    return _Told(
        lead,
        lists=(
            ("missing", say("Named by the ledger, missing from the store"), missing),
            ("failing", say("Failing"), failing),
        ),
    )


def _amendment(result: Any, say: Catalog) -> _Told:
    lead = say(
        "{outcome}. Orders carried out: {applied}, not carried out: {unapplied}, in doubt: {doubts}.",
        outcome=say(_OUTCOMES[str(result.outcome)]),
        applied=len(result.applied),
        unapplied=len(result.unapplied),
        doubts=len(result.doubts),
    )
    told = [say("Orders for other texts: {n}.", n=result.elsewhere)] if result.elsewhere else []
    if result.sides and result.sides[0].acts:
        told.append(say("The note below the title (who passed it, and when) is not carried over."))
    told += [say("Commencement of the amendment: {words}", words=each) for each in result.commences]
    return _Told(
        lead,
        tuple(told),
        (
            ("unapplied", say("Not carried out"), [_order(each, say) for each in result.unapplied]),
            ("doubts", say("In doubt"), [_order(each, say) for each in result.doubts]),
            (
                "differences",
                say("No order accounts for these articles"),
                [_difference(each) for each in result.differences or ()],
            ),
            (
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
"""Labels for the share of an amendment that was carried out."""
_TOLD: dict[str, Callable[[Any, Catalog], _Told]] = {
    "add": _added,
    "applied-amendment": _amendment,
    "health": _health,
    "import": _import,
    "revision-batch": _paired,
    "status": _standing,
    "trial": _tried,
    "verification": _verification,
}
"""Function that makes the words above the records of a result, by the name of the result's schema."""
