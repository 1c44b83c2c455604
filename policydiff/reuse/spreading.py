"""Who holds a clause: an exhaustive question to the gram index, judged by the words the comparison's rarity table weighs."""

from collections import Counter, defaultdict
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from policydiff.comparison.folding import fold
from policydiff.comparison.overlap import shared_runs
from policydiff.comparison.rarity import bits_of
from policydiff.model import Reference
from policydiff.reuse.gram_index import GramIndex
from policydiff.reuse.grams import all_grams, areas_of, gram_words, sentences_in
from policydiff.reuse.spread_found import ClauseSpread, Holder
from policydiff.reuse.standing import place_of
from policydiff.store import date_order

HELD = 0.5
"""Share of what a sentence says from which another one holds it."""
_FORMULA_BITS = 45.0
"""What a clause must say to be traced. 法律、法规规定的其他职责 says 43, 构成犯罪的，依法追究刑事责任 39,
市场主体应当依法接受监督检查 56."""
_FORMULA_SHARE, _FORMULA_LEAST = 0.1, 20
"""Words that more than a tenth of the documents hold, and at least twenty, are a formula however much they say: of 3,477
laws 715 hold 法律、行政法规另有规定的，从其规定, and 300 cities that copied one clause would be fewer than a tenth."""
_SENTENCE_LEAST = 20.0
"""Bits of a sentence that is looked for; shorter ones are passed over beside longer ones."""


class _Wanted(NamedTuple):
    words: str
    before: list[float]
    bits: float


class _Match(NamedTuple):
    sentence: int
    kept: float


def wanted_sentence(sentence: str) -> _Wanted:
    """Return a sentence ready to be looked for."""
    words = fold(sentence).text
    before = list(accumulate(bits_of(words), initial=0.0))
    return _Wanted(words, before, before[-1])


def kept_of(wanted: _Wanted, other: str) -> float:
    """Return the share of what a sentence says that another one's folded words say too."""
    if not wanted.bits:
        return 0.0
    before = wanted.before
    shared = sum(
        before[start + length] - before[start] for start, _, length in shared_runs(wanted.words, other)
    )
    return float(shared / wanted.bits)


def clause_spread(grams: GramIndex, text: str, document: Reference | None = None) -> ClauseSpread:
    """Return every document of the store that holds a clause, by date.

    Args:
        grams: The gram index of the store.
        text: The clause.
        document: The document it was taken from, for the report.
    """
    areas = areas_of(document.title, document.issuing_bodies) if document else None
    sentences = [(each, wanted_sentence(each)) for each in sentences_in(text)]
    whole = sum(wanted.bits for _, wanted in sentences)
    kept: defaultdict[int, dict[int, _Match]] = defaultdict(dict)
    for number, (sentence, wanted) in enumerate(sentences):
        if wanted.bits < _SENTENCE_LEAST and len(sentences) > 1:
            continue
        for match in matches(grams, gram_words(sentence, areas), wanted):
            place = grams.place_of(match.sentence)
            if place is not None and match.kept > kept[place].get(number, _Match(0, 0.0)).kept:
                kept[place][number] = match
    found: dict[str, Holder] = {}
    for place in sorted(kept):
        said = sum(sentences[number][1].bits * match.kept for number, match in kept[place].items())
        if whole and said / whole >= HELD:
            holder = _holder(grams, place, list(kept[place].values()), said / whole)
            known = found.get(holder.id)
            if known is None or holder.day < known.day:
                found[holder.id] = holder
    holders = sorted(found.values(), key=lambda each: (not each.dated, each.day, each.id))
    most = max(_FORMULA_LEAST, _FORMULA_SHARE * len({text.document_id for text in grams.texts}))
    formula = whole < _FORMULA_BITS or len(holders) > most
    return ClauseSpread(
        text=text,
        document=document,
        formula=formula,
        holders=tuple(holders if formula else _with_parents(holders)),
    )


def matches(grams: GramIndex, folded: str, wanted: _Wanted) -> list[_Match]:
    """Return the sentences of the index that hold a sentence; no list of sentences is too long to be looked at."""
    counts: Counter[int] = Counter()
    for holders in grams.holders(set(all_grams(folded))).values():
        counts.update(holders)
    judged: dict[str, float] = {}
    found = []
    for sentence, words in grams.words_of(counts):
        if words not in judged:
            judged[words] = kept_of(wanted, fold(words).text)
        if judged[words] >= HELD:
            found.append(_Match(sentence, judged[words]))
    return found


def _holder(grams: GramIndex, place: int, matched: list[_Match], kept: float) -> Holder:
    text = grams.texts[place]
    identity = grams.identity(text.document_id)
    record = grams.record(text.document_id, text.version)
    code, level = place_of(identity)
    numbers = sorted({match.sentence for match in matched})
    clause, _ = grams.clause_of(numbers[0])
    words = [words for _, words in grams.words_of(numbers)]
    return Holder(
        id=text.document_id,
        version=text.version,
        title=identity.title,
        jurisdiction=code,
        level=level,
        day=date_order(record)[0],
        dated=not record.version.startswith("seen-"),
        clause=grams.clause_at(text, clause)[0],
        text="".join(words).strip(),
        kept=round(kept, 4),
    )


def _with_parents(holders: list[Holder]) -> list[Holder]:
    """Return the holders, each with the earlier one nearest in wording; of those equally near the first."""
    first: dict[str, int] = {}
    told = []
    for place, holder in enumerate(holders):
        words = gram_words(holder.text)
        if not holder.dated:
            told.append(holder)
            continue
        parent, likeness = None, None
        if words in first:
            parent, likeness = first[words], 1.0
        elif first:
            nearest, score, _ = extractOne(words, list(first), scorer=ratio)
            parent, likeness = first[nearest], round(score / 100, 4)
        first.setdefault(words, place)
        told.append(holder.model_copy(update={"parent": parent, "likeness": likeness}))
    return told
