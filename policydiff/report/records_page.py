"""The page of any other result: one table of its flat records, and for some a sentence and lists of what to look at.

Results of rooms above this one are known by the names of their schemas, so that no room is loaded to print another's.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from policydiff.model.base import Record, Result
from policydiff.report.catalog import N_, Catalog, sentence_told
from policydiff.report.page import Entry, Findings, Page
from policydiff.report.records_tables import records_table, table_of
from policydiff.report.runs import Mark, Run, badge, cell, shortened
from policydiff.report.words import VALIDITY

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
    "status": N_("How the store stands"),
    "trial": N_("What a source holds now"),
    "validity": N_("What is in force"),
    "verification": N_("Soundness of the store"),
}
"""Title of a page by the name of the result's schema."""
_TABLE_TITLES = {
    "status": N_("Local documents behind their superiors"),
    "verification": N_("Faults of the store"),
}
"""Title of the table of records where it holds less than the page tells."""
_BESIDE = {
    "contradictions": N_("Sentences that contradict each other"),
    "unresolved": N_("Texts ended or extended that the store does not surely hold"),
    "aside": N_("Documents that are out of force themselves"),
}


def _beside(name: str, result: Any) -> Iterator[tuple[str, list[Record]]]:
    """Yield what a radar or an answer on validity lists beside its documents."""
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
                {"title": each.named, "said_by": each.document, "sentence": each.text, "detail": each.reason}
                for each in result.unresolved
            ],
        )


def records_page(result: Result, say: Catalog) -> Page:
    """Return a page with one table: a column a field that any record fills, in the records' own order.

    What a result lists beside its records stands in further tables.
    """
    name = str(getattr(result, "schema_id", "policydiff/records/1")).split("/")[1]
    title = say(_TITLES[name]) if name in _TITLES else name
    heading = say(_TABLE_TITLES[name]) if name in _TABLE_TITLES else title
    tables = [table_of(name, heading, result, say)]
    for further, records in _beside(name, result):
        if records:
            tables.append(records_table(further, say(_BESIDE[further]), records, say))
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
