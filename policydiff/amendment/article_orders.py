"""The orders that turn one article into another: words where they are few, else paragraphs, else the whole article."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from policydiff.amendment.own_references import followed
from policydiff.amendment.quoted import inner, quotable, quoted
from policydiff.amendment.statute import Article, Paragraph
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
