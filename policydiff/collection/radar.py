"""Local documents that are out of date because their basis was revised, repealed or replaced after they were made.

The tables of the index give the pairs of local document and basis. Only pairs that are out of date are compared; the result is
kept in the index under the hashes of the three texts (local document, old and new basis).
"""

import hashlib
from collections.abc import Iterator, Set as AbstractSet
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from pydantic import TypeAdapter
from rapidfuzz.fuzz import partial_ratio

from policydiff.collection.delegated import upward_citations, versions_held
from policydiff.collection.in_force import ValidityBook
from policydiff.collection.index import Index
from policydiff.collection.packed_clauses import pace_build
from policydiff.collection.relations import HeldTitles, version_then
from policydiff.errors import NotFoundError, PolicydiffError, worded
from policydiff.intake import parse_stored
from policydiff.lexicon.text_marks import first_words
from policydiff.lexicon.titles import ACT_KINDS, bare_title
from policydiff.model import Change, ChangeKind, Citation, Clause, Document, Pace, VersionRecord
from policydiff.model.comparison import LaggingClause
from policydiff.model.lagging import (
    BasisChange,
    DocumentValidity,
    LeftAside,
    Radar,
    RadarEntry,
    StrayReference,
    ValidityState,
)
from policydiff.store import Snapshot

_WEIGHTS = {
    BasisChange.REPEALED: 30,  # stands on nothing: only more than two clauses' worth beside it makes a replaced basis more urgent
    BasisChange.REPLACED: 24,  # another text holds what it stood on: clauses can be read against it
    BasisChange.EXPIRED: 18,  # a term that ran out is often renewed late: the text may come back as it was
    BasisChange.DISPUTED: 12,  # perhaps nothing changed; more than a bare revision, for a person has to decide it
    BasisChange.REVISED: 8,  # the basis still carries it; the clauses decide how urgent it is
}
"""Weight of a change of the basis by itself. A basis that is gone goes before one that changed. The steps between the
kinds are 6, two clauses behind, so that a step of the ladder gives way where more than that lags; the last step is 4, one
reference astray, for a contradiction may be no change at all."""
_CLAUSE = 3
"""Weight of a clause that lags behind its basis: it still orders the old law. Three missing new duties weigh as much."""
_REFERENCE = 4
"""Weight of an outdated reference: more than a lagging clause, because it points every reader to a wrong article."""
_LACKING = 1
"""Weight of a missing new duty: the least, because the basis itself contains the duty and holds without the local document."""
_OVER = frozenset({ValidityState.ENDED, ValidityState.EXPIRED, ValidityState.DRAFT})
_SHOWN = 40
"""Characters of the earlier wording shown in a row; enough to recognise a clause in a table."""


class Lag(NamedTuple):
    """A local document and a basis of it that changed."""

    local: str
    version: str
    day: date
    relation: str
    basis: str
    made_under: VersionRecord


class _Compared(NamedTuple):
    clauses: tuple[LaggingClause, ...]
    references: tuple[StrayReference, ...]


_COMPARED = TypeAdapter(_Compared)


def radar(index: Index, day: date, *, only: AbstractSet[str] | None = None) -> Radar:
    """Return every local document whose basis changed since it was made; the list is complete.

    With ids in `only`, the local documents that lag behind these documents, or behind texts that these ended or replaced.
    """
    book = ValidityBook(index)
    texts = _Texts(index, index.store.at(None), HeldTitles(index))
    pairs = list(_pairs(index, texts.titles))
    entries: list[RadarEntry] = []
    aside: list[LeftAside] = []
    standing: dict[str, DocumentValidity] = {}
    for document_id in book.ids():
        with suppress(NotFoundError):  # it has no version yet
            standing[document_id] = book.on(document_id, day)
    for lag in pairs:
        change = _change(lag, standing, index)
        if change is None or (only is not None and only.isdisjoint(change.documents(lag.basis))):
            continue
        own = standing.get(lag.local)
        if own is not None and own.state in _OVER:
            aside.append(LeftAside(id=lag.local, basis=lag.basis, reason=own.state.value))
            continue
        entries.append(_entry(texts, lag, change, standing, day))
    entries.sort(key=_order)
    return Radar(
        day=day,
        documents=len(standing),
        with_basis=len({lag.local for lag in pairs}),
        entries=tuple(entries),
        aside=tuple(aside),
    )


class _Changed(NamedTuple):
    kind: BasisChange
    now: str | None
    since: date | None
    said_by: str | None = None
    sentence: str | None = None

    def documents(self, basis: str) -> set[str]:
        """Return the ids of the documents involved in the change."""
        return {basis, *(name.partition("@")[0] for name in (self.now, self.said_by) if name)}


def _pairs(index: Index, titles: HeldTitles) -> Iterator[Lag]:
    """Yield every newest version with each held basis, once, under the surest relation."""
    versions = versions_held(index)
    for local in upward_citations(index):
        seen = {local.identity.id, None}
        for relation, number, title in local.cited:
            basis = titles.find(number, title)
            if basis in seen or basis not in versions:
                continue
            seen.add(basis)
            made_under = version_then(basis, versions[basis], local.day)[0]
            yield Lag(local.identity.id, local.version, local.day, relation, basis, made_under)


def _change(lag: Lag, standing: dict[str, DocumentValidity], index: Index) -> _Changed | None:
    """Return the change of a basis since the local document was made under it; None if the basis is unchanged."""
    now = standing.get(lag.basis)
    if now is None:
        return None
    said = now.decisive
    by, sentence = (said[0].document, said[0].text) if said else (None, None)
    gone = None if now.until is None else now.until + timedelta(days=1)
    if now.state is ValidityState.DISPUTED:
        return _Changed(BasisChange.DISPUTED, None, None, by, sentence)
    if now.state is ValidityState.ENDED and (gone is None or gone > lag.day):
        ender = now.ended_by
        replaced = (
            ender is not None
            and ender.partition("@")[0] != lag.basis
            and not _only_ends(index, ender, now.title)
        )
        kind = BasisChange.REPLACED if replaced else BasisChange.REPEALED
        return _Changed(kind, ender if replaced else None, gone, ender or by, sentence)
    if now.state is ValidityState.EXPIRED and (gone is None or gone > lag.day):
        return _Changed(BasisChange.EXPIRED, None, gone, by, sentence)
    return _revised(lag, now)


def _revised(lag: Lag, now: DocumentValidity) -> _Changed | None:
    """Return the revision of a basis since the local document was made: a newer held text, or an act that orders a change."""
    if (
        now.version is not None
        and now.version != lag.made_under.version
        and now.since is not None
        and now.since > lag.day
    ):
        return _Changed(BasisChange.REVISED, f"{lag.basis}@{now.version}", now.since)
    for act in now.amended_by:
        if act.day is not None and act.day > lag.day:
            return _Changed(BasisChange.REVISED, None, act.day, act.document, act.text)
    return None


def _only_ends(index: Index, name: str, basis: str) -> bool:
    """Return whether a document only ends further documents (关于废止…的决定) and replaces none."""
    row = index.database.execute(
        "SELECT title, type FROM document WHERE id = ?", (name.partition("@")[0],)
    ).fetchone()
    if row is None:
        return False
    title, kind = row
    if any(word in title for word in ("废止", "失效", "停止执行", "清理")):
        return True
    return kind in _NOTICES and partial_ratio(bare_title(title), bare_title(basis)) < _LIKE


_NOTICES = frozenset(ACT_KINDS.split("|"))
_LIKE = 60
"""Likeness of titles (0 to 100) from which a notice takes the place of the text it ends: 关于调整甲补贴标准的通知 has 67 in
common with the notice before it, 关于部分文件的通知 with an 办法 less than 40."""


class _Texts(NamedTuple):
    """The index with earlier findings, the snapshot from which the texts of a pair are read, and the titles held."""

    catalogue: Index
    snapshot: Snapshot
    titles: HeldTitles


def _entry(
    texts: _Texts, lag: Lag, change: _Changed, standing: dict[str, DocumentValidity], day: date
) -> RadarEntry:
    compared, unread = _Compared((), ()), None
    if change.kind is BasisChange.REVISED and change.now is None:
        unread = worded("the store holds no text of the basis as amended")
    try:
        compared = _compared(texts, lag, change)
    except PolicydiffError as error:
        unread = str(error)
    return RadarEntry(
        id=lag.local,
        version=lag.version,
        title=standing[lag.local].title,
        relation=lag.relation,
        basis=lag.basis,
        basis_title=standing[lag.basis].title,
        made_under=lag.made_under.version,
        change=change.kind,
        current=change.now,
        since=change.since,
        days=None if change.since is None else max(0, (day - change.since).days),
        said_by=change.said_by,
        sentence=change.sentence,
        clauses=compared.clauses,
        references=compared.references,
        weight=_weight(change.kind, compared),
        unread=unread,
    )


def _weight(kind: BasisChange, compared: _Compared) -> int:
    weight = _WEIGHTS[kind] + _REFERENCE * len(compared.references)
    return weight + sum(_LACKING if each.pace is Pace.MISSING else _CLAUSE for each in compared.clauses)


def _order(entry: RadarEntry) -> tuple[int, str, str]:
    """Return the sort key of the work list: the highest weight first, then ids."""
    return -entry.weight, entry.id, entry.basis


def _compared(texts: _Texts, lag: Lag, change: _Changed) -> _Compared:
    """Return the lagging clauses and the outdated references; earlier findings on the same texts are taken from the index."""
    names = [
        f"{lag.local}@{lag.version}",
        f"{lag.basis}@{lag.made_under.version}",
        *([change.now] if change.now else []),
    ]
    index, snapshot, titles = texts
    found = [snapshot.resolve(name) for name in names]
    key = hashlib.sha256(
        " ".join([pace_build(), *(f"{each.id} {record.text_sha256}" for each, record in found)]).encode()
    ).hexdigest()
    row = index.database.execute("SELECT value FROM lag WHERE key = ?", (key,)).fetchone()
    if row is not None:
        return _COMPARED.validate_json(row[0])
    documents = [
        parse_stored(identity, record, snapshot.file(identity.id, record.version, "text.txt").decode("utf-8"))
        for identity, record in found
    ]
    compared = _compare(documents, titles, lag)
    with index.database:
        index.database.execute(
            "REPLACE INTO lag VALUES (?, ?)",
            (key, _COMPARED.dump_json(compared).decode()),
        )
    return compared


def _compare(documents: list[Document], titles: HeldTitles, lag: Lag) -> _Compared:
    from policydiff.comparison.several import compare_over_time  # noqa: PLC0415 (a store where nothing lags needs no comparison)
    from policydiff.revision.diffing import diff_documents  # noqa: PLC0415

    local, old, *new = documents
    cited = [
        each
        for each in local.citations
        if each.places and titles.find(each.document_number, each.title or each.resolved) == lag.basis
    ]
    if not new:
        return _Compared((), tuple(_stray(each, old, None) for each in cited))
    pace = compare_over_time(local, old, new[0])
    clauses = tuple(
        LaggingClause(pace=each.pace, clause=each.clause, text=each.text, old=each.old, new=each.new)
        for each in pace.clauses
        if each.pace is not Pace.CURRENT
    )
    changes = diff_documents(old, new[0]).changes
    strays = (_followed(each, old, new[0], changes) for each in cited)
    return _Compared(clauses, tuple(each for each in strays if each is not None))


def _article(document: Document, number: str) -> Clause | None:
    return next(
        (clause for clause in document.walk() if clause.kind == "article" and clause.number == number), None
    )


def _stray(citation: Citation, old: Document, now: str | None) -> StrayReference:
    was = _article(old, citation.places[0].article or "")
    return StrayReference(
        clause=citation.clause,
        printed=citation.article or citation.places[0].text,
        leads_to=now,
        was=None if was is None else (first_words(was.text, _SHOWN) or None),
    )


def _followed(
    citation: Citation, old: Document, new: Document, changes: tuple[Change, ...]
) -> StrayReference | None:
    """Return a reference that no longer leads to its former article; None if it still does."""
    for place in citation.places:
        was = _article(old, place.article) if place.article else None
        if was is None:
            continue
        change = next((each for each in changes if any(unit.id == was.id for unit in each.old)), None)
        if change is None or (
            change.kind is ChangeKind.UNCHANGED and all(unit.id == was.id for unit in change.new)
        ):
            continue
        labels = [
            clause.label.strip() for unit in change.new if (clause := new.find(unit.id)) and clause.label
        ]
        if was.label is not None and was.label.strip() in labels:
            continue
        return _stray(citation, old, "、".join(labels) or None)
    return None
