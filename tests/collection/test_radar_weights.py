"""Each weight of the radar decides the order of a pair of entries: the order turns when the weight is one less, or one more."""

from typing import Any, NamedTuple

import pytest

from policydiff.collection import radar
from policydiff.model import Pace
from policydiff.model.comparison import LaggingClause
from policydiff.model.lagging import BasisChange, RadarEntry, StrayReference


class Lags(NamedTuple):
    """What became of a basis, and how much of the local document lags."""

    kind: str
    behind: int = 0
    lacking: int = 0
    astray: int = 0


def entry(name: str, lags: Lags) -> RadarEntry:
    clauses = [
        LaggingClause(pace=pace, clause=None, text="", old=None, new=None)
        for pace, number in ((Pace.BEHIND, lags.behind), (Pace.MISSING, lags.lacking))
        for _ in range(number)
    ]
    strays = [StrayReference(clause="c", printed="第一条", leads_to=None) for _ in range(lags.astray)]
    compared = radar._Compared(tuple(clauses), tuple(strays))
    kind = BasisChange(lags.kind)
    return RadarEntry(
        id=name,
        version="1",
        title=name,
        relation="basis",
        basis="b",
        basis_title="b",
        made_under="1",
        change=kind,
        current=None,
        since=None,
        days=None,
        clauses=compared.clauses,
        references=compared.references,
        weight=radar._weight(kind, compared),
    )


def is_first(lags: Lags, other: Lags, *, name: str, other_name: str) -> bool:
    """Say whether an entry goes before another one; ids decide where both weigh the same."""
    entries = sorted((entry(name, lags), entry(other_name, other)), key=radar._order)
    return entries[0].id == name


PAIRS = [
    ("repealed", Lags("repealed"), Lags("replaced", behind=1, lacking=2), Lags("replaced", behind=2, lacking=1), "two clauses behind bridge one step of the ladder"),
    ("replaced", Lags("replaced"), Lags("expired", behind=1, lacking=2), Lags("expired", behind=2, lacking=1), "the same"),
    ("expired", Lags("expired"), Lags("disputed", behind=1, lacking=2), Lags("disputed", behind=2, lacking=1), "the same"),
    ("disputed", Lags("disputed"), Lags("revised", behind=1), Lags("revised", behind=1, lacking=2), "a clause that lags does not outweigh a contradiction, a clause and two duties do"),
    ("revised", Lags("revised", lacking=1, astray=1), Lags("disputed"), Lags("disputed", lacking=2), "a reference astray makes up for the step between revised and disputed"),
    ("_CLAUSE", Lags("revised", behind=1), Lags("revised", lacking=2), Lags("revised", astray=1), "a clause behind goes before two new duties and after a reference astray"),
    ("_REFERENCE", Lags("revised", astray=1), Lags("revised", behind=1), Lags("revised", lacking=5), "a reference astray goes before a clause behind"),
    ("_LACKING", Lags("revised", lacking=5), Lags("disputed"), Lags("revised", behind=2), "five new duties go before a contradiction and after two clauses behind"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("weight", "lags", "lighter", "heavier", "why"), PAIRS, ids=[row[0] for row in PAIRS]
)
def test_each_weight_decides_an_order(
    monkeypatch: pytest.MonkeyPatch, weight: str, lags: Lags, lighter: Lags, heavier: Lags, why: str
) -> None:
    # The names let the other entry win a draw with the lighter one, and this entry a draw with the heavier one.
    above: dict[str, Any] = {"lags": lags, "other": lighter, "name": "z", "other_name": "a"}
    below: dict[str, Any] = {"lags": lags, "other": heavier, "name": "a", "other_name": "z"}
    assert (is_first(**above), is_first(**below)) == (True, False), why
    change(monkeypatch, weight, -1)
    assert not is_first(**above), f"{weight} one less"
    change(monkeypatch, weight, 2)
    assert is_first(**below), f"{weight} one more"


def change(monkeypatch: pytest.MonkeyPatch, weight: str, by: int) -> None:
    if weight.startswith("_"):
        monkeypatch.setattr(radar, weight, getattr(radar, weight) + by)
    else:
        kind = BasisChange(weight)
        monkeypatch.setitem(radar._WEIGHTS, kind, radar._WEIGHTS[kind] + by)


def test_every_weight_has_its_pair() -> None:
    assert {row[0] for row in PAIRS} == {*BasisChange, "_CLAUSE", "_REFERENCE", "_LACKING"}
