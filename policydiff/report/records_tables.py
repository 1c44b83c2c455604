"""Tables of flat records: the words of their columns and values, and tables that people read otherwise than so."""

from collections.abc import Callable
from typing import Any

from policydiff.model import Pace
from policydiff.model.base import Record
from policydiff.report.catalog import N_, Catalog, sentence_told
from policydiff.report.list_page import version_named
from policydiff.report.outline import address_of
from policydiff.report.page import NUMBER, TEXT, Column, Field, Made, Row, Table, tabled, without_empty
from policydiff.report.runs import Cell, badge, cell
from policydiff.report.words import BASIS_CHANGES, VALIDITY

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
_VERSIONS = frozenset({"version", "versions", "newest", "made_under", "made"})
_NAMES = frozenset({"document", "id", "superior", "name", "file", "origin"})
"""Fields whose values are copied into the next command: a line must hold one whole."""


def records_table(name: str, title: str, records: list[Record], say: Catalog) -> Table:
    """Return records as a table: a column a field that any of them fills, in the records' own order."""
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
            cells.append(_judged(str(value), say))
        elif field in _VERSIONS and value:
            cells.append(cell(say.joined(*(version_named(each, say) for each in str(value).split("; ")))))
        elif isinstance(value, bool):
            cells.append(cell(say("yes") if value else say("no")))
        else:
            shown = f"{value:g}" if isinstance(value, float) else _SHORT.get(field, str)(value)
            shown = sentence_told(shown, say.lang) if field in _SENTENCES else shown
            cells.append(cell("" if value is None else shown))
    return Row(tuple(cells), weight=2)


def _audit(result: Any, say: Catalog) -> tuple[list[Any], list[Field], Made]:
    """What was recorded: one group a commit, in it a row a document."""

    def commit(entry: Any) -> str:
        known = _STATES.get(entry.action.value) if entry.action else None
        parts = (
            f"{entry.recorded_at:%Y-%m-%d %H:%M}Z",
            say(known) if known else entry.subject,
            str(entry.author).partition(" <")[0],
            say("commit {commit}", commit=entry.commit[:12]),
        )
        return " · ".join(part for part in parts if part)

    fields = [
        Field(say("Document"), 60, lambda each: each.id),
        Field(
            say("Versions recorded"),
            40,
            lambda each: say.joined(*(version_named(version, say) for version in each.versions)),
            TEXT,
        ),
    ]
    return result.entries, fields, Made(group=commit)


def _delegations(result: Any, say: Catalog) -> tuple[list[Any], list[Field], Made]:
    """What documents order others to make: the order and its place, then who answered and how late."""
    fields = [
        Field(say("Document"), 20, lambda each: each.title, TEXT),
        Field(say("Clause"), 12, lambda each: address_of(each.clause)),
        Field(say("Body"), 16, lambda each: each.body, TEXT),
        Field(say("To be made"), 10, lambda each: each.thing, TEXT),
        Field(say("Due"), 10, lambda each: each.due or each.due_words),
        Field(say("Made as"), 18, lambda each: _answered(each, say), TEXT),
        Field(say("Words"), 34, lambda each: each.text, TEXT),
    ]
    return result.entries, fields, Made()


def _answered(entry: Any, say: Catalog) -> str:
    """Return the documents that answer an order, each with its day and how late it was; how long it is overdue else."""
    made = []
    for each in entry.made:
        late = each.late_days or 0
        delay = say.plural("{n} day late", "{n} days late", late) if late > 0 else ""
        made.append(say.joined(f"{each.title} {each.day.isoformat()}", delay))
    if made:
        return say.semicolon.join(made)
    overdue = entry.overdue_days or 0
    return say.plural("overdue by {n} day", "overdue by {n} days", overdue) if overdue > 0 else ""


def _radar(result: Any, say: Catalog) -> tuple[list[Any], list[Field], Made]:
    """Local documents behind their basis: what became of the basis, since when, and what it touches."""

    def behind(each: Any) -> str:
        number = sum(clause.pace is not Pace.CURRENT for clause in each.clauses)
        return sentence_told(each.unread, say.lang) if each.unread else str(number)

    def astray(each: Any) -> str:
        return say.semicolon.join(
            f"{address_of(ref.clause)}{say.colon}{ref.printed} → {ref.leads_to or '—'}"
            for ref in each.references
        )

    fields = [
        Field(say("Local document"), 22, lambda each: each.title, TEXT),
        Field(say("Superior document"), 22, lambda each: each.basis_title, TEXT),
        Field(say("What became of it"), 8, lambda each: _judged(each.change.value, say)),
        Field(say("Since"), 10, lambda each: each.since),
        Field(say("Made under"), 10, lambda each: version_named(each.made_under, say)),
        Field(say("Text in force now"), 16, lambda each: each.current),
        Field(say("Clauses behind"), 8, behind, NUMBER),
        Field(say("References astray"), 16, astray, TEXT),
        Field(say("Words"), 24, lambda each: each.sentence, TEXT),
        Field(say("Id"), 16, lambda each: each.id),
    ]
    return result.entries, fields, Made()


def _validity(result: Any, say: Catalog) -> tuple[list[Any], list[Field], Made]:
    """How each document stands, by which sentence of which document."""

    def ground(each: Any) -> Any:
        return next(iter(each.decisive), None)

    def said_by(each: Any) -> str:
        found = ground(each)
        is_own = found is None or found.document.partition("@")[0] == each.id
        return "" if is_own else f"{found.title} [{found.document}]"

    fields = [
        Field(say("Document"), 30, lambda each: each.title, TEXT),
        Field(say("Validity"), 10, lambda each: _judged(each.state.value, say)),
        Field(say("Since"), 10, lambda each: each.since),
        Field(say("Last day in force"), 10, lambda each: each.until),
        Field(say("Sentence"), 30, lambda each: getattr(ground(each), "text", None), TEXT),
        Field(say("Said by"), 24, said_by, TEXT),
        Field(say("Version"), 10, lambda each: version_named(each.version or "", say)),
        Field(say("Id"), 20, lambda each: each.id),
    ]
    return result.documents, fields, Made()


def _judged(value: str, say: Catalog) -> Cell:
    """Return a published name as a judgement in words."""
    known = _STATES.get(value)
    return (badge(say(known) if known else value, value),)


_OWN: dict[str, Callable[[Any, Catalog], tuple[list[Any], list[Field], Made]]] = {
    "audit": _audit,
    "delegations": _delegations,
    "radar": _radar,
    "validity": _validity,
}
"""Items and columns of the tables that people read otherwise than record by record, by the name of the result's schema."""


def table_of(name: str, title: str, result: Any, say: Catalog) -> Table:
    """Return the table of a result; sheets and CSV hold its records as they are."""
    records = records_table(name, title, result.to_records(), say)
    if name not in _OWN:
        return records
    items, fields, made = _OWN[name](result, say)
    return without_empty(tabled(name, title, items, fields, made._replace(weight=2), flat=records))
