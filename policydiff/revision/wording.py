"""Old and new words of a change, on tokens: no number, date, title or word is ever cut."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Postfix, Prefix

from policydiff.lexicon.shortest_edits import in_order, steps
from policydiff.model import Wording, WordingOp
from policydiff.revision.tokens import TokenKind, tokenize

_OPS = {-1: WordingOp.DELETE, 0: WordingOp.EQUAL, 1: WordingOp.INSERT}
_KEPT = frozenset(
    {
        TokenKind.NUMBER,
        TokenKind.DATE,
        TokenKind.DOCUMENT,
        TokenKind.TITLE,
        TokenKind.REFERENCE,
        TokenKind.BREAK,
    }
)
"""Tokens that readability never swallows: an unchanged number between two edits stays unchanged."""
_BOUNDS = frozenset(
    {"以上", "以下", "以内", "以前", "以后", "不足", "不满", "超过", "左右", "应当", "可以", "不得"}
)
"""Words kept for the same reason: what a number is bound by, and duty and permission."""
_OBJECTS = "\U00100000"
"""First of the characters that stand for a picture, a field or a note (plane 16, private use): kept like a number."""
_MOST_RUNS = 1_000
"""Runs that are merged in one go: the library shifts its list at every merge, which costs the square of its length."""
_STOPS = "。；;"
_LINE, _STOP, _COMMA = 4, 2, 1
_MARKS = dict.fromkeys("。；;", _STOP) | dict.fromkeys("，,、：:", _COMMA)
"""How good a place is for an edit to begin or end behind; a line's end beats two sentences' ends, a sentence's two commas."""
_SENTENCE_END = 2
"""Tokens from which equal words around a sentence's end stay equal: 同意。违反 → 决定。违反 are two edits; the end alone is not enough."""
_Diff = tuple[int, str]


def compare_wording(old: str, new: str) -> tuple[Wording, ...]:
    """Return the runs of words that turn `old` into `new`.

    Equal and delete joined give `old`, equal and insert joined give `new`; neighbouring runs differ in operation.
    Lines (paragraphs, items) that both sides share hold the comparison together, so that an item put in does not
    make its neighbours look rewritten.
    """
    if old == new:
        return (Wording(WordingOp.EQUAL, old),) if old else ()
    runs = chain.from_iterable(_compare_block(*block) for block in _blocks(old, new))
    return tuple(_joined(runs))


def rebuild(wording: Iterable[Wording], *, new: bool) -> str:
    """Return the text of one side of a wording."""
    left_out = WordingOp.DELETE if new else WordingOp.INSERT
    return "".join(run.text for run in wording if run.op is not left_out)


def _blocks(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield stretches of both texts between the lines they share, and those lines themselves."""
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    shared = _shared_lines(old_lines, new_lines)
    i = j = 0
    for next_i, next_j in [*shared, (len(old_lines), len(new_lines))]:
        yield "".join(old_lines[i:next_i]), "".join(new_lines[j:next_j])
        if next_i < len(old_lines):
            yield old_lines[next_i], new_lines[next_j]
        i, j = next_i + 1, next_j + 1


def _shared_lines(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of lines that stand once on either side and keep their order."""
    once: dict[str, int] = {}
    again: set[str] = set()
    for i, line in enumerate(old):
        if line in once:
            again.add(line)
        once[line] = i
    where: dict[str, int] = {}
    for j, line in enumerate(new):
        if line in where:
            again.add(line)
        where[line] = j
    pairs = sorted((once[line], j) for line, j in where.items() if line in once and line not in again)
    kept = in_order([j for _, j in pairs])
    return [pair for index, pair in enumerate(pairs) if index in kept]


def _compare_block(old: str, new: str) -> list[Wording]:
    if old == new:
        return [Wording(WordingOp.EQUAL, old)]
    if not old or not new:
        return [Wording(WordingOp.DELETE, old), Wording(WordingOp.INSERT, new)]
    head, tail = _shared_sentences(old, new)
    if head or tail:
        inner = _compare_block(old[head : len(old) - tail], new[head : len(new) - tail])
        return [
            Wording(WordingOp.EQUAL, old[:head]),
            *inner,
            Wording(WordingOp.EQUAL, old[len(old) - tail :]),
        ]
    table = _Alphabet()
    mapped_old, mapped_new = table.encode(old), table.encode(new)
    diffs: list[_Diff] = []
    for step in steps(mapped_old, mapped_new):
        gone, come = mapped_old[step.old_start : step.old_end], mapped_new[step.new_start : step.new_end]
        diffs.extend([(0, gone)] if step.is_equal else [(-1, gone), (1, come)])
    diffs = [diff for diff in diffs if diff[1]]
    readable = _merged(_readable(diffs, table))
    return [Wording(_OPS[op], table.decode(text)) for op, text in _at_marks(readable, table)]


def _shared_sentences(old: str, new: str) -> tuple[int, int]:
    """Return the lengths of the whole sentences both texts begin and end with."""
    head = Prefix.similarity(old, new)
    head = max(old.rfind(stop, 0, head) for stop in _STOPS) + 1
    tail = Postfix.similarity(old[head:], new[head:])
    starts = [found for stop in _STOPS if (found := old.find(stop, len(old) - tail)) >= 0]
    return head, len(old) - min(starts) - 1 if tail and starts else 0


class _Alphabet:
    """One code point for each different token of a comparison."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._tokens: dict[str, str] = {}
        self._kept: set[str] = set()

    def encode(self, text: str) -> str:
        coded: list[str] = []
        for token in tokenize(text):
            code = self._codes.get(token.text)
            if code is None:
                number = len(self._codes) + 0x100
                code = chr(number if number < 0xD800 else number + 0x800)
                self._codes[token.text] = code
                self._tokens[code] = token.text
                if token.kind in _KEPT or token.text in _BOUNDS or token.text >= _OBJECTS:
                    self._kept.add(code)
            coded.append(code)
        return "".join(coded)

    def decode(self, coded: str) -> str:
        return "".join(map(self._tokens.__getitem__, coded))

    def holds(self, diff: _Diff) -> bool:
        """Return whether readability may not merge a run with its neighbours."""
        op, codes = diff
        if op:
            return self._codes.get("\n", "\n") in codes
        ends_sentence = len(codes) >= _SENTENCE_END and any(self.mark_at(code) == _STOP for code in codes)
        return ends_sentence or not self._kept.isdisjoint(codes)

    def mark_at(self, code: str) -> int:
        """Return how good a place for an edit to begin or end is behind a token."""
        printed = self._tokens[code]
        return _LINE if printed.endswith("\n") else _MARKS.get(printed, 0)


def _readable(diffs: list[_Diff], table: _Alphabet) -> Iterator[_Diff]:
    """Merge edits that only a word or two of no weight hold apart (semantic cleanup), between the tokens to keep.

    An edit that begins or ends a paragraph stays apart too: a paragraph divided into items keeps its words.
    """
    matcher = diff_match_patch()
    for kept, stretch in groupby(diffs, key=table.holds):
        run = list(stretch)
        for first in range(0, len(run), _MOST_RUNS):
            piece = run[first : first + _MOST_RUNS]
            if not kept and len(piece) > 1:
                matcher.diff_cleanupSemantic(piece)
            yield from piece


def _merged(diffs: Iterable[_Diff]) -> list[_Diff]:
    """Return the runs with neighbours of one operation joined."""
    return [(op, "".join(text for _, text in run)) for op, run in groupby(diffs, key=lambda diff: diff[0])]


def _at_marks(diffs: list[_Diff], table: _Alphabet) -> list[_Diff]:
    """Slide each insertion or deletion between equal words to where it begins and ends at a mark, as a person would draw it.

    对[个体户处八百元罚款，对]单位 says the same as [对个体户处八百元罚款，]对单位.
    """
    placed = [(0, ""), *diffs, (0, "")]
    for at in range(1, len(placed) - 1):
        (left_op, left), (op, edit), (right_op, right) = placed[at - 1 : at + 2]
        if not op or left_op or right_op:
            continue
        back, ahead = Postfix.similarity(left, edit), Prefix.similarity(edit, right)
        words = f"{left}{edit}{right}"
        first = len(left) - back

        def fit(start: int, words: str = words, size: int = len(edit)) -> int:
            before = table.mark_at(words[start - 1]) if start else _LINE
            return before + table.mark_at(words[start + size - 1])

        start = max(
            range(first, first + back + ahead + 1), key=lambda start: (fit(start), start == len(left))
        )
        end = start + len(edit)
        placed[at - 1 : at + 2] = [(0, words[:start]), (op, words[start:end]), (0, words[end:])]
    return [run for run in placed if run[1]]


def _joined(runs: Iterable[Wording]) -> Iterator[Wording]:
    """Join neighbouring runs of one operation; within an edit the old words stand first."""
    deleted: list[str] = []
    inserted: list[str] = []
    equal: list[str] = []
    for run in runs:
        if not run.text:
            continue
        if run.op is WordingOp.EQUAL:
            yield from _edit(deleted, inserted)
            equal.append(run.text)
            continue
        if equal:
            yield Wording(WordingOp.EQUAL, "".join(equal))
            equal.clear()
        (deleted if run.op is WordingOp.DELETE else inserted).append(run.text)
    yield from _edit(deleted, inserted)
    if equal:
        yield Wording(WordingOp.EQUAL, "".join(equal))


def _edit(deleted: list[str], inserted: list[str]) -> Iterator[Wording]:
    for op, pieces in ((WordingOp.DELETE, deleted), (WordingOp.INSERT, inserted)):
        if text := "".join(pieces):
            yield Wording(op, text)
        pieces.clear()
