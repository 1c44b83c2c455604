"""Documents made by hand for the tests of annotations."""

from policydiff.annotate.passages import Passage, Source
from policydiff.model import Clause, ClauseKind, Document, Span


def document(
    *texts: str, kind: ClauseKind = ClauseKind.LEVEL, title: str | None = None
) -> tuple[Document, str]:
    """Return a document of numbered clauses, and its text: one clause a line."""
    text = "\n".join(texts)
    clauses = []
    start = 0
    for number, words in enumerate(texts, start=1):
        span = Span(start, start + len(words))
        clauses.append(Clause(id=f"lvl_{number}", kind=kind, text=words, span=span))
        start += len(words) + 1
    return Document(title=title, clauses=tuple(clauses)), text


def passages(*texts: str, kind: ClauseKind = ClauseKind.LEVEL) -> list[tuple[Passage, Clause | None]]:
    """Return the passages of such a document."""
    made, text = document(*texts, kind=kind)
    source = Source(text)
    return [(Passage(clause.text, source, clause.id, clause.span), clause) for clause in made.clauses]
