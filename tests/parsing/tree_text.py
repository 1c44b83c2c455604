"""A parsed document as text that a person can read and compare."""

from pathlib import Path

from policydiff.model import Clause, Document

GOLDEN = Path(__file__).parent / "golden"
_FACTS = (
    "title", "document_number", "issuing_bodies", "drafting_body", "document_type", "qualifier", "jurisdiction", "level",
    "addressees", "copied_to", "disclosure", "keywords",
)  # fmt: skip


def draw(document: Document) -> str:
    """Return the facts that were read, then one line a clause: id, kind, label, and its words in short."""
    lines = [f"{name}: {value}" for name in _FACTS if (value := getattr(document, name))]
    lines.extend(f"{name}: {day}" for name, day in document.dates if day)
    if document.carrier is not None:
        lines.extend(f"carrier {name}: {value}" for name, value in document.carrier if value)
    lines.append(f"grammar: {document.grammar.value}")
    lines.extend(f"{entry.severity.value}: {entry.message}" for entry in document.diagnostics)
    lines.append("")
    for clause in document.clauses:
        lines.extend(_branch(clause, 0))
    return "\n".join(lines) + "\n"


def outline(text_or_document: Document) -> list[str]:
    """Return ids with the words of each clause: `lvl_1 总体要求`."""
    return [f"{clause.id} {clause.text}".rstrip() for clause in text_or_document.walk()]


def _branch(clause: Clause, depth: int) -> list[str]:
    words = (
        clause.text
        if len(clause.text) <= 46
        else f"{clause.text[:30]}…{clause.text[-14:]} ({len(clause.text)})"
    )
    heading = f" <{clause.heading}>" if clause.heading and clause.heading != clause.text else ""
    lines = [f"{'  ' * depth}{clause.id} {clause.kind.value} {clause.label or '-'}{heading} {words}".rstrip()]
    for child in clause.children:
        lines.extend(_branch(child, depth + 1))
    return lines
