"""Whether two readings of a source are the same text, the page around it aside.

Two tests, either suffices: the characters are the same, white space and width aside; or the parsed documents say
the same. The second sees through crumbs, dates of the page and moved widgets, which the parser does not take for
clauses. Punctuation counts in both: a comma that moved in a statute is a silent edit.
"""

import hashlib
import re
import unicodedata

from policydiff.model import Document

_BLANKS = re.compile(r"\s+")


def text_essence(text: str) -> str:
    """Return a hash of the characters of a text, width and white space aside."""
    return hashlib.sha256(_fold(text).encode()).hexdigest()


def document_essence(document: Document) -> str:
    """Return a hash of what a document says: title, number, dates, carrier notice, labels and words of its clauses."""
    digest = hashlib.sha256()
    dates = document.dates
    said = [
        document.title or "",
        document.document_number or "",
        *document.issuing_bodies,
        *(str(getattr(dates, name)) for name in type(dates).model_fields),
        document.carrier.text if document.carrier else "",
    ]
    if document.validity is not None and document.validity.marked:
        said.append(document.validity.marked)  # 【失效】 behind a title ends the text without another word
    # （……通过　……修正）below a title
    said += [f"{act.day} {act.kind} {act.body} {act.by}" for act in document.acts]
    for part in said:
        digest.update(_fold(part).encode() + b"\x1f")
    for part in (*document.addressees, *document.copied_to, *document.signers, *document.remarks):
        digest.update(_fold(part).encode() + b"\x1e")
    for clause in document.walk():
        digest.update(_fold(f"{clause.kind}\x1e{clause.label or ''}\x1e{clause.text}").encode() + b"\x1f")
    return digest.hexdigest()


def _fold(text: str) -> str:
    # The columns of a table stay apart: a figure that moves into the next one is a change.
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text.replace("\t", "|")))


def overlap(old: str, new: str) -> float:
    """Return how much of the shorter text stands in the longer one, 0…1, by runs of five characters."""
    first, second = _runs(old), _runs(new)
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


def _runs(text: str) -> set[str]:
    folded = _fold(text)
    return {folded[start : start + 5] for start in range(max(len(folded) - 4, 0))}
