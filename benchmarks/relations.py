"""Which relation readers give a local sentence, and which one a comparison gives: `python -m benchmarks.relations`.

Printed are, each pair compared by weights fitted without its superior document: the readers' four labels against the three relations of
a comparison for every pair, and the same over sentences on which two readers agree.
Last, how well the figures of a comparison could part the readers' *related* from their *new*: by a threshold on the score, and by a run of
words in common with an equal verb, each learned, or counted, with the superior document left out.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.adoption import RELATIONS, Row, measure
from benchmarks.adoption_read_twice import adoption, fresh_adoption
from benchmarks.comparison import models_by_pair
from benchmarks.training.gold import LabelledPair, document_of, labelled_pairs
from policydiff.comparison.compare import compare_documents
from policydiff.comparison.probabilities import Models
from policydiff.model import Relation

_HEAD = f"{'':38}{'verbatim':>18}{'adapted':>18}{'related':>18}{'new':>18}   agree"
_VERB = re.compile(
    "支持|鼓励|建立|制定|开展|加强|推进|推动|禁止|不得|应当|可以|公布|报告|处罚|责令|给予|保障|建设|培训|宣传|监督|检查|考核|登记|备案|审批|奖励|设置|配备"
)
_SHORTEST_RUN = 4
"""Characters in common from which on two sentences may be said to name one object (健康科技)."""


def main() -> int:
    """Print the tables."""
    pairs = [pair for pair in labelled_pairs() if pair.implements and not pair.held_out]
    models = models_by_pair(pairs)
    rows = [(pair, [*_rows(pair, models[pair.family])]) for pair in pairs]
    if not rows:
        print("no labelled pairs: the development data is absent")
        return 0
    print(f"readers' label: called verbatim / adapted / added\n{_HEAD}")
    for pair, found in rows:
        print(_line(pair.name, _labelled(found)))
    print(_line(f"all {len(rows)} pairs", [each for _, found in rows for each in _labelled(found)]))
    print("\nsentences on which two readers agree")
    pooled: list[tuple[str, Relation]] = []
    for title, agreed in _agreed():
        print(_line(title, agreed))
        pooled += agreed
    print(_line("together", pooled))
    _narrowed([(pair.family, found) for pair, found in rows])
    return 0


def _rows(pair: LabelledPair, trained: Models) -> Iterator[Row]:
    superior = document_of(pair.superior)
    comparison = compare_documents(document_of(pair.local), superior, trained=trained)
    yield from (row for row in measure(pair, superior, comparison).rows if row.sentence is not None)


def _labelled(rows: Iterable[Row]) -> list[tuple[str, Relation]]:
    return [(label, row.relation) for row in rows if len(row.labels) == 1 for label in row.labels]


def _line(name: str, called: Sequence[tuple[str, Relation]]) -> str:
    counts = Counter(called)
    cells = (
        " / ".join(f"{counts[label, relation]}" for relation in Relation).rjust(18) for label in RELATIONS
    )
    right = sum(RELATIONS[label] is relation for label, relation in called)
    return f"{name:38}{''.join(cells)}   {right / max(1, len(called)):.3f} of {len(called)}"


def _agreed() -> Iterator[tuple[str, list[tuple[str, Relation]]]]:
    for read in (adoption, fresh_adoption):
        for title, items, _ in read():
            if title.startswith("adoption: four classes"):
                yield (
                    title.removeprefix("adoption: four classes, "),
                    [
                        (item.first[0], RELATIONS[item.program])
                        for item in items
                        if item.program is not None and item.first == item.second and len(item.first) == 1
                    ],
                )


_NAMED = {Relation.VERBATIM: "VERBATIM", Relation.ADAPTED: "ADAPTED", Relation.ADDED: "NEW"}


def _share(hits: Iterable[bool]) -> float:
    told = [*hits]
    return sum(told) / max(1, len(told))


def _narrowed(rows: Sequence[tuple[str, Sequence[Row]]]) -> None:
    """Print in how many sentences four classes would be the readers', *related* told from *new* in one way or another."""
    own = [
        (family, row)
        for family, found in rows
        for row in found
        if row.relation is Relation.ADDED and len(row.labels) == 1
    ]
    told = [
        row
        for _, found in rows
        for row in found
        if row.relation is not Relation.ADDED and len(row.labels) == 1
    ]
    right = sum({_NAMED[row.relation]} == row.labels for row in told)
    total = len(own) + len(told)
    learned = {family: _best_threshold([row for each, row in own if each != family]) for family, _ in own}
    print("\nrelated told from new among what is called added: four classes as the readers'")
    for title, related in (
        ("none called related", lambda *_: False),
        ("from 0.3 on (the band to judge)", lambda _, row: row.score >= 0.3),
        ("from a score learned on the others", lambda family, row: row.score >= learned[family]),
        (f"{_SHORTEST_RUN} characters and a verb in common", lambda _, row: _names_it(row)),
    ):
        called = [(related(family, row), row.labels) for family, row in own]
        hits = sum(labels == ({"RELATED"} if said else {"NEW"}) for said, labels in called)
        true = _share(labels == {"RELATED"} for said, labels in called if said)
        wrong = _share(said for said, labels in called if labels == {"NEW"})
        print(
            f"  {title:38}{(right + hits) / total:.3f}; so called {sum(said for said, _ in called)},"
            f" of these related {true:.2f}; of what is new so called {wrong:.2f}"
        )


def _best_threshold(rows: Sequence[Row]) -> float:
    steps = [step / 100 for step in range(51)]
    return max(
        steps,
        key=lambda cut: sum(row.labels == ({"RELATED"} if row.score >= cut else {"NEW"}) for row in rows),
    )


def _names_it(row: Row) -> bool:
    if row.sentence is None or not row.sentence.sources:
        return False
    source = row.sentence.sources[0]
    longest = max((span.local_end - span.local_start for span in source.spans), default=0)
    return longest >= _SHORTEST_RUN and bool(
        {*_VERB.findall(row.sentence.text)} & {*_VERB.findall(source.text)}
    )


if __name__ == "__main__":
    sys.exit(main())
