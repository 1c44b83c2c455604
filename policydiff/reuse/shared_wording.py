"""Documents of a store with common wording: probable sources of a text, ranked, and families of documents with one template.

A comparison is then made with the ranked sources.

Words of most texts (enacting clauses, commencement, powers of interpretation) are no evidence of a source. The weight of a run of characters is
counted in bits, from the share of texts that hold it: texts of the store, and laws and policies from outside it, whose
common runs are in `common_runs.tsv` (`benchmarks/training/common_runs.py` counts them). Set formulas are therefore recognised
in a store of nine texts as in one of thousands, without a list of formulas.

For families, documents are compared by a sixteenth of their fingerprints, those whose bucket is a multiple of
sixteen. They are the same in every document, so that the share in common is an estimate for all fingerprints.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from itertools import groupby, islice
from math import log2
from typing import NamedTuple

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from policydiff.collection.relations import ResolvedRelation
from policydiff.lexicon.titles import bare_title, subject_of
from policydiff.model import CitationRelation, Document
from policydiff.reuse import CommonSentence, Family, FamilyList, FamilyMember, MemberWords
from policydiff.reuse.gram_index import GramIndex
from policydiff.reuse.grams import (
    COVER,
    GRAM,
    LOW_BITS,
    Bucket,
    areas_of,
    gram_words,
    run_fingerprints,
    sentences_in,
    winnowed,
    winnowed_document,
)

COMMON = 200
"""Most texts that may hold a run: a more frequent run is no evidence of a source and belongs to no template."""
_COMMON_SENTENCES = 8 * COMMON
"""Most sentences that may hold a run; more frequent runs are skipped unread: with eight sentences a text, more than `COMMON` texts hold them."""
_LENGTH = 0.25
"""Power of a candidate's number of sentences by which its evidence is divided: a long law shares a little with every text. Of 780
pairs the right superior is first in .895 with 0.1 and in .900 with 0.25 and 0.4 (`benchmarks.reuse` prints the value for 0.25)."""
SUBSTANCE_BITS = 22.0
"""Bits that one sentence must share for two texts to be set beside each other. `benchmarks.reuse` prints it on both sides: nearly all
right superiors share a sentence with more, of texts drawn by lot one in fifty."""
_PIECES_BITS, _PIECES_SHARE = 100.0, 0.05
"""Or so much in many pieces, and at least so much of what the text says: where every sentence was reworded. Closing formulas
of one text say some 60 bits together."""


class CommonRuns(NamedTuple):
    """Runs of characters that many unrelated texts hold, counted outside the store."""

    texts: int
    """Number of unrelated texts that were counted."""
    holders: Mapping[int, float]
    """For the fingerprint of each common run how many of them hold it."""

    def bits(self, gram: int, holders: int, texts: int) -> float:
        """Return the bits of a run that `holders` of `texts` texts of a store hold; the unrelated texts are counted too.

        A run that is not among the common runs counts as held by a single unrelated text.
        """
        return log2((texts + self.texts) / (holders + self.holders.get(gram, 1.0)))


@cache
def common_runs() -> CommonRuns:
    """Return the runs that many unrelated texts hold."""
    table = files(__package__).joinpath("common_runs.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in table.splitlines()]
    texts = int(lines[0][0])
    found: dict[int, float] = {}
    for half_bits, runs in lines[1:]:
        number = texts / 2 ** (int(half_bits) / 2)
        found.update((gram, number) for gram in run_fingerprints(runs)[GRAM - 1 :: GRAM])
    return CommonRuns(texts, found)


def sentence_bits(common: CommonRuns, words: str) -> float:
    """Return the information of a sentence in bits, against texts at large; the sentence is given by its folded words."""
    return sum(common.bits(gram, 1, 1) for gram in sorted(winnowed(words))) / COVER


class Shared(NamedTuple):
    """Wording that a text of the store shares with the given text."""

    text: int
    """Index into `GramIndex.texts`."""
    evidence: float
    """Amount of shared rare wording, in weighted bits; comparable only within one question."""
    share: float
    """Share (0…1) of the given wording, rare runs counting more."""
    sentence_bits: float
    """Most bits shared with a single sentence: below `SUBSTANCE_BITS` only formulas are shared."""
    bits: float
    """Information of all the shared wording, in bits."""

    @property
    def of_substance(self) -> bool:
        """Whether more is shared than formulas: a sentence, or many pieces of sentences."""
        return self.sentence_bits >= SUBSTANCE_BITS or (
            self.bits >= _PIECES_BITS and self.share >= _PIECES_SHARE
        )


def grams_of(document: Document) -> list[set[int]]:
    """Return the fingerprints of each sentence of a document, as the index would hold them."""
    texts = [clause.text for clause in document.walk() if clause.text]
    areas = areas_of(document.title, document.issuing_bodies)
    return [sentence for clause in winnowed_document(texts, areas) for sentence in clause]


def sharing(grams: GramIndex, sentences: Sequence[set[int]]) -> list[Shared]:
    """Return the texts that share rare wording with `sentences`, given by their fingerprints, most first."""
    size = len(grams.texts)
    wanted = {gram for sentence in sentences for gram in sentence}
    common = common_runs()
    weight: dict[int, float] = {}
    texts_of: dict[int, list[int]] = {}
    for gram, holders in grams.holders(wanted, longest=_COMMON_SENTENCES).items():
        texts = {place for place in map(grams.place_of, holders) if place is not None}
        if texts and len(texts) <= COMMON:
            weight[gram] = common.bits(gram, len(texts), size)
            texts_of[gram] = sorted(texts)
    whole = 0.0
    found: defaultdict[int, float] = defaultdict(float)
    most: defaultdict[int, float] = defaultdict(float)
    for sentence in sentences:
        here: defaultdict[int, float] = defaultdict(float)
        for gram in sorted(sentence):
            whole += weight[gram] if gram in weight else common.bits(gram, 1, size)
            for text in texts_of.get(gram, ()):
                here[text] += weight[gram]
        for text, bits in here.items():
            found[text] += bits
            most[text] = max(most[text], bits)
    ranked = []
    for text, bits in found.items():
        evidence = bits / COVER / max(1, sum(grams.texts[text].counts)) ** _LENGTH
        ranked.append(Shared(text, evidence, bits / whole, most[text] / COVER, bits / COVER))
    return sorted(ranked, key=lambda each: (-each.evidence, each.text))


CITED = 2.0
"""Factor for the evidence of a document that the text names as its basis. A law cites what it rests on in any
order, and not always what it was made from: cited first, the right one of 780 pairs is first in .74, with 1.5 to 2.5 in .94."""
ENTITLED = 3.0
"""Factor for the evidence of a document whose subject stands in the text's own title. Of 780 pairs the right one is
first in .91 without, in .936 with 2, in .945 with 3 and 4; several documents have more than one right superior, so that no
ranking comes above .949."""
_SUBJECT_LEAST = 2
"""Least letters of a subject that a title can name: 水 (of 水法) occurs in too many titles."""
_OPENING = 3
"""Number of first clauses with words that count as the opening, where a text cites its basis
(根据《…》，制定本条例). Further on, 依照《…》处罚 only refers a matter to a law."""


class Ranking(NamedTuple):
    """Documents from which a document may come, ranked."""

    documents: list[str]
    """Documents with most evidence first; documents cited without shared wording come last."""
    shared: dict[str, Shared]
    """For each document, its text with the most shared wording."""
    evidence: dict[str, float]
    """Evidence of each document; comparable only within one question."""


def ranked_documents(
    grams: GramIndex,
    shared: list[Shared],
    named: Iterable[str],
    title: str = "",
    *,
    own_id: str | None = None,
) -> Ranking:
    """Return the documents that share wording with a document, or that it cites, the likeliest source first.

    A document that shares only formulas is included only if it is `named` as a basis; versions of the
    document itself (`own_id`) are left out. Without a title only wording and citations count.
    """
    named = dict.fromkeys(named)
    best: dict[str, Shared] = {}
    for each in shared:
        document = grams.texts[each.text].document_id
        if document not in best and document != own_id and (each.of_substance or document in named):
            best[document] = each
    entitled = _in_title(grams, best, title)
    evidence = {
        document: each.evidence
        * (CITED if document in named else 1.0)
        * (ENTITLED if document in entitled else 1.0)
        for document, each in best.items()
    }
    ranked = sorted(evidence, key=lambda document: (-evidence[document], document))
    return Ranking([*ranked, *(document for document in named if document not in evidence)], best, evidence)


def _in_title(grams: GramIndex, documents: Iterable[str], title: str) -> set[str]:
    """Return the documents whose subject stands in a title: 某市实施《…法》办法, 某市全民健身条例 of 全民健身条例.

    劳动法 is not meant by a title that names what 劳动合同法 is about.
    """
    own = bare_title(title)
    if not own:
        return set()
    subjects = {each: subject_of(grams.identity(each).title) for each in documents}
    within = {each: name for each, name in subjects.items() if len(name) >= _SUBJECT_LEAST and name in own}
    longer = set(within.values())
    return {
        each for each, name in within.items() if not any(name != other and name in other for other in longer)
    }


def named_as_basis(resolved: Iterable[ResolvedRelation], clauses: Iterable[str]) -> set[str]:
    """Return the documents that a text implements, and those cited as a basis in its opening clauses with words."""
    opening = {"", *islice(clauses, _OPENING)}
    return {
        each.id
        for each in resolved
        if each.id is not None
        and (
            each.relation is CitationRelation.IMPLEMENTS
            or (each.relation is CitationRelation.BASIS and each.citation.clause in opening)
        )
    }


_EVERY = 16
"""One of this many fingerprints of runs is looked at in the search for families, which bounds its time."""
_SAMPLE_LEAST = 64
"""Texts below which every fingerprint is looked at: a sixteenth of a few short texts is nothing."""
LIKE = 0.5
"""Least share (0…1) of the shorter document's information that two documents of one family have in common."""
_GRAMS_LEAST = 6
"""Least number of sampled runs of a document that is compared."""
_SAME_SENTENCE = 70.0
"""Least likeness (0…100) of a member's sentence to the common sentence at which both count as the same sentence."""
_SLOT = "〔…〕"


def families(grams: GramIndex, *, least: int = 2) -> FamilyList:
    """Return the families of the newest versions in a store with at least `least` members, the largest first."""
    newest = dict(
        grams.index.database.execute("SELECT id, newest FROM document WHERE newest IS NOT NULL").fetchall()
    )
    shown = {place for place, text in enumerate(grams.texts) if newest.get(text.document_id) == text.version}
    near = _near(grams, shown)
    found = []
    taken: set[int] = set()
    for middle in sorted(near, key=lambda each: (-len(near[each]), -sum(near[each].values()), each)):
        members = [each for each in near[middle] if each not in taken]
        if middle in taken or len(members) + 1 < least:
            continue
        family = _family(grams, middle, sorted(members, key=lambda each: grams.texts[each].document_id))
        if all(each.formula for each in family.common):
            continue
        taken.update(members, (middle,))
        found.append(family)
    found.sort(key=lambda each: (-len(each.members), each.members[0].id))
    return FamilyList(families=tuple(found))


def _near(grams: GramIndex, shown: set[int]) -> dict[int, dict[int, float]]:
    """Return for each text the texts of its family: those that share at least `LIKE` of the shorter text's information, with the share."""
    every = _EVERY if len(shown) >= _SAMPLE_LEAST else 1
    common = common_runs()
    runs: Counter[int] = Counter()
    says: defaultdict[int, float] = defaultdict(float)
    shared: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for gram, places in _sampled(grams, shown, every):
        bits = common.bits(gram, len(places), len(shown))
        runs.update(places)
        for place in places:
            says[place] += bits
        if len(places) <= COMMON:
            for index, one in enumerate(places):
                row = shared[one]
                for other in places[index + 1 :]:
                    row[other] += bits
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for one, row in shared.items():
        for other, bits in row.items():
            likeness = bits / min(says[one], says[other])
            if (
                likeness >= LIKE
                and bits * every / COVER >= SUBSTANCE_BITS
                and min(runs[one], runs[other]) >= _GRAMS_LEAST
            ):
                near[one][other] = near[other][one] = likeness
    return near


def _sampled(grams: GramIndex, shown: set[int], every: int) -> Iterator[tuple[int, list[int]]]:
    """Yield sampled fingerprints with the texts that hold them, in order."""
    rows = grams.database.execute(
        "SELECT key & 65535, grams FROM bucket WHERE (key & 65535) % ? = 0 ORDER BY key & 65535, key",
        (every,),
    )
    for bucket, some in groupby(rows, key=lambda row: row[0]):
        holders: defaultdict[int, set[int]] = defaultdict(set)
        for _, blob in some:
            for low, numbers in Bucket(blob).lists():
                holders[low].update(place for place in map(grams.place_of, numbers) if place in shown)
        for low, places in holders.items():
            if places:
                yield bucket << LOW_BITS | low, sorted(places)


def _sentences(grams: GramIndex, place: int) -> dict[str, str]:
    """Return the sentences of a text: folded words to words as printed."""
    text = grams.texts[place]
    identity = grams.identity(text.document_id)
    areas = areas_of(identity.title, identity.issuing_bodies)
    printed = (each for _, _, words in grams.clause_texts(text) for each in sentences_in(words))
    folded = {gram_words(each, areas): each.strip() for each in printed}
    return {words: each for words, each in folded.items() if words}


def _family(grams: GramIndex, middle: int, others: list[int]) -> Family:
    """Return a family; the common text is read off the member nearest to all."""
    held = [_sentences(grams, place) for place in (middle, *others)]
    background = common_runs()
    kept = [0] * len(held)
    common = []
    for words, printed in held[0].items():
        hits = [extractOne(words, own.keys(), scorer=ratio, score_cutoff=_SAME_SENTENCE) for own in held]
        same = [hit[0] if hit else None for hit in hits]
        number = sum(each is not None for each in same)
        if 2 * number <= len(held):
            continue
        for index, each in enumerate(same):
            kept[index] += each is not None
        theirs = [(index, each) for index, each in enumerate(same) if index and each is not None]
        common.append(
            CommonSentence(
                text=_with_slots(printed, [held[index][each] for index, each in theirs]),
                held_by=number,
                formula=sentence_bits(background, words) < SUBSTANCE_BITS,
                changed=tuple(
                    MemberWords(member=index, text=held[index][each])
                    for index, each in theirs
                    if each != words
                ),
                lacking=tuple(index for index, each in enumerate(same) if each is None),
            )
        )
    members = tuple(
        FamilyMember(
            id=(text := grams.texts[place]).document_id,
            version=text.version,
            title=grams.identity(text.document_id).title,
            kept=kept[index],
            own=max(0, len(held[index]) - kept[index]),
        )
        for index, place in enumerate((middle, *others))
    )
    return Family(members=members, common=tuple(common))


def _with_slots(printed: str, others: list[str]) -> str:
    """Return a sentence with a slot at each place where at least half of `others` have different words."""
    if not others:
        return printed
    votes = [0] * len(printed)
    for other in others:
        for start, _, length in SequenceMatcher(None, printed, other, autojunk=False).get_matching_blocks():
            for place in range(start, start + length):
                votes[place] += 1
    words = ""
    for character, number in zip(printed, votes, strict=True):
        if 2 * number > len(others):
            words += character
        elif not words.endswith(_SLOT):
            words += _SLOT
    return words
