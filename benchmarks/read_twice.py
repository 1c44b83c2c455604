"""The items that two readers labelled but for adoption, set by set, with what the program says of each in this run."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks import citations, order_forms, written_heads
from benchmarks.adoption_read_twice import adoption, fresh_adoption
from benchmarks.equal_read_twice import burdens, equal, verbatim
from benchmarks.second_reader import SECOND, Item, Rows, as_written, labels, pair_key, table
from benchmarks.sources import ROOT
from benchmarks.substance import (
    GOLD as REVISIONS,
    Named,
    adoption_pairs,
    bare,
    later_pairs,
    pair_of,
    read_gold,
    shares_words,
    signals_of,
)
from benchmarks.substance_unseen import CLAUSE, GENRES, SETS as PROVISIONS, Pair, named, pairs
from benchmarks.training.gold import LabelledPair, fresh_pairs, labelled_pairs, without_blanks
from benchmarks.validity import FOLDER as VALIDITY, read_orders, read_statements
from policydiff import parse
from policydiff.amendment.amending import apply_amendment
from policydiff.model import Signal
from policydiff.parsing import parse_text
from policydiff.revision.diffing import diff_documents
from policydiff.substance.effects import judge_effect
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

_KEPT = {"same": "kept", "localised": "kept"}
_TITLES = {
    "six": "six policies",
    "later": "six others",
    "held_out": "four held-out pairs",
    "fresh": "five fresh pairs",
} | {name: f"{name} set" for name in PROVISIONS}


_Told = tuple[list[Named], list[Named]]
"""Differences that must be told, and those that may be."""


def effects() -> Rows:
    """Yield the effects of local provisions: five classes, and changed or not."""
    known: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {
        "six": [(old, new, (label,)) for _, label, old, new, _ in adoption_pairs()],
        "later": [(old, new, (label,)) for _, label, old, new, _ in later_pairs()],
        **{
            name: [(each.old, each.new, each.effects) for each in pairs(name) if each.effects]
            for name in PROVISIONS
        },
        "held_out": [*_effects_of(pair for pair in labelled_pairs() if pair.held_out)],
        "fresh": [*_effects_of(fresh_pairs())],
    }
    second = {(line["set"], line["pair"]): tuple(line["effect"].split("/")) for line in table("effects.tsv")}
    read = {name for name, _ in second}
    again = {line["pair"]: line["effect"] for line in table("effects_same_hand.tsv")}
    total, by_hand = [], []
    for name, provisions in known.items():
        if not provisions or name not in read:  # a set that one reader alone has read
            continue
        items = []
        for old, new, gold in provisions:
            pair = pair_key(old, new)
            key = f"{name} {pair}"
            said = judge_effect(old, new).effect.value
            items.append(Item(key, as_written("effects", key, gold), second[name, pair], said, gold))
            if pair in again and name in {"later", "first"}:
                by_hand.append(Item(key, gold, (again[pair],), is_settled_elsewhere=True))
        total += items
        yield f"effects, {_TITLES[name]}", items, True
    yield "effects, all", total, True
    yield "effects, changed or not", [item.by(_KEPT) for item in total], True
    yield "effects, one reader half a day later", by_hand, True


def _effects_of(chosen: Iterable[LabelledPair]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield sources, sentence and effect of the derived sentences of some pairs."""
    for pair in chosen:
        superior, local = without_blanks(pair.superior), without_blanks(pair.local)
        for each in pair.sentences:
            if each.effect is not None and each.sources:
                sources = "\n".join(superior[slice(*source)] for source in each.sources)
                yield sources, local[slice(*each.place)], (each.effect,)


@dataclass
class _Lines:
    """Differences that two readers name, line by line."""

    named: list[Item] = field(default_factory=list)
    types: list[Item] = field(default_factory=list)
    ways: list[Item] = field(default_factory=list)

    def compare(self, key: str, first: _Told, second: _Told, said: Sequence[Named]) -> None:
        """Add every line that a reader says must be told, with whether the other one and the program tell it too."""
        for own, other, is_second in (
            (first[0], [*second[0], *second[1]], False),
            (second[0], [*first[0], *first[1]], True),
        ):
            for line in own:
                met = [each for each in other if _overlap(each, line)]
                told = tuple(
                    "told" if hits else "not told"
                    for hits in (met, any(_overlap(each, line) for each in said))
                )
                place = f"{key} {line.clause} {line.old[:12]}→{line.new[:12]}"
                labels = ((told[0],), ("told",)) if is_second else (("told",), (told[0],))
                self.named.append(Item(place, *labels, told[1]))
                if met and not is_second:
                    self.types.append(_side_by_side(place, line.types, [each.types for each in met], "*"))
                    if not line.directions & {"?", "changed"}:
                        ways = [each.directions for each in met]
                        self.ways.append(_side_by_side(place, line.directions, ways, "?"))

    def rows(self, title: str) -> Rows:
        """Yield the lines of the table."""
        yield f"{title}: lines that a reader names", self.named, False
        yield f"{title}: types of lines that both name", self.types, False
        yield f"{title}: directions of these", self.ways, False


def signals() -> Rows:
    """Yield the differences of pairs and of whole revisions: whether there is one, each line, its type and its direction."""
    second = dict(_second_lines())
    whether, lines = [], _Lines()
    for name in PROVISIONS:
        for pair in pairs(name):
            key = f"{name} {pair_key(pair.old, pair.new)}"
            if pair.effects or key not in second:
                continue
            must, may = second[key]
            genre = next(genre for start, genre in GENRES.items() if pair.origin.startswith(start))
            said = [
                _as_line(each, pair)
                for each in signals_between(pair.old, pair.new, genre=genre)
                if each.weight >= OF_SUBSTANCE
            ]
            told = ["a difference" if any_ else "none" for any_ in (pair.must, must, said)]
            whether.append(Item(key, (told[0],), (told[1],), told[2]))
            lines.compare(key, (pair.must, pair.may), (must, may), said)
    yield "pairs that differ or not", whether, True
    yield from lines.rows("pairs")
    whole = _Lines()
    for path in sorted((SECOND / "revisions").glob("*.txt")):
        old, new = (parse(text) for text in pair_of(path.stem))
        given = signals_of(diff_documents(old, new))
        said = [
            Named(clause, frozenset({each.type}), frozenset({each.direction}), each.old, each.new, False)
            for each in given
            for clause in each.clauses
        ]
        optional = [line.rstrip().endswith("?") for line in path.read_text("utf-8").splitlines()]
        read = [*zip(read_gold(path), optional, strict=True)]
        sides = [line for line, is_open in read if not is_open], [line for line, is_open in read if is_open]
        whole.compare(path.stem, (read_gold(REVISIONS / path.name), []), sides, said)
    yield from whole.rows("five revisions")


def _second_lines() -> Iterator[tuple[str, _Told]]:
    """Yield the second reader's lines of each pair: those that must be told, and those that may be."""
    for block in (SECOND / "signals.txt").read_text("utf-8").strip().split("\n\n"):
        head, *rest = block.splitlines()
        kinds = {sign: [named(line[2:]) for line in rest if line[0] == sign] for sign in "!?"}
        yield head[2:], (kinds["!"], kinds["?"])


def _as_line(signal: Signal, pair: Pair) -> Named:
    """Return a signal as a reader would write it down."""
    old = pair.old[slice(*signal.old_span)] if signal.old_span else ""
    new = pair.new[slice(*signal.new_span)] if signal.new_span else ""
    types, ways = frozenset({signal.type.value}), frozenset({signal.direction.value})
    return Named(CLAUSE, types, ways, bare(old), bare(new), False)


def _overlap(one: Named, other: Named) -> bool:
    if one.clause != other.clause:
        return False
    return shares_words(one.old, other.old) or shares_words(one.new, other.new)


def _side_by_side(key: str, own: frozenset[str], others: Sequence[frozenset[str]], any_of: str) -> Item:
    """Return an item that is alike where some line of the other reader shares a type, or a direction, with one."""
    alike = any(own & other or any_of in own | other for other in others)
    return Item(key, ("it",), ("it" if alike else "another",))


def heads() -> Rows:
    """Yield the values of heads that were written by hand."""
    rows = json.loads(written_heads.GOLD.read_text("utf-8"))["heads"]
    items = []
    for place, second in labels("heads.json").items():
        wanted = rows[int(place)]["wanted"]
        document, _ = written_heads.read_head(rows[int(place)])
        wrong = [{name for name, _ in written_heads.differences(each, document)} for each in (wanted, second)]
        for name in second:
            alike = written_heads.alike(name, wanted, second)
            items.append(_open_item(f"{place} {name}", alike, name not in wrong[0], name not in wrong[1]))
    yield "values of heads and tails", items, False


def _open_item(key: str, alike: bool, is_first: bool, is_second: bool) -> Item:
    """Return an item whose labels are no classes: whether the two are alike, and whether the program meets each."""
    second = "one" if alike else "other"
    said = "one" if is_first else "other" if is_second and not alike else "neither"
    seconds = (second, "one") if is_first and is_second and not alike else (second,)
    return Item(key, ("one",), seconds, said)


def cited() -> Rows:
    """Yield sentences with what they cite."""
    rows = json.loads(citations.GOLD.read_text("utf-8"))["sentences"]
    sentences = {id(row): sentence for row, sentence in citations.sentences_of(rows)}
    items = []
    for place, second in labels("citations.json").items():
        row = rows[int(place)]
        first = as_written("citations", place, ())
        found = citations.found_in(sentences[id(row)])
        is_first, is_second = (
            not [*citations.count(each, found, citations.Score())] for each in (row["citations"], second)
        )
        alike = not first and _documents(row["citations"]) == _documents(second)
        items.append(_open_item(place, alike, is_first, is_second))
    yield "sentences with their citations", items, False


def _documents(cited: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """Return what is cited, with its places; a number beside a title is a part of it."""
    needed = [each for each in cited if not each.get("optional")]
    return sorted((each["title"] or each["number"], *each.get("places", ())) for each in needed)


def orders() -> Rows:
    """Yield orders with the text that they make, or the reasons for which they are refused."""
    items = []
    for second in labels("orders.json"):
        gold = json.loads((ROOT / "benchmarks/gold" / f"{second['set']}.json").read_text("utf-8"))
        form = gold["forms"][second["place"]]
        lines = (gold.get("texts") or {"": gold["text"]})[form.get("text", "")]
        result = apply_amendment(parse_text("\n".join(lines)), form["order"], title=lines[0])
        is_first, is_second = (
            order_forms.verdict(result, lines, each).startswith("right") for each in (form, second)
        )
        refused = [{*(each.get("refused") or ())} for each in (form, second)]
        made = [order_forms.text_of(lines, each) for each in (form, second)]
        alike = not refused[0].isdisjoint(refused[1]) if any(refused) else made[0] == made[1]
        key = f"{second['set']} {second['place']}"
        alike = alike and not as_written("orders", key, ())
        items.append(_open_item(key, alike, is_first, is_second))
    yield "orders and the text they make", items, False


def validity() -> Rows:
    """Yield sentences with what they say of force, or whom they order to make something."""
    items = []
    for name, read in labels("validity.json").items():
        rows = json.loads((VALIDITY / name).read_text("utf-8"))
        for place, second in read.items():
            row = rows[int(place)]
            first, found = row.get("says"), read_statements(row["text"])
            if first is None:
                first = row["bodies"]
                bodies = read_orders(row["text"])
                found = [body for body in first if any(each.endswith(body) for each in bodies)] or bodies
            elif name == "last_articles.json":
                found = [label for label in found if label.startswith("C")]
            is_first, is_second = ({*found} == {*each} for each in (first, second))
            items.append(_open_item(f"{name} {place}", {*first} == {*second}, is_first, is_second))
    yield "sentences of force and of delegations", items, False


SETS: dict[str, Callable[[], Rows]] = {
    "effects": effects,
    "signals": signals,
    "adoption": adoption,
    "fresh": fresh_adoption,
    "equal": equal,
    "verbatim": verbatim,
    "burdens": burdens,
    "heads": heads,
    "citations": cited,
    "orders": orders,
    "validity": validity,
}
