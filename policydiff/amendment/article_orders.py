"""Drafts the orders that turn the articles and headings of one version into those of another version.

An order changes single words where few words differ, else a whole paragraph.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from policydiff.amendment.drafting_words import WordOrder, word_order
from policydiff.amendment.own_references import followed
from policydiff.amendment.places import label_of
from policydiff.amendment.quoted import quoted
from policydiff.amendment.statute import Article, Heading, Paragraph, Statute
from policydiff.lexicon.numerals import to_chinese

_MOST_PARAGRAPHS = 0.5
"""Share of an article's paragraphs that orders may touch one by one; beyond it the article is quoted whole."""
Piece = str | WordOrder
"""An order within an article, in words or as changes of words."""


@dataclass(slots=True)
class ArticleOrders:
    """The orders for one article, given together as one numbered order."""

    renumbering: str = ""
    """将第五条改为第六条, or empty."""
    pieces: list[Piece] = field(default_factory=list)
    needed: bool = False
    """Whether the new number must be ordered although nothing else changes, because the article passes others."""

    def told(self) -> str:
        """Return the orders as one numbered order; orders after a whole quote stand on lines of their own."""
        texts = [piece if isinstance(piece, str) else piece.told() for piece in self.pieces]
        if self.renumbering:
            if texts:
                texts[0] = f"{self.renumbering}，{texts[0]}"
            elif self.needed:
                texts = [self.renumbering]
        told = ""
        for text in texts:
            told += ("\n" if told.endswith("。”") else "；") + text if told else text
        return ended_order(told)


def ended_order(told: str) -> str:
    """Return an order ending in a full stop, unless it already ends in a quoted full stop."""
    return told if not told or told.endswith(("。", "。”", "：”", "；”")) else f"{told}。"


def article_orders(
    old: Article, new: Article, shifts: dict[str, str], *, whole: bool, moved: bool, levels: bool = False
) -> ArticleOrders:
    """Return the orders that turn an article into its new form; none if it only follows a renumbering.

    `shifts` maps the old numbers of all articles to the new ones; references follow by themselves. `whole`
    quotes the whole article, `moved` states its number because it passes other articles, and `levels` calls
    the articles of a text numbered 一、 二、 第一条.
    """
    same = [followed(line.text, shifts) for line in old.lines()] == [line.text for line in new.lines()]
    name = label_of(old.number or "") if levels else old.label
    if same and not moved and not whole:
        return ArticleOrders()
    numbered = old.label != new.label
    orders = ArticleOrders(needed=moved)
    if numbered:
        orders.renumbering = f"将{name}改为{label_of(new.number or '') if levels else new.label}"
    if same and not whole:
        return orders
    pieces = None if whole else _inside(old, new, shifts, name, near=numbered)
    if pieces is None:
        words = quoted([line.text for line in new.lines()])
        pieces = [f"修改为：{words}" if numbered else f"将{name}修改为：{words}"]
    orders.pieces = pieces
    return orders


def _inside(
    old: Article, new: Article, shifts: dict[str, str], name: str, *, near: bool
) -> list[Piece] | None:
    """Return orders for single paragraphs; None if the article is better quoted whole."""
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
    base = "" if near else name
    pieces: list[Piece] = []
    for i, j in changed:
        suffix = "" if single or len(old.paragraphs) == 1 else f"第{to_chinese(i + 1)}款"
        named = _Named(f"{name}{suffix}", (suffix or "其") if near else "")
        found = _paragraph_orders(old, named, old.paragraphs[i], new.paragraphs[j], shifts)
        if found is None:
            return None
        pieces.extend(found)
    words_only = not deleted and not added and all(isinstance(piece, WordOrder) for piece in pieces)
    if (
        not single
        and not words_only
        and touched > max(len(before), len(after)) * _MOST_PARAGRAPHS
        and (deleted or len(changed) > 1 or len(added) > 1)
    ):
        return None
    pieces.extend(f"删去{base}第{to_chinese(i + 1)}款" for i in deleted)
    for j in added:
        paragraph = new.paragraphs[j]
        if any(not line.is_item() and not line.deep for line in paragraph.lines[1:]):
            return None
        words = quoted([line.text for line in paragraph.lines])
        pieces.append(f"{base}增加一款，作为第{to_chinese(j + 1)}款：{words}")
    return pieces


@dataclass(frozen=True, slots=True)
class _Named:
    """A place in full (`full`), and its short form in an article that the order already names (`near`)."""

    full: str
    near: str

    def item(self, number: int) -> "_Named":
        """Return an item of the place."""
        step = f"第{to_chinese(number)}项"
        near = self.near.removeprefix("其") + step if self.near else ""
        return _Named(f"{self.full}{step}", near)

    def told(self) -> str:
        """Return the place as named in an order."""
        return self.near or self.full


def _paragraph_orders(
    article: Article, named: _Named, old: Paragraph, new: Paragraph, shifts: dict[str, str]
) -> list[Piece] | None:
    if len(old.lines) == len(new.lines) == 1:
        words = _word_order(named, old.lines[0].text, new.lines[0].text, shifts)
        if words is not None:
            return [words]
    elif len(old.lines) == len(new.lines):
        items = _item_orders(named, old, new, shifts)
        if items is not None:
            return items
    if len(article.paragraphs) == 1:
        return None
    if any(not line.is_item() and not line.deep for line in new.lines[1:]):
        return None
    lead = "" if named.near else "将"
    return [f"{lead}{named.told()}修改为：{quoted([line.text for line in new.lines])}"]


def _item_orders(named: _Named, old: Paragraph, new: Paragraph, shifts: dict[str, str]) -> list[Piece] | None:
    """Return orders for items with changed words; None if more than half changed, or if other lines changed."""
    orders: list[Piece] = []
    changed = 0
    for one, other in zip(old.lines, new.lines, strict=True):
        if followed(one.text, shifts) == other.text:
            continue
        changed += 1
        if one.number is None or not other.is_item():
            return None
        place = named.item(one.number)
        words = _word_order(place, one.text, other.text, shifts)
        lead = "" if place.near else "将"
        orders.append(words if words is not None else f"{lead}{place.told()}修改为：{quoted([other.text])}")
    return orders if changed <= max(1, len(old.lines) * _MOST_PARAGRAPHS) else None


def _word_order(named: _Named, old: str, new: str, shifts: dict[str, str]) -> WordOrder | None:
    return word_order(named.full, old, new, named.near) if followed(old, shifts) == old else None


_Placed = tuple[Heading, str]


@dataclass
class HeadingMatch:
    """Headings of the old text matched with headings of the new text."""

    renamed: list[tuple[Heading, Heading]] = field(default_factory=list)
    gone: list[Heading] = field(default_factory=list)
    come: list[_Placed] = field(default_factory=list)
    old_of: dict[int, Heading] = field(default_factory=dict)
    """Identity of a new heading → its old heading."""
    articles_of: dict[int, list[Article]] = field(default_factory=dict)
    """Identity of an added heading → the new articles directly below it, which one order adds with the heading."""

    def changed(self) -> Iterator[Heading]:
        """Yield the headings that need an order."""
        yield from self.gone
        for heading, named in self.renamed:
            yield from (heading, named)
        yield from (heading for heading, _ in self.come)

    def together(self) -> set[str]:
        """Return the numbers of the articles added together with their heading."""
        return {article.number or "" for articles in self.articles_of.values() for article in articles}


def match_headings(
    before: Statute, after: Statute, pairs: dict[str, str | None], *, exact: bool
) -> HeadingMatch:
    """Return the counterparts of headings: equal unit, and the same article after the heading.

    `pairs` gives the old number of each new one, None for a new article; with `exact`, a heading with a
    new article directly below it is a new heading.
    """
    new_of = {one: other for other, one in pairs.items() if one is not None}
    old = [(heading, _first(before, heading, new_of)) for heading in before.headings()]
    stays = {number: number for number, source in pairs.items() if exact or source is not None}
    new = [(heading, _first(after, heading, stays)) for heading in after.headings()]
    one, other = (
        # chapter numbers are ignored, as chapters are numbered through; the number of a heading 二、 counts as a word
        [
            (unit := heading.label[-1:], heading.text() if unit == "、" else heading.line.text, first)
            for heading, first in side
        ]
        for side in (old, new)
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
        match.come.extend(
            (heading, _first(after, heading, dict(zip(pairs, pairs, strict=True))))
            for heading, _ in new[j1:j2]
            if id(heading) not in kept
        )
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
        if below and not heading.label.endswith("、"):
            match.articles_of[id(heading)] = below
    return match


def level_orders(after: Statute, match: HeadingMatch, pairs: dict[str, str | None]) -> Iterator[str]:
    """Yield orders for headings 一、, which have no unit; each is placed beside an article that stays."""
    for heading, named in match.renamed:
        if heading.label.endswith("、"):  # 将“四、其他”修改为“四、附则”
            yield f"将{quoted([heading.text()])}修改为{quoted([named.text()])}。"
    for heading in match.gone:
        if heading.label.endswith("、"):
            yield f"删去标题{quoted([heading.text()])}。"
    for heading, _ in match.come:
        if heading.label.endswith("、"):
            at = after.parts.index(heading)
            sides = (("前", after.parts[at:]), ("后", after.parts[at::-1]))
            stays = (
                (side, pairs.get(each.number or ""))
                for side, parts in sides
                for each in parts
                if isinstance(each, Article)
            )
            side, source = next(((side, one) for side, one in stays if one is not None), ("", ""))
            yield f"在{label_of(source)}{side}增加标题：{quoted([heading.text()])}" if source else ""


def heading_orders(before: Statute, match: HeadingMatch) -> Iterator[str]:
    """Yield orders that rename, delete and add chapters; a heading is placed before the article that follows it."""
    for heading, named in match.renamed:
        if not heading.label.endswith("、"):
            yield f"将{_name(heading, before)}修改为：{quoted([named.line.text])}"
    # sections first, because an order names a section by its chapter, which must still exist
    for heading in sorted(match.gone, key=lambda each: each.label[-1:] != "节"):
        if not heading.label.endswith("、"):
            yield f"删去{_name(heading, before)}。"
    for heading, first in match.come:
        unit = heading.label[-1]
        if unit == "、":
            continue
        if articles := match.articles_of.get(id(heading)):
            lines = [line for article in articles for line in article.text().splitlines()]
            yield f"增加一{unit}，作为{heading.label}：{quoted([heading.text(), *lines])}"
            continue
        words = quoted([heading.line.text])
        yield f"增加一{unit}，作为{heading.label}，{unit}名为{words}，包括{label_of(first)}。"


def _first(statute: Statute, heading: Heading, new_of: dict[str, str]) -> str:
    """Return the new number of the first article after a heading that still exists in the new text."""
    behind = statute.parts[statute.parts.index(heading) + 1 :]
    numbers = (part.number or "" for part in behind if isinstance(part, Article) and part.numbered)
    return next((new_of[number] for number in numbers if number in new_of), "0")


def _renamed(gone: list[_Placed], come: list[_Placed]) -> list[tuple[_Placed, _Placed]]:
    """Return pairs of old and new headings before the same article with different names, unit by unit in order."""
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
    """Return a heading's name as an order uses it: 第二章章名, 第三章第一节节名."""
    return f"{heading_path(heading, statute)}{heading.label[-1:]}名"


def heading_path(heading: Heading, statute: Statute) -> str:
    """Return a heading's label; for a section, preceded by the label of its chapter: 第三章第二节."""
    if not heading.label.endswith("节"):
        return heading.label
    before = statute.parts[: statute.parts.index(heading)]
    labels = (part.label for part in reversed(before) if isinstance(part, Heading))
    return f"{next((label for label in labels if not label.endswith('节')), '')}{heading.label}"
