"""Lists as pages of one table."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from policydiff.model import ChangeKind, ListedDocument, Reference, VersionRecord
from policydiff.model.base import Value
from policydiff.report.catalog import N_, Catalog
from policydiff.report.document_page import citation_fields, duty_fields, kind_of, target_fields
from policydiff.report.introduced_texts import SEEN, begins_on, notice, side
from policydiff.report.outline import address_of
from policydiff.report.page import (
    TEXT,
    Field,
    Made,
    Moment,
    Page,
    Side,
    Table,
    Timeline,
    tabled,
    without_empty,
)
from policydiff.report.results import (
    Blame,
    BlamedClause,
    CitationList,
    DocumentList,
    ResponsibilityList,
    SearchHit,
    SearchHits,
    TargetList,
    VersionLog,
)
from policydiff.report.runs import marked
from policydiff.report.words import CHANGES, LEVELS, VALIDITY, counts


def list_page(given: Value, say: Catalog) -> Page:
    """Return the page of one of the lists of `results`."""
    return _MAKERS[type(given)](given, say)


def _page(table: Table, say: Catalog, sides: tuple[Side, ...] = ()) -> Page:
    return Page(
        table.name, table.title, sides, (without_empty(table),), table.name, notice=notice(say, judged=False)
    )


def _with_documents(page: Page, references: Iterable[Reference], say: Catalog) -> Page:
    """Return a list whose first column names documents; where all rows name one, it stands above the list instead.

    Sheets and CSV keep the column: a row sent on alone must say of which document it speaks.
    """
    named = {(each.id, each.version, each.file): each for each in references}
    if len(named) != 1:
        return page
    table = page.main_table
    alone = table._replace(
        columns=table.columns[1:],
        rows=tuple(row._replace(cells=row.cells[1:]) for row in table.rows),
        flat=table.flat or table,
    )
    (reference,) = named.values()
    return page._replace(sides=(side(say("Document"), reference, None, say),), tables=(alone,))


_CARRIER = N_("carrier notice")
_NO_CLAUSES = {"carrier": _CARRIER, "title": N_("title")}
"""Parts of a document that are no clauses, by the ids that a comparison of versions gives them."""


def clause_named(clause: str, label: str | None, text: str, say: Catalog) -> str:
    """Return what a clause is cited by: its address, or the word for the notice or title it is."""
    known = _NO_CLAUSES.get(clause)
    return say(known) if known else address_of(clause, label, text)


def version_named(version: str, say: Catalog) -> str:
    """Return a version as a person reads it: its date, or the day on which a text without a date was seen."""
    seen = version.removeprefix(SEEN)
    return version if seen == version else say("seen {day}", day=seen)


def _named(reference: Reference) -> str:
    return reference.title or reference.file or reference.id or ""


def _documents(given: DocumentList, say: Catalog) -> Page:
    fields = (
        Field(say("Title"), 34, lambda each: each.identity.title, TEXT),
        Field(say("Document number"), 22, lambda each: each.identity.document_number),
        Field(say("Level"), 8, lambda each: each.identity.level and say(LEVELS[each.identity.level])),
        Field(say("Newest version"), 14, lambda each: version_named(each.newest or "", say)),
        Field(say("Versions"), 10, lambda each: each.versions),
        Field(say("Validity"), 10, lambda each: _validity(each, say)),
        Field(say("Id"), 22, lambda each: each.identity.id),
    )
    page = _page(tabled("documents", say("Documents"), given.documents, fields), say)
    return page._replace(notice="")


def _validity(listed: ListedDocument, say: Catalog) -> str:
    """Return how a document stands, with its last day where one is known."""
    if not listed.validity:
        return ""
    state = say(VALIDITY[listed.validity])
    return say("{state}, until {day}", state=state, day=listed.until.isoformat()) if listed.until else state


def _log(given: VersionLog, say: Catalog) -> Page:
    fields = (
        Field(say("Version"), 14, lambda each: version_named(each.record.version, say)),
        Field(say("In force from"), 12, lambda each: begins_on(each.in_force_from, each.in_force_by, say)),
        Field(say("In force until"), 12, lambda each: each.in_force_until),
        Field(say("Recorded"), 16, lambda each: f"{each.record.recorded_at:%Y-%m-%d %H:%M}Z"),
        Field(say("What changed"), 28, lambda each: each.changes and counts(each.changes, say)),
        Field(say("Source"), 18, lambda each: each.record.url or _captured(each.record, say)),
    )
    identity = given.identity
    about = Reference(
        id=identity.id,
        title=identity.title,
        document_number=identity.document_number,
        issuing_bodies=identity.issuing_bodies,
    )
    page = _page(
        tabled("log", say("Versions"), given.versions, fields),
        say,
        (side(say("Document"), about, None, say),),
    )
    return page._replace(notice="", pictures=_time_line(given, say), answers=_standing(given, say))


def _standing(given: VersionLog, say: Catalog) -> tuple[str, ...]:
    """Return how the document stands today; where another document says otherwise than its own text, what both say."""
    stands = given.standing
    if stands is None:
        return ()
    told = [say("Stands today: {state}", state=say(VALIDITY[stands.state.value]))]
    record = next((each.record for each in given.versions if each.record.version == stands.version), None)
    own = record.expires if record else None
    for ground in stands.decisive:
        if ground.document.partition("@")[0] == stands.id or ground.kind in ("recorded", "ruling"):
            continue
        names = {"title": ground.title, "document": ground.document, "sentence": ground.text}
        if ground.document == stands.ended_by:
            told.append(
                say("{title} ({document}) ended it on {day}: {sentence}", day=ground.day.isoformat(), **names)
                if ground.day
                else say("{title} ({document}) ended it; no day is given: {sentence}", **names)
            )
        elif own and stands.until and own != stands.until:
            told.append(
                say(
                    "The text itself gives {own}; {title} ({document}) changes the last day to {day}: {sentence}",
                    own=own.isoformat(),
                    day=stands.until.isoformat(),
                    **names,
                )
            )
    return tuple(told)


def _time_line(given: VersionLog, say: Catalog) -> tuple[Timeline, ...]:
    """The versions in order of their dates, each with how many clauses it changed, where that was counted."""
    if not any(entry.changes for entry in given.versions):
        return ()
    ordered = sorted(given.versions, key=lambda entry: str(entry.record.issued or entry.record.version))
    moments = tuple(
        Moment(
            day.isoformat() if (day := entry.in_force_from or entry.record.issued) else "",
            entry.record.version,
            counts(entry.changes, say) if entry.changes else say("first version"),
            tuple(
                (kind.value, number)
                for kind in CHANGES
                if kind is not ChangeKind.UNCHANGED
                and entry.changes
                and (number := getattr(entry.changes, kind.value))
            ),
        )
        for entry in ordered
    )
    head = (say("Date"), say("Version"), say("What changed"))
    return (Timeline("timeline", say("Versions"), moments, head),)


def _captured(record: VersionRecord, say: Catalog) -> str:
    """Return what was captured where no address was: the name of the file is not kept, its kind is."""
    ending = record.source_name.rpartition(".")[2].upper()
    return say("file ({kind})", kind=ending)


def _blame(given: Blame, say: Catalog) -> Page:
    fields = (
        Field(say("Version"), 14, lambda each: version_named(each.version, say)),
        Field(say("Since"), 12, lambda each: each.since),
        Field(say("Clause"), 12, lambda each: _address(each, say)),
        Field(say("Text"), 62, lambda each: each.text, TEXT),
    )
    table = tabled(
        "blame", say("Where each clause comes from"), given.clauses, fields, Made(lambda each: each.version)
    )
    return _page(table, say, (side(say("Document"), given.document, None, say),))


def _address(found: BlamedClause | SearchHit, say: Catalog) -> str:
    return found.address or clause_named(found.clause, found.label, found.text, say)


def _hits(given: SearchHits, say: Catalog) -> Page:
    fields = (
        Field(say("Document"), 28, lambda hit: _named(hit.document), TEXT),
        Field(say("Clause"), 12, lambda hit: _address(hit, say)),
        Field(say("Text"), 60, lambda hit: marked(hit.text, hit.spans), TEXT),
    )
    empty = say("No clause of the store holds all the words.")
    title = say("Found for “{query}”", query=given.query)
    return _page(tabled("search", title, given.hits, fields, empty=empty), say)


def _found(
    name: str, title: str, items: Sequence[Any], part: str, fields: Sequence[Field], say: Catalog
) -> Page:
    """Return a list of what was found in documents: document, clause, and the columns of the part that was found."""
    inner = [field._replace(of=partial(_within, part, field.of)) for field in fields]
    columns = (
        Field(say("Document"), 22, lambda each: _named(each.document), TEXT),
        Field(say("Clause"), 12, lambda each: each.address or say(_CARRIER)),
        *inner,
    )
    table = tabled(name, title, items, columns, Made(lambda each: kind_of(getattr(each, part))))
    page = _page(table._replace(rows=tuple(dict.fromkeys(table.rows))), say)
    return _with_documents(page, (each.document for each in items), say)


def _within(part: str, of: Callable[[Any], Any], each: Any) -> Any:
    return of(getattr(each, part))


def _targets(given: TargetList, say: Catalog) -> Page:
    return _found("targets", say("Targets"), given.targets, "target", target_fields(say), say)


def _responsibilities(given: ResponsibilityList, say: Catalog) -> Page:
    title = say("Responsibilities")
    return _found("responsibilities", title, given.responsibilities, "responsibility", duty_fields(say), say)


def _citations(given: CitationList, say: Catalog) -> Page:
    return _found("citations", say("Citations"), given.citations, "citation", citation_fields(say), say)


_MAKERS: dict[type[Value], Callable[..., Page]] = {
    DocumentList: _documents,
    VersionLog: _log,
    Blame: _blame,
    SearchHits: _hits,
    TargetList: _targets,
    ResponsibilityList: _responsibilities,
    CitationList: _citations,
}
