"""Whether two identities name one document: a second, different document under one id is refused."""

import re
from collections.abc import Sequence

from policydiff.model import DocumentIdentity

_NOISE = re.compile(r"[\s《》〈〉“”\"'（）()〔〕\[\]【】［］·,，.。、:：;；—-]+")
_ISSUE = re.compile(
    r"[（(〔\[][^（）()〔〕\[\]]{0,40}(?:修订|修正|修改|稿|公布|通过|试行|暂行)[^（）()〔〕\[\]]{0,10}[)）〕\]]\s*\Z"
)
"""What tells two issues of one text apart behind its title: `（2018年修正）`, `（征求意见稿）`, `（试行）`."""


def tell_apart(recorded: DocumentIdentity, other: DocumentIdentity) -> str:
    """Return what tells the documents apart, empty if nothing does.

    They are one document if title or document number agree and their issuing bodies do not contradict, or if both
    title and number agree.
    """
    title = _bare(recorded.title) == _bare(other.title)
    number = _bare_number(recorded) is not None and _bare_number(recorded) == _bare_number(other)
    issuers = _agree(recorded.issuing_bodies, other.issuing_bodies)
    if (title and number) or ((title or number) and issuers):
        return ""
    if not title:
        return f"《{recorded.title}》, not 《{other.title}》"
    return f"issued by {'、'.join(recorded.issuing_bodies)}, not {'、'.join(other.issuing_bodies)}"


def _bare(title: str) -> str:
    return _NOISE.sub("", _ISSUE.sub("", title))


def _bare_number(identity: DocumentIdentity) -> str | None:
    return None if identity.document_number is None else _NOISE.sub("", identity.document_number)


def _agree(bodies: Sequence[str], others: Sequence[str]) -> bool:
    """Say whether issuing bodies do not contradict: one name inside the other is enough.

    A standing committee amends what its congress adopted, and a body is printed with or without the city above it.
    """
    if not bodies or not others:
        return True
    return any(body in other or other in body for body in bodies for other in others)
