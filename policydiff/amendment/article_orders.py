"""The orders that turn the articles and headings of one version into those of another.

Words are changed where few differ, else whole paragraphs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from policydiff.amendment.own_references import followed
from policydiff.amendment.quoted import inner, quotable, quoted
from policydiff.amendment.statute import Article, Heading, Paragraph, Statute, label_of
from policydiff.lexicon.numerals import to_chinese
from policydiff.model import WordingOp
from policydiff.revision.wording import compare_wording

_MOST_EDITS = 3
"""Changes of words in one paragraph that an order quotes one by one; with more a reader loses the sentence."""
_MOST_CHANGED = 0.4
"""Share of a paragraph's characters that changes of words may touch; beyond it the paragraph is quoted whole."""
_MOST_PARAGRAPHS = 0.5
"""Share of an article's paragraphs that orders may touch one by one; beyond it the article is quoted whole."""
_LONGEST_CONTEXT = 40
"""Characters taken in on each side until quoted words stand only once in their paragraph."""


def article_orders(
    old: Article, new: Article, shifts: dict[str, str], *, whole: bool, moved: bool
) -> Iterator[str]:
    """Yield the order, one sentence, that turns an article into its new form; nothing where it only follows.

    Args:
        old: The article before.
        new: The article after.
        shifts: Old numbers of all articles to new ones, where they differ: references follow by themselves.
        whole: Whether the article has to be quoted whole.
        moved: Whether it changes its place among the articles that stay, and so needs its number said.
    """
    same = [followed(line.text, shifts) for line in old.lines()] == [line.text for line in new.lines()]
    numbered = old.label != new.label
    if same and not moved and not whole:
        return
    renumbering = f"将{old.label}改为{new.label}"
    if same and not whole:
        yield f"{renumbering}。"
        return
    parts = None if whole else _inside(old, new, shifts)
    if parts is None:
        words = quoted([line.text for line in new.lines()])
        yield f"{renumbering}，修改为：{words}" if numbered else f"将{old.label}修改为：{words}"
    elif numbered:
        yield f"{renumbering}；{'；'.join(parts)}。"
    else:
        yield f"{'；'.join(parts)}。"


def _inside(old: Article, new: Article, shifts: dict[str, str]) -> list[str] | None:
    """Return orders for single paragraphs, None where the article is better quoted whole."""
    before = [
        "\n".join(followed(line.text, shifts) for line in paragraph.lines) for paragraph in old.paragraphs
    ]
    after = [paragraph.text() for paragraph in new.paragraphs]
    changed: list[tuple[int, int]] = []
    deleted: list[int] = []
    added: list[int] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        paired = min(i2 - i1, j2 - j1)
        changed.extend(zip(range(i1, i1 + paired), range(j1, j1 + paired), strict=True))
        deleted.extend(range(i1 + paired, i2))
        added.extend(range(j1 + paired, j2))
    touched = len(changed) + len(deleted) + len(added)
    single = len(before) == len(after) == 1
    if (
        not single
        and touched > max(len(before), len(after)) * _MOST_PARAGRAPHS
        and (deleted or len(changed) > 1 or len(added) > 1)
    ):
        return None
    orders: list[str] = []
    for i, j in changed:
        found = _paragraph_orders(old, i, old.paragraphs[i], new.paragraphs[j], shifts, single=single)
        if found is None:
            return None
        orders.extend(found)
    orders.extend(f"删去{old.label}第{to_chinese(i + 1)}款" for i in deleted)
    for j in added:
        paragraph = new.paragraphs[j]
        if any(not line.is_item() and not line.deep for line in paragraph.lines[1:]):
            return None
        words = quoted([line.text for line in paragraph.lines])
        orders.append(f"{old.label}增加一款，作为第{to_chinese(j + 1)}款：{words}")
    return orders


def _paragraph_orders(
    article: Article, index: int, old: Paragraph, new: Paragraph, shifts: dict[str, str], *, single: bool
) -> list[str] | None:
    place = (
        article.label
        if single or len(article.paragraphs) == 1
        else f"{article.label}第{to_chinese(index + 1)}款"
    )
    if len(old.lines) == len(new.lines) == 1:
        words = _word_orders(place, old.lines[0].text, new.lines[0].text, shifts)
        if words is not None:
            return words
    elif len(old.lines) == len(new.lines):
        items = _item_orders(place, old, new, shifts)
        if items is not None:
            return items
    if len(article.paragraphs) == 1:
        return None
    if any(not line.is_item() and not line.deep for line in new.lines[1:]):
        return None
    return [f"将{place}修改为：{quoted([line.text for line in new.lines])}"]


def _item_orders(place: str, old: Paragraph, new: Paragraph, shifts: dict[str, str]) -> list[str] | None:
    """Return orders for items that changed their words, None where more than half did or more than items changed."""
    orders: list[str] = []
    changed = 0
    for one, other in zip(old.lines, new.lines, strict=True):
        if followed(one.text, shifts) == other.text:
            continue
        changed += 1
        if one.number is None or not other.is_item():
            return None
        label = f"{place}第（{to_chinese(one.number)}）项"
        words = _word_orders(label, one.text, other.text, shifts)
        orders.extend(words if words is not None else [f"将{label}修改为：{quoted([other.text])}"])
    return orders if changed <= len(old.lines) * _MOST_PARAGRAPHS else None


def _word_orders(place: str, old: str, new: str, shifts: dict[str, str]) -> list[str] | None:
    """Return orders that change single words of a line, None where they would not be plain."""
    if followed(old, shifts) != old:
        return None
    edits = list(_edits(old, new))
    if not edits or len(edits) > _MOST_EDITS:
        return None
    if (
        sum(max(end - start, len(words)) for start, end, words in edits)
        > max(len(old), len(new)) * _MOST_CHANGED
    ):
        return None
    swaps = _swaps(old, edits)
    if swaps is None:
        return None
    if all(other for _, other in swaps):
        told = "，".join(f"“{inner(one)}”修改为“{inner(other)}”" for one, other in swaps)
        return [f"将{place}中的{told}"] if _still_plain(old, swaps) else None
    return [f"删去{place}中的“{inner(swaps[0][0])}”"] if len(swaps) == 1 else None


def _swaps(old: str, edits: list[tuple[int, int, str]]) -> list[tuple[str, str]] | None:
    """Return (words, new words) of each change, none where they are deleted; None where a quote would not be plain."""
    swaps: list[tuple[str, str]] = []
    last = 0
    for start, end, words in edits:
        widened = _unique(old, start, end, last)
        if widened is None:
            return None
        first, behind = widened
        one, other = old[first:behind], old[first:start] + words + old[end:behind]
        if not quotable(one) or (other and not quotable(other)):
            return None
        last = behind
        swaps.append((one, other))
    return swaps


def _still_plain(old: str, swaps: list[tuple[str, str]]) -> bool:
    """Return whether no change makes words that a later one quotes: orders are carried out one after another."""
    text = old
    for one, other in swaps:
        if text.count(one) != 1:
            return False
        text = text.replace(one, other)
    return True


def _edits(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield changes of words as (start, end, new words) in the old line."""
    at = 0
    start: int | None = None
    words = ""
    for run in compare_wording(old, new):
        if run.op is WordingOp.EQUAL:
            if start is not None:
                yield start, at, words
                start, words = None, ""
            at += len(run.text)
            continue
        start = at if start is None else start
        if run.op is WordingOp.DELETE:
            at += len(run.text)
        else:
            words += run.text
    if start is not None:
        yield start, at, words


def _unique(old: str, start: int, end: int, last: int) -> tuple[int, int] | None:
    """Return the span widened until its words stand once in the line, and no change before it is taken in."""
    first, behind = start, end
    for _ in range(_LONGEST_CONTEXT):
        words = old[first:behind]
        if words.strip() == words and words and old.count(words) == 1:
            return first, behind
        if first > last and first > start - _LONGEST_CONTEXT:
            first -= 1
        elif behind < len(old):
            behind += 1
        else:
            return None
    return None


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

    def changed(self) -> Iterator[Heading]:
        """Yield the headings that an order would have to name."""
        yield from self.gone
        for heading, named in self.renamed:
            yield from (heading, named)
        yield from (heading for heading, _ in self.come)

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
        if heading.label.endswith(
            "、"
        ):  # 将“四、其他”修改为“四、附则”: such a heading has no unit to call it by
            yield f"将{quoted([heading.text()])}修改为{quoted([named.text()])}。"
            continue
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
