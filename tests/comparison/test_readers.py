"""Agreement of two readers: the figure, and the table of what was decided where they differ."""

import pytest

from benchmarks.read_twice import SETS
from benchmarks.readers import cohen, row
from benchmarks.second_reader import SECOND, Item, adjudged, readers_differ, table


def _pairs(counts: dict[str, int]) -> list[tuple[str, str]]:
    return [(labels[0], labels[1]) for labels, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("counts", "kappa", "reason"),
    [
        (
            {"yy": 20, "yn": 5, "ny": 10, "nn": 15},
            0.4,
            "the example of the textbooks: 0.70 alike, 0.50 by chance",
        ),
        ({"yy": 25, "yn": 25, "ny": 25, "nn": 25}, 0.0, "alike as often as chance has it"),
        ({"yn": 10, "ny": 10}, -1.0, "never alike"),
        ({"yy": 7, "nn": 3}, 1.0, "always alike"),
        ({"yy": 9}, 1.0, "one label alone: nothing is left to chance"),
        ({"yy": 90, "yn": 5, "ny": 5}, -0.053, "alike in 0.90 by the frequency of one label alone"),
    ],
)
def test_kappa_takes_chance_off(counts: dict[str, int], kappa: float, reason: str) -> None:
    assert cohen(_pairs(counts)) == pytest.approx(kappa, abs=0.001), reason


def test_a_label_left_open_is_met_but_not_alike() -> None:
    items = [
        Item("a", ("same", "localised"), ("localised",), "localised"),
        Item("b", ("same",), ("same",), "same"),
    ]
    assert row("t", items, has_classes=True).split()[1:4] == ["2", "0.500", "1.000"]


def test_the_program_is_held_against_the_gold_as_it_stands() -> None:
    mended = Item("a", ("tightened",), ("different",), "different", gold=("different",))
    assert row("t", [mended], has_classes=False).split()[-3:] == ["1.000", "1.000", "–"]


def test_every_decision_has_two_labels_and_a_reason() -> None:
    rows = table("adjudicated.tsv")
    assert len({(each["set"], each["item"]) for each in rows}) == len(rows)
    for each in rows:
        assert each["set"] in SETS, each
        assert each["right"] in {"first", "second", "both"}, each
        assert each["first"] != each["second"], each
        assert each["reason"], each


def test_readers_differ_on_what_the_rule_leaves_open_alone() -> None:
    right = {each.right for key, each in adjudged("effects").items() if key in readers_differ("effects")}
    assert right == {"both"}
    assert not readers_differ("validity")


def test_labels_of_the_second_reader_are_there() -> None:
    assert {path.name for path in SECOND.iterdir()} >= {
        "effects.tsv",
        "signals.txt",
        "heads.json",
        "orders.json",
    }
