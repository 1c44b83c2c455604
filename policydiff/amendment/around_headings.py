"""Headings after all orders are carried out: the articles below each heading, and the numbers of the headings."""

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from policydiff.amendment.locating import Doubt, headings_above
from policydiff.amendment.places import HEADING_UNITS, heading_number, label_of
from policydiff.amendment.restructuring import plainly_moved
from policydiff.amendment.statute import Article, Heading, Other, Part, Statute
from policydiff.errors import worded
from policydiff.lexicon.numerals import clause_number, to_chinese
from policydiff.lexicon.titles import TEXT_KINDS
from policydiff.model.amended import Reason


@dataclass
class Settled:
    """Result of numbering the articles through: new numbers, doubts, and orders that cannot stand."""

    shifts: dict[str, str] = field(default_factory=dict)
    """Old number → new number of each renumbered article."""
    doubts: list["Doubt"] = field(default_factory=list)
    failures: list["SettlingFailure"] = field(default_factory=list)
    """Orders that cannot stand; the text is discarded, and all other orders are carried out anew."""

    def beside_heading(self, article: Article) -> None:
        """Add the doubt about the side of a heading on which an article stands."""
        name = label_of(article.wanted) if article.wanted else article.label
        told = worded(f"{name} could stand before or after a heading")
        self.doubts.append(Doubt(Reason.AMBIGUOUS_PLACE, told, article.wanted or ""))

    def fail(self, reason: Reason, detail: str, sentence: int) -> None:
        """Add a failure."""
        self.failures.append(SettlingFailure(reason, detail, sentence))


class SettlingFailure(NamedTuple):
    """An order whose number or place cannot be reached."""

    reason: Reason
    detail: str
    sentence: int
    """Index of the sentence that gave the order."""


def empty_headings(parts: list[Part]) -> dict[int, str]:
    """Return the headings with nothing below them: identity → label."""
    return {
        id(part): part.label
        for part, follower in zip_longest(parts, parts[1:])
        if isinstance(part, Heading)
        and not isinstance(follower, Article)
        and not (isinstance(follower, Other) and follower.kind == "other")
        and not (isinstance(follower, Heading) and _is_below(follower, part))
    }


def check_headings(statute: Statute, empty: dict[int, str], settled: Settled) -> None:
    """Find headings that lost all articles, because the amendment does not say whether they stay.

    New articles that do not stand below the heading named in their order are failures.
    """
    # Find headings numbered by an order that break the sequence with the heading before or after
    given = {id(heading): sentence for heading, sentence in statute.relabelled}
    last: dict[str, tuple[Heading, str]] = {}
    for heading in statute.headings():
        unit, number = heading_number(heading.label)
        before, held = last.get(unit, (None, "0"))
        sentence = given.get(id(heading), given.get(id(before)))
        if sentence is not None and number.isdecimal() and held.isdecimal():
            restarts = number == "1" and unit != "、" and before is not None
            if int(number) != int(held) + 1 and not restarts:
                told = worded(f"{heading.label} does not follow the heading before")
                settled.fail(Reason.IMPOSSIBLE_NUMBER, told, sentence)
        last[unit] = (heading, number)
    for at, part in enumerate(statute.parts):
        if (
            isinstance(part, Article)
            and part.inside
            and part.inside not in headings_above(statute.parts[:at])
        ):
            told = worded(f"{part.label} does not stand below {part.inside.label}")
            settled.fail(Reason.IMPOSSIBLE_NUMBER, told, part.ordered_by)
    standing = [part for part in statute.parts if isinstance(part, Other) or not part.gone]
    for identity, label in empty_headings(standing).items():
        if identity not in empty:
            told = worded(f"{label} holds no article any more")
            settled.doubts.append(Doubt(Reason.AMBIGUOUS_PLACE, told))


def pass_headings(statute: Statute, order: list[Article], moved: set[int], settled: Settled) -> None:
    """Find old articles that change to the other side of a heading, because their number alone does not show their heading.

    An article given another place stands with its neighbours; beside a heading, `beside_headings` decides.
    """
    plainly = plainly_moved(statute, order, moved)
    chapter: dict[int, int] = {}
    headings = 0
    for part in statute.parts:
        headings += isinstance(part, Heading) and not part.gone
        chapter[id(part)] = headings
    last = 0
    for article in order:
        if article.number is None or article.with_heading or id(article) in plainly:
            continue
        if chapter[id(article)] < last:
            told = worded(f"{article.label} comes to stand on the other side of a heading")
            settled.doubts.append(Doubt(Reason.AMBIGUOUS_PLACE, told, article.wanted or ""))
        last = max(last, chapter[id(article)])


def _heads_behind(placed: list[Part], at: int) -> list[Part]:
    """Return the headings between a part and the next article."""
    end = next((i for i in range(at + 1, len(placed)) if isinstance(placed[i], Article)), len(placed))
    return [head for head in placed[at + 1 : end] if not (isinstance(head, Heading) and head.gone)]


def _below_one_heading(one: Article, other: Article, parts: list[Part]) -> bool:
    """Return whether two articles stood below the same heading before the amendment."""
    below: list[int] = []
    heading = 0
    for part in parts:
        heading = id(part) if isinstance(part, Heading) else heading
        if part is one or part is other:
            below.append(heading)
    return len(set(below)) == 1


def beside_headings(
    placed: list[Part], order: list[Article], moved: set[int], settled: Settled, before: list[Part]
) -> None:
    """Decide on which side of a heading a new or moved article stands: as ordered, else before it and in doubt."""
    for article in reversed(order):
        if article.with_heading or (article.number is not None and id(article) not in moved):
            continue
        at = placed.index(article)
        heads = _heads_behind(placed, at)
        if not heads:
            continue
        passed, sure = _place_beside(article, placed, at, before)
        if passed:
            placed.remove(article)
            placed.insert(placed.index(heads[passed - 1]) + 1, article)
        if not sure:
            settled.beside_heading(article)


def _place_beside(article: Article, placed: list[Part], at: int, before: list[Part]) -> tuple[int, bool]:
    """Return how many of the headings after an article should precede it, and whether this is certain."""
    heads = _heads_behind(placed, at)
    own = _heading_above(before, before.index(article.source)) if article.source is not None else None
    if article.inside is not None:
        return (heads.index(article.inside) + 1 if article.inside in heads else 0), True
    if article.anchor is not None:
        if article.side != "before":
            return 0, True
        sure = article.number is None or _below_one_heading(article, article.anchor, before)
        return len(heads), sure
    if own is not None:
        return (heads.index(own) + 1, True) if own in heads else (0, own is _heading_above(placed, at))
    if any(isinstance(head, Heading) and head.new for head in heads):
        return 0, True
    behind = _told_side(article, placed, at, before)
    return (len(heads) if behind else 0), behind is not None


def _heading_above(parts: list[Part], at: int) -> Heading | None:
    return next((part for part in reversed(parts[:at]) if isinstance(part, Heading)), None)


_TOLD_BY_WORDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(title), re.compile(words))
    for title, words in (
        (
            r"法律责任|罚则|处罚|法律责任和罚则",
            r"因?违反(?:本|前|第)[^。]{0,400}?(?:处(?:以)?[^。；]{0,40}罚款|给予[^。；]{0,8}处分|追究刑事责任|吊销|治安管理处罚|受到(?:行政)?处罚的)",
        ),
        (r"总则", r"[^\n]{2,200}(?:给予|予以)[^，。；]{0,12}?(?:表彰|奖励)(?:[、和或者]*(?:表彰|奖励))?。$"),
        (
            r"附则",
            rf"(?:本(?:{TEXT_KINDS})(?:下列用语|所称|中下列|自[^。]{{4,20}}起施行)|(?!违反)[^。；\n]{{2,120}}(?:参照|比照)(?:适用)?本(?:{TEXT_KINDS})(?:的(?:有关|相关)?规定)?(?:执行|管理|办理)?。$)",
        ),
    )
)
"""Titles of chapters with words of articles that stand in no other chapter, counted at the 12,591 borders of
chapters in 3,477 texts: sanctions for a breach (682 articles), rewards at the end of 总则 (265), definitions,
analogies and commencement at the beginning of 附则 (1,195); none stood on the other side."""


def _told_side(article: Article, placed: list[Part], at: int, before: list[Part]) -> bool | None:
    """Return whether an article stands after the headings that follow it; None if nothing shows it.

    It is shown by a new chapter that states its last article (包括第四十二条至第四十五条), by a chapter on liability
    beside an article with a sanction, and by a heading that another order of the decision names, because orders follow the
    text.
    """
    number = int(article.wanted or 0) if (article.wanted or "").isdecimal() else 0
    spans = [(part.first or 0, part.last) for part in before if isinstance(part, Heading) and part.last]
    if any(first <= number <= last for first, last in spans):
        return False
    for _, last in spans:
        run = placed[max(0, at - (number - last)) : at + 1]
        if number > last and len(run) > number - last and all(isinstance(each, Article) for each in run):
            return True
    chapters = [head for head in _heads_behind(placed, at) if isinstance(head, Heading)]
    if len(chapters) != 1:
        return None
    text = "\n".join(line.text for line in article.lines())
    above = _heading_above(placed, at)
    for title, words in _TOLD_BY_WORDS:
        inside, next_ = (
            each is not None and title.fullmatch(re.sub(r"\s", "", each.line.text)) is not None
            for each in (above, chapters[0])
        )
        if inside != next_ and words.match(text):
            return next_
    named = chapters[0].ordered_by
    if named >= 0 and article.ordered_by >= 0 and named != article.ordered_by:
        return article.ordered_by > named
    return None


def place_headings(statute: Statute, settled: Settled, *, numbered_through: bool) -> None:
    """Put new headings before the article whose new number they name, and number all headings of their kind through."""
    new = [part for part in statute.parts if isinstance(part, Heading) and part.new]
    for heading in new:
        statute.parts.remove(heading)
    numbered = {
        clause_number(part.label): part
        for part in reversed(statute.parts if new else [])
        if isinstance(part, Article) and not part.gone
    }
    for heading in new:
        first = numbered.get(str(heading.first))
        if first is None:
            settled.fail(
                Reason.NO_SUCH_PLACE, worded(f"{heading.label} holds no article"), heading.ordered_by
            )
        at = len(statute.parts) if first is None else statute.parts.index(first)
        while at and _is_below(statute.parts[at - 1], heading):
            at -= 1
        statute.parts.insert(at, heading)
    deleted = any(isinstance(part, Heading) and part.gone for part in statute.parts)
    if new or (numbered_through and deleted):
        told = {id(heading): heading.label for heading in new}
        if (lost := _out_of_row(statute)) is not None:
            reason = worded(f"{lost.label} does not follow the heading before")
            settled.doubts.append(Doubt(Reason.UNSOUND_TEXT, reason))
        _number_headings(statute.headings())
        for heading in new:
            if heading.label != told[id(heading)]:
                reason = worded(f"{told[id(heading)]} would stand as {heading.label}")
                settled.fail(Reason.IMPOSSIBLE_NUMBER, reason, heading.ordered_by)


def _is_below(part: Part, heading: Heading) -> bool:
    """Return whether a part is a heading of a narrower unit than `heading`; a new chapter goes before the section at its place."""
    if not isinstance(part, Heading) or part.gone:
        return isinstance(part, Heading)
    return HEADING_UNITS.find(heading_number(part.label)[0]) > HEADING_UNITS.find(
        heading_number(heading.label)[0]
    )


def _out_of_row(statute: Statute) -> Heading | None:
    """Return the first heading whose number leaves a gap, because the old text at hand lost a heading there; None without a gap."""
    given = {id(heading) for heading, _ in statute.relabelled}
    old = [each for each in statute.parts if isinstance(each, Heading) and not (each.new or each.came)]
    row = [Heading(each.label, each.line) for each in old]
    _number_headings(row)
    pairs = zip(old, row, strict=True)
    return next((one for one, other in pairs if one.label != other.label and id(one) not in given), None)


def _number_headings(headings: list[Heading]) -> None:
    counts: dict[str, int] = {}
    for heading in headings:
        unit, _ = heading_number(heading.label)
        counts[unit] = counts.get(unit, 0) + 1
        if unit == "章":
            counts.pop("节", None)
        if heading.label.startswith("第"):
            heading.label = f"第{to_chinese(counts[unit])}{unit}"
