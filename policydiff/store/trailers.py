"""The message of a commit: what it did, on top of what, and a digest of what it wrote. Pure.

Policydiff-Action: add
Policydiff-Parent: <commit>      the commit it was made on: a rewritten history no longer agrees
Policydiff-Digest: <sha256>      over `<object id> <path>` of the files it wrote: an altered commit disagrees
"""

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from policydiff.store.values import Action, Plan

_TRAILER = re.compile(r"^Policydiff-(Action|Parent|Digest): (\S+)$", re.MULTILINE)


class Trailers(NamedTuple):
    """What a commit's message says of it; all empty for a commit not made by policydiff."""

    actions: frozenset[Action]
    parent: str | None
    """`none` for the first commit of a repository."""
    digest: str | None


def message(plan: Plan, parent: str | None, objects: Mapping[str, str]) -> str:
    """Return the whole message; `objects` maps path in the store to object id."""
    lines = [plan.subject, ""]
    lines += [f"Policydiff-Action: {action}" for action in plan.actions]
    lines += [f"Policydiff-Parent: {parent or 'none'}", f"Policydiff-Digest: {digest(objects)}", ""]
    return "\n".join(lines)


def digest(objects: Mapping[str, str]) -> str:
    """Return the digest over path in the store to object id."""
    lines = sorted(f"{oid} {path}\n" for path, oid in objects.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def read_message(text: str) -> Trailers:
    """Return the trailers of a commit's message; values that are unknown are ignored."""
    found = _TRAILER.findall(text.strip().rpartition("\n\n")[2])
    known = {action.value for action in Action}
    actions = frozenset(Action(value) for key, value in found if key == "Action" and value in known)
    values = dict(found)
    return Trailers(actions, values.get("Parent"), values.get("Digest"))
