"""The pages of a document's sources and of its takers."""

from collections.abc import Iterator
from functools import partial

from policydiff.model import Coverage
from policydiff.report import page_of
from policydiff.report.catalog import N_, Catalog
from policydiff.report.comparison_view import in_short
from policydiff.report.document_page import notice, side
from policydiff.report.page import (
    NUMBER,
    TEXT,
    Entry,
    Field,
    Findings,
    Made,
    Moment,
    Page,
    Strip,
    StripCell,
    StripLine,
    Table,
    Timeline,
    tabled,
    written,
)
from policydiff.report.runs import Cell, badge, cell
from policydiff.report.several_page import sourced_page
from policydiff.report.to_text import one_line
from policydiff.report.words import COVERAGE, LEVELS
from policydiff.reuse import (
    CorpusReuse,
    DocumentReuse,
    DocumentSources,
    Doubt,
    FoundBy,
    FoundSource,
    TakenClause,
    Taker,
)

FOUND_BY = {FoundBy.CITATION: N_("cited"), FoundBy.TEXT: N_("shared wording")}
DOUBTS = {
    Doubt.UNDATED: N_("its text bears no date: it may be the later one"),
    Doubt.VERSION_LATER: N_("only a later version of it is in the store"),
    Doubt.SAME_DAY: N_("it bears the same day: which was first is not known"),
    Doubt.NOT_IN_FORCE: N_("not known to be in force then: the nearest version is compared"),
    Doubt.LEVEL_UNKNOWN: N_("whether its issuer stands above is not known"),
}
_TITLE = 60
"""Characters of a title in a line."""


@page_of.register
def sources_page(found: DocumentSources, say: Catalog) -> Page:
    """Return where a document comes from: its sources, then its sentences with the source of each."""
    title = say("Where the document comes from")
    table = _sources_table(found, say)
    aside = Findings(
        "later",
        say("Share wording, but were made later"),
        tuple(
            Entry(cell(f"{one_line(each.title, _TITLE)} [{each.id}@{each.version}]"))
            for each in found.set_aside
        ),
    )
    if found.comparison is None:
        return Page(
            "document-sources",
            title,
            (side(say("Document"), found.document, None, say),),
            (table,),
            "sources",
            lead=say("No document of the store was found that it comes from."),
            answers=tuple(_limits(found, say)),
            findings=(aside,) if aside.entries else (),
            notice=notice(say, judged=True),
        )
    page = sourced_page(found.comparison, say)
    best = found.sources[0]
    return page._replace(
        name="document-sources",
        title=title,
        lead=say(
            "Likely sources: {n}, the first of them {title}.",
            n=len(found.sources),
            title=one_line(best.document.title or str(best.document.name), _TITLE),
        ),
        answers=(page.lead, *page.answers, *_limits(found, say)),
        findings=(*page.findings, *((aside,) if aside.entries else ())),
        tables=(table, *page.tables),
    )


def _limits(found: DocumentSources, say: Catalog) -> Iterator[str]:
    yield say(
        "Looked for were documents of this store that it cites or whose wording it shares; the comparison judged them."
    )
    if not found.dated:
        yield say("The document bears no date: its sources may be later than it.")
    if found.slight:
        yield say(
            "Not compared, as they share less than 2 % of the wording, or far less than the first source: {n}.",
            n=found.slight,
        )


def _level(each: FoundSource | Taker, say: Catalog) -> str:
    return say(LEVELS[each.level]) if each.level else say("not known")


def _sources_table(found: DocumentSources, say: Catalog) -> Table:
    fields = (
        Field(say("Source"), 40, lambda each: f"{each.document.title or ''} [{each.document.name}]", TEXT),
        Field(say("Level"), 8, lambda each: _level(each, say)),
        Field(say("Found by"), 14, lambda each: say.joined(*(say(FOUND_BY[way]) for way in each.found_by))),
        Field(say("Shared wording"), 8, lambda each: f"{each.share:.1%}"),
        Field(say("Sentences adopted"), 8, lambda each: found.compared(each).summary.sure, NUMBER),
        Field(say("For a person to judge"), 8, lambda each: found.compared(each).summary.possible, NUMBER),
        Field(
            say("Doubts"), 22, lambda each: say.joined(*(say(DOUBTS[doubt]) for doubt in each.doubts)), TEXT
        ),
    )
    return tabled("sources", say("Sources"), found.sources, fields, Made(weight=2))


@page_of.register
def reuse_page(found: DocumentReuse, say: Catalog) -> Page:
    """Return the page of a document's takers by date, and each measure with its fate in them."""
    adopted = sum(each.first is not None for each in found.clauses)
    return Page(
        name="document-reuse",
        title=say("Who took what from the document"),
        sides=(side(say("Document"), found.document, None, say),),
        lead=say(
            "Documents of the store that took from it: {n}; measures that one of them took up: {adopted} of {total}.",
            n=sum(each.sure > 0 for each in found.takers),
            adopted=adopted,
            total=len(found.clauses),
        ),
        answers=tuple(_reuse_limits(found, say)),
        pictures=(_takers_in_time(found, say), _heat(found, say)) if found.takers else (),
        tables=(_takers_table(found, say), _clauses_table(found, say)),
        main="clauses",
        notice=notice(say, judged=True),
    )


def _reuse_limits(found: DocumentReuse, say: Catalog) -> Iterator[str]:
    if not found.dated:
        yield say("The document bears no date: those named may be earlier.")
    same = sum(each.dated and each.day == found.document.issued for each in found.takers)
    if same:
        yield say("Of the same day as the document, so that the first of them is not known: {n}.", n=same)
    if found.not_compared:
        yield say("Not compared, though they share wording: {n} more.", n=found.not_compared)


def _named(found: DocumentReuse, place: int) -> str:
    reference = found.takers[place].document
    return one_line(reference.title or str(reference.name), _TITLE)


def _takers_in_time(found: DocumentReuse, say: Catalog) -> Timeline:
    moments = tuple(
        Moment(
            say.day(each.day) if each.dated else "",
            one_line(each.document.title or str(each.document.name), _TITLE),
            say("{n} sentences adopted", n=each.sure),
        )
        for each in found.takers
        if each.sure
    )
    head = (say("Date"), say("Document"), say("What it took"))
    return Timeline("takers-in-time", say("Takers by date"), moments, head)


def _heat(found: DocumentReuse, say: Catalog) -> Strip:
    lines = tuple(
        StripLine(
            f"{each.label or ''} {in_short('', each.text)}".strip(),
            "",
            tuple(
                StripCell(status.value, "", f"{_named(found, place)}{say.colon}{say(COVERAGE[status])}")
                for place, status in enumerate(each.statuses)
            ),
        )
        for each in found.clauses
    )
    kinds = tuple((status.value, say(COVERAGE[status])) for status in Coverage)
    columns = tuple(f"[{place + 1}]" for place in range(len(found.takers)))
    return Strip("matrix", say("Measures by taker"), say("Measure"), kinds, lines, columns)


def _taken_on(taker: Taker, say: Catalog) -> Cell:
    day = written(taker.day if taker.dated else say("not stated"))
    return (*day, *cell(say(" (there before, amended later)"))) if taker.was_there else day


def _takers_table(found: DocumentReuse, say: Catalog) -> Table:
    fields = (
        Field("#", 4, lambda pair: f"[{pair[0]}]"),
        Field(
            say("Document"),
            50,
            lambda pair: f"{pair[1].document.title or ''} [{pair[1].document.name}]",
            TEXT,
        ),
        Field(say("Date"), 12, lambda pair: _taken_on(pair[1], say)),
        Field(say("Level"), 10, lambda pair: _level(pair[1], say)),
        Field(say("Shared wording"), 8, lambda pair: f"{pair[1].share:.1%}"),
        Field(say("Sentences adopted"), 8, lambda pair: pair[1].sure, NUMBER),
        Field(say("For a person to judge"), 8, lambda pair: pair[1].possible, NUMBER),
    )
    return tabled(
        "takers", say("Documents that share wording"), enumerate(found.takers, 1), fields, Made(weight=2)
    )


def _clauses_table(found: DocumentReuse, say: Catalog) -> Table:
    width = max(4, 40 // max(1, len(found.takers)))

    def status(each: TakenClause, place: int) -> Cell:
        return (badge(say(COVERAGE[each.statuses[place]]), each.statuses[place].value),)

    fields = (
        Field(say("Clause"), 8, lambda each: each.label or each.clause),
        Field(say("Measure"), 40, lambda each: each.text, TEXT),
        Field(
            say("First taken up by"),
            20,
            lambda each: None if each.first is None else f"[{each.first + 1}] {_named(found, each.first)}",
            TEXT,
        ),
        *(
            Field(f"[{place + 1}]", width, partial(status, place=place), full=_named(found, place))
            for place in range(len(found.takers))
        ),
    )
    made = Made(weight=lambda each: 1 if each.first is None else 2)
    return tabled("clauses", say("Measures by taker"), found.clauses, fields, made)


STAGES = {
    "texts": N_("Sentences and their runs"),
    "shared": N_("Sentences that share a run"),
    "pairs": N_("Pairs of sentences and of documents"),
    "finish": N_("Tables of the whole"),
}


@page_of.register
def corpus_page(found: CorpusReuse, say: Catalog) -> Page:
    """Return the page of a run over the whole store: its figures, and the place of its tables."""
    tables = tabled(
        "tables",
        say("Tables"),
        found.tables,
        (
            Field(say("File"), 30, lambda each: each.file),
            Field(say("Rows"), 14, lambda each: each.rows, NUMBER),
            Field("SHA-256", 56, lambda each: each.sha256),
        ),
    )
    stages = tabled(
        "stages",
        say("Stages"),
        found.stages,
        (
            Field(say("Stage"), 50, lambda each: say(STAGES[each.name])),
            Field(say("Tasks"), 20, lambda each: each.tasks, NUMBER),
            Field(say("Done by an earlier run"), 30, lambda each: each.done_before, NUMBER),
        ),
    )
    return Page(
        "corpus-reuse",
        say("Reuse in the whole store"),
        (),
        (tables, stages),
        "tables",
        lead=say(
            "{texts} texts with {sentences} sentences: {pairs} pairs of sentences, {documents} pairs of documents, {families} families.",
            texts=found.texts,
            sentences=found.sentences,
            pairs=found.pairs,
            documents=found.documents,
            families=found.families,
        ),
        answers=(
            say(
                "Pairs are the same or nearly so. Rewordings are not looked for here: a comparison says what was adopted."
            ),
            say(
                "Folder: {folder}. Checksum over all pairs: {checksum}.",
                folder=found.folder,
                checksum=found.checksum,
            ),
        ),
        notice=notice(say, judged=True),
    )
