"""Finds the document that a name means, and documents of a store that are alike.

`DOC` on the command line is a file, an id in the store, a document number, or an id or number with `@when`; `id@date` is the
version in force on that day. Documents are alike where one document was recorded twice, where two were recorded as one, and
where neighbouring governments issued them on the same subject.
"""

import json
import os
import re
from collections import defaultdict
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from policydiff.collection.in_force import ValidityBook
from policydiff.collection.index import Index
from policydiff.collection.packed_clauses import Clause, unpack
from policydiff.collection.relations import Fused, Lookalikes, version_then
from policydiff.errors import DoubtfulIdentityError, NotFoundError, UnreadableInputError, UsageError, worded
from policydiff.extract.decoding import refuse_misspelt
from policydiff.intake import Loaded, loaded_version, names_stored, recorded_document
from policydiff.intake.identity import IN_COMMON, Known, Sameness, apart_id, judge, shared_clauses
from policydiff.intake.versions import Given, identify
from policydiff.lexicon.areas import level_of
from policydiff.lexicon.bodies import bodies_agree
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.titles import DocumentTitle, own_number
from policydiff.model import DocumentIdentity, Reference, VersionRecord
from policydiff.model.lagging import DocumentValidity
from policydiff.platforms import local_day
from policydiff.store import Moment, Store, parse_version, split_reference


def find_lookalikes(index: Index) -> list[Lookalikes]:
    """Return groups of documents with the same own number, the same title and issuer, or the same text.

    The number of an order is shared by the statutes that it amends, a generic title (公告) by unrelated papers: neither counts.
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


def find_fused(index: Index) -> list[Fused]:
    """Return the versions that were recorded under a document to which they do not belong.

    Two versions belong together unless they have two own numbers and neither states that it revises the
    other, or their texts have no clause in common. Only versions with two numbers are parsed.
    """
    index.parse()
    rows = index.database.execute(
        "SELECT d.identity, v.version, v.clauses, f.value FROM version v JOIN document d ON d.id = v.document_id"
        " LEFT JOIN fact f ON f.version_key = v.key AND f.kind = 'own_number'"
        " WHERE d.versions > 1 AND v.clauses IS NOT NULL ORDER BY d.id, v.day, v.key"
    )
    found = []
    for words, versions in groupby(rows, key=itemgetter(0)):
        identity = DocumentIdentity.model_validate_json(words)
        held = [
            _Version(identity, version, unpack(packed), json.loads(number) if number else None, index.store)
            for _, version, packed, number in versions
        ]
        found += _foreign(index, identity, held)
    return found


class _Version:
    """A version of a document; its text is parsed only when its own identity is needed."""

    def __init__(
        self,
        identity: DocumentIdentity,
        version: str,
        clauses: list[Clause],
        number: str | None,
        store: Store,
    ) -> None:
        self.version = version
        self.clauses = [text for _, _, text in clauses]
        printed = DocumentNumber.parse(number) if number else None
        self.number = printed if printed is not None and printed.names_one_document else None
        self._id = identity.id
        self._title = identity.title
        self._store = store

    @cached_property
    def known(self) -> Known:
        """Identity that the text itself states: title, number, issuers."""
        record = self._store.at(None).version(self._id, self.version)
        document = recorded_document(self._store.text(self._id, self.version), record)
        return Known(identify(document, Given(), fallback=self._title), lambda: document)

    def apart_from(self, other: "_Version") -> str | None:
        """Return why this version cannot belong to the same document as the version `other`; None if both belong together."""
        if self.number is not None and other.number is not None and self.number.key != other.number.key:
            judged = judge(self.known, other.known)
            if judged.sameness is not Sameness.SAME:
                return worded(f"{self.number} and {other.number} are two numbers of their own")
            return None
        common = shared_clauses(self.clauses, other.clauses)
        short = min(sum(map(len, each.clauses)) for each in (self, other)) < _LEAST_TOLD
        kept = short and not {*self.clauses}.isdisjoint(other.clauses)
        if not kept and common is not None and common < IN_COMMON:
            return worded("their texts have no clause in common")
        return None


_LEAST_TOLD = 100
"""Characters of clauses below which a shared short clause counts too: in a rule of three sentences, a new sum
and a new day may change every clause that is long enough to identify a text."""


def _foreign(index: Index, identity: DocumentIdentity, versions: list[_Version]) -> list[Fused]:
    """Return the versions of a document that do not belong to it, one group for each foreign document."""
    groups: list[list[_Version]] = []
    for version in versions:
        fitting = next(
            (group for group in groups if any(version.apart_from(other) is None for other in group)), None
        )
        if fitting is None:
            groups.append([version])
        else:
            fitting.append(version)
    own = own_number(identity)
    kept = next(
        (
            group
            for group in groups
            if own and any(each.number and each.number.key == own.key for each in group)
        ),
        groups[0],
    )
    return [_told(index, identity, group, kept) for group in groups if group is not kept]


def _told(index: Index, identity: DocumentIdentity, group: list[_Version], kept: list[_Version]) -> Fused:
    first = group[0]
    names = tuple(each.version for each in group)
    to = first.known.identity.id
    if to == identity.id or index.find_id(to) is not None:
        to = apart_id(to, " ".join(names))
    return Fused(
        id=identity.id,
        title=identity.title,
        versions=names,
        document_number=str(first.number) if first.number else None,
        reason=next(filter(None, map(first.apart_from, kept))),
        to=to,
        command=f"policydiff separate {identity.id} {' '.join(names)} --to {to}",
    )


_SAME_SUBJECT = 0.6
"""Least likeness (0…1) of subjects that count as one: 既有住宅加装电梯 and 老旧住宅加装电梯 (0.75) do, 养老服务 and 托育服务 (0.5) do not."""
_MOST = 12
"""Most neighbours that are compared, those with the most similar subject: each costs one more comparison."""
_AREA = re.compile(
    r"^(?!关于|推进|促进|加强)[\u4e00-\u9fff]{1,7}?(?:特别行政区|自治区|自治州|省|市|区|县|旗|镇|乡|街道)"
)
_FORM = re.compile(
    r"人民政府(?:办公[室厅])?|关于|印发|转发|促进|推进|加强|加快|进一步|贯彻|落实|若干|实施|暂行|试行|通知|意见|办法|规定|细则|方案|措施"
    r"|条例|规划|行动|计划|管理|工作|指导|发展|本[省市区县]|[《》（）()〔〕\d的]"
)
"""Words of a title that name the form of a document and not its subject."""


def subject_of(title: str) -> str:
    """Return the subject of a title, without issuer, area and the words of its form.

    >>> subject_of("某市甲区人民政府关于促进养老服务发展的实施意见")
    '养老服务'
    """
    words = DocumentTitle.parse(title).key
    while (area := _AREA.match(words)) and area.end() < len(words):
        words = words[area.end() :]
    return _FORM.sub("", words)


def same_subject(one: str, other: str) -> float:
    """Return the likeness (0…1) of the subjects of two titles; 0 if they are different subjects."""
    from rapidfuzz import fuzz  # noqa: PLC0415 (a name is looked up without it)

    first, second = subject_of(one), subject_of(other)
    likeness = fuzz.ratio(first, second) / 100 if first and second else 0.0
    return likeness if likeness >= _SAME_SUBJECT else 0.0


def neighbours_of(
    own: Reference, superior: Reference, store: Store, *, as_of: Moment | None = None
) -> list[Loaded]:
    """Return documents of the store of the same level and subject that were issued before `own`, most alike first.

    The list is empty if the day or the level of `own` is unknown.
    """
    if own.issued is None or own.title is None:
        return []
    with Index.open(store) as index:
        level = _level(own, index)
        listed = [each.identity for each in index.documents()] if level else []
    alike = sorted(
        (
            (-likeness, identity.id)
            for identity in listed
            if identity.level == level
            and identity.id not in {own.id, superior.id}
            and (likeness := same_subject(own.title, identity.title))
        ),
    )
    found: list[Loaded] = []
    for _, name in alike:
        loaded = _version_before(name, own.issued, store, as_of)
        if loaded is not None and loaded.reference.text_sha256 != own.text_sha256:
            found.append(loaded)
        if len(found) == _MOST:
            break
    return found


def _level(own: Reference, index: Index) -> str | None:
    recorded: DocumentIdentity | None = index.find_id(own.id) if own.id else None
    if recorded is not None and recorded.level is not None:
        return recorded.level
    return level_of(own.issuing_bodies[0], None) if own.issuing_bodies else None


def _version_before(name: str, day: date, store: Store, as_of: Moment | None) -> Loaded | None:
    """Return the version of a document in force on a day if it was issued before that day; else None."""
    try:
        record, _ = version_then(name, store.versions(name, as_of=as_of), day)
    except NotFoundError:
        return None
    if record.issued is None or record.issued >= day:
        return None
    return load_stored(f"{name}@{record.version}", store, as_of=as_of)


def load(doc: str, store: Store | None = None, *, as_of: Moment | None = None) -> Loaded:
    """Return the document of the store that `doc` names, if no file has this name.

    Raises UsageError if it is empty, NotFoundError if it has the form of an id and is neither a file nor
    in the store, InvalidIdentifierError if the part before or after its @ is not well formed,
    UnreadableInputError if it is a file that is missing or holds no readable text.
    """
    if not doc:
        raise UsageError("the name of a document is empty: name a file, or a document of the store by its id")
    if store is not None:
        doc = stored_name(doc, store)
    if not names_stored(doc):
        if os.path.isdir(doc):  # noqa: PTH112 (a name too long for a file is no folder)
            raise UnreadableInputError(
                f"{doc} is a folder: name a file, or a document of the store by its id"
            )
        if "@" in doc:
            split_reference(doc)  # says which half is not well formed
        refuse_misspelt(Path(doc))
        raise UnreadableInputError(f"there is no file {doc}, and it is no id of a document in a store")
    if store is None:
        refuse_misspelt(Path(doc))
        raise NotFoundError(
            f"there is no file {doc}, and no store to look for a document of that id: use --store"
        )
    return load_stored(doc, store, as_of=as_of)


def stored_name(doc: str, store: Store) -> str:
    """Return the `id` or `id@when` of the document with a number (`number`, `number@when`); any other name is returned unchanged.

    Every spelling of a number is accepted, and a number without its body (2021年第3号) fits every body. Raises NotFoundError if
    the store holds no document of that number, DoubtfulIdentityError if it holds several.
    """
    if names_stored(doc):
        return doc
    words, at, when = doc.rpartition("@") if "@" in doc else (doc, "", "")
    number = DocumentNumber.parse(words)
    if number is None:
        return doc
    with Index.open(store) as index:
        found = index.find(number=words) or (index.find_serial(number.key) if number.lacks_body else [])
    if not found:
        raise NotFoundError(f"the store holds no document with the number {number}")
    if len(found) > 1:
        names = ", ".join(f"{each.id} 《{each.title}》" for each in found)
        raise DoubtfulIdentityError(f"{number} is the number of {names}: name one of them by its id")
    return f"{found[0].id}{at}{when}"


def load_stored(doc: str, store: Store, *, as_of: Moment | None = None) -> Loaded:
    """Return the document that `id` or `id@when` names in a store; `id@date` is the version in force on that day.

    Statements of all held documents count: a text that a different text ended is not in force, an extended text
    is. Raises NotFoundError if there is no such document or version, or no version was in force; the message quotes
    the sentence that proves it.
    """
    identity, record, validity = resolve_in_force(doc, store, as_of=as_of)
    loaded = loaded_version(identity, record, store.text(identity.id, record.version, as_of=as_of))
    if validity is None or record.version != validity.version:
        return loaded
    known = loaded.parsed.validity.model_copy(
        update={"expires": validity.until, "ended_by": validity.ended_by}
    )
    return Loaded(loaded.parsed.model_copy(update={"validity": known}))


def resolve_in_force(
    doc: str, store: Store, *, as_of: Moment | None = None
) -> tuple[DocumentIdentity, VersionRecord, DocumentValidity | None]:
    """Return document, version and validity that `id`, `id@version` or `id@date` names.

    The validity is None if the index has not read the texts of the store yet and no day is given: a
    question about one text does not wait until thousands are read. Raises NotFoundError as for `load_stored`.
    """
    document_id, when = split_reference(doc)
    snapshot = store.at(as_of)
    if when is None or snapshot.names_version(document_id, when):
        identity, record = store.resolve(doc, as_of=as_of)
        with Index.open(store) as index:
            if as_of is not None or not index.is_read(most=_FEW):
                return identity, record, None
            return identity, record, ValidityBook(index, about=[identity.id]).on(identity.id, local_day())
    identity = snapshot.identity(document_id)
    held = (
        None
        if as_of is None
        else {
            (each.id, record.version)
            for each in snapshot.documents()
            for record in snapshot.versions(each.id)
        }
    )
    with Index.open(store) as index:
        book = ValidityBook(
            index, None if held is None else lambda *version: version in held, about=[document_id]
        )
        day = parse_version(when).day
        return identity, book.version_in_force(document_id, day), book.on(document_id, day)


_FEW = 200
"""Most unread texts that are read at once to determine the validity of a single text; 200 take about three seconds."""
