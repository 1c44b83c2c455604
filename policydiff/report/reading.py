"""The clean view (整理): one document as running text, what it shares or changed marked lightly."""

from collections.abc import Iterator
from typing import NamedTuple

from policydiff.model import Band, Clause, ClauseKind
from policydiff.report.comparison_view import ComparisonView, Sentence
from policydiff.report.outline import anchor
from policydiff.report.revision_view import RevisionRow, RevisionView
from policydiff.report.runs import Cell, Mark, Run, cell, plain


class Passage(NamedTuple):
    """A stretch of a clause's words: one sentence, or words between sentences."""

    words: Cell
    sentence: Sentence | None


class Paragraph(NamedTuple):
    """One clause as it is read."""

    anchor: str
    depth: int
    label: str
    is_heading: bool
    passages: tuple[Passage, ...]
    change: RevisionRow | None = None


_HEADS = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION})


def clean_document(view: ComparisonView) -> tuple[Paragraph, ...]:
    """Return the local document's clauses with its sentences found in them; every word of a clause is kept."""
    held: dict[str, list[Sentence]] = {}
    for compared, sentence in zip(view.comparison.sentences, view.sentences(), strict=True):
        held.setdefault(compared.clause, []).append(sentence)
    if view.local is None:
        return tuple(
            Paragraph(anchor("l", clause), 0, "", False, tuple(Passage(s.words, s) for s in sentences))
            for clause, sentences in held.items()
        )
    return tuple(
        Paragraph(
            anchor("l", clause.id),
            depth,
            clause.label or "",
            _is_heading(clause),
            tuple(_passages(clause.text, held.get(clause.id, ()))),
        )
        for top in view.local.clauses
        for clause, depth in _nested(top, 0)
    )


def _is_heading(clause: Clause) -> bool:
    return clause.kind in _HEADS or (clause.heading is not None and clause.heading == clause.text)


def _nested(clause: Clause, depth: int) -> Iterator[tuple[Clause, int]]:
    yield clause, depth
    for child in clause.children:
        yield from _nested(child, depth + 1)


def _passages(text: str, sentences: list[Sentence] | tuple[()]) -> Iterator[Passage]:
    cursor = 0
    for sentence in sentences:
        words = plain(sentence.words)
        start = text.find(words, cursor)
        if start < 0:
            continue
        if start > cursor:
            yield Passage(cell(text[cursor:start]), None)
        yield Passage(sentence.words if sentence.band is not Band.UNLIKELY else cell(words), sentence)
        cursor = start + len(words)
    if cursor < len(text):
        yield Passage(cell(text[cursor:]), None)


def clean_units(view: RevisionView) -> tuple[Paragraph, ...]:
    """Return the new text's units in order, without what was removed."""
    paragraphs = []
    for row in view.rows:
        for unit in row.new:
            words = tuple(Run(run.text, Mark.PLAIN) for run in unit.words)
            paragraphs.append(Paragraph(unit.anchor, 0, unit.label, False, (Passage(words, None),), row))
    return tuple(paragraphs)
