"""References of a text to its own articles: they follow a renumbering; a reference to a deleted or moved place is in doubt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policydiff.amendment.locating import Doubt
from policydiff.amendment.places import ARTICLE_LABEL, label_of
from policydiff.amendment.statute import Article, Heading, Line, Other, Paragraph, Statute
from policydiff.errors import worded
from policydiff.lexicon.numerals import clause_number, to_chinese
from policydiff.lexicon.widths import in_simple_signs
from policydiff.model.amended import Reason
from policydiff.substance.following import Reference, references


def followed(text: str, shifts: dict[str, str]) -> str:
    """Return a line in which references to articles of its own text have the new numbers."""
    for reference in reversed([each for each in references(text) if each.own]):
        step = ARTICLE_LABEL.match(reference.text)
        new = shifts.get(clause_number(step[0]) or "") if step else None
        if step is not None and new is not None:
            text = text[: reference.start] + label_of(new) + text[reference.start + step.end() :]
    return text


def cites_any(text: str, numbers: set[str]) -> bool:
    """Return whether a line cites one of the numbered articles of its own text."""
    steps = (ARTICLE_LABEL.match(reference.text) for reference in references(text) if reference.own)
    return any(step is not None and clause_number(step[0]) in numbers for step in steps)


def let_follow(statute: Statute, before: dict[str, Article], shifts: dict[str, str]) -> list[Doubt]:
    """Renumber the references in words that stay; return doubts about references to deleted or moved places.

    `before` holds every article, also deleted ones, by its old number; `shifts` maps changed old numbers to new
    ones.
    """
    follower = _Follower(before, shifts, moved_paragraphs(statute), _annexes_named(statute))
    for part in statute.parts:
        if isinstance(part, Article):
            for index, paragraph in enumerate(part.paragraphs if not part.gone else ()):
                for line in paragraph.lines:
                    follower.follow(line, (part, index))
        elif isinstance(part, Heading):
            if not part.gone:
                follower.follow(part.line, None)
        else:
            for line in part.content:
                follower.follow(line, None)
    return follower.doubts


def _annexes_named(statute: Statute) -> re.Pattern[str] | None:
    """Return a pattern for the names of deleted annexes: 附件1 also as 附件一, the only annex also as 附件."""
    names = [label for label in statute.gone_annexes if label]
    if not names:
        return None
    left = any(isinstance(part, Other) and part.kind == "annex" for part in statute.parts)
    forms: list[str] = [] if left else [r"附[件表录图]"]
    for name in names:
        kind, number = name[:2], clause_number(name[2:].strip("（）() 　")) or ""
        if number.isdecimal():
            forms.append(rf"{kind}[（(]?(?:{number}|{to_chinese(int(number))})[）)]?(?![\d十])")
    return re.compile("|".join(forms) or "(?!)")


def _written(line: Line, span: tuple[int, int]) -> bool:
    """Return whether the amendment wrote words in a half-open span; these words cite the amended text."""
    return any(a < span[1] and span[0] < b for a, b in line.fresh)


_Place = tuple[Article, int]
"""An article and the index of a paragraph in it: the place of a reference, or the cited place."""


def moved_paragraphs(statute: Statute) -> dict[tuple[str, int], _Place]:
    """Return the present place of each paragraph that moved to another article, by its old article and number."""
    return {
        paragraph.origin: (article, index)
        for article in statute.articles()
        for index, paragraph in enumerate(article.paragraphs)
        if paragraph.origin is not None
    }


@dataclass
class _Follower:
    """Updates the references of one line after another."""

    before: dict[str, Article]
    shifts: dict[str, str]
    moved: dict[tuple[str, int], _Place]
    annexes: re.Pattern[str] | None
    """Pattern for the names of deleted annexes."""
    doubts: list[Doubt] = field(default_factory=list)

    def follow(self, line: Line, place: _Place | None) -> None:
        """Write the new numbers into a line."""
        (read,) = in_simple_signs(line.text)
        signs = {} if read == line.text else _TRADITIONAL
        found = [each for each in _with_articles(read) if each[0].own]
        for reference, steps in reversed(found):
            end = reference.start + len(reference.text)
            if _written(line, (reference.start, end)):
                continue
            new, told = self._new(reference, steps, read, place)
            if told:
                near = line.text[max(0, reference.start - 8) : end + 4]
                self._doubt(worded(f"“…{near}…” cites {told}"), place)
            if new != reference.text:
                self._write(line, reference.start, end, new.translate(signs))
        if self.annexes and (cited := self.annexes.search(line.text)) and not _written(line, cited.span()):
            self._doubt(worded(f"“{cited[0]}” cites an annex that is deleted"), place)
        origin = place[0].paragraphs[place[1]].origin if place else None
        if place and origin and _BEFORE.search(line.text) and not line.fresh:
            former = place[0].paragraphs[place[1] - 1].origin if place[1] else None
            if former != (origin[0], origin[1] - 1):
                told = worded("a paragraph that lies in another article now")
                self._doubt(worded(f"“…{line.text[:12]}…” cites {told}"), place)

    def _new(
        self, reference: Reference, steps: tuple[str, ...], text: str, place: _Place | None
    ) -> tuple[str, str]:
        """Return the new words of a reference, and the fault of the cited place; the fault is empty if there is none."""
        named = ARTICLE_LABEL.match(reference.text)
        number = clause_number(steps[0]) if ARTICLE_LABEL.match(steps[0]) else None
        inside = steps[1:] if number else steps
        source = number
        if number is None and place is not None and (origin := place[0].paragraphs[place[1]].origin):
            source = origin[0]
        if source and inside and inside[0].endswith("款"):
            key = (source, int(clause_number(inside[0]) or 0))
            if key in self.moved:
                article, index = self.moved[key]
                if named is None and (place is None or article is not place[0]):
                    return reference.text, worded("a paragraph that lies in another article now")
                label = article.label if named is not None else ""
                paragraph = f"第{to_chinese(index + 1)}款" if len(article.paragraphs) > 1 or not label else ""
                return f"{label}{paragraph}{''.join(inside[1:])}", ""
            if number is None and place is not None and source != place[0].number:
                return reference.text, worded("a paragraph that lies in another article now")
        told = _astray(steps, text[: reference.start], self.before, place)
        new = self.shifts.get(number or "")
        if named is not None and new is not None and not self.before[number or ""].gone:
            return label_of(new) + reference.text[named.end() :], told
        return reference.text, told

    def _doubt(self, told: str, place: _Place | None) -> None:
        where = clause_number(place[0].label) or "" if place else ""
        self.doubts.append(Doubt(Reason.DANGLING_REFERENCE, told, where))

    def _write(self, line: Line, start: int, end: int, words: str) -> None:
        """Write a reference in its new form; it still counts as old text."""
        line.text = line.text[:start] + words + line.text[end:]
        shift = len(words) - (end - start)
        line.fresh = [(a + shift, b + shift) if a >= start else (a, b) for a, b in line.fresh]


_TRADITIONAL = str.maketrans("条项", "條項")
_BEFORE = re.compile(r"前[一二三四两]?款")
_JOINED = re.compile(r"[、，和及与或至到]|以及|或者")


def _with_articles(text: str) -> Iterator[tuple[Reference, tuple[str, ...]]]:
    """Yield the references of a line with their steps; 第三项 in 第三条第一项至第三项 takes its article from the reference before."""
    end = -1
    wider: tuple[str, ...] = ()
    for reference in references(text):
        steps = reference.steps
        if wider and end >= 0 and _JOINED.fullmatch(text[end : reference.start]):
            unit = steps[0][-1:]
            steps = (*(step for step in wider if _RANK.find(step[-1:]) < _RANK.find(unit)), *steps)
        wider = steps if ARTICLE_LABEL.match(steps[0]) else ()
        end = reference.start + len(reference.text)
        yield reference, steps


_RANK = "条款项目"
"""Units of a reference, widest first."""


def _astray(steps_cited: tuple[str, ...], lead: str, before: dict[str, Article], place: _Place | None) -> str:
    """Return the fault of a reference in words (its place is deleted, divided or moved); empty if its place is unchanged."""
    article = place[0] if place else None
    steps = list(steps_cited)
    if steps[0].endswith("条") or "条之" in steps[0]:
        article = before.get(clause_number(steps.pop(0)) or "")
        if article is not None and (article.gone or article.divided):
            deleted, divided = worded("an article that is deleted"), worded("an article that is divided")
            return deleted if article.gone else divided
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
        paragraph = _holder(lead, article, place)
    if paragraph is None or not steps or not steps[0].endswith("项"):
        return ""
    return _astray_item(int(clause_number(steps[0]) or 0), paragraph)


def _holder(lead: str, article: Article, place: _Place | None) -> Paragraph | None:
    """Return the paragraph that a bare 第二项 belongs to: the previous one for 前款第二项, else the only one with items."""
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
