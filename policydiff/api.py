"""The public verbs: read a text or a file, diff two versions, compare a document with its superior.

Each loads what it needs on its first call: who only diffs does not wait for the engine of comparisons.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policydiff.comparison import SentenceEncoder
    from policydiff.extract import Limits
    from policydiff.extract.reading import Revisions
    from policydiff.model import Comparison, Document, RevisionDiff


def parse(text: str) -> "Document":
    r"""Return the document that a text is: metadata, clause tree, citations, targets, responsibilities.

    Never raises on any text; doubts are in `Document.diagnostics`. Spans are offsets into `text`.

    Examples:
        >>> document = parse("某市促进办法\n第一条 为了促进发展，制定本办法。\n第二条 本办法自公布之日起施行。")
        >>> [(clause.id, clause.text) for clause in document.walk()]
        [('art_1', '为了促进发展，制定本办法。'), ('art_2', '本办法自公布之日起施行。')]
    """
    from policydiff.annotate import annotate
    from policydiff.parsing import parse_text

    return annotate(parse_text(text), text)


def read(
    path: "os.PathLike[str] | str", *, revisions: "Revisions" = "final", limits: "Limits | None" = None
) -> "Document":
    """Return the document in a file of any supported format; the format is told by the content.

    Args:
        path: The file.
        revisions: Tracked changes of a Word file: accepted (`final`) or refused (`original`).
        limits: Sizes beyond which the file is refused (`policydiff.extract.Limits`); None for the usual ones.

    Raises:
        UnreadableInputError: if the file is missing, empty, damaged or of an unsupported format.
    """
    from policydiff.collection.references import load_file
    from policydiff.extract import DEFAULT_LIMITS

    return load_file(Path(path), revisions=revisions, limits=limits or DEFAULT_LIMITS).document


def diff(old: "Document", new: "Document", *, strict: bool = False) -> "RevisionDiff":
    """Return clause by clause what changed between two versions of one document.

    Args:
        old: The earlier version.
        new: The later version.
        strict: Count punctuation, width and character variants as changes too.
    """
    from policydiff.revision import diff_documents

    return diff_documents(old, new, strict=strict)


def compare(
    local: "Document", superior: "Document", *, encoder: "SentenceEncoder | None" = None
) -> "Comparison":
    """Return what a local document adopted, adapted, added and left out of the superior document.

    Args:
        local: The implementing document.
        superior: The directive it implements.
        encoder: A sentence encoder that adds meaning to the words compared; the base needs none.
    """
    from policydiff.comparison import compare_documents

    return compare_documents(local, superior, encoder=encoder)
