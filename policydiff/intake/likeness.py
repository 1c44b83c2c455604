"""What two texts have in common, clause by clause: texts without a clause in common are never an edit of one another."""

import hashlib
import re
from collections.abc import Iterable, Sequence

from policydiff.lexicon.widths import fold
from policydiff.model import Document

_MARKS = re.compile(r"[\W_]+")
_FORMULA = re.compile(
    r"(?:自|从).{0,30}(?:施行|执行|实施|生效)|由.{0,40}(?:负责)?解释|有效期|为了.{0,80}制定本|(?:公布|印发|发布)之日起|同时废止|特此(?:公告|通知|通告)"
)
_LONGEST_FORMULA = 60
"""Letters of the longest clause that counts as a formula; longer ones say more than when they take effect."""
_SHORTEST = 6
"""Letters of the shortest clause that tells a text: 总则 and 附则 stand in every statute."""
_RUN = 8
"""Letters of one run, by which reworded clauses are still known."""


def _mark(letters: str) -> bytes:
    return hashlib.blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def clause_marks(document: Document) -> frozenset[bytes]:
    """Return a mark for the words of each clause that tells this text from others; formulas and headings do not."""
    return frozenset(_mark(letters) for letters in _telling(clause.text for clause in document.walk()))


def _telling(clauses: Iterable[str]) -> list[str]:
    found = []
    for words in clauses:
        letters = _MARKS.sub("", fold(words))
        if len(letters) >= _SHORTEST and not (len(letters) <= _LONGEST_FORMULA and _FORMULA.search(letters)):
            found.append(letters)
    return found


def shared(one: Document, other: Document) -> float | None:
    """Return the share of the smaller text that both have; None where one of them holds nothing that tells a text."""
    return shared_clauses([clause.text for clause in one.walk()], [clause.text for clause in other.walk()])


def shared_clauses(one: Sequence[str], other: Sequence[str]) -> float | None:
    """Return what `shared` does, of texts given by the words of their clauses.

    Counted are whole clauses, and runs of words where clauses differ.
    """
    first, second = _telling(one), _telling(other)
    ones, others = set(first), set(second)
    if not ones or not others:
        return None
    by_clause = len(ones & others) / min(len(ones), len(others))
    if by_clause >= _ENOUGH:
        return by_clause
    runs, other_runs = _runs(first), _runs(second)
    return max(by_clause, len(runs & other_runs) / max(1, min(len(runs), len(other_runs))))


_ENOUGH = 0.2
"""Share of common clauses from which runs of words need not be counted."""


def _runs(telling: list[str]) -> set[str]:
    letters = "".join(telling)
    return {letters[start : start + _RUN] for start in range(max(0, len(letters) - _RUN + 1))}
