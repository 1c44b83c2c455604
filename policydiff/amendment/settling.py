"""Completes the text after every order is carried out: puts new articles in place, renumbers, and updates references."""

import re
from collections.abc import Iterator
from itertools import takewhile

from policydiff.amendment.around_headings import (
    Settled,
    beside_headings,
    check_headings,
    empty_headings,
    pass_headings,
    place_headings,
)
from policydiff.amendment.locating import Doubt
from policydiff.amendment.own_references import let_follow
from policydiff.amendment.places import ITEM_LABEL, heading_number, label_of
from policydiff.amendment.restructuring import moved_articles
from policydiff.amendment.statute import Article, Heading, Paragraph, Part, Statute
from policydiff.errors import worded
from policydiff.lexicon.numerals import clause_number, to_int
from policydiff.model.amended import Reason


def settle(statute: Statute, *, numbered_through: bool) -> Settled:
    """Place the new articles, number the text through if necessary, and update references.

    The amendment may order itself that the text is numbered through (条文顺序作相应调整).
    """
    settled = Settled()
    before = {part.number: part for part in statute.parts if isinstance(part, Article) and part.number}
    empty = empty_headings([each for each in statute.parts if not (isinstance(each, Heading) and each.came)])
    plain = any(article.wanted is not None and "-" not in article.wanted for article in statute.articles())
    new = [part for part in statute.parts if isinstance(part, Article) and part.number is None]
    plain = plain or any(part.wanted is None or "-" not in part.wanted for part in new)
    plain = plain or any(each.anchor is not None and each.number is not None for each in statute.articles())
    if plain or numbered_through:
        _arrange(statute, new, settled)
        _number(statute, settled)
    else:
        _attach(statute, new, settled)
    place_headings(statute, settled, numbered_through=numbered_through)
    check_headings(statute, empty, settled)
    settled.doubts.extend(let_follow(statute, before, settled.shifts))
    for told, where in statute.unsure:
        number = clause_number(where.label) or "" if where is not None else ""
        settled.doubts.append(Doubt(Reason.AMBIGUOUS_PLACE, told, number))
    _check_expected(statute, settled)
    settled.doubts.extend(_items_out_of_row(statute))
    settled.doubts.extend(_two_marks(statute))
    return settled


_TWO_MARKS = re.compile("(?<=[，、；：。])[，、；：。]")


def _two_marks(statute: Statute) -> Iterator[Doubt]:
    """Yield a doubt for each article in which an order left two marks side by side (，， or 。；), which is always a fault."""
    for article in statute.articles():
        for line in article.lines():
            edges = {edge for span in line.fresh for edge in span}
            if any(found.start() in edges for found in _TWO_MARKS.finditer(line.text)):
                told = worded("two marks of punctuation stand side by side")
                yield Doubt(Reason.AMBIGUOUS_PLACE, told, clause_number(article.label) or "")


def _items_out_of_row(statute: Statute) -> Iterator[Doubt]:
    """Yield a doubt for each article in which orders left a gap in item numbers without a gap before.

    Entirely new items keep the numbers printed in the decision.
    """
    for article in statute.articles():
        for paragraph in article.paragraphs if article.changed else ():
            items = [line for line in paragraph.lines if line.is_item()]
            labels = [ITEM_LABEL.match(line.text) for line in items]
            numbers = [to_int(label[1]) for label in labels if label is not None]
            some_stay = not paragraph.gap and not all(line.fresh for line in items)
            if some_stay and numbers != list(range(1, len(numbers) + 1)):
                told = worded("the numbers of the items do not run on")
                yield Doubt(Reason.IMPOSSIBLE_NUMBER, told, clause_number(article.label) or "")


def _check_expected(statute: Statute, settled: Settled) -> None:
    """Find paragraphs and items without the number announced by an order (原第三款改为第四款).

    Paragraphs that orders exchange (第一款改为第二款，第二款改为第一款) are put in their announced places.
    """
    for article in statute.articles():
        paragraphs = [
            (each.what, stands, each.wanted)
            for each in statute.expected
            if each.article is article and isinstance(each.what, Paragraph)
            if (stands := each.stands()) is not None and stands != each.wanted
        ]
        if sorted(stands for _, stands, _ in paragraphs) == sorted(wanted for *_, wanted in paragraphs):
            for paragraph, _, wanted in paragraphs:
                article.paragraphs[wanted - 1] = paragraph
    for part, number, sentence in statute.labelled:
        if isinstance(part, Heading):
            agrees, names = heading_number(number) == heading_number(part.label), (part.label, number)
        else:
            agrees = number in (part.number, clause_number(part.label))
            names = label_of(part.number or "0"), label_of(number)
        if not agrees and not part.gone:
            told = worded(f"the words quoted for {names[0]} are those of {names[1]}")
            settled.fail(Reason.CONFLICT, told, sentence)
    _check_anchors(statute, settled)
    for expected in statute.expected:
        stands = expected.stands()
        if stands is not None and stands != expected.wanted:
            told = worded(
                f"{expected.article.label}: it would stand at {stands}, and the order says {expected.wanted}"
            )
            settled.fail(Reason.IMPOSSIBLE_NUMBER, told, expected.sentence)


def _check_anchors(statute: Statute, settled: Settled) -> None:
    """Find new articles with a numbered article between them and the article named in their order."""
    standing = statute.articles()
    for at, article in enumerate(standing):
        anchor = article.anchor
        if anchor is None or article.number is not None or anchor.gone or anchor.number is None:
            continue
        others = standing[at + 1 :] if article.side == "before" else reversed(standing[:at])
        beside = next((each for each in others if each.number is not None), None)
        if beside is not anchor:
            told = worded(f"{article.label} does not stand beside {anchor.label}")
            settled.fail(Reason.CONFLICT, told, article.ordered_by)


def _attach(statute: Statute, new: list[Article], settled: Settled) -> None:
    """Put 第十七条之一 after 第十七条; the other articles keep their numbers."""
    for article in new:
        statute.parts.remove(article)
    for article in sorted(new, key=lambda each: order_of_number(each.wanted or "")):
        base, number = order_of_number(article.wanted or "")
        at = None
        for index, part in enumerate(statute.parts):
            if isinstance(part, Article) and part.numbered and part.number != article.wanted:
                its = order_of_number(clause_number(part.label) or "")
                if its[0] == base and its[1] < number:
                    at = index + 1
        taken = any(clause_number(each.label) == article.wanted for each in statute.articles())
        if at is None or taken:
            _fail_without_place(article, settled)
            at = len(statute.parts)
        article.label = statute.label_of(article.wanted or "0")
        statute.parts.insert(at, article)


def _fail_without_place(article: Article, settled: Settled) -> None:
    told = worded(f"{label_of(article.wanted or '0')} has no place in the text")
    settled.fail(Reason.IMPOSSIBLE_NUMBER, told, article.ordered_by)


def order_of_number(number: str) -> tuple[int, int]:
    """Return the sort key of an article number: 12 before 12-1 (第十二条之一) before 13."""
    base, _, inserted = number.partition("-")
    return (int(base) if base.isdecimal() else 0, int(inserted) if inserted.isdecimal() else 0)


def _arrange(statute: Statute, new: list[Article], settled: Settled) -> None:
    """Arrange the articles by the given numbers; the others keep their order and fill the remaining places."""
    for article in new:
        statute.parts.remove(article)
    standing = statute.articles()
    fixed: dict[int, Article] = {}
    attached = [each for each in (*standing, *new) if each.wanted is not None and "-" in each.wanted]
    kept_inserted = [each for each in standing if each.wanted is None and "之" in each.label]
    moving = [each for each in standing if each.anchor is not None and each.number is not None]
    plain = [each for each in standing if each not in (*attached, *kept_inserted, *moving)]
    total = len(plain) + len(moving) + sum(each not in attached for each in new)
    for article in (*plain, *(each for each in new if each not in attached)):
        if article.wanted is None:
            continue
        place = int(article.wanted)
        if place in fixed:
            settled.fail(
                Reason.CONFLICT, worded(f"two articles become {label_of(article.wanted)}"), article.ordered_by
            )
        elif not 1 <= place <= total:
            told = worded(f"an article becomes {label_of(article.wanted)}, and there are {total} in the end")
            settled.fail(Reason.IMPOSSIBLE_NUMBER, told, article.ordered_by)
        else:
            fixed[place] = article
    chosen = set(map(id, fixed.values()))
    rest = _unplaced_between(plain, [*moving, *new], attached, chosen, settled)
    order: list[Article] = []
    for place in range(1, total + 1):
        standing_here = fixed[place] if place in fixed else next(rest, None)
        if standing_here is not None:
            order.append(standing_here)
    order.extend(rest)
    _lay_out(statute, order, settled)
    _attach_all(statute, attached, settled)


def _unplaced_between(
    plain: list[Article], new: list[Article], attached: list[Article], chosen: set[int], settled: Settled
) -> Iterator[Article]:
    """Yield the articles without a given number in order; new articles stand beside their anchor."""
    queue = [each for each in plain if id(each) not in chosen]
    for article in new:
        if id(article) in chosen or article in attached:
            continue
        if article.anchor in queue:
            queue.insert(queue.index(article.anchor) + (article.side == "after"), article)
        else:
            if article.anchor is not None:
                told = worded("the article beside which a new one stands gets another number")
                settled.fail(Reason.NO_PLACE, told, article.ordered_by)
            queue.append(article)
    return iter(queue)


def _lay_out(statute: Statute, order: list[Article], settled: Settled) -> None:
    """Lay out the articles in order between the headings, each of which stays before its old article."""
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
    moved = moved_articles(statute, order)
    pass_headings(statute, order, moved, settled)
    headed, left = _handed_on(statute, headed, moved)
    ends = [*left, *pending]
    last_heads = list(takewhile(lambda part: isinstance(part, Heading), ends))
    tail = [*ends[len(last_heads) :], *tail]
    placed: list[Part] = []
    for article in order:
        heads = headed.get(id(article), [])
        placed.extend(heads)
        placed.append(article)
        placed.extend(extra.get(id(article), []))
    placed.extend(last_heads)  # a new article may stand below them
    beside_headings(placed, order, moved, settled, statute.parts)
    gone = [part for part in statute.parts if isinstance(part, Article) and part.gone]
    statute.parts[:] = [*lead, *placed, *tail, *gone]


def _handed_on(
    statute: Statute, headed: dict[int, list[Part]], moved: set[int]
) -> tuple[dict[int, list[Part]], list[Part]]:
    """Pass the headings before a deleted or moved article to the next kept article; return the headings left at the end."""
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


def _attach_all(statute: Statute, attached: list[Article], settled: Settled) -> None:
    for article in attached:
        if article in statute.parts:
            statute.parts.remove(article)
    plain = [each for each in statute.articles() if each not in attached]
    for article in sorted(attached, key=lambda each: order_of_number(each.wanted or "")):
        base, _ = order_of_number(article.wanted or "")
        if not 1 <= base <= len(plain):
            _fail_without_place(article, settled)
            statute.parts.append(article)
            continue
        at = statute.parts.index(plain[base - 1]) + 1
        while at < len(statute.parts) and statute.parts[at] in attached:
            at += 1
        article.label = statute.label_of(article.wanted or "0")
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
        article.label = statute.label_of(number)


def unsound(statute: Statute, left_out: frozenset[str] = frozenset()) -> list[Doubt]:
    """Return doubts about article numbers that run back, repeat or have a gap, because a number may then mean another place.

    A text that lost an article before it came here would be numbered through wrongly, and look complete.
    """
    found: list[Doubt] = []
    last = (0, 0)
    for article in statute.articles():
        base, _, inserted = (article.number or "0").partition("-")
        number = (int(base), int(inserted or 0))
        told = ""
        if number <= last:
            told = worded(f"{article.label} follows article {last[0]} in the text to be amended")
        elif any(str(missing) not in left_out for missing in range(last[0] + 1, number[0])):
            told = worded(f"the text to be amended has no article {last[0] + 1}: {article.label} follows")
        if told:
            found.append(Doubt(Reason.UNSOUND_TEXT, told))
        last = number
    found.extend(
        Doubt(Reason.UNSOUND_TEXT, worded(f"{label} holds no article in the text to be amended"))
        for label in empty_headings(statute.parts).values()
    )
    return found
