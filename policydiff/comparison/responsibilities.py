"""Responsibilities side by side: which local body carries what the superior gave to which of its own."""

from collections.abc import Sequence

from policydiff.lexicon.bodies import same_system
from policydiff.model import Band, Responsibility, ResponsibilityComparison, SentenceComparison


def responsibility_comparisons(
    local: Sequence[Responsibility],
    superior: Sequence[Responsibility],
    sentences: Sequence[SentenceComparison],
) -> tuple[ResponsibilityComparison, ...]:
    """Return the local responsibilities with their counterparts, then superior ones that none answers.

    The counterpart of a local note is the note that binds the superior clause its measure comes from.
    """
    compared = []
    answered: set[int] = set()
    for one in local:
        place = _counterpart(one, superior, sentences)
        if place is None:
            compared.append(ResponsibilityComparison(local=one))
            continue
        answered.add(place)
        other = superior[place]
        compared.append(
            ResponsibilityComparison(
                local=one, superior=other, counterparts=_pairs(_bodies(one), _bodies(other))
            )
        )
    compared.extend(
        ResponsibilityComparison(superior=other)
        for place, other in enumerate(superior)
        if place not in answered
    )
    return tuple(compared)


def _counterpart(
    one: Responsibility, superior: Sequence[Responsibility], sentences: Sequence[SentenceComparison]
) -> int | None:
    """Return the place of the superior note that binds most of what the local clause comes from."""
    weight: dict[str, float] = {}
    for sentence in sentences:
        if sentence.band is not Band.UNLIKELY and stands_in(sentence.clause, one.clause):
            for source in sentence.sources:
                weight[source.clause] = weight.get(source.clause, 0.0) + sentence.score * source.score
    best: tuple[float, int, int] | None = None
    for place, other in enumerate(superior):
        bound = sum(score for clause, score in weight.items() if stands_in(clause, other.clause))
        if bound > 0:
            rank = (bound, len(other.clause), -place)
            best = max(best, rank) if best is not None else rank
    return -best[2] if best is not None else None


def stands_in(clause: str, container: str) -> bool:
    """Return whether a clause is another one or stands below it."""
    return clause == container or clause.startswith(f"{container}__")


def _bodies(responsibility: Responsibility) -> tuple[str, ...]:
    return (*responsibility.lead, *responsibility.supporting)


def _pairs(local: Sequence[str], superior: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Pair each local body with the first superior one of its system that is still free."""
    free = list(superior)
    pairs = []
    for one in local:
        other = next((body for body in free if same_system(one, body)), None)
        if other is not None:
            free.remove(other)
            pairs.append((one, other))
    return tuple(pairs)
