"""Makes a `Document` of a text: each line gets its kind first, then the tree is built; no text raises an error.

Steps: lines to paragraphs, paragraphs to the texts of the file, each text to its facts, and to its tree by its grammar.
"""

from collections.abc import Iterator, Sequence

from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.titles import ACT_KINDS
from policydiff.model import ClauseKind, Document, Grammar, Span, TextBlock, Validity
from policydiff.parsing.attachments import mark_number, mark_of
from policydiff.parsing.facts import Facts, read_facts
from policydiff.parsing.fixed_lines import stated_in
from policydiff.parsing.footnotes import attach_footnotes, take_footnotes
from policydiff.parsing.kinds import Kind, document_type, qualifier
from policydiff.parsing.labels import Sort
from policydiff.parsing.legislation import build_amendment, build_legislation
from policydiff.parsing.official import build_official
from policydiff.parsing.paragraphs import Paragraph, read_paragraphs
from policydiff.parsing.segments import Text, part_texts
from policydiff.parsing.source import Dropped
from policydiff.parsing.tree import HEADLINE, UNREAD, Doubts, Node, clauses_of, not_placed, plain_node
from policydiff.parsing.works import entries_of, letters_of, warn_of_articles


def parse_text(
    text: str,
    *,
    declared: Sequence[tuple[str, str]] = (),
    declared_title: str | None = None,
    blocks: Sequence[TextBlock] = (),
) -> Document:
    """Return the document of a policy or statute, without citations, targets and responsibilities; never raises on any text.

    The text has one paragraph a line, as an extractor gives it; spans of the result point into it. `declared` holds
    labelled facts found outside the text: (`发文字号`, `国发〔2019〕5号`); `declared_title` is the title declared by its
    container. `blocks` holds the layout of the lines known from the format: centred or not, size of type.
    """
    return parse_with_rest(text, declared=declared, declared_title=declared_title, blocks=blocks)[0]


def parse_with_rest(
    text: str,
    *,
    declared: Sequence[tuple[str, str]] = (),
    declared_title: str | None = None,
    blocks: Sequence[TextBlock] = (),
) -> tuple[Document, list[Dropped]]:
    """Parse as `parse_text` does, and also return the words that became no clause, each with its reason."""
    doubts = Doubts()
    paragraphs, dropped = read_paragraphs(text, blocks)
    paragraphs, notes = take_footnotes(text, paragraphs, dropped)
    texts = part_texts(paragraphs)
    facts = read_facts(
        texts, declared=(*stated_in(text), *declared), declared_title=declared_title, doubts=doubts
    )
    grammar = choose_grammar(facts.main.body, facts.name)
    roots = build(facts.main.body, grammar, doubts)
    roots.extend(_annex(annex, doubts) for annex in facts.annexes)
    attach_footnotes(roots, notes)
    for part in texts:
        dropped.extend(_set_aside(part, facts))
    with_contents = [part for part in texts if part.contents]
    told = letters_of(
        line
        for part in (texts if with_contents else ())
        for line in [*part.title, *part.body, *part.annexes_named]
    )
    for part in with_contents:
        dropped.extend(
            Dropped(line.span, reason)
            for lines, reason in zip(
                entries_of(part.contents, told), (str(Kind.CONTENTS), UNREAD), strict=True
            )
            for line in lines
        )
    if grammar is not Grammar.AMENDMENT:
        warn_of_articles([line for part in [facts.main, *facts.annexes] for line in part.body], doubts)
    left = not_placed(text, dropped, doubts)
    document = Document.model_construct(
        title=facts.name,
        document_number=next(iter(facts.numbers), None),
        other_numbers=tuple(facts.numbers[1:]),
        issuing_bodies=facts.issuing_bodies,
        document_type=document_type(facts.name or ""),
        qualifier=qualifier(facts.name or ""),
        **{name: getattr(facts, name) for name in _AS_READ},
        acts=tuple(facts.acts),
        attached_as=mark_of(facts.main)[0] if facts.notice is None else None,
        validity=Validity(
            effective=facts.dates.effective, expires=facts.dates.expires, marked=facts.status_mark
        ),
        grammar=grammar,
        clauses=clauses_of(roots),
        diagnostics=tuple(doubts.found),
        not_placed=left,
    )
    return document, dropped


_AS_READ = (
    "drafting_body", "jurisdiction", "level", "dates", "addressees", "copied_to", "disclosure", "keywords", "secrecy", "urgency",
    "copy_number", "signers", "remarks", "printed_by", "attachments", "carrier",
)  # fmt: skip
"""Fields of a document that have the same name in the facts."""


def _annex(text: Text, doubts: Doubts) -> Node:
    """Return an attached text: its mark as label, its title as words, then the further lines of its head, its own tree and its tail."""
    lines = ([text.mark] if text.mark is not None else []) + text.title
    label, rest = mark_of(text)
    words = rest + "".join(line.whole for line in text.title)
    if label is not None and text.mark is not None and rest:
        label = text.mark.whole[: len(text.mark.whole) - len(rest)]
    elif text.mark is not None:
        label = text.mark.whole
    start = lines[0].start if lines else (text.body[0].start if text.body else 0)
    end = lines[-1].span.end if lines else start
    node = Node(ClauseKind.ANNEX, words, Span(start, end), label)
    node.heading = words or None
    node.number = node.key = mark_number(label) if label else None
    node.children = [plain_node(line, ClauseKind.PREFACE) for line in _below(text, end)]
    body, after = text.body, sorted([*text.annexes_named, *text.tail], key=lambda line: line.start)
    if body and after and after[0].start < body[-1].start:
        body, after = sorted([*body, *after], key=lambda line: line.start), []
    node.children.extend(build(body, choose_grammar(body, words or None), doubts))
    node.children.extend(plain_node(line, ClauseKind.PARAGRAPH) for line in after)
    return node


def _below(text: Text, end: int) -> list[Paragraph]:
    """Return the lines in the head of an attached text below its title: number, events."""
    titles = {id(line) for line in text.title}
    return [line for line in text.head if id(line) not in titles and line.start >= end]


def _set_aside(text: Text, facts: Facts) -> Iterator[Dropped]:
    """Yield the lines of a text that became no clause."""
    if text in facts.annexes:
        kept = {id(line) for line in [*text.title, *_below(text, _title_end(text))]}
        for line in text.head:
            if id(line) not in kept:
                yield Dropped(line.span, UNREAD)
        return
    for line in [*text.head, *text.tail]:
        yield Dropped(line.span, _reason(line, text, facts))
    if text is facts.main:
        for line in text.annexes_named:
            yield Dropped(line.span, str(Kind.ANNEX))
    if text.mark is not None:
        yield Dropped(text.mark.span, str(Kind.ANNEX))
    if text is facts.notice:
        for paragraph in [*text.body, *text.annexes_named]:
            yield Dropped(paragraph.span, "carrier notice")


def _title_end(text: Text) -> int:
    lines = ([text.mark] if text.mark is not None else []) + text.title
    return lines[-1].span.end if lines else 0


def _reason(line: Paragraph, text: Text, facts: Facts) -> str:
    if id(line) in facts.placed or line.kind is Kind.WEB:
        return str(line.kind or "title")
    if line in text.title and facts.title is not None and line.start < facts.title.lines[0].start:
        return HEADLINE
    return UNREAD


_AMENDS = lazy_pattern(rf"修正案|关于(?:修改|修正|废止|删除|调整).{{0,80}}的(?:{ACT_KINDS})")
_INSTRUCTS = lazy_pattern(r"(?:修改为|改为|增加|删去|删除|予以修改|作出修改|作如下修改|废止)")
_QUOTES_ARTICLE = lazy_pattern(r"第[一二三四五六七八九十百千零〇]+条[^。]{0,400}“")
_ENOUGH = 3
"""Articles from which a text is legislation; a decision on another text has one or two of its own."""
_MOST = 0.6
"""Share of the numbered lines that must quote articles for the text to be an amendment."""


def choose_grammar(body: list[Paragraph], title: str | None) -> Grammar:
    """Return the grammar of a text, chosen once, because the rank of a （一） depends on it.

    Legislation if articles (第X条) run through the text; amendment if its title states so, or its items
    are instructions to change another text; else official.
    """
    articles = commas = instructions = quoting = 0
    for paragraph in body:
        if _INSTRUCTS.search(paragraph.text):
            instructions += 1
            quoting += paragraph.label is not None and _QUOTES_ARTICLE.search(paragraph.text) is not None
        label = paragraph.label
        if label is None or label.loose:
            continue
        if label.sort is Sort.ARTICLE:
            articles += 1
        elif label.sort is Sort.COMMA:
            commas += 1
    named = (
        title is not None and _AMENDS.search(title) is not None and (articles < _ENOUGH or "修正案" in title)
    )
    mostly = quoting >= _MOST * max(1, articles + commas) and quoting > 1
    if instructions and (named or mostly):
        return Grammar.AMENDMENT
    if articles >= _ENOUGH or (articles and articles > commas):
        return Grammar.LEGISLATION
    return Grammar.OFFICIAL


def build(body: list[Paragraph], grammar: Grammar, doubts: Doubts) -> list[Node]:
    """Return the root nodes of a text's body."""
    if grammar is Grammar.LEGISLATION:
        return build_legislation(body, doubts)
    if grammar is Grammar.AMENDMENT:
        return build_amendment(body, doubts)
    return build_official(body, doubts)
