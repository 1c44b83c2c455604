"""A text to a `Document`: paragraphs, then the texts it holds, then what each says of itself, then the tree."""

import re
from collections.abc import Iterator, Sequence

from policydiff.lexicon.numerals import clause_number
from policydiff.model import ClauseKind, Document, Span
from policydiff.parsing.doubts import Doubts
from policydiff.parsing.facts import read_facts
from policydiff.parsing.footnotes import attach_footnotes, take_footnotes
from policydiff.parsing.grammar import build, choose_grammar
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph, read_paragraphs
from policydiff.parsing.segments import Text, part_texts
from policydiff.parsing.tree import Node, clauses_of, plain_node
from policydiff.parsing.typed import Dropped

_MARK = re.compile(r"附(?:件|录|表|图)?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Z])?[：:]?")
_DIGITS = re.compile("[附件录表图：:]")


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
    doubts = Doubts()
    paragraphs, dropped = read_paragraphs(text)
    paragraphs, notes = take_footnotes(text, paragraphs, dropped)
    texts = part_texts(paragraphs)
    facts = read_facts(texts, declared=declared, declared_title=declared_title, doubts=doubts)
    grammar = choose_grammar(facts.main.body, facts.name)
    roots = build(facts.main.body, grammar, doubts)
    roots.extend(plain_node(line, ClauseKind.PARAGRAPH) for line in facts.main.annexes_named)
    roots.extend(_annex(annex, doubts) for annex in facts.annexes)
    attach_footnotes(roots, notes)
    for part in texts:
        dropped.extend(_set_aside(part, is_annex=part in facts.annexes, is_notice=part is facts.notice))
    document = Document.model_construct(
        title=facts.name,
        document_number=facts.document_number,
        issuing_bodies=facts.issuing_bodies,
        drafting_body=facts.drafting_body,
        document_type=facts.document_type,
        qualifier=facts.qualifier,
        jurisdiction=facts.jurisdiction,
        level=facts.level,
        dates=facts.dates,
        addressees=facts.addressees,
        copied_to=facts.copied_to,
        disclosure=facts.disclosure,
        keywords=facts.keywords,
        carrier=facts.carrier,
        grammar=grammar,
        clauses=clauses_of(roots),
        diagnostics=tuple(doubts.found),
    )
    return document, dropped


def _annex(text: Text, doubts: Doubts) -> Node:
    """Return an annex: its mark as label, its title as words, its own tree below."""
    lines = ([text.mark] if text.mark is not None else []) + text.title
    label: str | None = None
    words = "".join(line.whole for line in text.title)
    if text.mark is not None:
        match = _MARK.match(text.mark.whole)
        label = match[0] if match is not None else text.mark.whole
        words = text.mark.whole[len(label) :] + words
    start = lines[0].start if lines else (text.body[0].start if text.body else 0)
    node = Node(ClauseKind.ANNEX, words, Span(start, lines[-1].span.end if lines else start), label)
    node.heading = words or None
    number = clause_number(_DIGITS.sub("", label)) if label else None
    node.number = node.key = number
    node.children = build(text.body, choose_grammar(text.body, words or None), doubts)
    node.children.extend(plain_node(line, ClauseKind.PARAGRAPH) for line in text.annexes_named)
    return node


def _set_aside(text: Text, *, is_annex: bool, is_notice: bool) -> Iterator[Dropped]:
    kept = {id(line) for line in text.title} if is_annex else set()
    for line in [*text.head, *text.contents, *text.tail]:
        if id(line) not in kept:
            yield Dropped(line.span, _reason(line, text))
    if not is_annex and text.mark is not None:
        yield Dropped(text.mark.span, str(Kind.ANNEX))
    if is_notice:
        for paragraph in [*text.body, *text.annexes_named]:
            yield Dropped(paragraph.span, "carrier notice")


def _reason(line: Paragraph, text: Text) -> str:
    if line.kind is not None:
        return str(line.kind)
    if line in text.contents:
        return str(Kind.CONTENTS)
    if line in text.tail:
        return "signature"
    return "title" if line in text.title else "addressee"
