"""Every diff and comparison over the texts at hand is the one that was looked at last."""

from pathlib import Path

import pytest

from benchmarks.golden_results import KINDS, rows, written

RENEW = "look at it, then: python -m benchmarks.golden_results --write"


@pytest.mark.parametrize("kind", KINDS)
def test_results_over_the_corpus(kind: str) -> None:
    known = written(kind)
    changed = {
        pair: (known.get(pair), row)
        for pair, *row in rows(kind, shared=False)
        if known.get(pair) != tuple(row)
    }
    assert not changed, RENEW


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_results_over_the_shared_texts(kind: str, shared_data: Path) -> None:
    known = written(kind)
    changed = {
        pair: (known.get(pair), row)
        for pair, *row in rows(kind, shared=True)
        if known.get(pair) != tuple(row)
    }
    assert not changed, RENEW
