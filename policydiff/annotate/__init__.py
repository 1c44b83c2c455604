"""Facts found in a parsed document, kept apart from its tree: citations, targets, responsibilities, statements on force."""

from policydiff.annotate.citations import find_citations
from policydiff.annotate.force_said import find_validity
from policydiff.annotate.passages import Passage, Source, passages_of
from policydiff.annotate.responsibilities import (
    duty_bearers as duty_bearers,
    find_responsibilities,
    parts_work as parts_work,
)
from policydiff.annotate.targets import find_targets
from policydiff.model import Clause, Document, Grammar


def annotate(document: Document, text: str) -> Document:
    """Return a copy of the document with its citations, targets, responsibilities and validity, read from its original text.

    Facts that the document already has are replaced. No document or text raises an error. For each fact: `clause` is the
    id of a clause of the document, or empty for a citation in its title or carrier notice; facts of a kind are in reading
    order; `text[span.start:span.end]` are the words from which it was read, with any words of the page between them.
    """
    passages = list(passages_of(document, Source(text)))
    dated = (document.dates.issued, *(act.day for act in document.acts))
    issued = next((day.year for day in dated if day is not None), None)
    is_statute = document.grammar is not Grammar.OFFICIAL
    return _related(document, text, passages).model_copy(
        update={
            "targets": find_targets(passages, issued, is_statute=is_statute),
            "responsibilities": find_responsibilities(passages),
        }
    )


def annotate_relations(document: Document, text: str) -> Document:
    """Return a copy of the document with the facts that concern other documents too: its citations and its validity."""
    return _related(document, text, list(passages_of(document, Source(text))))


def _related(document: Document, text: str, passages: list[tuple[Passage, Clause | None]]) -> Document:
    is_statute = document.grammar is not Grammar.OFFICIAL
    words = [passage for passage, _ in passages]
    return document.model_copy(
        update={
            "citations": find_citations(words, document.title, is_statute=is_statute),
            "validity": find_validity(passages, document, text),
        }
    )
