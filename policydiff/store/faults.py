"""What `verify` can find wrong, each named with document, version, file and commit where they are known."""

from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from policydiff.model import Value
from policydiff.model.result import Record, Result, counted


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
    UNCHECKED = "unchecked"
    """what this clone does not let anyone look at: it is shallow, partial or grafted"""


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


class Verification(Result):
    """Everything wrong with a store; without faults all is as recorded."""

    schema_id: Literal["policydiff/verification/1"] = Field(
        default="policydiff/verification/1", alias="schema"
    )
    folder: str
    """The folder of the store."""
    documents: int
    """Number of documents recorded."""
    versions: int
    """Number of versions recorded."""
    faults: tuple[Fault, ...]
    """Each fault that was found."""
    unchecked: tuple[Fault, ...] = ()
    """What could not be looked at and was accepted as such; without that it is among the faults."""

    _thing: ClassVar[str] = "fault"

    def _items(self) -> tuple[Fault, ...]:
        return self.faults

    def _record(self, item: Fault) -> Record:
        return item.model_dump(mode="json")

    def _told(self) -> str:
        held = f"{counted(self.documents, 'document')}, {counted(self.versions, 'version')}"
        return f"{held}, {counted(len(self), 'fault')}"
