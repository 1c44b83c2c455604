"""Lists on the state of documents: documents of a store, versions of a document, documents in force with the deciding sentence.

The module also defines the form of all lists for people, and the labels for the outcome of each list item.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from policydiff.model import ForceKind, ListedDocument, Reference, VersionHead, VersionRecord
from policydiff.model.lagging import ValidityState
from policydiff.report import words
from policydiff.report.catalog import N_, Catalog, sentence_told
from policydiff.report.document_page import side, version_named
from policydiff.report.page import TEXT, Field, Made, Side, Timeline
from policydiff.report.pictures import line_of_time
from policydiff.report.runs import Cell, Mark, badge, cell
from policydiff.report.to_text import one_line
from policydiff.report.words import BASIS_CHANGES, LEVELS, VALIDITY, counted_in_order, counts, named


class Listed(NamedTuple):
    """The items of a list, its columns, and the title, lead and notice around the list."""

    title: str
    items: Iterable[Any]
    fields: Sequence[Field]
    made: Made = Made()
    sides: tuple[Side, ...] = ()
    lead: str = ""
    """Sentence with the counts above the list; empty if title and number of rows already tell them."""
    answers: tuple[str, ...] = ()
    pictures: tuple[Timeline, ...] = ()
    notice: str = ""
    is_of_one: bool = False
    """Whether every row names the document above the list, so that the first column is left out for people."""
    is_once: bool = False
    """Whether rows with the same cells are shown only once."""


STATES = (
    named(
        (
            *("added", "doubtful", "refused", "unchanged", "corrected"),
            *("add", "revise", "correct", "reextract"),
            *("meta", "reextracted", "damaged", "missing", "unexpected", "changed", "unrecorded", "object"),
            *("removed", "rewritten", "backdated", "unsigned", "failed", "dry run", "unconfirmed", "unsure"),
            *("transient", "gone", "blocked", "structure_changed", "empty"),
            *("page", "file", "notice", "listing", "feed", "folder"),
        ),
        blocked=N_("access refused"),
        empty=N_("no text"),
        file=N_("linked file"),
        notice=N_("notice with attachments"),
        left_out=N_("left out"),
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
"""Labels for the outcome of a file, document, version or source: values of `status`, `kind`, `state`, `failure` …"""


def judged(value: str, say: Catalog) -> Cell:
    """Return the label of a published name as a badge."""
    return (badge(say(STATES.get(value, value)), value),)


MEANINGS = {
    "transient": N_("the network or the site has trouble; the next run will tell"),
    "gone": N_("the page was withdrawn or moved; the recorded versions stay"),
    "blocked": N_("the site refuses access, or shows only a part of the text"),
    "structure_changed": N_("the page is not what the source describes; a person has to look"),
    "empty": N_("the page holds no text; a script may fill it in"),
}


def why_unread(entry: Any, say: Catalog) -> str:
    """Return why a source could not be read, in the reader's language; words of other programs appear in English only."""
    failure, status = getattr(entry, "failure", None), getattr(entry, "status", None)
    meaning = say(MEANINGS[failure]) if failure else ""
    told = one_line(sentence_told(entry.detail or meaning, say.lang))
    if say.lang == "en" or not _UNTOLD.search(told):
        return told
    return f"{meaning} (HTTP {status})" if status and status >= 400 else meaning or told


_UNTOLD = re.compile(r"(?:[A-Za-z]+ ){2}[a-z]+")
_KNOWN_BY = {"dated": N_("the date of the version"), "seen": N_("first seen")}
"""Labels for the source of a first day in force that no text states."""


def documents(given: Any, say: Catalog) -> Listed:
    """Return the documents of a store, each with the head of its newest version and its validity."""
    fields = (
        Field(say("Title"), 34, lambda each: each.shown.title, TEXT),
        Field(say("Document number"), 22, lambda each: each.shown.document_number),
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
    """Return the validity of a document, with its last day if known."""
    if not listed.validity:
        return ""
    state = say(VALIDITY[listed.validity])
    if listed.amended_by:
        state = say("{state}, amended since", state=state)
    return say("{state}, until {day}", state=state, day=say.day(listed.until)) if listed.until else state


def log(given: Any, say: Catalog) -> Listed:
    """Return the versions of a document with their days in force; a version whose number or title differs from the document's shows it."""
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
        Field(say("Document number"), 18, lambda each: (each.record.head or VersionHead()).document_number),
        Field(say("Title"), 18, lambda each: (each.record.head or VersionHead()).title, TEXT),
        Field(say("What changed"), 28, lambda each: each.changes and counts(each.changes, say), TEXT),
        Field(say("Source"), 18, lambda each: each.record.url or _captured(each.record, say)),
    )
    newest = next(iter(given.versions), None)
    head = newest.record.head_in(given.identity) if newest else given.identity
    known = head.model_dump(include={"title", "document_number", "issuing_bodies"})
    sides = (side(say("Document"), Reference(id=given.identity.id, **known), None, say),)
    return Listed(
        say("Versions"),
        given.versions,
        fields,
        sides=sides,
        answers=_standing(given, say),
        pictures=_time_line(given, say),
    )


def _standing(given: Any, say: Catalog) -> tuple[str, ...]:
    """Return the validity of the document today; if another document contradicts the document's own text, both statements."""
    stands = given.standing
    if stands is None:
        return ()
    told = [say("Stands today: {state}", state=say(VALIDITY[stands.state.value]))]
    own = next(
        (each.record.expires for each in given.versions if each.record.version == stands.version), None
    )

    def named_in(ground: Any) -> dict[str, str]:
        return {"title": ground.title, "document": ground.document, "sentence": ground.text}

    for ground in stands.grounds:
        if ground.kind is ForceKind.ENDS and ground.part:
            names = {"part": ground.part, **named_in(ground)}
            told.append(
                say(
                    "{title} ({document}) ended {part} on {day}: {sentence}", day=say.day(ground.day), **names
                )
                if ground.day
                else say("{title} ({document}) ended {part}; no day is given: {sentence}", **names)
            )
    for ground in stands.decisive:
        if ground.document.partition("@")[0] == stands.id or ground.kind in ("recorded", "ruling"):
            continue
        names = named_in(ground)
        if ground.kind == "amends":
            told.append(
                say(
                    "{title} ({document}) amends it from {day}, and the store holds no text after that: {sentence}",
                    day=say.day(ground.day),
                    **names,
                )
            )
        elif ground.document == stands.ended_by:
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
    """Return the versions in order of their dates, each with the number of clauses that it changed, if that was counted."""
    if not any(entry.changes for entry in given.versions):
        return ()
    entries = sorted(given.versions, key=lambda entry: str(entry.record.issued or entry.record.version))
    steps = (
        (each.in_force_from or each.record.issued, each.record.version, each.changes, ()) for each in entries
    )
    return (line_of_time(steps, say),)


def _captured(record: VersionRecord, say: Catalog) -> str:
    """Return the kind of the captured file if no address is known, because the name of the file is not kept."""
    return say("file ({kind})", kind=record.source_name.rpartition(".")[2].upper())


def validity(given: Any, say: Catalog) -> Listed:
    """Return the validity of each document on the day, with the sentence and the document that decide it."""

    def sentence(each: Any) -> Cell:
        found, by = next(iter(each.decisive), None), each.since_by
        return cell(found.text) if found else cell(say(words.BEGINS_BY[by]), Mark.MUTED) if by else ()

    def state(each: Any) -> Cell:
        shown = judged(each.state.value, say)
        out = dict.fromkeys(ground.part or "" for ground in each.parts_out_of_force(given.day))
        said = [say("amended since")] if _is_amended(each) else []
        if out and each.state in (ValidityState.IN_FORCE, ValidityState.SUSPENDED):
            said.append(say("but for {parts}", parts=say.joined(*out)))
        return (*shown, *cell(f" {say.joined(*said)}")) if said else shown

    def said_by(each: Any) -> str:
        found = next(iter(each.decisive), None)
        if found is None or found.document.partition("@")[0] == each.id:
            return ""
        return f"{found.title} [{found.document}]"

    fields = (
        Field(say("Document"), 26, lambda each: each.title, TEXT),
        Field(say("Validity"), 10, state),
        Field(say("Since"), 15, lambda each: each.since),
        Field(say("Last day in force"), 15, lambda each: each.until),
        Field(say("Sentence"), 28, sentence, TEXT),
        Field(say("Said by"), 18, said_by, TEXT),
        Field(say("Id"), 16, lambda each: each.id),
    )
    what = _counted_by_state([each.state for each in given.documents], say)
    lead = say("On {day}: {what}", day=say.day(given.day), what=what)
    amended = sum(map(_is_amended, given.documents))
    if amended:
        lead += say(" Amended since, without a later text in the store: {n}.", n=amended)
    return Listed(say("What is in force"), given.documents, fields, lead=lead)


def _is_amended(standing: Any) -> bool:
    """Return whether the sentences that decide the validity are from amending acts whose changes the text does not hold yet."""
    return bool(standing.amended_by) and standing.decisive[0].kind == "amends"
