"""The parts of pairing: folding, references, assignment, order."""

import pytest
from hypothesis import given, strategies as st

from policydiff.lexicon.shortest_edits import align, in_order
from policydiff.lexicon.widths import fold_words, mask_references, variants
from policydiff.revision.pairing import assign
from policydiff.substance.following import Numbering, only_follows, references


@pytest.mark.parametrize(
    ("one", "other", "same", "why"),
    [
        ("（一）收费，公示；", "(一) 收费､公示｡", True, "punctuation and width"),
        ("会计帐簿", "会计账簿", True, "variant character"),
        ("占比1.5%", "占比15%", False, "a decimal point is no punctuation"),
        ("10-20人", "1020人", False, "nor is the dash of a range"),
        ("二〇二三年", "二零二三年", True, "two writings of zero"),
        ("三十日", "三十一日", False, "numerals count"),
    ],
)
def test_folding(one: str, other: str, same: bool, why: str) -> None:
    assert (fold_words(one) == fold_words(other)) is same, why


def test_variants_lead_nowhere_else() -> None:
    forms = {form for _, form in variants()}
    assert not forms & {variant for variant, _ in variants()}
    assert len(dict(variants())) == len(variants())


def test_masked_references_leave_words_alone() -> None:
    assert mask_references("依照第十二条第一款和第三方协议") == "依照第第和第三方协议"


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("违反本法第三条规定", [True]),
        ("违反第三条、第四条规定", [True, True]),
        ("依照刑法第三条、第四条和本解释第五条", [False, False, True]),
        ("依照《民法典》第三条的规定", [False]),
        ("依照本办法第三条和《消防法》第四条", [True, False]),
    ],
)
def test_whose_clause_is_cited(text: str, own: list[bool]) -> None:
    assert [reference.own for reference in references(text)] == own


NUMBERING = Numbering({"条": {"3": frozenset({"5"}), "9": frozenset({"9"})}})


@pytest.mark.parametrize(
    ("old", "new", "follows"),
    [
        ("依照第三条第二款办理", "依照第五条第二款办理", True),
        ("依照第三条第二款办理", "依照第五条第三款办理", False),
        ("依照第三条办理", "依照第四条办理", False),
        ("依照第三条办理", "依照第五条处理", False),
        ("依照第三条第(一)项办理", "依照第五条第（一）项办理", True),
    ],
)
def test_following(old: str, new: str, follows: bool) -> None:
    assert only_follows(old, new, NUMBERING) is follows


SCORES = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(-3, 9).map(lambda n: n / 8), max_size=16
)


def best_sum(scores: dict[tuple[int, int], float], rows: list[int], used: frozenset[int]) -> float:
    if not rows:
        return 0.0
    row, *others = rows
    best = best_sum(scores, others, used)
    for (one, column), score in scores.items():
        if one == row and column not in used and score > 0:
            best = max(best, score + best_sum(scores, others, used | {column}))
    return best


@given(SCORES)
def test_assignment_is_the_best_there_is(scores: dict[tuple[int, int], float]) -> None:
    pairs = assign(scores)
    assert len({row for row, _ in pairs}) == len(pairs) == len({column for _, column in pairs})
    assert sum(scores[pair] for pair in pairs) == pytest.approx(best_sum(scores, list(range(5)), frozenset()))
    assert pairs == assign(dict(reversed(scores.items()))), "the order of the input does not matter"


@given(st.permutations(range(9)))
def test_the_longest_run_in_order(targets: list[int]) -> None:
    kept = sorted(in_order(targets))
    run = [targets[index] for index in kept]
    assert run == sorted(run)
    lengths = [1] * 9
    for index, target in enumerate(targets):
        lengths[index] = 1 + max(
            (lengths[before] for before in range(index) if targets[before] < target), default=0
        )
    assert len(run) == max(lengths)


def test_alignment_keeps_order_and_leaves_the_worst_alone() -> None:
    table = [[0.9, 0.1], [0.2, -0.5], [0.3, 0.8]]
    assert align(3, 2, lambda i, j: table[i][j]) == [(0, 0), (2, 1)]
