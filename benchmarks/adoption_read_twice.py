"""Relations, sources and coverage that two readers labelled, with what a comparison says of each in this run."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from benchmarks.adoption import Row, measure
from benchmarks.comparison import DERIVED, models_without
from benchmarks.second_reader import SECOND, Item, Rows, as_written, table
from benchmarks.training.fit import LEAVE_ONE_OUT, models_of
from benchmarks.training.gold import GoldSentence, LabelledPair, document_of, labelled_pairs, meet
from policydiff.comparison import compare_documents
from policydiff.model import Comparison, Document

_DERIVED = {"VERBATIM": "derived", "ADAPTED": "derived"}
_CALLED = {"verbatim": "VERBATIM", "adapted": "ADAPTED", "related": "RELATED", "added": "NEW"}


def adoption() -> Rows:
    """Yield relations, first sources and coverage of the pairs that nothing is trained on."""
    known = {pair.name: pair for pair in labelled_pairs()}
    chosen = [known[path.stem] for path in sorted((SECOND / "adoption").glob("*.tsv")) if path.stem in known]
    trained, _ = models_without({pair.family for pair in chosen})
    relations: list[Item] = []
    scored: list[Item] = []
    sources: list[Item] = []
    coverage: list[Item] = []
    for pair in chosen:
        superior = document_of(pair.superior)
        comparison = compare_documents(document_of(pair.local), superior, trained=trained)
        first = {sentence.name: sentence for sentence in pair.sentences}
        for line in table(f"adoption/{pair.name}.tsv"):
            key = f"{pair.name} {line['name']}"
            if line["what"] == "measure":
                coverage.append(_measure_item(key, line, pair, superior, comparison))
                continue
            own = first[line["name"]]
            other = GoldSentence(
                own.place,
                (line["label"],),
                tuple(tuple(map(int, place.split("-"))) for place in line["sources"].split()),  # type: ignore[misc]
            )
            found = _row(pair, other, superior, comparison)
            said = _CALLED[found.relation.value] if found is not None else None
            item = Item(key, own.labels, other.labels, said)
            relations.append(item)
            score = None if found is None else "derived" if found.score >= DERIVED else "other"
            scored.append(replace(item.by(_DERIVED), program=score))
            if own.derived and other.derived:
                met = any(meet(one, each) for one in own.sources for each in other.sources)
                sources.append(Item(key, ("it",), ("it" if met else "another",)))
    older = [*_read_twice_before(known.values())]
    yield "adoption: relation, two older pairs", older, True
    yield "adoption: derived or not, two older pairs", [item.by(_DERIVED) for item in older], True
    drawn = [*_drawn(known)]
    yield "adoption: relation, drawn from 36 pairs", drawn, True
    yield "adoption: derived or not, drawn from 36", [item.by(_DERIVED) for item in drawn], True
    yield "adoption: relation, held-out pairs", relations, True
    yield "adoption: derived or not, held-out pairs", scored, True
    yield "adoption: a source in common, held-out", sources, False
    yield "adoption: coverage, held-out pairs", coverage, True


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
    key: str, line: Mapping[str, str], pair: LabelledPair, superior: Document, comparison: Comparison
) -> Item:
    gold = (str(pair.verdicts[line["name"]]),)
    alone = replace(pair, sentences=(), verdicts={line["name"]: line["label"]})
    compared = measure(alone, superior, comparison).coverage
    said = compared[0][1].value if compared else None
    return Item(key, as_written("adoption", key, gold), (line["label"],), said, gold)
