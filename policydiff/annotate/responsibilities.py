"""Who does a measure (责任部门): notes in brackets or on a line of their own."""

import re
from collections.abc import Iterable, Iterator

from policydiff.annotate.cited_titles import outer_brackets
from policydiff.annotate.notes import Note, is_office, read_list, read_note, split_bodies
from policydiff.annotate.passages import Passage
from policydiff.annotate.tables import Columns, RowBodies, TableRows, bodies_of, read_header, words_of
from policydiff.model import Clause, ClauseKind, Responsibility, Span

_MENTIONS = re.compile(r"负责|指导|牵头|责任|配合|单位|部门|参与|落实|主办|承办")
_FIRST_LEADS = re.compile(
    r"[排列][在为]?(?:第一|首)位(?:的|者)?(?:部门|单位|者)?(?:为|是|均?为)牵头(?:部门|单位)?"
)
_LINE = re.compile(r"^[^：:。，,]{2,14}[：:]")
_SQUARE = re.compile(r"[【\[［〔][^【】\[\]［］〔〕]{4,400}[】\]］〕]")
_DUTIES = re.compile(
    r"(?: 责任 | 职责 | 任务 )分工 | (?: 部门 | 单位 | 成员单位 )(?: 工作 )?(?: 职责 | 分工 )", re.VERBOSE
)
_SUBJECT = re.compile(
    r"(?P<bodies> [^，,。；;：:（()）]{2,40}? ) (?: 要 | 负责 | 应 | 牵头 | 按照 | [：:] )", re.VERBOSE
)
_OWN_DUTIES = re.compile(r"(?P<bodies> [^，,。；;：:（()）]{2,40}? ) (?:工作)? 职责 [。：:]?", re.VERBOSE)
_LONGEST_HEADING = 20
_CLOSING = "。；;."
_SENTENCE_ENDS = ("。", "；", ";")


def find_responsibilities(
    passages: Iterable[tuple[Passage, Clause | None]],
) -> tuple[Responsibility, ...]:
    """Return every note in reading order, each bound to the clause it stands in.

    A paragraph that is nothing but a note binds the clause before it. Once a document says that the body named first leads
    (列第一位者为牵头单位，下同), this holds for all later notes that tell no leader; said outside a note, for all of them.
    Without a note, a clause is bound to the body that is its subject where its heading says so (公安局职责), or one above it
    that parts the work (责任分工).
    """
    clauses = [(passage, clause) for passage, clause in passages if clause is not None]
    first_leads = any(
        _FIRST_LEADS.search(passage.words) and not _in_bracket(passage.words) for passage, _ in clauses
    )
    found: list[Responsibility] = []
    before = parted = ""
    columns: Columns | None = None
    rows = TableRows()
    for passage, clause in clauses:
        words = passage.words
        if clause.kind is ClauseKind.ROW:
            cells = rows.cells(passage)
            header = read_header(words_of(cells))
            columns = header or columns
            row = bodies_of(cells, columns) if columns and not header else None
            if row:
                found.append(_of_row(passage, row))
        elif clause.kind is ClauseKind.ANNEX:
            columns = None
        parted = _parting(clause, parted)
        noted = False
        for start, end, note in _notes(words, clause):
            noted = True
            first_leads = first_leads or _FIRST_LEADS.search(words, start, end) is not None
            alone = not (words[:start] + words[end:]).strip(_CLOSING)
            bound = before if alone and before and _is_plain(clause) else passage.clause
            found.append(
                _of_note(passage.span(start, end), words[start:end], bound, note, first_leads=first_leads)
            )
        subject = None if noted else _subject(words, clause, is_parted=bool(parted))
        if subject:
            found.append(_of_subject(passage, subject))
        before = passage.clause
    return tuple(found)


def _of_note(span: Span, text: str, clause: str, note: Note, *, first_leads: bool) -> Responsibility:
    lead, supporting = note.lead, note.supporting
    if first_leads and not note.is_told_apart and not note.label:
        lead, supporting = lead[:1], lead[1:] + supporting
    return Responsibility(
        clause=clause, lead=lead, supporting=supporting, label=note.label, text=text, span=span
    )


def _parting(clause: Clause, parted: str) -> str:
    """Return how ids begin below the last heading that parts the work (责任分工), empty where the clause is not below it."""
    if clause.heading and len(clause.heading) <= _LONGEST_HEADING and _DUTIES.search(clause.heading):
        return f"{clause.id}__"
    return parted if clause.id.startswith(parted) else ""


def _subject(words: str, clause: Clause, *, is_parted: bool) -> str | None:
    """Return the bodies a clause begins with, None where it does not say what they are to do."""
    if clause.kind is not ClauseKind.LEVEL:
        return None
    match = _OWN_DUTIES.match(words) or (_SUBJECT.match(words) if is_parted else None)
    return match["bodies"] if match and all(map(is_office, split_bodies(match["bodies"]))) else None


def _of_subject(passage: Passage, bodies: str) -> Responsibility:
    return Responsibility(
        clause=passage.clause,
        lead=split_bodies(bodies),
        supporting=(),
        label=None,
        text=bodies,
        span=passage.span(0, len(bodies)),
    )


def _of_row(passage: Passage, row: RowBodies) -> Responsibility:
    return Responsibility(
        clause=passage.clause,
        lead=row.lead,
        supporting=row.supporting,
        label=row.label,
        text=row.row.words[row.start : row.end],
        span=row.row.span(row.start, row.end),
    )


def _notes(words: str, clause: Clause) -> Iterator[tuple[int, int, Note]]:
    """Yield the notes of a clause; a title (in a heading) and a table cell hold none."""
    if not (_MENTIONS.search(words) or words.endswith(("）", ")"))):
        return
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
