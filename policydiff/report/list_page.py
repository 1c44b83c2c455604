"""Lists as pages of one table."""

from collections.abc import Callable, Iterable

from policydiff.model import ChangeKind, Reference
from policydiff.model.base import Value
from policydiff.report.catalog import Catalog
from policydiff.report.figures_told import bodies, figure
from policydiff.report.outline import address_of
from policydiff.report.page import Column, Moment, Page, Row, Side, Table, Timeline, text_row
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
from policydiff.report.sides import notice, side
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
    table = Table(name, title, columns, tuple(rows))
    return Page(name, title, sides, (table,), name, notice=notice(say, judged=False))


def _named(reference: Reference) -> str:
    return reference.title or reference.file or reference.id or ""


def _documents(given: DocumentList, say: Catalog) -> Page:
    columns = (
        Column(say("Id"), 22),
        Column(say("Title"), 34, is_text=True),
        Column(say("Document number"), 22, is_text=True),
        Column(say("Level"), 8),
        Column(say("Newest version"), 14),
        Column(say("Versions"), 10),
        Column(say("Validity"), 10),
    )
    rows = (
        text_row(
            listed.identity.id,
            listed.identity.title,
            listed.identity.document_number or "",
            say(LEVELS[listed.identity.level]) if listed.identity.level else "",
            listed.newest or "",
            str(listed.versions),
            say(VALIDITY[listed.validity]) if listed.validity else "",
        )
        for listed in given.documents
    )
    return _page("documents", say("Documents"), columns, rows, say)._replace(notice="")


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
    return page._replace(notice="", pictures=_time_line(given, say))


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
        record.version,
        entry.in_force_from.isoformat() if entry.in_force_from else "",
        entry.in_force_until.isoformat() if entry.in_force_until else "",
        f"{record.recorded_at:%Y-%m-%d %H:%M}Z",
        counts(entry.changes, say) if entry.changes else "",
        record.url or record.source_name,
    )


def _blame(given: Blame, say: Catalog) -> Page:
    columns = (
        Column(say("Version"), 14),
        Column(say("Since"), 12),
        Column(say("Clause"), 12),
        Column(say("Text"), 62, is_text=True),
    )
    rows = (
        text_row(
            clause.version,
            clause.since.isoformat() if clause.since else "",
            clause.address or address_of(clause.clause, clause.label, clause.text),
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
                cell(hit.address or address_of(hit.clause, hit.label, hit.text)),
                marked(hit.text, hit.spans),
            )
        )
        for hit in given.hits
    )
    return _page("search", say("Found for “{query}”", query=given.query), columns, rows, say)


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
    return _page("targets", say("Targets"), columns, rows, say)


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
    return _page("responsibilities", say("Responsibilities"), columns, rows, say)


def _citations(given: CitationList, say: Catalog) -> Page:
    columns = (
        Column(say("Document"), 26, is_text=True),
        Column(say("Clause"), 10),
        Column(say("Relation"), 8),
        Column(say("Title"), 34, is_text=True),
        Column(say("Document number"), 14, is_text=True),
        Column(say("Article"), 8, is_text=True),
    )
    rows = (
        text_row(
            _named(found.document),
            found.address,
            say(CITATION_RELATIONS[found.citation.relation]),
            found.citation.title or "",
            found.citation.document_number or "",
            found.citation.article or "",
            kind=found.citation.relation,
        )
        for found in given.citations
    )
    return _page("citations", say("Citations"), columns, rows, say)


_MAKERS: dict[type[Value], Callable[..., Page]] = {
    DocumentList: _documents,
    VersionLog: _log,
    Blame: _blame,
    SearchHits: _hits,
    TargetList: _targets,
    ResponsibilityList: _responsibilities,
    CitationList: _citations,
}
