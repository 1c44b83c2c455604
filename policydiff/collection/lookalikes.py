"""Documents of a store that look like one document recorded twice."""

from collections import defaultdict

from policydiff.collection.index import Index
from policydiff.collection.relations import Lookalikes
from policydiff.lexicon.body_names import bodies_agree
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.titles import DocumentTitle
from policydiff.model import DocumentIdentity


def find_lookalikes(index: Index) -> list[Lookalikes]:
    """Return groups of documents that bear one number of their own, one title of one issuer, or hold one text.

    An order's number is shared by the statutes that it amends, a generic title (公告) by unrelated papers: neither counts.
    """
    groups: dict[tuple[str, str], dict[str, DocumentIdentity]] = defaultdict(dict)
    identities = {listed.identity.id: listed.identity for listed in index.documents()}
    for identity in identities.values():
        number = DocumentNumber.parse(identity.document_number) if identity.document_number else None
        if number is not None and number.names_one_document:
            groups["number", number.key][identity.id] = identity
        title = DocumentTitle.parse(identity.title)
        if not title.is_generic:
            groups["title", title.key][identity.id] = identity
    for document_id, _, text_sha256 in index.texts():
        if document_id in identities:
            groups["text", text_sha256][document_id] = identities[document_id]
    told: dict[tuple[str, ...], Lookalikes] = {}
    for (kind, _), group in groups.items():
        ids = tuple(sorted(group))
        if len(ids) > 1 and ids not in told and _agree(kind, list(group.values())):
            first = group[ids[0]]
            told[ids] = Lookalikes(ids=ids, title=first.title, reason=_REASONS[kind])
    return [told[ids] for ids in sorted(told)]


_REASONS = {
    "number": "they bear one document number",
    "title": "title and issuer agree",
    "text": "they hold the same text",
}


def _agree(kind: str, group: list[DocumentIdentity]) -> bool:
    first = group[0]
    return kind == "text" or all(
        bodies_agree(first.issuing_bodies, other.issuing_bodies) for other in group[1:]
    )
