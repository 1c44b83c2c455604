"""Who does a measure (责任部门): notes in brackets or on a line of their own."""

import re
from collections.abc import Iterable, Iterator

from policydiff.annotate.brackets import outer_brackets
from policydiff.annotate.notes import Note, read_list, read_note
from policydiff.annotate.passages import Passage
from policydiff.annotate.tables import Columns, bodies_of, read_header
from policydiff.model import Clause, ClauseKind, Responsibility

_MENTIONS = re.compile(r"负责|指导|牵头|责任|配合|单位|部门|参与|落实|主办|承办")
_FIRST_LEADS = re.compile(
    r"[排列][在为]?(?:第一|首)位(?:的|者)?(?:部门|单位|者)?(?:为|是|均?为)牵头(?:部门|单位)?"
)
_LINE = re.compile(r"^[^：:。，,]{2,14}[：:]")
_SQUARE = re.compile(r"[【\[［〔][^【】\[\]［］〔〕]{4,400}[】\]］〕]")
_CLOSING = "。；;."
_SENTENCE_ENDS = ("。", "；", ";")


def find_responsibilities(
    passages: Iterable[tuple[Passage, Clause | None]],
) -> tuple[Responsibility, ...]:
    """Return every note in reading order, each bound to the clause it stands in.

    A paragraph that is nothing but a note binds the clause before it. Once a document says that the body named first leads
    (列第一位者为牵头单位，下同), this holds for all later notes that tell no leader; said outside a note, for all of them.
    """
    clauses = [(passage, clause) for passage, clause in passages if clause is not None]
    first_leads = any(
        _FIRST_LEADS.search(passage.words) and not _in_bracket(passage.words) for passage, _ in clauses
    )
    found: list[Responsibility] = []
    before = ""
    columns: Columns | None = None
    for passage, clause in clauses:
        words = passage.words
        if clause.kind is ClauseKind.ROW:
            columns = read_header(words) or columns
            row = bodies_of(words, columns) if columns and not read_header(words) else None
            if row:
                found.append(_of_row(passage, row))
        elif clause.kind is ClauseKind.ANNEX:
            columns = None
        if _MENTIONS.search(words) or words.endswith(("）", ")")):
            for start, end, note in _notes(words, clause):
                first_leads = first_leads or _FIRST_LEADS.search(words, start, end) is not None
                alone = not (words[:start] + words[end:]).strip(_CLOSING)
                lead, supporting = note.lead, note.supporting
                if first_leads and not note.is_told_apart and not note.label:
                    lead, supporting = lead[:1], lead[1:] + supporting
                found.append(
                    Responsibility(
                        clause=before if alone and before and _is_plain(clause) else passage.clause,
                        lead=lead,
                        supporting=supporting,
                        label=note.label,
                        text=words[start:end],
                        span=passage.span(start, end),
                    )
                )
        before = passage.clause
    return tuple(found)


def _of_row(passage: Passage, row: tuple[str, tuple[str, ...], tuple[str, ...], int, int]) -> Responsibility:
    label, lead, supporting, start, end = row
    return Responsibility(
        clause=passage.clause,
        lead=lead,
        supporting=supporting,
        label=label,
        text=passage.words[start:end],
        span=passage.span(start, end),
    )


def _notes(words: str, clause: Clause) -> Iterator[tuple[int, int, Note]]:
    """Yield the notes of a clause; a title (in a heading) and a table cell hold none."""
    anything = False
    brackets = [*outer_brackets(words), *(match.span() for match in _SQUARE.finditer(words))]
    for start, end in sorted(brackets):
        inner = words[start + 1 : end - 1]
        note = read_note(inner) or (read_list(inner) if _closes(words, start, end) else None)
        if note:
            anything = True
            yield start, end, note
    if not anything and _is_plain(clause) and _LINE.match(words):
        note = read_note(words.rstrip("。"))
        if note and note.label:
            yield 0, len(words), note


def _closes(words: str, start: int, end: int) -> bool:
    """Say whether a bracket stands after the last sentence of its clause."""
    return words[:start][-1:] in _SENTENCE_ENDS and not words[end:].strip(_CLOSING)


def _is_plain(clause: Clause) -> bool:
    return clause.kind in (ClauseKind.PARAGRAPH, ClauseKind.MEASURE) and clause.label is None


def _in_bracket(words: str) -> bool:
    return any(_FIRST_LEADS.search(words, start, end) for start, end in outer_brackets(words))
