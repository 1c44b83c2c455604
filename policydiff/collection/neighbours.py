"""Documents of a store that neighbours issued on the same subject.

Candidates for where a new sentence was seen first.
"""

import re
from datetime import date

from rapidfuzz import fuzz

from policydiff.collection.index import Index
from policydiff.collection.loaded import Loaded
from policydiff.collection.naming import load_stored
from policydiff.collection.relations import version_then
from policydiff.errors import NotFoundError
from policydiff.lexicon.areas import level_of
from policydiff.lexicon.titles import DocumentTitle
from policydiff.model import DocumentIdentity, Reference
from policydiff.store import Moment, Store

_SAME_SUBJECT = 0.6
"""Likeness of two subjects from which on they are one: 既有住宅加装电梯 and 老旧住宅加装电梯 (0.75) are, 养老服务 and 托育服务 (0.5) are not."""
_MOST = 12
"""Neighbours looked at, those whose subject is most alike: each costs one more comparison."""
_AREA = re.compile(
    r"^(?!关于|推进|促进|加强)[\u4e00-\u9fff]{1,7}?(?:特别行政区|自治区|自治州|省|市|区|县|旗|镇|乡|街道)"
)
_FORM = re.compile(
    r"人民政府(?:办公[室厅])?|关于|印发|转发|促进|推进|加强|加快|进一步|贯彻|落实|若干|实施|暂行|试行|通知|意见|办法|规定|细则|方案|措施"
    r"|条例|规划|行动|计划|管理|工作|指导|发展|本[省市区县]|[《》（）()〔〕\d的]"
)
"""Words of a title that say what form a document has, not what it is about."""


def subject_of(title: str) -> str:
    """Return what a title is about, without issuer, area and the words of its form.

    >>> subject_of("某市甲区人民政府关于促进养老服务发展的实施意见")
    '养老服务'
    """
    words = DocumentTitle.parse(title).key
    while (area := _AREA.match(words)) and area.end() < len(words):
        words = words[area.end() :]
    return _FORM.sub("", words)


def same_subject(one: str, other: str) -> float:
    """Return how alike the subjects of two titles are, 0 where they are not one subject."""
    first, second = subject_of(one), subject_of(other)
    likeness = fuzz.ratio(first, second) / 100 if first and second else 0.0
    return likeness if likeness >= _SAME_SUBJECT else 0.0


def neighbours_of(
    own: Reference, superior: Reference, store: Store, *, as_of: Moment | None = None
) -> list[Loaded]:
    """Return documents of the store of the same level and subject that were issued before `own`, most alike first.

    None where the day or the level of the own document is not known.
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
    """Return the version of a document in force on a day, where it was issued before it."""
    try:
        record, _ = version_then(name, store.versions(name, as_of=as_of), day)
    except NotFoundError:
        return None
    if record.issued is None or record.issued >= day:
        return None
    return load_stored(f"{name}@{record.version}", store, as_of=as_of)
