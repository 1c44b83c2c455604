"""Relations, sources and coverage that two readers labelled, with what a comparison says of each in this run."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter

from benchmarks.adoption import Row, measure
from benchmarks.comparison import DERIVED, models_without
from benchmarks.second_reader import SECOND, Item, Rows, as_written, table
from benchmarks.training.fit import LEAVE_ONE_OUT, models_of
from benchmarks.training.gold import (
    GoldSentence,
    LabelledPair,
    document_of,
    fresh_pairs,
    labelled_pairs,
    meet,
)
from policydiff.comparison.compare import compare_documents
from policydiff.model import Comparison, Document

_DERIVED = {"VERBATIM": "derived", "ADAPTED": "derived"}
_RELATION = {"VERBATIM": "VERBATIM", "ADAPTED": "ADAPTED"}
"""The classes of a comparison: readers' *related* and *new* are its *added*."""
_CALLED = {"verbatim": "VERBATIM", "adapted": "ADAPTED", "added": "NEW"}


def adoption() -> Rows:
    """Yield relations, first sources and coverage of the pairs that nothing is trained on."""
    known = {pair.name: pair for pair in labelled_pairs()}
    chosen = [known[path.stem] for path in sorted((SECOND / "adoption").glob("*.tsv")) if path.stem in known]
    held_out = _read(chosen, {pair.name: table(f"adoption/{pair.name}.tsv") for pair in chosen}, "adoption")
    older = [*_read_twice_before(known.values())]
    yield "adoption: relation, two older pairs", [item.by(_RELATION) for item in older], True
    yield "adoption: four classes, two older pairs", older, True
    yield "adoption: derived or not, two older pairs", [item.by(_DERIVED) for item in older], True
    drawn = [*_drawn(known)]
    yield "adoption: relation, drawn from 36 pairs", [item.by(_RELATION) for item in drawn], True
    yield "adoption: four classes, drawn from 36", drawn, True
    yield "adoption: derived or not, drawn from 36", [item.by(_DERIVED) for item in drawn], True
    yield from held_out.rows("held-out")


def fresh_adoption() -> Rows:
    """Yield the same of the fresh pairs, of which a lot of the sentences was read twice."""
    lines = {name: [*each] for name, each in groupby(table("fresh.tsv"), key=itemgetter("pair"))}
    yield from _read([pair for pair in fresh_pairs() if pair.name in lines], lines, "fresh").rows("fresh")


@dataclass
class _Read:
    """Items of some pairs."""

    relations: list[Item] = field(default_factory=list)
    scored: list[Item] = field(default_factory=list)
    sources: list[Item] = field(default_factory=list)
    coverage: list[Item] = field(default_factory=list)

    def rows(self, which: str) -> Rows:
        """Yield the lines of the table."""
        yield f"adoption: relation, {which} pairs", [item.by(_RELATION) for item in self.relations], True
        yield f"adoption: four classes, {which} pairs", self.relations, True
        yield f"adoption: derived or not, {which} pairs", self.scored, True
        yield f"adoption: a source in common, {which}", self.sources, False
        yield f"adoption: coverage, {which} pairs", self.coverage, True


def _read(
    chosen: Sequence[LabelledPair], lines: Mapping[str, Sequence[Mapping[str, str]]], name: str
) -> _Read:
    """Return the items of pairs, compared by weights fitted without any of them."""
    trained, _ = models_without({pair.family for pair in chosen})
    read = _Read()
    for pair in chosen:
        superior = document_of(pair.superior)
        comparison = compare_documents(document_of(pair.local), superior, trained=trained)
        first = {sentence.name: sentence for sentence in pair.sentences}
        for line in lines[pair.name]:
            key = f"{pair.name} {line['name']}"
            if line["what"] == "measure":
                read.coverage.append(_measure_item(name, key, line, pair, superior, comparison))
                continue
            own = first[line["name"]]
            other = GoldSentence(
                own.place,
                (line["label"],),
                tuple(tuple(map(int, place.split("-"))) for place in line["sources"].split()),  # type: ignore[misc]
            )
            found = _row(pair, other, superior, comparison)
            said = _CALLED[found.relation.value] if found is not None else None
            item = Item(key, as_written(name, key, own.labels), other.labels, said, own.labels)
            read.relations.append(item)
            score = None if found is None else "derived" if found.score >= DERIVED else "other"
            read.scored.append(replace(item.by(_DERIVED), program=score))
            if own.derived and other.derived:
                met = any(meet(one, each) for one in own.sources for each in other.sources)
                read.sources.append(Item(key, ("it",), ("it" if met else "another",)))
    return read


def _read_twice_before(known: Iterable[LabelledPair]) -> Iterator[Item]:
    """Yield the relations of the pairs that had two readers from the beginning; what these differ on is not scored."""
    for pair in known:
        if sum(len(each.labels) == 2 for each in pair.sentences) > len(pair.sentences) / 2:
            said = _relation_by_weights_without(pair)
            for each in pair.sentences:
                first, second = each.labels
                yield Item(pair.name, (first,), (second,), said(each), is_settled_elsewhere=True)


def _drawn(known: Mapping[str, LabelledPair]) -> Iterator[Item]:
    """Yield the relations of sentences drawn from all pairs that are trained on."""
    for name, lines in groupby(table("lot.tsv"), key=itemgetter("pair")):
        if name not in known:
            continue
        said = _relation_by_weights_without(known[name])
        sentences = {f"{each.place[0]}-{each.place[1]}": each for each in known[name].sentences}
        for line in lines:
            each, key = sentences[line["place"]], f"{name} {line['place']}"
            yield Item(
                key, as_written("adoption", key, each.labels), (line["label"],), said(each), each.labels
            )


def _relation_by_weights_without(pair: LabelledPair) -> Callable[[GoldSentence], str | None]:
    """Return how a comparison, by weights fitted without the superior document of a pair, calls its sentences."""
    superior = document_of(pair.superior)
    trained = models_of(LEAVE_ONE_OUT).get(pair.name)
    if trained is None:
        return lambda _: None
    comparison = compare_documents(document_of(pair.local), superior, trained=trained)

    def called(sentence: GoldSentence) -> str | None:
        found = _row(pair, replace(sentence, labels=sentence.labels[:1]), superior, comparison)
        return _CALLED[found.relation.value] if found is not None else None

    return called


def _row(
    pair: LabelledPair, sentence: GoldSentence, superior: Document, comparison: Comparison
) -> Row | None:
    """Return what a comparison says of one sentence; None where it is no sentence to it."""
    alone = replace(pair, sentences=(sentence,), verdicts={})
    return next(iter(measure(alone, superior, comparison).rows), None)


def _measure_item(
    name: str,
    key: str,
    line: Mapping[str, str],
    pair: LabelledPair,
    superior: Document,
    comparison: Comparison,
) -> Item:
    gold = (str(pair.verdicts[line["name"]]),)
    alone = replace(pair, sentences=(), verdicts={line["name"]: line["label"]})
    compared = measure(alone, superior, comparison).coverage
    said = compared[0][1].value if compared else None
    return Item(key, as_written(name, key, gold), (line["label"],), said, gold)
