"""What `verify` can find wrong, each named with document, version, file and commit where they are known."""

from enum import StrEnum

from policydiff.model import Value


class FaultKind(StrEnum):
    """What is wrong."""

    DAMAGED = "damaged"
    """a recorded file contradicts its own record: a hash, a name, a form"""
    MISSING = "missing"
    """a file that belongs to a version or document is not recorded, or not in the work tree"""
    UNEXPECTED = "unexpected"
    """a file that belongs to no version, or that no commit accounts for"""
    CHANGED = "changed"
    """a file in the work tree differs from what is recorded"""
    UNRECORDED = "unrecorded"
    """a file in the work tree that looks recorded and is not, or a change that is staged only"""
    OBJECT = "object"
    """git's own object is unreadable or does not match its id"""
    REMOVED = "removed"
    """a version that was recorded is gone"""
    REWRITTEN = "rewritten"
    """the history, or a file in it, is not what was recorded"""
    BACKDATED = "backdated"
    """a time of recording that the commits around it rule out"""
    UNSIGNED = "unsigned"
    """a commit without a good signature by one of the signers asked for"""


class Fault(Value):
    """One thing that is wrong."""

    kind: FaultKind
    message: str
    """One sentence: what, where, and what to do."""
    id: str | None = None
    version: str | None = None
    path: str | None = None
    """Relative to the store."""
    commit: str | None = None
