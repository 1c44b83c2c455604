"""Holders of a clause: documents with a sentence that shares runs of seven characters with it and has half of its content.

The gram index finds all documents with such runs. The content in common is counted as in a comparison, by common words,
with more weight for rare ones. Without the condition on runs, half of the sentences with as much content in common are no
holders: they share two characters here and two there (`python -m benchmarks.reuse` prints both against sentences labelled by hand).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from policydiff.comparison.character_runs import bits_of, shared_runs
from policydiff.comparison.folding import fold
from policydiff.comparison.sentence_units import area_pattern
from policydiff.errors import UsageError
from policydiff.model import Reference
from policydiff.model.base import shortened
from policydiff.reuse import ClauseSpread, FormulaRule, Holder
from policydiff.reuse.gram_index import GramIndex, Sentence
from policydiff.reuse.grams import CERTAIN, Areas, areas_of, gram_words, sentences_in, winnowed
from policydiff.reuse.shared_wording import common_runs, sentence_bits

HELD = 0.5
"""Least share (0…1) of a sentence's information that a second sentence must contain to count as a holder."""
FINGERPRINTS = 0.15
"""Least share (0…1) of a sentence's fingerprints that a holder must contain. 0.15 finds 21 of the 22 labelled holders, as
many as a single fingerprint; 0.2 finds 18. Texts that share only one run of a long formula need not be opened."""
_FORMULA_BITS = 45.0
"""Least bits of a clause that is traced. 法律、法规规定的其他职责 has 43, 构成犯罪的，依法追究刑事责任 39,
市场主体应当依法接受监督检查 56."""
_EVERYDAY = 0.75
"""Bits that each character of a clause must say against unrelated texts at large: 国家机关工作人员…玩忽职守、滥用职权、徇私舞弊的，由其所在单位…
says much (213 bits as the comparison counts) and 0.72 a character, 推进二级以上医院设置老年医学科 0.78."""
_OF_FORCE = re.compile("施行|实施|执行|生效|有效期|失效|废止|停止")
"""Words of which at least one occurs in every statement of when a text is in force."""
_FORMULA_SHARE, _FORMULA_LEAST = 0.1, 20
"""A clause held by more than a tenth of the documents, and by at least twenty, is a formula regardless of its bits: of 3,477
laws 715 hold 法律、行政法规另有规定的，从其规定, and 300 cities that copied one clause would be fewer than a tenth."""
_SENTENCE_LEAST = 20.0
"""Least bits of a sentence that is searched; shorter sentences are skipped if the clause has longer ones."""


class _Wanted(NamedTuple):
    words: str
    before: list[float]
    bits: float


class _Match(NamedTuple):
    sentence: Sentence
    kept: float


def wanted_sentence(sentence: str) -> _Wanted:
    """Return a sentence ready to be looked for."""
    words = fold(sentence).text
    before = list(accumulate(bits_of(words), initial=0.0))
    return _Wanted(words, before, before[-1])


def kept_of(wanted: _Wanted, other: str) -> float:
    """Return the share (0…1) of a sentence's information that is also in `other`, the folded words of a second sentence."""
    if not wanted.bits:
        return 0.0
    before = wanted.before
    shared = sum(
        before[start + length] - before[start] for start, _, length in shared_runs(wanted.words, other)
    )
    return float(shared / wanted.bits)


def clause_spread(grams: GramIndex, text: str, document: Reference | None = None) -> ClauseSpread:
    """Return the documents of the store that hold a clause, by date: all holders as this module defines them.

    `document` is the document of the clause, for the report. Raises UsageError if no sentence of the
    clause is long enough to be searched.
    """
    areas = areas_of(document.title, document.issuing_bodies) if document else ()
    if all(len(gram_words(each, areas)) < CERTAIN for each in sentences_in(text)):
        raise UsageError(
            f"{shortened(text)} is too short: give a clause of at least {CERTAIN} characters, names of places aside;"
            " policydiff search finds single words"
        )
    sentences = [(each, wanted_sentence(each)) for each in sentences_in(text)]
    whole = sum(wanted.bits for _, wanted in sentences)
    kept: defaultdict[int, dict[int, _Match]] = defaultdict(dict)
    left = whole
    for number, (sentence, wanted) in sorted(enumerate(sentences), key=lambda each: -each[1][1].bits):
        # What no longer sentence was found in cannot come to half of the clause by those that are left.
        among = None if left >= HELD * whole else set(kept)
        left -= wanted.bits
        if wanted.bits < _SENTENCE_LEAST and len(sentences) > 1:
            continue
        for match in matches(grams, gram_words(sentence, areas), wanted, among):
            known = kept[match.sentence.place].get(number)
            if known is None or match.kept > known.kept:
                kept[match.sentence.place][number] = match
    found: dict[str, Holder] = {}
    for place in sorted(kept):
        said = sum(sentences[number][1].bits * match.kept for number, match in kept[place].items())
        if whole and said / whole >= HELD:
            holder = _holder(grams, place, [match.sentence for match in kept[place].values()], said / whole)
            earlier = found.get(holder.id)
            if earlier is None or holder.day < earlier.day:
                found[holder.id] = holder
    holders = sorted(found.values(), key=lambda each: (not each.dated, each.day, each.id))
    formula = formula_by(text, whole, len(holders), len({text.document_id for text in grams.texts}))
    return ClauseSpread(
        text=text,
        document=document,
        formula=formula is not None,
        formula_by=formula,
        holders=tuple(holders if formula else _with_parents(holders)),
    )


def formula_by(text: str, bits: float, holders: int, documents: int) -> FormulaRule | None:
    """Return the rule by which a clause is a formula; None if it can be traced.

    `bits` is the clause's information as the comparison counts it; `holders` of all `documents` hold the clause.
    """
    if bits < _FORMULA_BITS:
        return FormulaRule.SAYS_LITTLE
    if is_about_force(text):
        return FormulaRule.OF_FORCE
    words = [gram_words(each) for each in sentences_in(text)]
    said = sum(sentence_bits(common_runs(), each) for each in words)
    if said < _EVERYDAY * sum(map(len, words)):
        return FormulaRule.AT_LARGE
    if holders > max(_FORMULA_LEAST, _FORMULA_SHARE * documents):
        return FormulaRule.WIDELY_HELD
    return None


def is_about_force(text: str) -> bool:
    """Return whether each sentence of a clause states when a text begins, ends or is in force, with any days and titles.

    >>> [is_about_force(each) for each in ("本办法自2024年5月1日起施行，有效期5年。", "许可证有效期5年。")]
    [True, False]
    """
    sentences = [each for each in map(str.strip, sentences_in(text)) if each]
    if not sentences or not all(map(_OF_FORCE.search, sentences)):
        return False
    from policydiff.annotate.force_said import statements_of  # noqa: PLC0415 (few clauses are of that kind)

    return all(any(True for _ in statements_of(each)) for each in sentences)


def matches(
    grams: GramIndex, folded: str, wanted: _Wanted, among: Container[int] | None = None
) -> list[_Match]:
    """Return every sentence of the index, or of some of its texts, that holds a sentence, given by its folded words.

    No list of sentences is too long to be looked at. Found for certain are sentences that share a run of `CERTAIN`
    characters; fingerprints lead to others too, which are left out, so that what is found does not depend on chance.
    """
    kept = winnowed(folded)
    holding = Counter(chain.from_iterable(grams.holders(kept).values()))
    runs = runs_of(folded)
    known: dict[tuple[str, Areas], float] = {}
    judged: dict[str, float] = {}
    found = []
    # A run of that length in common has the same smallest fingerprint on both sides: those that are kept will do.
    for sentence in grams.sentences(
        number
        for number, shared in holding.items()
        if is_held_enough(shared, len(kept)) and (among is None or grams.place_of(number) in among)
    ):
        # Formulas stand in hundreds of texts in the same words; only names of places in them are read differently.
        named = tuple(name for name in sentence.areas if name in sentence.words)
        key = (sentence.words, named)
        if key not in known:
            known[key] = 0.0
            if shares_a_run(runs, gram_words(sentence.words, named)):
                there = fold(sentence.words, area_pattern(named)).text
                if there not in judged:
                    judged[there] = kept_of(wanted, there)
                known[key] = judged[there]
        if known[key] >= HELD:
            found.append(_Match(sentence, known[key]))
    return found


def is_held_enough(shared: int, kept: int) -> bool:
    """Return whether so many of a sentence's kept runs are enough for a holder."""
    return shared >= FINGERPRINTS * kept


def runs_of(folded: str) -> list[str]:
    """Return all runs of `CERTAIN` characters of a folded sentence; a holder contains at least one. A shorter sentence is its only run."""
    return [folded[start : start + CERTAIN] for start in range(max(1, len(folded) - CERTAIN + 1))]


def shares_a_run(runs: Sequence[str], folded: str) -> bool:
    """Return whether folded words contain one of the runs."""
    return any(map(folded.__contains__, runs))


def _holder(grams: GramIndex, place: int, matched: list[Sentence], kept: float) -> Holder:
    text = grams.texts[place]
    title, (code, level), day = grams.standing(text)
    sentences = sorted(set(matched))
    return Holder(
        id=text.document_id,
        version=text.version,
        title=title,
        jurisdiction=code,
        level=level,
        day=day,
        dated=not text.version.startswith("seen-"),
        clause=sentences[0].clause,
        text="".join(each.words for each in sentences).strip(),
        kept=round(kept, 4),
    )


def _with_parents(holders: list[Holder]) -> list[Holder]:
    """Return the holders, each with the earlier holder nearest in wording; the first of equally near holders."""
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
