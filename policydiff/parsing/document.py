"""A text to a `Document`: paragraphs, then the texts it holds, then what each says of itself, then the tree."""

from collections.abc import Sequence

from policydiff.model import ClauseKind, Document
from policydiff.parsing.facts import Facts, read_facts
from policydiff.parsing.grammar import build, choose_grammar
from policydiff.parsing.paragraphs import Dropped, read_paragraphs
from policydiff.parsing.segments import Text, part_texts
from policydiff.parsing.tree import Node, clauses_of


def parse_text(
    text: str,
    *,
    declared: Sequence[tuple[str, str]] = (),
    declared_title: str | None = None,
) -> Document:
    """Parse the text of a policy document or statute; never raises on any text.

    Args:
        text: One paragraph a line, as an extractor gives it; spans of the result point into it.
        declared: Labelled facts found outside the text: (`发文字号`, `国发〔2019〕5号`).
        declared_title: Title declared by the container of the text.

    Returns:
        The document without citations, targets and responsibilities.
    """
    return parse_with_rest(text, declared=declared, declared_title=declared_title)[0]


def parse_with_rest(
    text: str,
    *,
    declared: Sequence[tuple[str, str]] = (),
    declared_title: str | None = None,
) -> tuple[Document, list[Dropped]]:
    """Parse as `parse_text` does, and return beside it the words that became no clause, each with its reason."""
    paragraphs, dropped = read_paragraphs(text)
    texts = part_texts(paragraphs)
    facts = read_facts(texts, declared=declared, declared_title=declared_title)
    main = facts.main
    grammar = choose_grammar(main.body, facts.title)
    roots = build(main.body, grammar)
    for annex in facts.annexes:
        roots.append(_annex(annex))
    for part in texts:
        _set_aside(part, part in facts.annexes, dropped)
    if facts.notice is not None:
        dropped.extend(Dropped(paragraph.span, "carrier notice") for paragraph in facts.notice.body)
    document = Document.model_construct(
        title=facts.title,
        document_number=facts.document_number,
        issuing_bodies=facts.issuing_bodies,
        drafting_body=facts.drafting_body,
        document_type=facts.document_type,
        qualifier=facts.qualifier,
        jurisdiction=facts.jurisdiction,
        dates=facts.dates,
        addressees=facts.addressees,
        copied_to=facts.copied_to,
        disclosure=facts.disclosure,
        keywords=facts.keywords,
        carrier=facts.carrier,
        grammar=grammar,
        clauses=clauses_of(roots),
        diagnostics=tuple(facts.diagnostics),
    )
    return document, dropped


def _annex(text: Text) -> Node:
    grammar = choose_grammar(text.body, None)
    heads = ([text.mark] if text.mark is not None else []) + text.head
    first = heads[0] if heads else text.body[0]
    words = "".join(paragraph.text for paragraph in text.title)
    node = Node(ClauseKind.ANNEX, words, first.span, text.mark.whole if text.mark is not None else None)
    if heads:
        node.span = first.span._replace(end=heads[-1].span.end)
    node.heading = words or None
    node.children = build(text.body, grammar)
    return node


def _set_aside(text: Text, annex: bool, dropped: list[Dropped]) -> None:
    titles = text.title if annex else []
    dropped.extend(
        Dropped(paragraph.span, paragraph.kind.value if paragraph.kind else "title")
        for paragraph in [*text.head, *text.tail]
        if paragraph not in titles
    )
