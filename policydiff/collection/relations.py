"""Relations between the documents of a store and their superiors, and between governments and the governments above them.

A citation is resolved by title or number to a document of the store, in the version in force. Areas, levels and dates tell
whether a document is higher, earlier or later than another. Decisions that amend other documents are found here, and whether
the recorded text of a document lacks a change that a decision orders.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from typing import ClassVar, Literal, NamedTuple, get_args

from policydiff.collection.index import Index
from policydiff.errors import NotFoundError
from policydiff.lexicon.areas import STATE, area_stem, jurisdiction_of, level_of
from policydiff.lexicon.document_numbers import number_key
from policydiff.lexicon.titles import ACT_KINDS, DocumentTitle, bare_title
from policydiff.model import (
    Citation,
    CitationRelation,
    DocumentIdentity,
    Level,
    NamedText,
    Value,
    VersionRecord,
)
from policydiff.model.base import Result, StoredVersion, counted, published
from policydiff.model.lagging import DocumentValidity
from policydiff.store import StoreStatus, date_order, in_force

UPWARD = (CitationRelation.IMPLEMENTS, CitationRelation.BASIS)
"""Relations of a local document to the document it carries out, surest first."""
NOTICE = re.compile(rf"(?:印发|转发|批转|发布|公布)(?P<carried>.{{4,}})的(?:{ACT_KINDS}|函)\Z")
"""A notice is often cited in place of the text it carries: 关于印发《…行动方案》的通知."""
TELLING = 8
"""Least characters of a shortened title that may identify a document."""


class ResolvedRelation(Value):
    """A citation and the document of the store that it names."""

    relation: CitationRelation
    citation: Citation
    id: str | None = None
    """The cited document; None if the store does not hold it, or holds several of that name."""
    version: str | None = None
    """Its version in force on the day of the citing text."""
    assumed: bool = False
    """No known version of the cited document was in force on that day; the nearest version is given."""


class StaleLocal(StoredVersion):
    """A local document whose superior has a version newer than the version under which the local document was made."""

    superior: str
    """Id of the superior document that has a newer version."""
    made_under: str
    """Version of the superior in force on the local document's day."""
    newest: str
    """Newest version of the superior."""


class Lookalikes(Value):
    """Documents that a person should check: by the rules of identity they may be one document."""

    ids: tuple[str, ...]
    """Ids of the documents that may be one document."""
    title: str
    """Title of the first document."""
    reason: str
    """Traits in common: number, title and issuer, or the text of a version."""


class Fused(Value):
    """Versions recorded under a document to which, by the rules of identity, they do not belong."""

    id: str
    """Id of the document under which the versions are recorded."""
    title: str
    """Title of that document."""
    versions: tuple[str, ...]
    """The versions that do not belong to the document."""
    document_number: str | None
    """Number of the versions; None if they have no number of their own."""
    reason: str
    """The reason why these versions belong to another document, as a sentence."""
    to: str
    """A free id for the versions."""
    command: str
    """Command that moves them to a document of their own; no recorded file moves or is lost."""


class Standing(Result[StaleLocal]):
    """Size and state of a store, and its local documents whose superior has a newer version."""

    schema_id: Literal["policydiff/status/1"] = published("policydiff/status/1")
    store: StoreStatus
    """Counts, the last recording, and files that differ from their recorded content."""
    stale: tuple[StaleLocal, ...]
    """Local documents made under a version of their superior that is no longer the newest."""

    alike: tuple[Lookalikes, ...] = ()
    """Documents of the store that look like one document recorded twice."""

    fused: tuple[Fused, ...] = ()
    """Versions that by the rules of identity do not belong to the document under which they are recorded."""

    not_in_force: tuple[DocumentValidity, ...] = ()
    """Documents that are not in force today, each with the sentence that proves it."""

    _thing: ClassVar[str] = "stale local document"
    _list: ClassVar[str] = "stale"
    _columns: ClassVar[str] = "*"

    def _told(self) -> str:
        held = f"{counted(self.store.documents, 'document')}, {counted(self.store.versions, 'version')}"
        return f"{self.store.folder}, {held}, {counted(len(self), self._thing)}"


def relations(index: Index, document_id: str) -> list[ResolvedRelation]:
    """Return the citations of a document's newest version with the stored documents they mean, in reading order, each document once per relation.

    Raises NotFoundError if there is no such document.
    """
    identity, record = index.store.resolve(document_id)
    index.parse()
    cited = index.citations_of(identity.id, record.version)
    return resolve_citations(index, cited, date_order(record)[0], own_id=identity.id)


def resolve_citations(
    index: Index, found: list[Citation], day: date, *, own_id: str | None = None
) -> list[ResolvedRelation]:
    """Return the citations of a text of the day `day`, resolved as `relations` does for a stored text."""
    titles = HeldTitles(index)
    resolved: dict[tuple[CitationRelation, str], ResolvedRelation] = {}
    for citation in found:
        if citation.resolved == "self":
            continue
        held = titles.find(citation.document_number, citation.title or citation.resolved)
        key = (citation.relation, held or f"{citation.document_number}{citation.title}{citation.resolved}")
        if key in resolved or (held is not None and held == own_id):
            continue
        meant = ResolvedRelation(relation=citation.relation, citation=citation)
        if held is not None:
            record, assumed = version_then(held, index.store.versions(held), day)
            meant = meant.model_copy(update={"id": held, "version": record.version, "assumed": assumed})
        resolved[key] = meant
    return list(resolved.values())


def implementers(index: Index, number: str | None, title: str) -> list[str]:
    """Return the ids of the documents whose newest version implements the document with this number or title."""
    index.parse()
    rows = index.database.execute(
        "SELECT DISTINCT d.id FROM fact f JOIN version v ON v.key = f.version_key"
        " JOIN document d ON d.id = v.document_id AND d.newest = v.version"
        " WHERE f.kind = 'citation' AND f.value ->> '$.relation' = ? AND (f.number = ? OR f.bare_title = ?)"
        " ORDER BY d.id",
        (CitationRelation.IMPLEMENTS.value, number and number_key(number), bare_title(title)),
    )
    return [document_id for (document_id,) in rows]


def version_then(document_id: str, versions: list[VersionRecord], day: date) -> tuple[VersionRecord, bool]:
    """Return the version that was in force on `day`, and whether it had to be assumed.

    If no version was in force yet, or no longer, the last version issued by then is assumed; if none was known to
    be issued (the store saw it only later), the first version. Raises NotFoundError if the document has no version.
    """
    if not versions:
        raise NotFoundError(f"{document_id} has no version")
    try:
        return in_force(document_id, versions, day), False
    except NotFoundError:
        issued = [record for record in versions if date_order(record)[0] <= day]
        return (issued[-1] if issued else versions[0]), True


def find_superior(
    index: Index, found: list[Citation], day: date, *, own_id: str | None = None
) -> ResolvedRelation | None:
    """Return the stored document that a text of the day `day` carries out; None if it cites no stored document.

    Implemented documents take precedence over cited bases; within each group the first citation wins.
    """
    held = [each for each in resolve_citations(index, found, day, own_id=own_id) if each.id]
    upward = (each for relation in UPWARD for each in held if each.relation is relation)
    return next(upward, None)


_SHORTEST_HELD = 8
"""Least characters of a recorded title that a longer cited title may end with to mean that document."""


class HeldTitles:
    """The documents of a store by number and title.

    A cited title may be that of the text inside a notice, or omit or add the issuing body.
    """

    def __init__(self, index: Index) -> None:
        self._numbers: dict[str, list[str]] = defaultdict(list)
        self._bare: dict[str, list[str]] = defaultdict(list)
        self._keys: dict[str, list[str]] = defaultdict(list)
        rows = index.database.execute("SELECT id, number, bare_title, title_key FROM document ORDER BY id")
        for document_id, number, bare, key in rows:
            if number is not None:
                self._numbers[number].append(document_id)
            self._bare[bare].append(document_id)
            self._keys[key].append(document_id)
        self.find = cache(self._find)
        """The single document that a number and title mean; None if there is no such document or more than one."""

    @cached_property
    def _endings(self) -> dict[str, list[str]]:
        """Ending of a recorded title, of at least `TELLING` characters, to the documents with this ending; built on first use."""
        endings: defaultdict[str, list[str]] = defaultdict(list)
        for bare, documents in self._bare.items():
            for start in range(len(bare) - TELLING + 1):
                endings[bare[start:]] += documents
        return endings

    def by_number(self, number: str) -> list[str]:
        """Return the documents with a number."""
        return self._numbers.get(number_key(number), [])

    def by_title(self, title: str) -> list[str]:
        """Return the documents of exactly this title, issuer and issue mark aside, or of the text a notice carries."""
        parsed = DocumentTitle.parse(title)
        if parsed.is_generic:
            return []
        exact = self._bare.get(bare_title(title))
        if exact:
            return exact
        keys = [key for key in (parsed.key, parsed.carried) if key and len(key) >= _SHORTEST_KEY]
        return next((found for key in keys if (found := self._keys.get(key))), [])

    def _find(self, number: str | None, title: str | None) -> str | None:
        found = self._numbers.get(number_key(number), []) if number else []
        if not found and title:
            bare = bare_title(title)
            carried = NOTICE.search(bare)
            names = [bare, carried["carried"]] if carried else [bare]
            found = next((hits for name in names if (hits := self._bare.get(name))), [])
            if not found:
                long = [name for name in names if len(name) >= TELLING]
                found = next((hits for name in long if (hits := self._ending(name))), [])
        return found[0] if len(found) == 1 else None

    def _ending(self, title: str) -> list[str]:
        held = set(self._endings.get(title, ()))
        for start in range(1, len(title) - _SHORTEST_HELD + 1):
            held.update(self._bare.get(title[start:], ()))
        return sorted(held)


_SHORTEST_KEY = 4
"""Characters of the shortest title that identifies a text without its issuer; a shorter title (婚姻法) must be given in full."""


_RANK: dict[str, int] = {level: rank for rank, level in enumerate(get_args(Level))}


class Above(StrEnum):
    """Whether a document is of a higher level than another document."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """The issuer of one of the two documents is unknown, and its title names no area."""


class Seat(StrEnum):
    """Why a candidate is not compared though it shares wording."""

    LATER = "later"
    """Every version in the store is dated after the document in question."""
    UNDATED = "undated"
    """Its text bears no date: whether it came before is not known."""


@cache
def area_and_level(
    title: str, body: str, code: str | None, level: Level | None
) -> tuple[str | None, Level | None]:
    """Return the area and level of a document, from its title if its issuer reveals neither."""
    code = code or jurisdiction_of(body or title)
    if level is None and code is not None:
        level = level_of(body or title, code)
    return code, level


def place_of(identity: DocumentIdentity) -> tuple[str | None, Level | None]:
    """Return the area (GB/T 2260 code) and level of a stored document, each None if neither issuer nor title reveals it."""
    body = identity.issuing_bodies[0] if identity.issuing_bodies else ""
    return area_and_level(identity.title, body, identity.jurisdiction, identity.level)


def is_above(upper: tuple[str | None, Level | None], lower: tuple[str | None, Level | None]) -> Above:
    """Return whether the government of `upper` is above that of `lower`: a higher level, and an area that contains the lower area.

    >>> [is_above(("310000", "province"), below).value for below in (("310106", "county"), ("330100", "prefecture"))]
    ['yes', 'no']
    """
    (upper_code, upper_level), (code, level) = upper, lower
    if upper_level is None or level is None:
        return Above.UNKNOWN
    if _RANK[upper_level] >= _RANK[level]:
        return Above.NO
    if upper_level == "state" or upper_code == STATE:
        return Above.YES
    if upper_code is None or code is None:
        return Above.UNKNOWN
    return Above.YES if code.startswith(area_stem(upper_code)) else Above.NO


def seat(versions: list[VersionRecord], day: date | None) -> Seat | None:
    """Return the reason why no version of a document can be the source of a text of the day `day`; None if a version can be.

    A text without a date of its own is never taken for an earlier text: the day on which it was seen proves nothing.
    """
    dated = [record for record in versions if not record.version.startswith("seen-")]
    if not dated:
        return Seat.UNDATED
    if day is not None and all(date_order(record)[0] > day for record in dated):
        return Seat.LATER
    return None


_AMENDS = re.compile(
    r"关于(?:废止[和、及])?(?:修改|修正|修订|调整)(?!意见|草案|说明|稿|工作|情况)(?!.*(?:征求|征集|草案|起草|审议|说明))"
    rf".{{2,}}的(?:{ACT_KINDS})\Z"
)
"""The title of an act that changes further texts; explanations, drafts and calls for opinions on a change order no change."""
_NAMED = re.compile(r"(?P<act>[\u4e00-\u9fff]{2,40}?)修正案(?:[（(][一二三四五六七八九十]{1,3}[）)])?\Z")
"""An amendment named after its act: 中华人民共和国刑法修正案（十一）."""

_TITLES = re.compile("[《〈]([^《》〈〉]+)[》〉]")
_AND_OTHERS = re.compile("[》〉]等")


class AmendingAct(NamedTuple):
    """A held version of an act, and a text that the act changes."""

    source: str
    version: str
    day: date
    target: NamedText


def amending_acts(index: Index, known: Callable[[str, str], bool] | None) -> Iterator[AmendingAct]:
    """Yield each text that a held act amends, by the act's title or its first words; the texts of the store must be parsed."""
    rows = index.database.execute(
        "SELECT v.document_id, v.version, v.day, d.title, group_concat(f.value ->> '$.title', char(10))"
        " FROM version v JOIN document d ON d.id = v.document_id"
        " LEFT JOIN fact f ON f.version_key = v.key AND f.kind = 'citation' AND f.value ->> '$.relation' = ?"
        " WHERE d.title LIKE '%修%' OR d.title LIKE '%调整%' GROUP BY v.key ORDER BY v.day, v.key",
        (CitationRelation.AMENDS.value,),
    )
    for source, version, day, title, cited in rows:
        if known is not None and not known(source, version):
            continue
        for name in dict.fromkeys(_amended(title, (cited or "").split("\n"))):
            yield AmendingAct(source, version, date.fromisoformat(day), NamedText(title=name))


def _amended(title: str, cited: list[str]) -> list[str]:
    """Return the titles of the texts that an act amends: the titles in its own title, else the titles that its text cites as amended."""
    if named := _NAMED.search(title):
        return [named["act"]]
    if _AMENDS.search(title) is None:
        return []
    in_title = _TITLES.findall(title)
    return in_title if in_title and not _AND_OTHERS.search(title) else [*in_title, *filter(None, cited)]
