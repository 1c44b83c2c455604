"""A statute while it is being amended: articles with their paragraphs and items, and everything around them."""

import re
from dataclasses import dataclass, field

from policydiff.lexicon.numerals import CHINESE_DIGITS, clause_number, to_chinese
from policydiff.model import Clause, ClauseKind, Document
from policydiff.substance.following import references

_ITEM = re.compile(rf"[（(]([{CHINESE_DIGITS}]{{1,4}})[）)]")
_ARTICLE_STEP = re.compile(rf"第([{CHINESE_DIGITS}\d]+)条")
Paragraph = list[str]
"""A 款: its own words and its items, one a line."""


@dataclass
class Article:
    """An article; `number` is the one before the amendment, None for a new one."""

    number: str | None
    label: str
    paragraphs: list[Paragraph]
    rewritten: bool = False
    """Whether its words come from the amendment, and so cite the new numbers already."""


@dataclass
class Draft:
    """The parts of a statute in reading order: articles, and other text (title, headings, preface) as it is."""

    parts: list[Article | Paragraph] = field(default_factory=list)
    preface: Paragraph | None = None
    """The part that is the introduction (引言), for orders that replace it."""

    def article(self, number: str) -> Article | None:
        """Return the article that had this number before the amendment."""
        return next(
            (part for part in self.parts if isinstance(part, Article) and part.number == number), None
        )

    def text(self) -> str:
        """Return the whole text, one paragraph a line."""
        lines: list[str] = []
        for part in self.parts:
            if isinstance(part, Article):
                words = [line for paragraph in part.paragraphs for line in paragraph]
                lines.append(f"{part.label}　{words[0]}" if words else part.label)
                lines.extend(words[1:])
            else:
                lines.extend(part)
        return "\n".join(lines) + "\n"


def draft_of(document: Document) -> Draft:
    """Return the parts of a parsed statute."""
    draft = Draft()
    if document.title:
        draft.parts.append([document.title])
    for clause in document.clauses:
        _add(clause, draft)
    return draft


def _add(clause: Clause, draft: Draft) -> None:
    if clause.kind is ClauseKind.ARTICLE and clause.number:
        draft.parts.append(Article(clause.number, clause.label or "", _paragraphs(clause)))
        return
    line = f"{clause.label or ''}　{clause.text}" if clause.label else clause.text
    if clause.kind in (ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION):
        draft.parts.append([line])
        for child in clause.children:
            _add(child, draft)
        return
    lines = [
        line,
        *(f"{below.label or ''}{below.text}" for child in clause.children for below in child.walk()),
    ]
    draft.parts.append(lines)
    if clause.kind is ClauseKind.PREFACE:
        draft.preface = lines


def _paragraphs(article: Clause) -> list[Paragraph]:
    """Return the 款 of an article; its items stand under it, or under its paragraphs."""
    paragraphs: list[Paragraph] = [[article.text]] if article.text else []
    for child in article.children:
        lines = [f"{below.label or ''}{below.text}" for below in child.walk()]
        if child.kind is ClauseKind.PARAGRAPH or not paragraphs:
            paragraphs.append(lines)
        else:
            paragraphs[-1].extend(lines)
    return paragraphs


def as_paragraphs(lines: tuple[str, ...]) -> list[Paragraph]:
    """Return quoted lines as paragraphs, items with the paragraph they stand under."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        if paragraphs and _ITEM.match(line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def item_number(line: str) -> int | None:
    """Return the number of an item line, None for other lines."""
    match = _ITEM.match(line)
    number = clause_number(match[0]) if match else None
    return int(number) if number and number.isdecimal() else None


def with_item_number(line: str, number: int) -> str:
    """Return an item line under another number."""
    return _ITEM.sub(f"（{to_chinese(number)}）", line, count=1)


def renumber(draft: Draft) -> dict[str, str]:
    """Number the articles through in order, and let the references of the untouched ones follow.

    Returns the new number of each old one that changed. Articles inserted as 之一 keep such numbers.
    """
    shifts: dict[str, str] = {}
    count = inserted = 0
    for part in draft.parts:
        if not isinstance(part, Article):
            continue
        if "之" in part.label:
            inserted += 1
            number, label = f"{count}-{inserted}", f"第{to_chinese(count)}条之{to_chinese(inserted)}"
        else:
            count, inserted = count + 1, 0
            number, label = str(count), f"第{to_chinese(count)}条"
        if part.number is not None and part.number != number:
            shifts[part.number] = number
        part.label = label
    for part in draft.parts:
        if isinstance(part, Article) and not part.rewritten:
            part.paragraphs = [[_following(line, shifts) for line in lines] for lines in part.paragraphs]
    return shifts


def _following(line: str, shifts: dict[str, str]) -> str:
    """Return a line whose references to its own text name the new numbers."""
    pieces: list[str] = []
    end = 0
    for reference in references(line):
        step = _ARTICLE_STEP.match(reference.text)
        number = clause_number(step[0]) if step and reference.own else None
        new = shifts.get(number or "")
        if step is None or new is None or not new.isdecimal():
            continue
        pieces.append(line[end : reference.start])
        pieces.append(f"第{to_chinese(int(new))}条")
        end = reference.start + step.end()
    return "".join(pieces) + line[end:]
