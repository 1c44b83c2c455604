"""Which local documents were made under a version of their superior that is no longer the newest.

The answer for a whole store comes from the tables of the index in three queries; resolving each citation by itself would
look through all titles once for each of them.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from policydiff.collection.held_titles import HeldTitles
from policydiff.collection.index import Index
from policydiff.collection.relations import UPWARD, StaleLocal, version_then
from policydiff.model import VersionRecord


def stale_locals(index: Index) -> list[StaleLocal]:
    """Return local documents whose superior has a newer version than the one in force on their own day, by id."""
    index.parse()
    titles = HeldTitles(index)
    versions = versions_of_revised(index)
    stale = []
    for document_id, version, title, day, cited in upward_citations(index):
        superior = next(
            (found for name in cited if (found := titles.find(*name)) is not None and found != document_id),
            None,
        )
        if superior is None or superior not in versions:
            continue
        made_under = version_then(superior, versions[superior], day)[0].version
        newest = versions[superior][-1].version
        if newest != made_under:
            stale.append(
                StaleLocal(
                    id=document_id,
                    version=version,
                    title=title,
                    superior=superior,
                    made_under=made_under,
                    newest=newest,
                )
            )
    return stale


def upward_citations(
    index: Index,
) -> Iterator[tuple[str, str, str, date, list[tuple[str | None, str | None]]]]:
    """Yield id, version, title and day of each newest version with the numbers and titles it stands on, surest first."""
    ranks = {relation.value: rank for rank, relation in enumerate(UPWARD)}
    rows = index.database.execute(
        "SELECT d.id, v.version, d.title, v.day, f.value ->> '$.relation', f.value ->> '$.document_number',"
        " coalesce(f.value ->> '$.title', f.value ->> '$.resolved') FROM fact f"
        " JOIN version v ON v.key = f.version_key JOIN document d ON d.id = v.document_id AND d.newest = v.version"
        " WHERE f.kind = 'citation' AND f.value ->> '$.relation' IN (?, ?)"
        " AND coalesce(f.value ->> '$.resolved', '') <> 'self' ORDER BY d.id, f.key",
        tuple(ranks),
    )
    cited: dict[tuple[str, str, str, str], list[tuple[int, str | None, str | None]]] = defaultdict(list)
    for document_id, version, title, day, relation, number, name in rows:
        cited[document_id, version, title, day].append((ranks[relation], number, name))
    for (document_id, version, title, day), found in cited.items():
        named = [(number, name) for _, number, name in sorted(found, key=lambda each: each[0])]
        yield document_id, version, title, date.fromisoformat(day), named


def versions_of_revised(index: Index) -> dict[str, list[VersionRecord]]:
    """Return the versions of the documents that have more than one, oldest first: others cannot make a local stale."""
    rows = index.database.execute(
        "SELECT v.document_id, v.record FROM version v JOIN document d ON d.id = v.document_id"
        " WHERE d.versions > 1 ORDER BY v.document_id, v.day, v.key"
    )
    versions: dict[str, list[VersionRecord]] = defaultdict(list)
    for document_id, record in rows:
        versions[document_id].append(VersionRecord.model_validate_json(record))
    return dict(versions)
