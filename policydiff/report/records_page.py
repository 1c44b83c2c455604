"""The page of any other result: one table made of its flat records, one fact a column."""

from collections.abc import Iterator

from policydiff.model.lagging import Radar
from policydiff.model.result import Record, Result
from policydiff.model.standing import ValidityReport
from policydiff.report.catalog import N_, Catalog
from policydiff.report.page import Column, Page, Row, Table
from policydiff.report.runs import Cell, badge, cell
from policydiff.report.sides import notice
from policydiff.report.words import VALIDITY

_TITLES = {
    "add": N_("What was recorded"),
    "applied-amendment": N_("Amended text"),
    "audit": N_("What was recorded when"),
    "delegations": N_("What others were ordered to make"),
    "health": N_("Sources that are late"),
    "import": N_("Imported files"),
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
    "unchanged": N_("unchanged"),
    "corrected": N_("corrected"),
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
    "revised": N_("revised"),
    "replaced": N_("replaced"),
    "repealed": N_("repealed"),
}
"""Words for the values of `status`, `kind`, `action`, `state` and `change`."""
_JUDGED = frozenset({"status", "kind", "action", "state", "change"})
_LONG = frozenset(
    {"message", "title", "detail", "beginning", "end", "error", "subject", "sentence", "references"}
)


def records_page(result: Result, say: Catalog) -> Page:
    """Return a page with one table: a column a field that any record fills, in the records' own order.

    What a result leaves out of its records, and must not keep to itself, stands in further tables.
    """
    name = str(getattr(result, "schema_id", "policydiff/records/1")).split("/")[1]
    title = say(_TITLES[name]) if name in _TITLES else name
    tables = [_table(name, title, result.to_records(), say)]
    for further, records in _beside(result):
        if records:
            tables.append(_table(further, say(_BESIDE[further]), records, say))
    return Page(
        name, title, (), tuple(tables), name, lead=_lead(result, say), notice=notice(say, judged=False)
    )


_BESIDE = {
    "contradictions": N_("Sentences that contradict each other"),
    "unresolved": N_("Texts ended or extended that the store does not surely hold"),
    "aside": N_("Documents that are out of force themselves"),
}


def _beside(result: Result) -> Iterator[tuple[str, list[Record]]]:
    """Yield what a radar or an answer on validity lists beside its documents."""
    if isinstance(result, Radar):
        yield (
            "aside",
            [{"id": each.id, "superior": each.basis, "state": each.reason} for each in result.aside],
        )
    if isinstance(result, ValidityReport):
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
                {"title": each.named, "said_by": each.document, "sentence": each.text, "detail": each.reason}
                for each in result.unresolved
            ],
        )


def _table(name: str, title: str, records: list[Record], say: Catalog) -> Table:
    fields = list(
        dict.fromkeys(key for record in records for key, value in record.items() if value is not None)
    )
    columns = tuple(
        Column(
            say(_COLUMNS[field]) if field in _COLUMNS else field.replace("_", " "),
            30 if field in _LONG else 12,
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
            cells.append(cell("" if value is None else str(value)))
    return Row(tuple(cells), weight=2)


def _lead(result: Result, say: Catalog) -> str:
    number = len(result)
    if number == 0:
        return say("none")
    return say.plural("{n} entry", "{n} entries", number)
