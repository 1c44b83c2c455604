"""What a derived sentence changes of its source: signals, what it leaves out, the effect, and whether it is verbatim."""

from collections.abc import Iterable, Sequence

from policydiff.model import Dropped, Effect, Genre, Relation, SentenceComparison, SentenceKind, Signal, Span
from policydiff.substance import dropped, effect
from policydiff.substance.effects import local_signals

_ALSO_A_SOURCE = 0.5
"""Score from which on a further source is one the sentence is fused from."""
_DERIVED = frozenset({Relation.VERBATIM, Relation.ADAPTED})

_Source = tuple[str, str]
"""Clause and words of a superior sentence."""


def with_differences(sentences: Sequence[SentenceComparison], genre: Genre) -> tuple[SentenceComparison, ...]:
    """Return the sentences, each derived one with its signals, what of its source it leaves out, and its effect.

    A provision spread over several local sentences leaves out only what none of them says. A sentence fused from several
    sources adds only what none of them says. Verbatim is a sentence without signal that leaves out nothing of substance of
    any of its sources.
    """
    takers: dict[_Source, list[str]] = {}
    for sentence in sentences:
        if is_derived(sentence):
            takers.setdefault(_best(sentence), []).append(sentence.text)
    return tuple(
        _compared(sentence, takers[_best(sentence)], genre) if is_derived(sentence) else sentence
        for sentence in sentences
    )


def is_derived(sentence: SentenceComparison) -> bool:
    """Return whether a unit is a sentence that comes from the superior document."""
    return sentence.kind is SentenceKind.SENTENCE and sentence.relation in _DERIVED and bool(sentence.sources)


def _best(sentence: SentenceComparison) -> _Source:
    return sentence.sources[0].clause, sentence.sources[0].text


def _compared(sentence: SentenceComparison, together: Sequence[str], genre: Genre) -> SentenceComparison:
    source = sentence.sources[0].text
    if source == sentence.text:
        return sentence.model_copy(
            update={"relation": Relation.VERBATIM, "effect": effect(source, source, signals=())}
        )
    others = [other.text for other in sentence.sources[1:] if other.score >= _ALSO_A_SOURCE]
    sources = "\n".join((source, *others))
    left_out = dropped(source, "\n".join(together), genre=genre)
    signals = tuple(_kept(local_signals(sources, sentence.text, genre=genre), len(source), left_out))
    cut_short = bool(left_out) or any(dropped(other, "\n".join(together), genre=genre) for other in others)
    relation = sentence.relation
    if relation is Relation.VERBATIM and (signals or cut_short):
        relation = Relation.ADAPTED
    return sentence.model_copy(
        update={
            "relation": relation,
            "signals": signals,
            "dropped": left_out,
            "effect": _effect(sources, sentence.text, genre, signals, cut_short=cut_short),
        }
    )


def _effect(sources: str, text: str, genre: Genre, signals: Sequence[Signal], *, cut_short: bool) -> Effect:
    """Return the effect; nothing is called the same that has a signal or leaves something out.

    Of such sentences that weigh the same, a reader called seven the same, four localised and five changed; of those without
    a signal twenty of twenty the same.
    """
    found = effect(sources, text, genre=genre, signals=signals)
    return Effect.LOCALISED if found is Effect.SAME and (signals or cut_short) else found


def _kept(signals: Iterable[Signal], source_length: int, left_out: Sequence[Dropped]) -> Iterable[Signal]:
    """Yield the signals about the best source; a part that another local sentence says is not removed."""
    for signal in signals:
        place = signal.old_span
        if place is not None:
            if place.end > source_length:
                continue
            if signal.new is None and not _meets(place, left_out):
                continue
        yield signal


def _meets(place: Span, parts: Sequence[Dropped]) -> bool:
    return any(place.start < part.span.end and part.span.start < place.end for part in parts)
