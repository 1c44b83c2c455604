"""Documents that other documents order a body to make.

The answer lists the orders with the documents that carry them out, and local documents made under a
superseded version of their superior.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from pydantic import TypeAdapter

from policydiff.collection.index import Index
from policydiff.collection.relations import UPWARD, HeldTitles, StaleLocal, version_then
from policydiff.lexicon.areas import STATE, area_stem
from policydiff.lexicon.bodies import body_key
from policydiff.model import Delegation, DocumentIdentity, VersionRecord
from policydiff.model.lagging import DelegationEntry, DelegationList, MadeUnder

_DELEGATIONS = TypeAdapter(list[Delegation])
_LEVELS = {
    "区": "county",
    "县": "county",
    "市": "prefecture",
    "省": "province",
    "乡": "township",
    "镇": "township",
}


def delegations(index: Index, day: date, *, only: str | None = None) -> DelegationList:
    """Return the documents that newest versions order other bodies to make, each order with the held documents that carry it out.

    A document carries out an order if it cites the ordering document as its basis, is younger, and is issued by a body that the
    order means: a body of that name, or of that level below the ordering body (各区).
    """
    index.parse()
    followers = _followers(index)
    rows = index.database.execute(
        "SELECT d.identity, v.version, v.day, f.value FROM fact f JOIN version v ON v.key = f.version_key"
        " JOIN document d ON d.id = v.document_id AND d.newest = v.version WHERE f.kind = 'delegation'"
        " AND (:only IS NULL OR d.id = :only) ORDER BY d.id, f.key",
        {"only": only},
    ).fetchall()
    found = _DELEGATIONS.validate_json(f"[{','.join(row[3] for row in rows)}]")
    entries = []
    for (identity_json, version, made_on, _), each in zip(rows, found, strict=True):
        identity = DocumentIdentity.model_validate_json(identity_json)
        made = tuple(
            MadeUnder(
                id=follower.id,
                version=its_version,
                title=follower.title,
                day=its_day,
                late_days=None if each.due is None else (its_day - each.due).days,
            )
            for follower, its_version, its_day in followers.get(identity.id, ())
            if its_day >= date.fromisoformat(made_on) and _is_meant(each.body, follower, identity)
        )
        overdue = (day - each.due).days if each.due is not None and not made and each.due < day else None
        entries.append(
            DelegationEntry(
                id=identity.id,
                version=version,
                title=identity.title,
                **dict(each),
                made=made,
                overdue_days=overdue,
            )
        )
    return DelegationList(day=day, entries=tuple(entries))


def _followers(index: Index) -> dict[str, list[tuple[DocumentIdentity, str, date]]]:
    """Return, by the id of a basis, the documents that cite it as their basis, each in its first version, by day."""
    titles = HeldTitles(index)
    found: dict[str, dict[str, tuple[DocumentIdentity, str, date]]] = defaultdict(dict)
    for each in sorted(upward_citations(index, all_versions=True), key=lambda each: each.day):
        for _, number, title in each.cited:
            basis = titles.find(number, title)
            if basis is not None and basis != each.identity.id:
                found[basis].setdefault(each.identity.id, (each.identity, each.version, each.day))
    return {basis: list(documents.values()) for basis, documents in found.items()}


def _is_meant(body: str, follower: DocumentIdentity, ordering: DocumentIdentity) -> bool:
    """Return whether the issuer of `follower` is a body that an order of `ordering` means."""
    for name in body.replace("和", "、").replace("及", "、").split("、"):
        plain = name.strip().removeprefix("由")
        if not plain:
            continue
        if any(
            body_key(plain) == body_key(issuer) or issuer.endswith(plain)
            for issuer in follower.issuing_bodies
        ):
            return True
        if plain.startswith("各") and ("部门" in plain or "单位" in plain):
            # the departments of the ordering body, not those of the districts below it
            return follower.jurisdiction == ordering.jurisdiction
        if plain.startswith("各"):
            level = next((_LEVELS[character] for character in plain[1:6] if character in _LEVELS), None)
            if level is None or level == follower.level:
                code, area = follower.jurisdiction, ordering.jurisdiction
                # an area that is not known may lie in the other one
                return code is None or area in (None, STATE) or code.startswith(area_stem(area))
    return False


def stale_locals(index: Index) -> list[StaleLocal]:
    """Return local documents whose superior has a newer version than the version in force on the local document's day, by id."""
    index.parse()
    titles = HeldTitles(index)
    versions = versions_held(index, least=2)  # a document with one version cannot make a local one stale
    stale = []
    for each in upward_citations(index):
        found = (titles.find(number, title) for _, number, title in each.cited)
        superior = next((held for held in found if held not in (None, each.identity.id)), None)
        if superior is None or superior not in versions:
            continue
        made_under = version_then(superior, versions[superior], each.day)[0].version
        newest = versions[superior][-1].version
        if newest != made_under:
            stale.append(
                StaleLocal(
                    id=each.identity.id,
                    version=each.version,
                    title=each.identity.title,
                    superior=superior,
                    made_under=made_under,
                    newest=newest,
                )
            )
    return stale


class Upward(NamedTuple):
    """A version, and the superior documents that it cites."""

    identity: DocumentIdentity
    version: str
    day: date
    cited: list[tuple[str, str | None, str | None]]
    """Relation, number and title of each document cited, the surest relation first."""


def upward_citations(index: Index, *, all_versions: bool = False) -> Iterator[Upward]:
    """Yield each newest version that cites superior documents, by id; every such version with `all_versions`."""
    ranks = {relation.value: rank for rank, relation in enumerate(UPWARD)}
    rows = index.database.execute(
        "SELECT d.identity, v.version, v.day, f.value ->> '$.relation', f.value ->> '$.document_number',"
        " coalesce(f.value ->> '$.title', f.value ->> '$.resolved') FROM fact f"
        " JOIN version v ON v.key = f.version_key JOIN document d ON d.id = v.document_id"
        " WHERE f.kind = 'citation' AND f.value ->> '$.relation' IN (?, ?)"
        " AND coalesce(f.value ->> '$.resolved', '') <> 'self' AND (? OR d.newest = v.version)"
        " ORDER BY d.id, v.key, f.key",
        (*ranks, all_versions),
    )
    for (identity, version, day), group in groupby(rows, key=itemgetter(0, 1, 2)):
        cited = sorted((row[3:] for row in group), key=lambda each: ranks[each[0]])
        yield Upward(DocumentIdentity.model_validate_json(identity), version, date.fromisoformat(day), cited)


def versions_held(index: Index, *, least: int = 1) -> dict[str, list[VersionRecord]]:
    """Return the versions, oldest first, of the documents with at least `least` versions."""
    rows = index.database.execute(
        "SELECT v.document_id, v.record FROM version v JOIN document d ON d.id = v.document_id"
        " WHERE d.versions >= ? ORDER BY v.document_id, v.day, v.key",
        (least,),
    )
    versions: dict[str, list[VersionRecord]] = defaultdict(list)
    for document_id, record in rows:
        versions[document_id].append(VersionRecord.model_validate_json(record))
    return dict(versions)
