"""Which documents of a store share wording with a text, ranked: the candidates that a comparison is then made with."""

from collections import defaultdict
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from policydiff.model import Document
from policydiff.reuse.gram_index import GramIndex
from policydiff.reuse.grams import areas_of, winnowed_document

COMMON = 200
"""A run that more texts hold than this says nothing of where a document comes from."""
_COMMON_SENTENCES = 8 * COMMON
"""A run that more sentences hold is left out unread: with eight sentences a text it is held by more texts than `COMMON`."""
_LENGTH = 0.25
"""Power of a candidate's number of sentences its evidence is divided by: a long law shares a little with everything. Of 780
pairs the right superior is first in .895 with 0.1 and in .900 with 0.25 and 0.4 (`benchmarks.reuse` prints the middle one)."""
CITED = 1.5
"""How much more the evidence of a document counts that the text cites as what it rests on. A law cites what it rests on in any
order, and not always what it was made from: cited first, the right one of 780 pairs is first in .74; with 1.5 in .91,
with 3 in .90 again."""


class Shared(NamedTuple):
    """What a text of the store shares with the text asked about."""

    text: int
    """Which of `GramIndex.texts`."""
    evidence: float
    """How much rare wording is shared; comparable within one question."""
    share: float
    """Share (0…1) of the wording asked about, rare runs counting more."""


def grams_of(document: Document) -> list[set[int]]:
    """Return the fingerprints of each sentence of a document, as the index would hold them."""
    texts = [clause.text for clause in document.walk() if clause.text]
    areas = areas_of(document.title, document.issuing_bodies)
    return [sentence for clause in winnowed_document(texts, areas) for sentence in clause]


def sharing(grams: GramIndex, sentences: Sequence[set[int]]) -> list[Shared]:
    """Return the texts that share rare wording with sentences, given by their fingerprints, most first."""
    size = len(grams.texts)
    wanted = {gram for sentence in sentences for gram in sentence}
    weight: dict[int, float] = {}
    texts_of: dict[int, list[int]] = {}
    for gram, holders in grams.holders(wanted, longest=_COMMON_SENTENCES).items():
        texts = {place for place in map(grams.place_of, holders) if place is not None}
        if texts and len(texts) <= COMMON:
            weight[gram] = log(1 + size / len(texts))
            texts_of[gram] = sorted(texts)
    whole = 0.0
    found: defaultdict[int, float] = defaultdict(float)
    for sentence in sentences:
        for gram in sorted(sentence):
            whole += weight.get(gram, log(1 + size))
            for text in texts_of.get(gram, ()):
                found[text] += weight[gram]
    ranked = [
        Shared(text, shared / max(1, sum(grams.texts[text].counts)) ** _LENGTH, shared / whole)
        for text, shared in found.items()
    ]
    return sorted(ranked, key=lambda each: (-each.evidence, each.text))
