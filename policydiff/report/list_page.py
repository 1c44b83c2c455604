"""Lists with columns, titles, first sentences and groups of their own; other results are listed record by record.

A list is found by the name of its schema, so that the package that made the list need not be imported.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from policydiff.model import Pace, Reference
from policydiff.report.catalog import N_, Catalog, sentence_told
from policydiff.report.document_page import (
    CARRIER,
    citation_fields,
    clause_named,
    duty_fields,
    kind_of,
    notice,
    side,
    target_fields,
    version_named,
)
from policydiff.report.outline import address_of
from policydiff.report.page import NUMBER, TEXT, Field, Made
from policydiff.report.runs import marked
from policydiff.report.standing_lists import STATES, Listed, documents, judged, log, validity
from policydiff.report.words import BASIS_CHANGES, counted_in_order


def _named(reference: Reference) -> str:
    return reference.title or reference.file or reference.id or ""


def _blame(given: Any, say: Catalog) -> Listed:
    fields = (
        Field(say("Version"), 14, lambda each: version_named(each.version, say)),
        Field(say("Since"), 12, lambda each: each.since),
        Field(say("Clause"), 12, lambda each: _address(each, say)),
        Field(say("Text"), 62, lambda each: each.text, TEXT),
    )
    sides = (side(say("Document"), given.document, None, say),)
    made = Made(lambda each: each.version)
    title = say("Where each clause comes from")
    return Listed(title, given.clauses, fields, made, sides, notice=notice(say, judged=False))


def _address(found: Any, say: Catalog) -> str:
    return found.address or clause_named(found.clause, found.label, found.text, say)


def _search(given: Any, say: Catalog) -> Listed:
    fields = (
        Field(say("Document"), 28, lambda hit: _named(hit.document), TEXT),
        Field(say("Clause"), 12, lambda hit: _address(hit, say)),
        Field(say("Text"), 60, lambda hit: marked(hit.text, hit.spans), TEXT),
    )
    clauses = say.plural("{n} clause", "{n} clauses", len(given.hits))
    documents = len({hit.document.id for hit in given.hits})
    lead = say.plural("{clauses} in {n} document.", "{clauses} in {n} documents.", documents, clauses=clauses)
    if not given.hits:
        lead = say("No clause of the store holds all the words.")
    elif len(given.hits) < given.total:
        lead = say(
            "The best {n} of {total} clauses that hold all the words.", n=len(given.hits), total=given.total
        )
    title = say("Found for “{query}”", query=given.query)
    return Listed(title, given.hits, fields, notice=notice(say, judged=False), lead=lead)


def _found(title: str, part: str, fields: Callable[[Catalog], Sequence[Field]]) -> "_Maker":
    """Return the maker of a list of facts found in documents, with the columns document, clause, and `fields` for the kind of fact.

    If all rows name one document, it is shown above the list instead of in a column.
    """

    def listed(given: Any, say: Catalog) -> Listed:
        inner = [field._replace(of=partial(_within, part, field.of)) for field in fields(say)]
        columns = (
            Field(say("Document"), 22, lambda each: _named(each.document), TEXT),
            Field(say("Clause"), 12, lambda each: each.address or say(CARRIER)),
            *inner,
        )
        named = {(each.id, each.version, each.file): each for each in (found.document for found in given)}
        sides = tuple(side(say("Document"), each, None, say) for each in named.values() if len(named) == 1)
        return Listed(
            say(title),
            given,
            columns,
            Made(lambda each: kind_of(getattr(each, part))),
            sides,
            notice=notice(say, judged=False),
            is_of_one=bool(sides),
            is_once=True,
        )

    return listed


def _within(part: str, of: Callable[[Any], Any], each: Any) -> Any:
    return of(getattr(each, part))


def _audit(given: Any, say: Catalog) -> Listed:
    """Return the records of the store: one group for each commit, with one row for each document."""

    def commit(entry: Any) -> str:
        known = STATES.get(entry.action.value) if entry.action else None
        parts = (
            say.moment(entry.recorded_at),
            say(known) if known else entry.subject,
            str(entry.author).partition(" <")[0],
            say("commit {commit}", commit=entry.commit[:12]),
        )
        return " · ".join(part for part in parts if part)

    def versions(each: Any) -> str:
        return say.joined(*(version_named(version, say) for version in each.versions))

    fields = (
        Field(say("Document"), 60, lambda each: each.id),
        Field(say("Versions recorded"), 40, versions, TEXT),
    )
    return Listed(say("What was recorded when"), given.entries, fields, Made(group=commit))


def _delegations(given: Any, say: Catalog) -> Listed:
    """Return the orders to make further documents: each order with its place, then the documents that answer it and their delay."""
    fields = (
        Field(say("Document"), 20, lambda each: each.title, TEXT),
        Field(say("Clause"), 12, lambda each: address_of(each.clause)),
        Field(say("Body"), 16, lambda each: each.body, TEXT),
        Field(say("To be made"), 10, lambda each: each.thing, TEXT),
        Field(say("Due"), 10, lambda each: each.due or each.due_words),
        Field(say("Made as"), 18, lambda each: _answered(each, say), TEXT),
        Field(say("Words"), 34, lambda each: each.text, TEXT),
    )
    lead = say(
        "Of {total} orders to make something, a document of the store answers {made}; overdue: {overdue}.",
        total=len(given.entries),
        made=sum(bool(each.made) for each in given.entries),
        overdue=sum((each.overdue_days or 0) > 0 for each in given.entries),
    )
    return Listed(say("What others were ordered to make"), given.entries, fields, lead=lead)


def _answered(entry: Any, say: Catalog) -> str:
    """Return the documents that answer an order, with date and delay; without an answer, the number of days overdue."""
    made = []
    for each in entry.made:
        late = each.late_days or 0
        delay = say.plural("{n} day late", "{n} days late", late) if late > 0 else ""
        made.append(say.joined(f"{each.title} {say.day(each.day)}", delay))
    if made:
        return say.semicolon.join(made)
    overdue = entry.overdue_days or 0
    return say.plural("overdue by {n} day", "overdue by {n} days", overdue) if overdue > 0 else ""


def _radar(given: Any, say: Catalog) -> Listed:
    """Return the local documents behind their basis: the change of the basis, its day, and the clauses that it affects."""

    def behind(each: Any) -> str:
        number = sum(clause.pace is not Pace.CURRENT for clause in each.clauses)
        return sentence_told(each.unread, say.lang) if each.unread else str(number)

    def astray(each: Any) -> str:
        return say.semicolon.join(
            f"{address_of(ref.clause)}{say.colon}{ref.printed} → {ref.leads_to or '—'}"
            for ref in each.references
        )

    fields = (
        Field(say("Local document"), 22, lambda each: each.title, TEXT),
        Field(say("Superior document"), 22, lambda each: each.basis_title, TEXT),
        Field(say("What became of it"), 8, lambda each: judged(each.change.value, say)),
        Field(say("Changed on"), 10, lambda each: each.since),
        Field(say("Made under"), 10, lambda each: version_named(each.made_under, say)),
        Field(say("Text in force now"), 16, lambda each: each.current),
        Field(say("Clauses behind"), 8, behind, NUMBER),
        Field(say("References astray"), 16, astray, TEXT),
        Field(say("Words"), 24, lambda each: each.sentence, TEXT),
        Field(say("Id"), 16, lambda each: each.id),
    )
    counted = counted_in_order((each.change for each in given.entries), BASIS_CHANGES, say)
    lead = say(
        "{day}: documents to be looked at: {number} of {total} with a basis in the store{why}.",
        day=say.day(given.day),
        number=len({each.id for each in given.entries}),
        total=given.with_basis,
        why=say(" (their basis: {counted})", counted=counted) if counted else "",
    )
    return Listed(say("Local documents to be looked at"), given.entries, fields, lead=lead)


_Maker = Callable[[Any, Catalog], Listed]
LISTS: dict[str, _Maker] = {
    "documents": documents,
    "log": log,
    "blame": _blame,
    "search": _search,
    "targets": _found(N_("Targets"), "target", target_fields),
    "responsibilities": _found(N_("Responsibilities"), "responsibility", duty_fields),
    "citations": _found(N_("Citations"), "citation", citation_fields),
    "audit": _audit,
    "delegations": _delegations,
    "radar": _radar,
    "validity": validity,
}
"""Function that makes each list, by the name of the result's schema."""
