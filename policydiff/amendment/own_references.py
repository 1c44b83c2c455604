"""References of a text to its own places.

They follow a new number, and one to a place that is gone or moved is doubtful.
"""

import re

from policydiff.amendment.locating import Doubt
from policydiff.amendment.statute import Article, Heading, Line, Paragraph, Statute, label_of
from policydiff.errors import worded
from policydiff.lexicon.numerals import CHINESE_DIGITS, clause_number
from policydiff.model.amended import Reason
from policydiff.substance.following import Reference, references

_ARTICLE_STEP = re.compile(rf"第([{CHINESE_DIGITS}\d]+)条(?:之[{CHINESE_DIGITS}]{{1,3}})?")


def followed(text: str, shifts: dict[str, str]) -> str:
    """Return a line whose references to articles of its own text name the new numbers."""
    for reference in reversed([each for each in references(text) if each.own]):
        step = _ARTICLE_STEP.match(reference.text)
        new = shifts.get(clause_number(step[0]) or "") if step else None
        if step is not None and new is not None:
            text = text[: reference.start] + label_of(new) + text[reference.start + step.end() :]
    return text


def cites_any(text: str, numbers: set[str]) -> bool:
    """Return whether a line cites one of these articles of its own text."""
    steps = (_ARTICLE_STEP.match(reference.text) for reference in references(text) if reference.own)
    return any(step is not None and clause_number(step[0]) in numbers for step in steps)


def let_follow(statute: Statute, before: dict[str, Article], shifts: dict[str, str]) -> list[Doubt]:
    """Let the references of the words that stay name the new numbers; return those to what is gone or moved.

    Args:
        statute: The text, arranged and numbered; changed in place.
        before: Every article by its number before the amendment, deleted ones too.
        shifts: Old numbers to new ones, where they differ.
    """
    doubts: list[Doubt] = []
    for part in statute.parts:
        if isinstance(part, Article):
            for index, paragraph in enumerate(part.paragraphs if not part.gone else ()):
                for line in paragraph.lines:
                    _follow_line(line, before, shifts, doubts, (part, index))
        elif isinstance(part, Heading):
            if not part.gone:
                _follow_line(part.line, before, shifts, doubts, None)
        else:
            for line in part.content:
                _follow_line(line, before, shifts, doubts, None)
    return doubts


_Place = tuple[Article, int]
"""An article and the index of a paragraph in it: where a reference stands."""


def _follow_line(
    line: Line,
    before: dict[str, Article],
    shifts: dict[str, str],
    doubts: list[Doubt],
    place: _Place | None,
) -> None:
    found = [
        reference
        for reference in references(line.text)
        if reference.own
        and not any(
            start < reference.start + len(reference.text) and reference.start < end
            for start, end in line.fresh
        )
    ]
    for reference in reversed(found):
        step = _ARTICLE_STEP.match(reference.text)
        number = clause_number(step[0]) if step else None
        told = _astray(reference, line.text, before, place)
        if told:
            near = line.text[max(0, reference.start - 8) : reference.start + len(reference.text) + 4]
            where = clause_number(place[0].label) or "" if place else ""
            doubts.append(Doubt(Reason.DANGLING_REFERENCE, worded(f"“…{near}…” cites {told}"), where))
        new = shifts.get(number or "")
        if step is not None and new is not None and not before[number or ""].gone:
            line.text = (
                line.text[: reference.start] + label_of(new) + line.text[reference.start + step.end() :]
            )
            shift = len(label_of(new)) - step.end()
            line.fresh = [
                (start + shift, end + shift) if start >= reference.start else (start, end)
                for start, end in line.fresh
            ]


def _astray(reference: Reference, text: str, before: dict[str, Article], place: _Place | None) -> str:
    """Return what is wrong with the place a reference cites, empty where it stands as it did before."""
    article = place[0] if place else None
    steps = list(reference.steps)
    if steps[0].endswith("条") or "条之" in steps[0]:
        article = before.get(clause_number(steps.pop(0)) or "")
        if article is not None and article.gone:
            return worded("an article that is deleted")
    if article is None or not article.changed:
        return ""
    paragraph: Paragraph | None = None
    if steps and steps[0].endswith("款"):
        number = int(clause_number(steps.pop(0)) or 0)
        paragraph = next((each for each in article.paragraphs if each.number == number), None)
        if paragraph is None:
            known = number <= len(article.paragraphs) and any(
                each.number is None for each in article.paragraphs
            )
            return "" if known else worded("a paragraph that is deleted")
        if article.paragraphs.index(paragraph) + 1 != number:
            return worded("a paragraph that has another number now")
    elif steps and steps[0].endswith("项"):
        paragraph = _holder(text[: reference.start], article, place)
    if paragraph is None or not steps or not steps[0].endswith("项"):
        return ""
    return _astray_item(int(clause_number(steps[0]) or 0), paragraph)


def _holder(lead: str, article: Article, place: _Place | None) -> Paragraph | None:
    """Return the paragraph that a bare 第二项 means: the one before for 前款第二项, else the only one with items."""
    if lead.endswith("前款") and place is not None:
        return place[0].paragraphs[place[1] - 1] if place[1] else None
    holders = [each for each in article.paragraphs if any(line.is_item() for line in each.lines)]
    return holders[0] if len(holders) == 1 else None


def _astray_item(number: int, paragraph: Paragraph) -> str:
    items = [line for line in paragraph.lines if line.is_item()]
    if not any(line.number is not None for line in items):  # written anew, with items of its own
        return "" if number <= len(items) else worded("an item that is deleted")
    stands = next((place for place, line in enumerate(items, start=1) if line.number == number), None)
    if stands is None:
        return worded("an item that is deleted")
    return "" if stands == number else worded("an item that has another number now")
