"""Sources by wording, against pairs of national and local laws; one clause, against a scan of the sentences of every twelfth text; and what it costs.

`python -m benchmarks.reuse STORE` takes a store into which the laws of the development data were imported; without one it
says how to make it.
"""

import csv
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from time import process_time

from benchmarks.sources import SHARED
from policydiff.collection.index import Index
from policydiff.comparison.folding import fold
from policydiff.reuse.evidence import sharing
from policydiff.reuse.gram_index import GramIndex
from policydiff.reuse.grams import areas_of, gram_words, sentences_in, winnowed_document
from policydiff.reuse.spreading import HELD, kept_of, matches, wanted_sentence
from policydiff.reuse.standing import place_of
from policydiff.store import Store

_RANKS = (1, 2, 5, 10)
_CLAUSES = 100
_WIDE = 20
"""Of the clauses so many are chosen among those whose very words more than ten documents hold."""


def main() -> int:
    if len(sys.argv) < 2:
        print(
            "policydiff init STORE && policydiff import LAWS --store STORE, then: python -m benchmarks.reuse STORE"
        )
        return 0
    with Store.open(Path(sys.argv[1])) as store, Index.open(store) as index:
        index.parse()
        start = process_time()
        with GramIndex.open(store, index) as grams:
            _costs(grams, process_time() - start)
            _pairs(grams)
            _spread(grams)
            _ties(grams)
    return 0


def _costs(grams: GramIndex, seconds: float) -> None:
    (size,) = grams.database.execute("SELECT sum(length(grams)) FROM bucket").fetchone()
    text = sum(len(words.encode()) for each in grams.texts for _, _, words in grams.clause_texts(each))
    sentences = sum(sum(each.counts) for each in grams.texts)
    print(
        f"gram index: {len(grams.texts)} texts, {sentences} sentences, brought up to date in {seconds:.1f} CPU s"
    )
    print(f"  {size / 1e6:.1f} MB of lists for {text / 1e6:.1f} MB of text: {size / text:.2f}x")


def _plain(title: str) -> str:
    return re.sub(r"\W|中华人民共和国", "", title.replace("（", "(").split("(20", maxsplit=1)[0])


def _fingerprints(grams: GramIndex, place: int) -> list[set[int]]:
    text = grams.texts[place]
    identity = grams.identity(text.document_id)
    words = [each for _, _, each in grams.clause_texts(text)]
    areas = areas_of(identity.title, identity.issuing_bodies)
    return [each for clause in winnowed_document(words, areas) for each in clause]


def _pairs(grams: GramIndex) -> None:
    """Print how often a national law of a pair is among the first by shared wording, of all documents of the state."""
    with (SHARED / "vertical_pairs.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    by_title: defaultdict[str, set[str]] = defaultdict(set)
    states: set[str] = set()
    for (document_id,) in grams.index.database.execute("SELECT id FROM document").fetchall():
        identity = grams.identity(document_id)
        by_title[_plain(identity.title)].add(document_id)
        code, level = place_of(identity)
        if level == "state" or (level is None and code in (None, "000000")):
            states.add(document_id)
    place_of_document = {text.document_id: place for place, text in enumerate(grams.texts)}
    right: defaultdict[str, list[set[str]]] = defaultdict(list)
    for row in rows:
        national, local = by_title[_plain(row["national_title"])], by_title[_plain(row["local_title"])]
        if national and local and min(local) in place_of_document:
            right[min(local)].append(national)
    plain: list[int] = []
    apart: list[int] = []
    begun = process_time()
    for local_id, wanted in sorted(right.items()):
        ranked: list[str] = []
        for shared in sharing(grams, _fingerprints(grams, place_of_document[local_id])):
            document_id = grams.texts[shared.text].document_id
            if document_id in states and document_id not in ranked:
                ranked.append(document_id)
        known = set().union(*wanted)
        for one in wanted:
            place = next((place for place, each in enumerate(ranked) if each in one), 10**6)
            plain.append(place + 1)
            apart.append(1 + sum(each not in known for each in ranked[:place]))
    seconds = (process_time() - begun) / max(1, len(right))
    print(
        f"{len(plain)} pairs, {len(states)} documents of the state, text alone, {seconds * 1000:.0f} CPU ms a document"
    )
    for name, ranks in (("as ranked", plain), ("other right superiors of the document left out", apart)):
        told = "  ".join(
            f"@{limit} {sum(each <= limit for each in ranks) / len(ranks):.3f}" for limit in _RANKS
        )
        print(f"  {name}: {told}")


def _spread(grams: GramIndex) -> None:
    """Print the recall of holders of clauses against a scan of the sentences of every twelfth text."""
    chance = random.Random(7)
    everything: Counter[str] = Counter()
    for place, text in enumerate(grams.texts):
        if place % 12 == 0:
            everything.update(
                {fold(each).text for _, _, words in grams.clause_texts(text) for each in sentences_in(words)}
            )
    wide = [each for each, number in everything.items() if number > 10 and len(each) >= 12]
    rest = [each for each in everything if len(each) >= 12]
    chosen = chance.sample(wide, min(_WIDE, len(wide)))
    chosen += chance.sample(rest, min(_CLAUSES - len(chosen), len(rest)))
    found = there = 0
    seconds = 0.0
    for words in chosen:
        wanted = wanted_sentence(words)
        scanned = {each for each in everything if kept_of(wanted, each) >= HELD}
        begun = process_time()
        hits = matches(grams, gram_words(words), wanted)
        seconds += process_time() - begun
        seen = {fold(each).text for _, each in grams.words_of(hit.sentence for hit in hits)}
        there += len(scanned)
        found += len(scanned & seen)
    print(
        f"spread: {found} of {there} distinct wordings of holders found ({found / max(1, there):.3f}),"
        f" {len(chosen)} clauses, {seconds / len(chosen):.3f} CPU s a clause"
    )


def _ties(grams: GramIndex) -> None:
    """Print the mean share of wording by known tie: it rises with ties and falls with distance, or the measure is wrong."""
    chance = random.Random(7)
    places = [place_of(grams.identity(text.document_id)) for text in grams.texts]
    local = [place for place, (_, level) in enumerate(places) if level in ("province", "prefecture")]
    same: list[float] = []
    other: list[float] = []
    for one in chance.sample(local, min(60, len(local))):
        share = {each.text: each.share for each in sharing(grams, _fingerprints(grams, one))}
        for place in chance.sample(local, min(400, len(local))):
            if grams.texts[place].document_id != grams.texts[one].document_id:
                is_near = (places[place][0] or "")[:2] == (places[one][0] or "--")[:2]
                (same if is_near else other).append(share.get(place, 0.0))
    for name, shares in (("same province", same), ("another province", other)):
        print(f"ties: {name}: mean share {sum(shares) / max(1, len(shares)):.5f} over {len(shares)} pairs")


if __name__ == "__main__":
    sys.exit(main())
