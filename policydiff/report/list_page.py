"""Lists as pages of one table."""

from collections.abc import Callable, Iterable

from policydiff.model import ChangeKind, ListedDocument, Reference, VersionRecord
from policydiff.model.base import Value
from policydiff.report.catalog import N_, Catalog
from policydiff.report.figures_told import bodies, figure
from policydiff.report.introduced_texts import SEEN, notice, side
from policydiff.report.outline import address_of
from policydiff.report.page import Column, Moment, Page, Row, Side, Table, Timeline, text_row, without_empty
from policydiff.report.results import (
    Blame,
    CitationList,
    DocumentList,
    LoggedVersion,
    ResponsibilityList,
    SearchHits,
    TargetList,
    VersionLog,
)
from policydiff.report.runs import cell, marked
from policydiff.report.words import CHANGES, CITATION_RELATIONS, LEVELS, TARGET_KINDS, VALIDITY, counts


def list_page(given: Value, say: Catalog) -> Page:
    """Return the page of one of the lists of `results`."""
    return _MAKERS[type(given)](given, say)


def _page(
    name: str,
    title: str,
    columns: tuple[Column, ...],
    rows: Iterable[Row],
    say: Catalog,
    sides: tuple[Side, ...] = (),
) -> Page:
    table = without_empty(Table(name, title, columns, tuple(rows)))
    return Page(name, title, sides, (table,), name, notice=notice(say, judged=False))


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
    columns = (
        Column(say("Title"), 34, is_text=True),
        Column(say("Document number"), 22, is_text=True),
        Column(say("Level"), 8),
        Column(say("Newest version"), 14),
        Column(say("Versions"), 10),
        Column(say("Validity"), 10),
        Column(say("Id"), 22),
    )
    rows = (
        text_row(
            listed.identity.title,
            listed.identity.document_number or "",
            say(LEVELS[listed.identity.level]) if listed.identity.level else "",
            version_named(listed.newest or "", say),
            str(listed.versions),
            _validity(listed, say),
            listed.identity.id,
        )
        for listed in given.documents
    )
    return _page("documents", say("Documents"), columns, rows, say)._replace(notice="")


def _validity(listed: ListedDocument, say: Catalog) -> str:
    """Return how a document stands, with its last day where one is known."""
    if not listed.validity:
        return ""
    state = say(VALIDITY[listed.validity])
    return say("{state}, until {day}", state=state, day=listed.until.isoformat()) if listed.until else state


def _log(given: VersionLog, say: Catalog) -> Page:
    columns = (
        Column(say("Version"), 14),
        Column(say("In force from"), 12),
        Column(say("In force until"), 12),
        Column(say("Recorded"), 16),
        Column(say("What changed"), 28),
        Column(say("Source"), 18),
    )
    identity = given.identity
    about = Reference(
        id=identity.id,
        title=identity.title,
        document_number=identity.document_number,
        issuing_bodies=identity.issuing_bodies,
    )
    page = _page(
        "log",
        say("Versions"),
        columns,
        (_logged(entry, say) for entry in given.versions),
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


def _logged(entry: LoggedVersion, say: Catalog) -> Row:
    record = entry.record
    return text_row(
        version_named(record.version, say),
        entry.in_force_from.isoformat() if entry.in_force_from else "",
        entry.in_force_until.isoformat() if entry.in_force_until else "",
        f"{record.recorded_at:%Y-%m-%d %H:%M}Z",
        counts(entry.changes, say) if entry.changes else "",
        record.url or _captured(record, say),
    )


def _captured(record: VersionRecord, say: Catalog) -> str:
    """Return what was captured where no address was: the name of the file is not kept, its kind is."""
    ending = record.source_name.rpartition(".")[2].upper()
    return say("file ({kind})", kind=ending)


def _blame(given: Blame, say: Catalog) -> Page:
    columns = (
        Column(say("Version"), 14),
        Column(say("Since"), 12),
        Column(say("Clause"), 12),
        Column(say("Text"), 62, is_text=True),
    )
    rows = (
        text_row(
            version_named(clause.version, say),
            clause.since.isoformat() if clause.since else "",
            clause.address or clause_named(clause.clause, clause.label, clause.text, say),
            clause.text,
            kind=clause.version,
        )
        for clause in given.clauses
    )
    return _page(
        "blame",
        say("Where each clause comes from"),
        columns,
        rows,
        say,
        (side(say("Document"), given.document, None, say),),
    )


def _hits(given: SearchHits, say: Catalog) -> Page:
    columns = (
        Column(say("Document"), 28, is_text=True),
        Column(say("Clause"), 12),
        Column(say("Text"), 60, is_text=True),
    )
    rows = (
        Row(
            (
                cell(_named(hit.document)),
                cell(hit.address or clause_named(hit.clause, hit.label, hit.text, say)),
                marked(hit.text, hit.spans),
            )
        )
        for hit in given.hits
    )
    page = _page("search", say("Found for “{query}”", query=given.query), columns, rows, say)
    empty = say("No clause of the store holds all the words.")
    return page._replace(tables=(page.main_table._replace(empty=empty),))


def _targets(given: TargetList, say: Catalog) -> Page:
    columns = (
        Column(say("Document"), 22, is_text=True),
        Column(say("Clause"), 12),
        Column(say("Target"), 24, is_text=True),
        Column(say("Value"), 14, is_text=True),
        Column(say("Kind"), 6),
        Column(say("Words"), 22, is_text=True),
    )
    rows = (
        text_row(
            _named(found.document),
            found.address,
            found.target.metric,
            figure(found.target, say),
            say(TARGET_KINDS[found.target.kind]),
            found.target.text,
            kind=found.target.kind,
        )
        for found in given.targets
    )
    page = _page("targets", say("Targets"), columns, rows, say)
    return _with_documents(page, (found.document for found in given.targets), say)


def _responsibilities(given: ResponsibilityList, say: Catalog) -> Page:
    columns = (
        Column(say("Document"), 22, is_text=True),
        Column(say("Clause"), 16),
        Column(say("Bodies"), 32, is_text=True),
        Column(say("Words"), 30, is_text=True),
    )
    rows = (
        text_row(
            _named(found.document),
            found.address,
            bodies(found.responsibility, say),
            found.responsibility.text,
        )
        for found in given.responsibilities
    )
    page = _page("responsibilities", say("Responsibilities"), columns, rows, say)
    return _with_documents(page, (found.document for found in given.responsibilities), say)


def _citations(given: CitationList, say: Catalog) -> Page:
    columns = (
        Column(say("Document"), 26, is_text=True),
        Column(say("Clause"), 10),
        Column(say("Cited as"), 8),
        Column(say("Cited document"), 34, is_text=True),
        Column(say("Document number"), 14, is_text=True),
        Column(say("Article"), 8, is_text=True),
    )
    rows = (
        text_row(
            _named(found.document),
            found.address or say(_CARRIER),
            say(CITATION_RELATIONS[found.citation.relation]),
            found.citation.title or "",
            found.citation.document_number or "",
            found.citation.article or "",
            kind=found.citation.relation,
        )
        for found in given.citations
    )
    page = _page("citations", say("Citations"), columns, dict.fromkeys(rows), say)
    return _with_documents(page, (found.document for found in given.citations), say)


_MAKERS: dict[type[Value], Callable[..., Page]] = {
    DocumentList: _documents,
    VersionLog: _log,
    Blame: _blame,
    SearchHits: _hits,
    TargetList: _targets,
    ResponsibilityList: _responsibilities,
    CitationList: _citations,
}
