"""What holds for the whole text once every order is carried out: where new articles stand, numbers, references."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from policydiff.amendment.orders import worded
from policydiff.amendment.statute import (
    Article,
    Heading,
    Line,
    Other,
    Paragraph,
    Part,
    Statute,
    heading_number,
    label_of,
)
from policydiff.lexicon.numerals import CHINESE_DIGITS, clause_number, to_chinese
from policydiff.model.amended import Reason
from policydiff.revision.sequence import in_order
from policydiff.substance.following import Reference, references

_ARTICLE_STEP = re.compile(rf"第([{CHINESE_DIGITS}\d]+)条(?:之[{CHINESE_DIGITS}]{{1,3}})?")


@dataclass
class Settled:
    """What numbering through came to."""

    shifts: dict[str, str] = field(default_factory=dict)
    """Old number to new number of each article whose number changed."""
    doubts: list["Doubt"] = field(default_factory=list)
    failures: list["SettlingFailure"] = field(default_factory=list)
    """Orders that cannot stand: the text is not to be used, they are left out and the rest is done anew."""

    def fail(self, reason: Reason, detail: str, sentence: int) -> None:
        """Add a failure."""
        self.failures.append(SettlingFailure(reason, detail, sentence))


class Doubt(NamedTuple):
    """A place that was changed, or left, where the amendment does not say enough."""

    reason: Reason
    detail: str
    article: str = ""
    """Number after the amendment of the article the place lies in; empty outside of articles."""


class SettlingFailure(NamedTuple):
    """An order whose number or place cannot be reached."""

    reason: Reason
    detail: str
    sentence: int
    """Index of the sentence that gave the order."""


def settle(statute: Statute, *, numbered_through: bool) -> Settled:
    """Place the new articles, number the text through where the amendment makes it necessary, let references follow.

    Args:
        statute: The text with every order carried out; changed in place.
        numbered_through: Whether the amendment says that the order of articles is adjusted (条文顺序作相应调整).
    """
    settled = Settled()
    before = {part.number: part for part in statute.parts if isinstance(part, Article) and part.number}
    empty = _empty_headings(statute.parts)
    plain = any(article.wanted is not None and "-" not in article.wanted for article in statute.articles())
    new = [part for part in statute.parts if isinstance(part, Article) and part.number is None]
    plain = plain or any(part.wanted is None or "-" not in part.wanted for part in new)
    if plain or numbered_through:
        _arrange(statute, new, settled)
        _number(statute, settled)
    else:
        _attach(statute, new, settled)
    _place_headings(statute, settled)
    _check_headings(statute, empty, settled)
    _follow(statute, before, settled)
    _check_expected(statute, settled)
    return settled


def _empty_headings(parts: list[Part]) -> dict[int, str]:
    """Return the headings below which nothing stands: identity to label."""
    return {
        id(part): part.label
        for part, follower in zip(parts, [*parts[1:], None], strict=True)
        if isinstance(part, Heading)
        and not isinstance(follower, Article)
        and not (isinstance(follower, Heading) and _is_below(follower, part))
    }


def _check_headings(statute: Statute, empty: dict[int, str], settled: Settled) -> None:
    """Find headings below which nothing stands any more: the amendment does not say whether they stay."""
    standing = [part for part in statute.parts if isinstance(part, Other) or not part.gone]
    for identity, label in _empty_headings(standing).items():
        if identity not in empty:
            told = worded(f"{label} holds no article any more")
            settled.doubts.append(Doubt(Reason.AMBIGUOUS_PLACE, told))


def _check_expected(statute: Statute, settled: Settled) -> None:
    """Find paragraphs and items that do not stand where an order says (原第三款改为第四款)."""
    for expected in statute.expected:
        article = expected.article
        paragraph = next((each for each in article.paragraphs if each.number == expected.paragraph), None)
        if article.gone or paragraph is None:
            continue
        if expected.item is None:
            stands = article.paragraphs.index(paragraph) + 1
        else:
            index = paragraph.item(expected.item)
            stands = sum(line.is_item() for line in paragraph.lines[: (index or 0) + 1])
        if stands != expected.wanted:
            told = f"{article.label}: it would stand at {stands}, and the order says {expected.wanted}"
            settled.fail(Reason.IMPOSSIBLE_NUMBER, told, expected.sentence)


def _attach(statute: Statute, new: list[Article], settled: Settled) -> None:
    """Put 第十七条之一 behind 第十七条; the numbers of the other articles stay."""
    for article in new:
        statute.parts.remove(article)
    for article in sorted(new, key=lambda each: _key(each.wanted or "")):
        base, number = _key(article.wanted or "")
        at = None
        for index, part in enumerate(statute.parts):
            if isinstance(part, Article) and part.numbered and part.number != article.wanted:
                its = _key(clause_number(part.label) or "")
                if its[0] == base and its[1] < number:
                    at = index + 1
        taken = any(clause_number(each.label) == article.wanted for each in statute.articles())
        if at is None or taken:
            settled.fail(
                Reason.IMPOSSIBLE_NUMBER,
                f"{label_of(article.wanted or '0')} has no place in the text",
                article.ordered_by,
            )
            at = len(statute.parts)
        article.label = label_of(article.wanted or "0")
        statute.parts.insert(at, article)


def _key(number: str) -> tuple[int, int]:
    base, _, inserted = number.partition("-")
    return (int(base) if base.isdecimal() else 0, int(inserted) if inserted.isdecimal() else 0)


def _arrange(statute: Statute, new: list[Article], settled: Settled) -> None:
    """Bring the articles into the order that the given numbers demand: the others keep theirs and fill the rest."""
    for article in new:
        statute.parts.remove(article)
    standing = statute.articles()
    fixed: dict[int, Article] = {}
    attached = [each for each in (*standing, *new) if each.wanted is not None and "-" in each.wanted]
    kept_inserted = [each for each in standing if each.wanted is None and "之" in each.label]
    plain = [each for each in standing if each not in attached and each not in kept_inserted]
    total = len(plain) + sum(each not in attached for each in new)
    for article in (*plain, *(each for each in new if each not in attached)):
        if article.wanted is None:
            continue
        place = int(article.wanted)
        if place in fixed:
            settled.fail(
                Reason.CONFLICT, f"two articles become {label_of(article.wanted)}", article.ordered_by
            )
        elif not 1 <= place <= total:
            told = f"an article becomes {label_of(article.wanted)}, and there are {total} in the end"
            settled.fail(Reason.IMPOSSIBLE_NUMBER, told, article.ordered_by)
        else:
            fixed[place] = article
    chosen = set(map(id, fixed.values()))
    rest = _unplaced_between(plain, new, attached, chosen)
    order: list[Article] = []
    for place in range(1, total + 1):
        standing_here = fixed[place] if place in fixed else next(rest, None)
        if standing_here is not None:
            order.append(standing_here)
    order.extend(rest)
    _lay_out(statute, order, settled)
    _attach_all(statute, attached, settled)


def _unplaced_between(
    plain: list[Article], new: list[Article], attached: list[Article], chosen: set[int]
) -> Iterator[Article]:
    """Yield the articles without a given number in order; new ones stand beside the article they are anchored to."""
    queue = [each for each in plain if id(each) not in chosen]
    for article in new:
        if id(article) in chosen or article in attached:
            continue
        if article.anchor in queue:
            queue.insert(queue.index(article.anchor) + (article.side == "after"), article)
        else:
            queue.append(article)
    return iter(queue)


def _lay_out(statute: Statute, order: list[Article], settled: Settled) -> None:
    """Write the articles in their order between the headings, which stay before the old article that they precede."""
    lead: list[Part] = []
    headed: dict[int, list[Part]] = {}
    pending: list[Part] = []
    tail: list[Part] = []
    seen = False
    extra: dict[int, list[Article]] = {}
    last: Article | None = None
    for part in statute.parts:
        if isinstance(part, Article) and part.numbered:
            if "之" in part.label and part.wanted is None and last is not None and not part.gone:
                extra.setdefault(id(last), []).append(part)
                continue
            if pending:
                headed[id(part)] = pending
                pending = []
            seen = True
            last = part if not part.gone else last
        elif isinstance(part, Heading):
            pending.append(part)
        elif seen and not pending:
            tail.append(part)
        elif pending:
            pending.append(part)
        else:
            lead.append(part)
    moved = _moved(statute, order)
    headed, left = _handed_on(statute, headed, moved)
    tail = [*left, *pending, *tail]
    placed: list[Part] = []
    for article in order:
        heads = headed.get(id(article), [])
        placed.extend(heads)
        placed.append(article)
        placed.extend(extra.get(id(article), []))
    _beside_headings(placed, order, moved, settled)
    gone = [part for part in statute.parts if isinstance(part, Article) and part.gone]
    statute.parts[:] = [*lead, *placed, *tail, *gone]


def _moved(statute: Statute, order: list[Article]) -> set[int]:
    """Return the identities of the old articles that change their place among those that stay: fewest such articles."""
    place = {id(part): index for index, part in enumerate(statute.parts)}
    standing = [article for article in order if article.number is not None]
    kept = in_order([place[id(article)] for article in standing])
    return {id(article) for index, article in enumerate(standing) if index not in kept}


def _handed_on(
    statute: Statute, headed: dict[int, list[Part]], moved: set[int]
) -> tuple[dict[int, list[Part]], list[Part]]:
    """Give the headings before a deleted or moved article to the next one that stays; return what is left at the end."""
    result: dict[int, list[Part]] = {}
    waiting: list[Part] = []
    for part in statute.parts:
        if not (isinstance(part, Article) and part.numbered):
            continue
        waiting.extend(headed.get(id(part), []))
        if not part.gone and id(part) not in moved and waiting:
            result[id(part)] = waiting
            waiting = []
    return result, waiting


def _beside_headings(placed: list[Part], order: list[Article], moved: set[int], settled: Settled) -> None:
    """Say on which side of a heading a new or moved article stands: as ordered, else before it, and in doubt."""
    for article in reversed(order):
        if article.with_heading or (article.number is not None and id(article) not in moved):
            continue
        at = placed.index(article)
        heads: list[Part] = []
        while at + len(heads) + 1 < len(placed) and not isinstance(placed[at + len(heads) + 1], Article):
            heads.append(placed[at + len(heads) + 1])
        heads = [head for head in heads if not (isinstance(head, Heading) and head.gone)]
        if not heads:
            continue
        if article.inside is not None:
            for head in heads:
                if isinstance(head, Heading) and head.label == article.inside:
                    placed.remove(article)
                    placed.insert(placed.index(head) + 1, article)
                    break
        elif article.anchor is not None and article.side == "before":
            placed.remove(article)
            placed.insert(at + len(heads), article)
        elif article.anchor is None and not any(isinstance(head, Heading) and head.new for head in heads):
            told = worded(f"{label_of(article.wanted or '0')} could stand before or after a heading")
            settled.doubts.append(Doubt(Reason.AMBIGUOUS_PLACE, told, article.wanted or ""))


def _attach_all(statute: Statute, attached: list[Article], settled: Settled) -> None:
    for article in attached:
        if article in statute.parts:
            statute.parts.remove(article)
    plain = [each for each in statute.articles() if each not in attached]
    for article in sorted(attached, key=lambda each: _key(each.wanted or "")):
        base, _ = _key(article.wanted or "")
        if not 1 <= base <= len(plain):
            settled.fail(
                Reason.IMPOSSIBLE_NUMBER,
                f"{label_of(article.wanted or '0')} has no place in the text",
                article.ordered_by,
            )
            statute.parts.append(article)
            continue
        at = statute.parts.index(plain[base - 1]) + 1
        while at < len(statute.parts) and statute.parts[at] in attached:
            at += 1
        article.label = label_of(article.wanted or "0")
        statute.parts.insert(at, article)


def _number(statute: Statute, settled: Settled) -> None:
    count = inserted = 0
    for article in statute.articles():
        given = article.wanted or (article.number or "")
        if "-" in given or ("之" in article.label and article.wanted is None):
            inserted += 1
            number = f"{count}-{inserted}"
        else:
            count, inserted = count + 1, 0
            number = str(count)
        if article.number is not None and article.number != number:
            settled.shifts[article.number] = number
        article.label = label_of(number)


def _place_headings(statute: Statute, settled: Settled) -> None:
    """Put new headings before the article whose new number they name, and number all headings of their kind through."""
    new = [part for part in statute.parts if isinstance(part, Heading) and part.new]
    for heading in new:
        statute.parts.remove(heading)
    for heading in new:
        at = next(
            (
                index
                for index, part in enumerate(statute.parts)
                if isinstance(part, Article)
                and not part.gone
                and clause_number(part.label) == str(heading.first)
            ),
            None,
        )
        if at is None:
            settled.fail(Reason.NO_SUCH_PLACE, f"{heading.label} holds no article", heading.ordered_by)
            at = len(statute.parts)
        while at and _is_below(statute.parts[at - 1], heading):
            at -= 1
        statute.parts.insert(at, heading)
    if new or any(isinstance(part, Heading) and part.gone for part in statute.parts):
        told = {id(heading): heading.label for heading in new}
        _number_headings(statute)
        for heading in new:
            if heading.label != told[id(heading)]:
                reason = f"{told[id(heading)]} would stand as {heading.label}"
                settled.fail(Reason.IMPOSSIBLE_NUMBER, reason, heading.ordered_by)


def _is_below(part: Part, heading: Heading) -> bool:
    """Return whether a part is a heading of a narrower unit: a new chapter goes before the section at its place."""
    if not isinstance(part, Heading) or part.gone:
        return isinstance(part, Heading)
    return _UNITS.find(heading_number(part.label)[0]) > _UNITS.find(heading_number(heading.label)[0])


_UNITS = "编章节"
"""Units of headings from the widest to the narrowest."""


def _number_headings(statute: Statute) -> None:
    counts: dict[str, int] = {}
    for heading in statute.headings():
        unit, _ = heading_number(heading.label)
        counts[unit] = counts.get(unit, 0) + 1
        if unit == "章":
            counts.pop("节", None)
        if heading.label.startswith("第"):
            heading.label = f"第{to_chinese(counts[unit])}{unit}"


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


def _follow(statute: Statute, before: dict[str, Article], settled: Settled) -> None:
    """Let the references of the words that stay name the new numbers; those to what is gone or moved are doubtful."""
    for part in statute.parts:
        if isinstance(part, Article):
            for index, paragraph in enumerate(part.paragraphs if not part.gone else ()):
                for line in paragraph.lines:
                    _follow_line(line, before, settled, (part, index))
        elif isinstance(part, Heading):
            if not part.gone:
                _follow_line(part.line, before, settled, None)
        else:
            for line in part.content:
                _follow_line(line, before, settled, None)


_Place = tuple[Article, int]
"""An article and the index of a paragraph in it: where a reference stands."""


def _follow_line(line: Line, before: dict[str, Article], settled: Settled, place: _Place | None) -> None:
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
            settled.doubts.append(Doubt(Reason.DANGLING_REFERENCE, worded(f"“…{near}…” cites {told}"), where))
        new = settled.shifts.get(number or "")
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
