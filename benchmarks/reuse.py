"""Sources by wording, against pairs of national and local laws; one clause, against a scan of every sentence; and what it costs.

`python -m benchmarks.reuse STORE` takes a store into which the laws of the development data were imported; without one it
says how to make it.
"""

import csv
import random
import re
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from time import process_time
from typing import NamedTuple

from benchmarks.sources import SHARED
from policydiff.collection.index import Index
from policydiff.collection.relations import UPWARD, place_of, resolve_citations
from policydiff.comparison.folding import fold
from policydiff.comparison.sentence_units import area_pattern
from policydiff.reuse import FormulaRule
from policydiff.reuse.gram_index import GramIndex, Held
from policydiff.reuse.grams import areas_of, gram_words, sentences_in, winnowed, winnowed_document
from policydiff.reuse.shared_wording import Shared, named_as_basis, ranked_documents, sharing
from policydiff.reuse.sourcing import FAR, SHARE
from policydiff.reuse.spreading import (
    FINGERPRINTS,
    HELD,
    formula_by,
    is_held_enough,
    kept_of,
    matches,
    runs_of,
    shares_a_run,
    wanted_sentence,
)
from policydiff.store import Store

_TIES = (
    "a law of the state that it cites as what it rests on", "a law of the state that it does not cite",
    "of the same city", "of another city of the province", "of another province of the region", "of another region",
)  # fmt: skip
"""From the nearest to the farthest; the region is the first digit of an area's code."""
_RANKS = (1, 2, 5, 10)
_CLAUSES = 100
_LOT = 60
"""Texts drawn by lot for each document, to set beside its right superiors."""
_WIDE = 20
"""Of the clauses so many are drawn among those that more than 200 documents hold."""


def main() -> int:
    if len(sys.argv) < 2:
        print(
            "policydiff init STORE && policydiff import LAWS --store STORE, then: python -m benchmarks.reuse STORE"
        )
        return 0
    with Store.open(Path(sys.argv[1])) as store, Index.open(store) as index:
        index.parse()
        start = process_time()
        with GramIndex.open(index) as grams:
            _costs(grams, process_time() - start)
            _pairs(grams)
            _labelled()
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


def _cited(grams: GramIndex, document_id: str) -> list[str]:
    """Return the documents that the newest version of a document implements or rests on."""
    version, day = grams.index.database.execute(
        "SELECT newest, newest_day FROM document WHERE id = ?", (document_id,)
    ).fetchone()
    citations = grams.index.citations_of(document_id, version)
    resolved = resolve_citations(grams.index, citations, date.fromisoformat(day), own_id=document_id)
    return [each.id for each in resolved if each.relation in UPWARD and each.id]


def _named(grams: GramIndex, text: Held) -> list[str]:
    """Return the documents that a text names as what it rests on, as `sources` reads them."""
    words = [name for name, _, each in grams.clause_texts(text) if each]
    citations = grams.index.citations_of(text.document_id, text.version)
    day = date.fromisoformat(text.version[:10]) if text.version[:4].isdigit() else date.max
    resolved = resolve_citations(grams.index, citations, day, own_id=text.document_id)
    return list(named_as_basis(resolved, words))


class _Pairs(NamedTuple):
    states: set[str]
    """Documents of the state."""
    right: dict[str, list[set[str]]]
    """For each local document what is right, for each row of the list the national documents of its title."""


def _vertical_pairs(grams: GramIndex, place_of_document: dict[str, int]) -> _Pairs:
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
    right: defaultdict[str, list[set[str]]] = defaultdict(list)
    for row in rows:
        national, local = by_title[_plain(row["national_title"])], by_title[_plain(row["local_title"])]
        if national and local and min(local) in place_of_document:
            right[min(local)].append(national)
    return _Pairs(states, dict(sorted(right.items())))


class _Ranks:
    """Places of right superiors in rankings, as they are and with other right ones of the same document left out."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.plain: list[int] = []
        self.apart: list[int] = []

    def enter(self, ranked: list[str], wanted: list[set[str]]) -> None:
        known = set().union(*wanted)
        for one in wanted:
            place = next((place for place, each in enumerate(ranked) if each in one), 10**6)
            self.plain.append(place + 1)
            self.apart.append(1 + sum(each not in known for each in ranked[:place]))

    def tell(self) -> None:
        for name, ranks in (("as ranked", self.plain), ("other right superiors left out", self.apart)):
            told = "  ".join(
                f"@{limit} {sum(each <= limit for each in ranks) / max(1, len(ranks)):.3f}"
                for limit in _RANKS
            )
            print(f"  {self.name}, {name} ({len(ranks)}): {told}")


def _pairs(grams: GramIndex) -> None:
    """Print how often a national law of a pair is among the first of all documents of the state."""
    place_of_document = {text.document_id: place for place, text in enumerate(grams.texts)}
    pairs = _vertical_pairs(grams, place_of_document)
    chance = random.Random(7)
    near: list[Shared] = []
    drawn: list[Shared | None] = []
    far: dict[bool, list[bool]] = {True: [], False: []}
    alone, named = _Ranks("text alone"), _Ranks("with citations and titles")
    begun = process_time()
    for local_id, wanted in pairs.right.items():
        text = grams.texts[place_of_document[local_id]]
        shared = sharing(grams, _fingerprints(grams, place_of_document[local_id]))
        known = set().union(*wanted)
        by_text = {each.text: each for each in shared}
        near += [by_text[place] for each in known if (place := place_of_document.get(each)) in by_text]
        drawn += [
            by_text.get(place)
            for place in chance.sample(range(len(grams.texts)), _LOT)
            if grams.texts[place].document_id not in known | {local_id}
        ]
        alone.enter(
            [each for each in ranked_documents(grams, shared, ()).documents if each in pairs.states], wanted
        )
        basis = _named(grams, text)
        ranking = ranked_documents(grams, shared, basis, grams.identity(local_id).title, own_id=local_id)
        ranked = [each for each in ranking.documents if each in pairs.states]
        named.enter(ranked, wanted)
        least = FAR * max((ranking.evidence.get(each, 0.0) for each in ranked), default=0.0)
        for each in ranked:
            if each not in basis and ranking.shared[each].share >= SHARE:
                far[each in known].append(ranking.evidence[each] < least)
    seconds = (process_time() - begun) / max(1, len(pairs.right))
    print(
        f"{len(alone.plain)} pairs, {len(pairs.states)} documents of the state: {seconds * 1000:.0f} CPU ms a document"
    )
    alone.tell()
    named.tell()
    most = sum(
        max(sum(each in one for one in wanted) for each in set().union(*wanted))
        for wanted in pairs.right.values()
    )
    print(
        f"  some documents have several right ones: no ranking has more than @1 {most / max(1, len(alone.plain)):.3f}"
    )
    for name, least in (("more than formulas", 0.0), (f"{SHARE:.0%} of the wording", SHARE)):
        right_ones = sum(each.of_substance and each.share >= least for each in near)
        strangers = sum(each is not None and each.of_substance and each.share >= least for each in drawn)
        print(
            f"  share {name}: {right_ones / max(1, len(near)):.3f} of right superiors,"
            f" {strangers / max(1, len(drawn)):.4f} of texts drawn by lot"
        )
    print(
        f"  less than {FAR:.0%} of the first one's evidence: {sum(far[True])} of {len(far[True])} right superiors that are not"
        f" named, {sum(far[False])} of {len(far[False])} others with {SHARE:.0%} of the wording"
    )


def _spread(grams: GramIndex) -> None:
    """Print the recall of holders of clauses against a scan of every sentence of the store, formulas apart."""
    chance = random.Random(7)
    sentences = _all_sentences(grams)
    holding: defaultdict[str, set[int]] = defaultdict(set)
    for place, _, there in sentences:
        holding[there].add(place)
    folded = {there: words for _, words, there in sentences}
    there_of: defaultdict[str, set[str]] = defaultdict(set)
    for _, words, there in sentences:
        there_of[words].add(there)
    long = [each for each in sorted(holding) if len(each) >= 12]
    repeated = [each for each in long if len(holding[each]) > 10]
    chosen = chance.sample(long, _CLAUSES - _WIDE)
    print(f"spread: a scan of {len(folded)} distinct wordings of {len(sentences)} sentences")
    rows = [_scanned(grams, each, folded[each], holding, there_of) for each in chosen]
    wide: list[_Scan] = []
    for each in chance.sample(repeated, len(repeated)):
        scan = _scanned(grams, each, folded[each], holding, there_of)
        if len(scan.there) > 200:
            wide.append(scan)
        if len(wide) == _WIDE:
            break
    for name, some in (
        ("drawn at random", rows),
        ("held by more than 200 documents", wide),
        ("not formulas", [each for each in (*rows, *wide) if not each.formula]),
        ("formulas", [each for each in (*rows, *wide) if each.formula]),
    ):
        number = sum(len(each.there) for each in some)
        found = sum(len(each.there & each.found) for each in some)
        more = sum(len(each.found - each.there) for each in some)
        seconds = sum(each.seconds for each in some) / max(1, len(some))
        worst = max((each.seconds for each in some), default=0.0)
        print(
            f"  {len(some)} clauses {name}: {found} of {number} holders found ({found / max(1, number):.3f}), {more} others;"
            f" {seconds:.3f} CPU s a clause, at most {worst:.3f}"
        )
    rules = Counter(each.formula.value for each in (*rows, *wide) if each.formula is not None)
    print(f"  formulas by rule: {', '.join(f'{rule} {number}' for rule, number in sorted(rules.items()))}")


class _Scan(NamedTuple):
    there: set[int]
    found: set[int]
    formula: FormulaRule | None
    seconds: float


def _all_sentences(grams: GramIndex) -> list[tuple[int, str, str]]:
    """Return every sentence of the store: place of its text, words in which runs are counted, words that are judged."""
    found = []
    for place, text in enumerate(grams.texts):
        identity = grams.identity(text.document_id)
        areas = areas_of(identity.title, identity.issuing_bodies)
        pattern = area_pattern(areas)
        for _, _, words in grams.clause_texts(text):
            found += [
                (place, gram_words(each, areas), fold(each, pattern).text) for each in sentences_in(words)
            ]
    return found


def _scanned(
    grams: GramIndex,
    clause: str,
    words: str,
    holding: dict[str, set[int]],
    there_of: dict[str, set[str]],
) -> _Scan:
    wanted, runs = wanted_sentence(clause), runs_of(words)
    there: set[int] = set()
    kept = winnowed(words)
    for other, judged in there_of.items():
        if shares_a_run(runs, other) and is_held_enough(len(kept & winnowed(other)), len(kept)):
            there.update(*(holding[each] for each in judged if kept_of(wanted, each) >= HELD))
    begun = process_time()
    hits = matches(grams, words, wanted)
    seconds = process_time() - begun
    found = {hit.sentence.place for hit in hits}
    return _Scan(there, found, formula_by(clause, wanted.bits, len(found), len(grams.texts)), seconds)


def _labelled() -> None:
    """Print how two readings of "holds a clause" agree with sentences labelled by hand."""
    with (Path(__file__).parent / "gold/spread.tsv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["holds"] != "debatable"]
    print(
        f"labelled by hand: {len(rows)} pairs of a clause and a sentence that says half of it, drawn by strata"
    )
    for certain, is_enough in ((0, False), (5, False), (6, False), (7, False), (7, True), (8, False)):
        name = f"and a run of {certain}" if certain else "half of the words, wherever they stand"
        name += f", and {FINGERPRINTS:.0%} of the kept runs" if is_enough else ""
        told: list[tuple[bool, bool]] = []
        for row in rows:
            words, other = gram_words(row["clause"]), gram_words(row["sentence"])
            wanted = wanted_sentence(row["clause"])
            is_near = not certain or any(
                words[at : at + certain] in other for at in range(len(words) - certain + 1)
            )
            if is_enough:
                kept = winnowed(words)
                is_near = is_near and is_held_enough(len(kept & winnowed(other)), len(kept))
            told.append(
                (is_near and kept_of(wanted, fold(row["sentence"]).text) >= HELD, row["holds"] == "yes")
            )
        right = sum(said and is_so for said, is_so in told)
        print(
            f"  {name}: precision {right / max(1, sum(said for said, _ in told)):.2f},"
            f" {right} of {sum(is_so for _, is_so in told)} holders"
        )


def _ties(grams: GramIndex) -> None:
    """Print the mean share of wording by known tie: it rises with ties and falls with distance, or the measure is wrong."""
    chance = random.Random(7)
    places = [place_of(grams.identity(text.document_id)) for text in grams.texts]
    local = [
        place for place, (code, level) in enumerate(places) if code and level in ("province", "prefecture")
    ]
    states = [place for place, (_, level) in enumerate(places) if level == "state"]
    shares: dict[str, list[float]] = {name: [] for name in _TIES}
    for one in chance.sample(local, min(60, len(local))):
        own = grams.texts[one].document_id
        share = {each.text: each.share for each in sharing(grams, _fingerprints(grams, one))}
        cited = set(_cited(grams, own))
        for place in states:
            is_cited = grams.texts[place].document_id in cited
            shares[_TIES[0] if is_cited else _TIES[1]].append(share.get(place, 0.0))
        for place in chance.sample(local, min(400, len(local))):
            if grams.texts[place].document_id != own:
                code, other = str(places[one][0]), str(places[place][0])
                near = _TIES[
                    2 + next((n for n, size in enumerate((4, 2, 1)) if code[:size] == other[:size]), 3)
                ]
                shares[near].append(share.get(place, 0.0))
    for name, values in shares.items():
        print(f"ties: {name}: mean share {sum(values) / max(1, len(values)):.5f} over {len(values)} pairs")


if __name__ == "__main__":
    sys.exit(main())
