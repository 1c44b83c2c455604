"""Words of duty and permission (应当, 可以, 不得): which became stronger or weaker, which were put in or dropped."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from policydiff.model import Signal, SignalType
from policydiff.revision.hunks import Hunk, clauses
from policydiff.revision.lexicon import lexicon
from policydiff.revision.stretches import shortened
from policydiff.revision.tokens import Token

_DUTY = 4
"""Strength from which a word put in or dropped with its clause is told."""
_SAME_CLAUSE = 0.6
"""Likeness above which two clauses state one duty, at whatever place."""
_MOST = 60
"""Clauses of one side that are compared with those of the other; an article has fewer."""


class _Duty(NamedTuple):
    """A word of duty or permission with the clause it stands in."""

    word: str
    clause: str


class DutyChanges:
    """The words of duty of one wording, edit by edit: compared in order inside a clause, else clause with clause."""

    def __init__(self) -> None:
        """Begin with none."""
        self._pairs: list[tuple[_Duty, _Duty]] = []
        self._gone: list[_Duty] = []
        self._come: list[_Duty] = []

    def add(self, hunk: Hunk, old: Sequence[Token], new: Sequence[Token]) -> None:
        """Take the words of one edit, with the tokens of both sides."""
        gone, come = list(_duties(hunk.old, old)), list(_duties(hunk.new, new))
        if len(clauses(hunk.old)) == len(clauses(hunk.new)) == 1:
            shared = min(len(gone), len(come))
            self._pairs.extend(zip(gone, come, strict=False))
            gone, come = gone[shared:], come[shared:]
        self._gone.extend(gone)
        self._come.extend(come)

    def signals(self) -> Iterator[Signal]:
        """Yield what changed: 禁止 that moved with its clause did not."""
        strength = lexicon().modality
        alike, gone, come = _paired(self._gone, self._come)
        for one, other in (*self._pairs, *alike):
            rise = strength[other.word] - strength[one.word]
            if rise:
                kind = SignalType.DUTY_STRENGTHENED if rise > 0 else SignalType.DUTY_WEAKENED
                yield Signal(type=kind, old=one.word, new=other.word)
        for told in filter(None, map(_told_alone, gone)):
            yield Signal(type=SignalType.DUTY_WEAKENED, old=told, new=None)
        for told in filter(None, map(_told_alone, come)):
            yield Signal(type=SignalType.DUTY_STRENGTHENED, old=None, new=told)


@cache
def _modals() -> re.Pattern[str]:
    words = "|".join(sorted(lexicon().modality, key=len, reverse=True))
    return re.compile(rf"(?:{words})(?![求素点约对用邀变急付届免是])")


def _duties(text: str, tokens: Sequence[Token]) -> Iterator[_Duty]:
    words = {token.text for token in tokens}
    for clause in clauses(text):
        for match in _modals().finditer(clause):
            if len(match[0]) > 1 or match[0] in words:
                yield _Duty(match[0], clause)


def _paired(
    gone: Sequence[_Duty], come: Sequence[_Duty]
) -> tuple[list[tuple[_Duty, _Duty]], list[_Duty], list[_Duty]]:
    """Return the duties that much the same clause states on both sides, and those of either side that are left."""
    pairs: list[tuple[_Duty, _Duty]] = []
    left = list(come)
    alone: list[_Duty] = []
    for one in gone:
        best = max(left[:_MOST], key=lambda other: _likeness(one, other), default=None)
        if best is not None and _likeness(one, best) >= _SAME_CLAUSE:
            left.remove(best)
            pairs.append((one, best))
        else:
            alone.append(one)
    return pairs, alone, left


def _likeness(one: _Duty, other: _Duty) -> float:
    return Indel.normalized_similarity(one.clause, other.clause)


def _told_alone(duty: _Duty) -> str | None:
    """Return a whole new or dropped duty; None for a weak word, or one in a scrap of a sentence."""
    if lexicon().modality[duty.word] < _DUTY or len(duty.clause) < len(duty.word) + 3:
        return None
    return shortened(duty.clause.removeprefix("但"))
