"""The five founding documents as a reader sees them, against trees that were checked by reading."""

import hashlib
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tree_text import GOLDEN, draw

from benchmarks.accounting import unaccounted
from policydiff.model import ClauseKind, Document
from policydiff.parsing import parse_text, parse_with_rest

_ROOT = Path(__file__).resolve().parents[2]
_SEEDS = {
    "jingan": "3620d218fe9c66bb26c25343e496ce3d361f68e556232ca9d197458b00366b5c",
    "shanghai-health": "3ddab1e232b9841e6c6a4003a62c581d8ce873acf8ff3d48b5384e84328fd789",
    "shanghai-biomedicine": "edec60c1636364ddc69507d32f23ce606778ae4332e556891e8cb2841dfb3990",
    "hefei": "68b04bd4fa59ddeff6591cf07dab44369820c8ef4c715a1ef2d3496ffa13a427",
    "putuo": "a21e8c6d559cd696f80f6de071a317e3af2aaa4006dbbe39bd8b99443bca31db",
}
"""SHA-256 of the received bytes."""


@cache
def _by_digest() -> dict[str, Path]:
    places = [*_ROOT.glob("corpus/documents/**/source.*"), *_ROOT.glob("../shared/data/seeds/*")]
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in places if path.is_file()}


def _text(name: str) -> str:
    path = _by_digest().get(_SEEDS[name])
    if path is None:
        pytest.skip(f"the received text of {name} is neither in corpus/ nor beside the repository")
    return path.read_text(encoding="utf-8")


def _parsed(name: str) -> Document:
    return parse_text(_text(name))


@pytest.mark.parametrize("name", _SEEDS)
def test_tree_is_the_one_that_was_read(name: str) -> None:
    assert draw(_parsed(name)) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", _SEEDS)
def test_every_character_is_accounted_for(name: str) -> None:
    text = _text(name)
    document, rest = parse_with_rest(text)
    assert unaccounted(text, document, rest) == []


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("shanghai-health", (4, 16, 50)),
        ("shanghai-biomedicine", (6, 17, 12)),
        ("hefei", (3, 12, 0)),
        ("jingan", (3, 7, 0)),
        ("putuo", (3, 0, 0)),
    ],
)
def test_numbered_clauses_of_each_form(name: str, counts: tuple[int, int, int]) -> None:
    labels = [clause.label or "" for clause in _parsed(name).walk() if clause.kind is ClauseKind.LEVEL]
    forms = Counter("、" if label.endswith("、") else "(" if label[0] in "（(" else "." for label in labels)
    assert (forms["、"], forms["("], forms["."]) == counts


def test_points_numbered_through_keep_their_printed_number() -> None:
    point = _parsed("shanghai-health").find("lvl_2__lvl_2__lvl_7")
    assert point is not None
    assert point.heading == "发展健康管理服务"


def test_measures_without_a_number() -> None:
    measures = [clause for clause in _parsed("jingan").walk() if clause.kind is ClauseKind.MEASURE]
    assert (len(measures), sum(clause.heading is not None for clause in measures)) == (20, 18)


def test_the_closing_paragraph_belongs_to_the_document() -> None:
    last = _parsed("shanghai-health").clauses[-1]
    assert (last.kind, last.text[:12]) == (ClauseKind.PARAGRAPH, "各区、各有关部门要切实统")


def test_facts_of_a_notice_and_of_what_it_carries() -> None:
    document = _parsed("jingan")
    assert document.title == "静安区关于促进生命健康产业发展的实施意见"
    assert document.drafting_body == "区发展改革委"
    assert document.dates.issued == date(2021, 11, 29)
    assert document.carrier is not None
    assert document.carrier.kind == "批转"


def test_what_the_text_does_not_say_stays_unknown() -> None:
    health = _parsed("shanghai-health")
    assert (health.document_number, health.dates.issued) == (None, None)
    putuo = _parsed("putuo")
    assert (putuo.issuing_bodies, putuo.dates.issued, putuo.jurisdiction) == ((), None, None)
