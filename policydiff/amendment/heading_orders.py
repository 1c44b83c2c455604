"""The orders that turn the headings of one version into those of another."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from policydiff.amendment.quoted import quoted
from policydiff.amendment.statute import Article, Heading, Statute, label_of

_Placed = tuple[Heading, str]


@dataclass
class HeadingMatch:
    """Which old heading became which new one."""

    renamed: list[tuple[Heading, Heading]] = field(default_factory=list)
    gone: list[Heading] = field(default_factory=list)
    come: list[_Placed] = field(default_factory=list)
    old_of: dict[int, Heading] = field(default_factory=dict)
    """Identity of a new heading to the old one."""
    articles_of: dict[int, list[Article]] = field(default_factory=dict)
    """Identity of an added heading to the new articles directly below it: one order adds them together."""

    def together(self) -> set[str]:
        """Return the numbers of the articles that are added together with their heading."""
        return {article.number or "" for articles in self.articles_of.values() for article in articles}


def match_headings(before: Statute, after: Statute, pairs: dict[str, str | None]) -> HeadingMatch:
    """Return the counterparts of headings: same unit, and the same article behind them.

    Args:
        before: The old text.
        after: The new text.
        pairs: Old number of each new number, None for a new article.
    """
    new_of = {one: other for other, one in pairs.items() if one is not None}
    old = [(heading, _first(before, heading, new_of)) for heading in before.headings()]
    new = [(heading, _first(after, heading, None)) for heading in after.headings()]
    one, other = (
        [(heading.label[-1:], heading.line.text, first) for heading, first in side] for side in (old, new)
    )
    match = HeadingMatch()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            match.old_of.update((id(new[j1 + k][0]), old[i1 + k][0]) for k in range(i2 - i1))
            continue
        renamed = _renamed(old[i1:i2], new[j1:j2])
        kept = {id(heading) for pair in renamed for heading, _ in pair}
        match.renamed.extend((placed[0], named[0]) for placed, named in renamed)
        match.old_of.update((id(named[0]), placed[0]) for placed, named in renamed)
        match.gone.extend(heading for heading, _ in old[i1:i2] if id(heading) not in kept)
        match.come.extend(placed for placed in new[j1:j2] if id(placed[0]) not in kept)
    for heading, _ in match.come:
        below: list[Article] = []
        for part in after.parts[after.parts.index(heading) + 1 :]:
            if (
                not isinstance(part, Article)
                or pairs.get(part.number or "") is not None
                or "-" in (part.number or "")
            ):
                break
            below.append(part)
        if below:
            match.articles_of[id(heading)] = below
    return match


def heading_orders(before: Statute, match: HeadingMatch) -> Iterator[str]:
    """Yield orders that rename, delete and add headings; a heading stands before the article that follows it."""
    for heading, named in match.renamed:
        yield f"将{_name(heading, before)}修改为：{quoted([named.line.text])}"
    # sections first: an order names a section by its chapter, which then still stands
    for heading in sorted(match.gone, key=lambda each: each.label[-1:] != "节"):
        yield f"删去{_name(heading, before)}。"
    for heading, first in match.come:
        unit = heading.label[-1]
        if articles := match.articles_of.get(id(heading)):
            lines = [line for article in articles for line in article.text().splitlines()]
            yield f"增加一{unit}，作为{heading.label}：{quoted([heading.text(), *lines])}"
            continue
        words = quoted([heading.line.text])
        yield f"增加一{unit}，作为{heading.label}，{unit}名为{words}，包括{label_of(first)}。"


def _first(statute: Statute, heading: Heading, new_of: dict[str, str] | None) -> str:
    """Return the number, in the new text, of the first article that stands behind a heading and stays."""
    for part in statute.parts[statute.parts.index(heading) + 1 :]:
        if isinstance(part, Article) and part.numbered and part.number is not None:
            if new_of is None:
                return part.number
            if part.number in new_of:
                return new_of[part.number]
    return "0"


def _renamed(gone: list[_Placed], come: list[_Placed]) -> list[tuple[_Placed, _Placed]]:
    """Return headings that stand before the same article and have another name: in order, unit by unit."""
    pairs: list[tuple[_Placed, _Placed]] = []
    free = list(come)
    for one in gone:
        for other in free:
            if one[0].label[-1:] == other[0].label[-1:] and one[1] == other[1]:
                pairs.append((one, other))
                free.remove(other)
                break
    return pairs


def _name(heading: Heading, statute: Statute) -> str:
    """Return how an order calls a heading: 第二章章名, 第三章第一节节名."""
    unit = heading.label[-1:]
    if unit != "节":
        return f"{heading.label}{unit}名"
    chapter = ""
    for part in statute.parts:
        if part is heading:
            break
        if isinstance(part, Heading) and part.label[-1:] != "节":
            chapter = part.label
    return f"{chapter}{heading.label}节名"
