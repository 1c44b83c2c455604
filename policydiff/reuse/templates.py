"""Families: documents that share a template, and the text they have in common.

Documents are set side by side by a sixteenth of their fingerprints, those whose bucket is a multiple of sixteen: the
same ones in every document, so that the share they have in common is an estimate of the share of all of them.
"""

from collections import Counter, defaultdict
from difflib import SequenceMatcher

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from policydiff.reuse.gram_index import GramIndex
from policydiff.reuse.grams import areas_of, gram_words, sentences_in
from policydiff.reuse.posting_lists import LOW_BITS, Bucket
from policydiff.reuse.spread_found import CommonSentence, Family, FamilyList, FamilyMember

_EVERY = 16
_SAMPLE_LEAST = 64
"""Texts below which every fingerprint is looked at: a sixteenth of a few short texts is nothing."""
_COMMON = 200
"""A run that more texts hold belongs to no template."""
LIKE = 0.5
"""Share of the shorter document's runs that both hold, from which they are of one family."""
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
    sizes, shared = _sampled(grams, shown)
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), number in shared.items():
        smaller = min(sizes[one], sizes[other])
        if smaller >= _GRAMS_LEAST and number / smaller >= LIKE:
            near[one][other] = near[other][one] = number / smaller
    found = []
    taken: set[int] = set()
    for middle in sorted(near, key=lambda each: (-len(near[each]), -sum(near[each].values()), each)):
        members = [each for each in near[middle] if each not in taken]
        if middle in taken or len(members) + 1 < least:
            continue
        taken.update(members, (middle,))
        found.append(_family(grams, middle, sorted(members, key=lambda each: grams.texts[each].document_id)))
    return FamilyList(
        families=tuple(sorted(found, key=lambda each: (-len(each.members), each.members[0].id)))
    )


def _sampled(grams: GramIndex, shown: set[int]) -> tuple[Counter[int], Counter[tuple[int, int]]]:
    """Return the number of sampled runs of each text, and of each pair of texts that share some."""
    sizes: Counter[int] = Counter()
    shared: Counter[tuple[int, int]] = Counter()
    every = _EVERY if len(shown) >= _SAMPLE_LEAST else 1
    holders: defaultdict[int, set[int]] = defaultdict(set)
    rows = grams.database.execute(
        "SELECT key & 65535, grams FROM bucket WHERE (key & 65535) % ? = 0", (every,)
    )
    for bucket, blob in rows:
        for low, numbers in Bucket(blob).lists():
            found = map(grams.place_of, numbers)
            places = {place for place in found if place is not None and place in shown}
            holders[bucket << LOW_BITS | low] |= places
    for places in holders.values():
        sizes.update(places)
        if 1 < len(places) <= _COMMON:
            ordered = sorted(places)
            shared.update((one, other) for index, one in enumerate(ordered) for other in ordered[index + 1 :])
    return sizes, shared


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
    aligned: list[list[str]] = []
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
        aligned.append([own[each] for own, each in zip(held, same, strict=True) if each is not None])
        common.append(CommonSentence(text=_with_slots(printed, aligned[-1][1:]), held_by=number))
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
