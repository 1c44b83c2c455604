"""Lists that people read otherwise than record by record: what stands in their columns, above and around them.

Each is told by the name of its result's schema, so that no room is loaded to print another's.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from policydiff.model import ListedDocument, Pace, Reference, VersionRecord
from policydiff.report import words
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
from policydiff.report.page import NUMBER, TEXT, Field, Made, Side, Timeline
from policydiff.report.pictures import line_of_time
from policydiff.report.runs import Cell, Mark, badge, cell, marked
from policydiff.report.words import BASIS_CHANGES, LEVELS, VALIDITY, counted_in_order, counts, named


class Listed(NamedTuple):
    """The items of a list, its columns, and what stands around them."""

    title: str
    items: Iterable[Any]
    fields: Sequence[Field]
    made: Made = Made()
    sides: tuple[Side, ...] = ()
    lead: str = ""
    """Sentence above the list with the counts; empty if title and number of rows already say as much."""
    answers: tuple[str, ...] = ()
    pictures: tuple[Timeline, ...] = ()
    notice: str = ""
    is_of_one: bool = False
    """Every row names the document that stands above the list: the first column is left out where people read it."""
    is_once: bool = False
    """Rows that say the same stand there once."""


_KNOWN_BY = {"dated": N_("the text's own date"), "seen": N_("first seen")}
"""What a first day in force is known by that no text states."""
STATES = (
    named(
        (
            *(
                "added",
                "doubtful",
                "refused",
                "unchanged",
                "corrected",
                "add",
                "revise",
                "correct",
                "reextract",
            ),
            *("meta", "reextracted", "damaged", "missing", "unexpected", "changed", "unrecorded", "object"),
            *("removed", "rewritten", "backdated", "unsigned", "failed", "dry run", "unconfirmed"),
            *("transient", "gone", "blocked", "structure_changed", "empty"),
            *("page", "file", "notice", "listing", "feed", "folder"),
        ),
        blocked=N_("access refused"),
        empty=N_("no text"),
        file=N_("linked file"),
        notice=N_("notice with attachments"),
        add=N_("added"),
        revise=N_("new version"),
        correct=N_("corrected"),
        reextract=N_("read again"),
        meta=N_("described anew"),
        reextracted=N_("read again"),
        object=N_("git object"),
    )
    | VALIDITY
    | BASIS_CHANGES
)
"""Words for what became of a file, a document, a version or a source: values of `status`, `kind`, `state`, `failure` …"""


def judged(value: str, say: Catalog) -> Cell:
    """Return a published name as a judgement in words."""
    return (badge(say(STATES.get(value, value)), value),)


def _named(reference: Reference) -> str:
    return reference.title or reference.file or reference.id or ""


def _documents(given: Any, say: Catalog) -> Listed:
    fields = (
        Field(say("Title"), 34, lambda each: each.identity.title, TEXT),
        Field(say("Document number"), 22, lambda each: each.identity.document_number),
        Field(say("Level"), 8, lambda each: each.identity.level and say(LEVELS[each.identity.level])),
        Field(say("Newest version"), 14, lambda each: version_named(each.newest or "", say)),
        Field(say("Versions"), 10, lambda each: each.versions),
        Field(say("Validity"), 10, lambda each: _state(each, say)),
        Field(say("Id"), 22, lambda each: each.identity.id),
    )
    lead = _counted_by_state([each.validity for each in given.documents], say)
    return Listed(say("Documents"), given.documents, fields, lead=lead)


def _counted_by_state(states: Sequence[Any], say: Catalog) -> str:
    told = say.plural("{n} document", "{n} documents", len(states))
    counted = counted_in_order(states, VALIDITY, say)
    return say("{documents}: {counted}.", documents=told, counted=counted) if counted else ""


def _state(listed: ListedDocument, say: Catalog) -> str:
    """Return how a document stands, with its last day where one is known."""
    if not listed.validity:
        return ""
    state = say(VALIDITY[listed.validity])
    return say("{state}, until {day}", state=state, day=say.day(listed.until)) if listed.until else state


def _log(given: Any, say: Catalog) -> Listed:
    fields = (
        Field(say("Version"), 14, lambda each: version_named(each.record.version, say)),
        Field(say("In force from"), 12, lambda each: each.in_force_from),
        Field(
            say("Known by"),
            10,
            lambda each: _KNOWN_BY.get(each.in_force_by) and say(_KNOWN_BY[each.in_force_by]),
        ),
        Field(say("In force until"), 12, lambda each: each.in_force_until),
        Field(say("Recorded"), 16, lambda each: say.moment(each.record.recorded_at)),
        Field(say("What changed"), 28, lambda each: each.changes and counts(each.changes, say), TEXT),
        Field(say("Source"), 18, lambda each: each.record.url or _captured(each.record, say)),
    )
    known = given.identity.model_dump(include={"id", "title", "document_number", "issuing_bodies"})
    sides = (side(say("Document"), Reference(**known), None, say),)
    return Listed(
        say("Versions"),
        given.versions,
        fields,
        sides=sides,
        answers=_standing(given, say),
        pictures=_time_line(given, say),
    )


def _standing(given: Any, say: Catalog) -> tuple[str, ...]:
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
                say("{title} ({document}) ended it on {day}: {sentence}", day=say.day(ground.day), **names)
                if ground.day
                else say("{title} ({document}) ended it; no day is given: {sentence}", **names)
            )
        elif own and stands.until and own != stands.until:
            told.append(
                say(
                    "The text itself gives {own}; {title} ({document}) changes the last day to {day}: {sentence}",
                    own=say.day(own),
                    day=say.day(stands.until),
                    **names,
                )
            )
    return tuple(told)


def _time_line(given: Any, say: Catalog) -> tuple[Timeline, ...]:
    """The versions in order of their dates, each with how many clauses it changed, where that was counted."""
    if not any(entry.changes for entry in given.versions):
        return ()
    entries = sorted(given.versions, key=lambda entry: str(entry.record.issued or entry.record.version))
    steps = (
        (each.in_force_from or each.record.issued, each.record.version, each.changes, ()) for each in entries
    )
    return (line_of_time(steps, say),)


def _captured(record: VersionRecord, say: Catalog) -> str:
    """Return what was captured where no address was: the name of the file is not kept, its kind is."""
    return say("file ({kind})", kind=record.source_name.rpartition(".")[2].upper())


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
    """Return the maker of a list of what was found in documents: document, clause, and the columns of that part.

    Where all rows name one document, it stands above the list instead of in a column of its own.
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
    """What was recorded: one group a commit, in it a row a document."""

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
    """What documents order others to make: the order and its place, then who answered and how late."""
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
        "Of {total} orders to make something, a document of the store answers {made}; {overdue} are overdue.",
        total=len(given.entries),
        made=sum(bool(each.made) for each in given.entries),
        overdue=sum((each.overdue_days or 0) > 0 for each in given.entries),
    )
    return Listed(say("What others were ordered to make"), given.entries, fields, lead=lead)


def _answered(entry: Any, say: Catalog) -> str:
    """Return the documents that answer an order with date and delay; without an answer, the number of days overdue."""
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
    """Local documents behind their basis: what became of the basis, since when, and what it touches."""

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
        Field(say("Since"), 10, lambda each: each.since),
        Field(say("Made under"), 10, lambda each: version_named(each.made_under, say)),
        Field(say("Text in force now"), 16, lambda each: each.current),
        Field(say("Clauses behind"), 8, behind, NUMBER),
        Field(say("References astray"), 16, astray, TEXT),
        Field(say("Words"), 24, lambda each: each.sentence, TEXT),
        Field(say("Id"), 16, lambda each: each.id),
    )
    counted = counted_in_order((each.change for each in given.entries), BASIS_CHANGES, say)
    lead = say(
        "{day}: {number} of {total} documents with a basis in the store are to be looked at{why}.",
        day=say.day(given.day),
        number=len({each.id for each in given.entries}),
        total=given.with_basis,
        why=say(" (their basis: {counted})", counted=counted) if counted else "",
    )
    return Listed(say("Local documents to be looked at"), given.entries, fields, lead=lead)


def _validity(given: Any, say: Catalog) -> Listed:
    """How each document stands, by which sentence of which document."""

    def sentence(each: Any) -> Cell:
        found, by = next(iter(each.decisive), None), each.since_by
        return cell(found.text) if found else cell(say(words.BEGINS_BY[by]), Mark.MUTED) if by else ()

    def said_by(each: Any) -> str:
        found = next(iter(each.decisive), None)
        if found is None or found.document.partition("@")[0] == each.id:
            return ""
        return f"{found.title} [{found.document}]"

    fields = (
        Field(say("Document"), 26, lambda each: each.title, TEXT),
        Field(say("Validity"), 10, lambda each: judged(each.state.value, say)),
        Field(say("Since"), 15, lambda each: each.since),
        Field(say("Last day in force"), 15, lambda each: each.until),
        Field(say("Sentence"), 28, sentence, TEXT),
        Field(say("Said by"), 18, said_by, TEXT),
        Field(say("Id"), 16, lambda each: each.id),
    )
    what = _counted_by_state([each.state for each in given.documents], say)
    lead = say("On {day}: {what}", day=say.day(given.day), what=what)
    return Listed(say("What is in force"), given.documents, fields, lead=lead)


_Maker = Callable[[Any, Catalog], Listed]
LISTS: dict[str, _Maker] = {
    "documents": _documents,
    "log": _log,
    "blame": _blame,
    "search": _search,
    "targets": _found(N_("Targets"), "target", target_fields),
    "responsibilities": _found(N_("Responsibilities"), "responsibility", duty_fields),
    "citations": _found(N_("Citations"), "citation", citation_fields),
    "audit": _audit,
    "delegations": _delegations,
    "radar": _radar,
    "validity": _validity,
}
"""What makes each list, by the name of its result's schema."""
