"""Which relation readers give a local sentence, and which one a comparison gives: `python -m benchmarks.relations`.

Printed are, each pair compared by weights fitted without its superior document: the readers' four labels against the three relations of
a comparison for every pair; the same over sentences on which two readers agree; and 150 sentences drawn by lot from all pairs and read
twice anew by the definition of *verbatim* in `docs/glossary.md` (`gold/relations_read.tsv`: no difference of substance, nothing of substance left out).
Last, how well the figures of a comparison could part the readers' *related* from their *new*: by a threshold on the score, and by a run of
words in common with an equal verb, each learned, or counted, with the superior document left out.
"""

import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from benchmarks.adoption import RELATIONS, Row, measure
from benchmarks.adoption_read_twice import adoption, fresh_adoption
from benchmarks.comparison import models_by_pair
from benchmarks.readers import cohen
from benchmarks.sources import ROOT
from benchmarks.training.gold import LabelledPair, document_of, labelled_pairs, without_blanks
from policydiff.comparison.compare import compare_documents
from policydiff.comparison.probabilities import Models
from policydiff.model import Relation

READ = ROOT / "benchmarks" / "gold" / "relations_read.tsv"
_HEAD = f"{'':38}{'verbatim':>18}{'adapted':>18}{'related':>18}{'new':>18}   agree"
_VERB = re.compile(
    "支持|鼓励|建立|制定|开展|加强|推进|推动|禁止|不得|应当|可以|公布|报告|处罚|责令|给予|保障|建设|培训|宣传|监督|检查|考核|登记|备案|审批|奖励|设置|配备"
)
_SHORTEST_RUN = 4
"""Characters in common from which on two sentences may be said to name one object (健康科技)."""
_CLASSES: Mapping[str, Callable[[str], str]] = {
    "four classes": lambda label: label,
    "three": lambda label: RELATIONS[label].value,
    "derived or not": lambda label: str(RELATIONS[label] is not Relation.ADDED),
}


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
    _read_anew({pair.name: found for pair, found in rows})
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


def _read_anew(rows: Mapping[str, Sequence[Row]]) -> None:
    """Print how far two readings of one lot agree, and the comparison with either, and with both where they agree."""
    with READ.open(encoding="utf-8", newline="") as file:
        read = {(line["pair"], line["sha256"]): line for line in csv.DictReader(file, delimiter="\t")}
    found = {}
    for name, measured in rows.items():
        for row in measured:
            words = without_blanks(row.sentence.text) if row.sentence else ""
            found[name, hashlib.sha256(words.encode()).hexdigest()[:16]] = row
    lot = [(line["first"], line["second"], found[key]) for key, line in read.items() if key in found]
    print(
        f"\n{len(lot)} of {len(read)} sentences read twice anew\n{'':16}readings  kappa   comparison: first second   both"
    )
    for title, put in _CLASSES.items():
        both = [(put(first), put(second)) for first, second, _ in lot]
        shares = [_share(one == other for one, other in both), cohen(both)]
        if title != "four classes":
            said = [put(_NAMED[row.relation]) for *_, row in lot]
            shares += [_share(first == told for (first, _), told in zip(both, said, strict=True))]
            shares += [_share(second == told for (_, second), told in zip(both, said, strict=True))]
            shares += [
                _share(one == told for (one, other), told in zip(both, said, strict=True) if one == other)
            ]
        print(f"{title:16}   {'  '.join(f'{share:.3f}' for share in shares)}")
    print(
        _line("where both readings agree", [(one, row.relation) for one, other, row in lot if one == other])
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
