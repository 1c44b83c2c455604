"""Families: documents that share a template, and the text they have in common.

Documents are set side by side by a sixteenth of their fingerprints, those whose bucket is a multiple of sixteen: the
same ones in every document, so that the share they have in common is an estimate of the share of all of them. What a
fingerprint says is counted in bits, so that documents that share nothing but formulas are of no family.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from policydiff.reuse.found import CommonSentence, Family, FamilyList, FamilyMember, MemberWords
from policydiff.reuse.gram_index import GramIndex
from policydiff.reuse.grams import COVER, LOW_BITS, Bucket, areas_of, gram_words, sentences_in
from policydiff.reuse.likely_sources import SUBSTANCE_BITS, common_runs, sentence_bits

_EVERY = 16
_SAMPLE_LEAST = 64
"""Texts below which every fingerprint is looked at: a sixteenth of a few short texts is nothing."""
_COMMON = 200
"""A run that more texts hold belongs to no template."""
LIKE = 0.5
"""Share of what the shorter document says that both hold, from which they are of one family."""
_GRAMS_LEAST = 6
"""Sampled runs a document must have to be set beside others."""
_SAME_SENTENCE = 70.0
"""Likeness (0…100) from which a sentence of a member is the common one."""
_SLOT = "〔…〕"


def families(grams: GramIndex, *, least: int = 2) -> FamilyList:
    """Return the families of the newest versions in a store, the largest first.

    Args:
        grams: The gram index of the store.
        least: Members from which a family is named.
    """
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
    return FamilyList(
        families=tuple(sorted(found, key=lambda each: (-len(each.members), each.members[0].id)))
    )


def _near(grams: GramIndex, shown: set[int]) -> dict[int, dict[int, float]]:
    """Return for each text those that share at least `LIKE` of what the shorter one says, with the share."""
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
        if len(places) <= _COMMON:
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
    """Return a family; what its members have in common is read off the one nearest to all."""
    held = [_sentences(grams, place) for place in (middle, *others)]
    background = common_runs()
    kept = [0] * len(held)
    common = []
    for words, printed in held[0].items():
        same = [
            hit[0]
            if (hit := extractOne(words, own.keys(), scorer=ratio, score_cutoff=_SAME_SENTENCE))
            else None
            for own in held
        ]
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
    members = []
    for index, place in enumerate((middle, *others)):
        text = grams.texts[place]
        members.append(
            FamilyMember(
                id=text.document_id,
                version=text.version,
                title=grams.identity(text.document_id).title,
                kept=kept[index],
                own=max(0, len(held[index]) - kept[index]),
            )
        )
    return Family(members=tuple(members), common=tuple(common))


def _with_slots(printed: str, others: list[str]) -> str:
    """Return a sentence with a slot wherever half of the other members or more have other words."""
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
