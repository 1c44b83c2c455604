"""Where a sentence that comes from no superior document was seen first: the neighbours' documents on the same subject."""

from collections.abc import Sequence
from datetime import date

from policydiff.comparison.compare import Prepared
from policydiff.comparison.differences import is_derived
from policydiff.comparison.sentences import SURE
from policydiff.model import (
    Comparison,
    Document,
    Reference,
    SeenIn,
    SentenceComparison,
    SentenceKind,
)


def name_siblings(
    comparison: Comparison, local: Document, siblings: Sequence[tuple[Reference, Document]]
) -> Comparison:
    """Return the comparison with the earliest sibling named beside each sentence of the local document's own.

    Districts copy each other: much of what reads as new against the superior document is a neighbour's text. Only documents
    issued before the local one are looked at, and only what is sure is named.

    Args:
        comparison: A comparison of `local` with its superior document.
        local: The local document.
        siblings: Other documents of its level, with how they are named.
    """
    prepared = Prepared(local)
    limit = comparison.local.issued
    earlier = sorted(
        (
            (reference.issued or date.max, place)
            for place, (reference, _) in enumerate(siblings)
            if reference.issued is not None and (limit is None or reference.issued < limit)
        ),
    )
    seen: dict[int, SeenIn] = {}
    for _, place in earlier:
        reference, document = siblings[place]
        found = prepared.against(document).sentences
        for index, (own, there) in enumerate(zip(comparison.sentences, found, strict=True)):
            if index not in seen and _is_own(own) and there.score >= SURE and there.sources:
                source = there.sources[0]
                seen[index] = SeenIn(document=reference, clause=source.clause, text=source.text)
    return comparison.model_copy(
        update={
            "sentences": tuple(
                sentence.model_copy(update={"seen_in": seen[index]}) if index in seen else sentence
                for index, sentence in enumerate(comparison.sentences)
            )
        }
    )


def _is_own(sentence: SentenceComparison) -> bool:
    return sentence.kind is SentenceKind.SENTENCE and not is_derived(sentence)
