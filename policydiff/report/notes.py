"""The facts of a revision diff over many clauses, as sentences for readers."""

from collections.abc import Iterable

from policydiff.model import Fact, NumbersShifted, ReferencesFollow
from policydiff.report.catalog import Catalog


def notes(facts: Iterable[Fact], say: Catalog) -> tuple[str, ...]:
    """Return a sentence for each fact, all shifts of numbers in one."""
    shifts: list[str] = []
    told: list[str] = []
    for fact in facts:
        match fact:
            case NumbersShifted():
                shifts.append(say("from {clause} {shift}", clause=fact.label, shift=fact.shift))
            case ReferencesFollow():
                told.append(
                    say.plural(
                        "{n} clause differs only in references that follow the new numbers.",
                        "{n} clauses differ only in references that follow the new numbers.",
                        fact.clauses,
                    )
                )
    if shifts:
        told.insert(0, say("Numbers shift: {told}.", told=say("; ").join(shifts)))
    return tuple(told)
