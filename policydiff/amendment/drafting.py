"""Drafts the decision that turns one version of a statute into another version, in the form of the drafting standard.

Form: 立法技术规范（试行）（一） part 5 (法工委发〔2009〕62号). Where few words change, these words are quoted,
else the whole paragraph or article; orders for new articles give their numbers; the closing sentence has the articles
renumbered. A decision is returned only where carrying it out on the old text gives the new text, line for line.
"""

from collections.abc import Iterator

from policydiff.amendment.amending import apply_amendment
from policydiff.amendment.article_orders import (
    ArticleOrders,
    HeadingMatch,
    article_orders,
    ended_order,
    heading_orders,
    heading_path,
    level_orders,
    match_headings,
)
from policydiff.amendment.drafting_words import WordOrder, shared_orders
from policydiff.amendment.named_texts import NAMELESS
from policydiff.amendment.own_references import cites_any
from policydiff.amendment.places import label_of
from policydiff.amendment.quoted import quoted
from policydiff.amendment.settling import order_of_number
from policydiff.amendment.statute import PREFACE, Article, Heading, Other, Statute, statute_of
from policydiff.collector import collecting_seldom
from policydiff.errors import UsageError
from policydiff.lexicon.numerals import clause_number, to_chinese
from policydiff.lexicon.shortest_edits import in_order
from policydiff.model import Document
from policydiff.model.amended import DraftedAmendment, Outcome
from policydiff.revision.diffing import match_documents

_COMMENCES = "本决定自　　年　　月　　日起施行。"
"""The day is left blank for the deciding body, because neither version states it."""


_LOOSE = "text outside of articles, introduction and annexes differs: no order can name it"


class CannotDraftError(UsageError):
    """Two texts differ in a part for which the drafting standard has no order; the message names the part."""


@collecting_seldom()
def draft_amendment(old: Document, new: Document) -> DraftedAmendment:
    """Return the decision that turns `old` into `new`.

    Raises CannotDraftError if a differing part cannot be named in an order, or the texts have no article in
    common.
    """
    before, after = statute_of(old), statute_of(new)
    wanted = _with_whole_headings(after.text(), after)
    if _with_whole_headings(before.text(), before) == wanted:
        raise CannotDraftError("the two texts do not differ in their articles, headings or title")
    _refuse_loose_parts(before, after)
    pairs = _pairs(old, new, before, after)
    name = old.title or NAMELESS
    whole: frozenset[str] = frozenset()
    exact = False
    while True:
        orders, shifted = _orders(before, after, pairs, whole, exact=exact)
        title = f"关于修改《{name}》的决定"
        numbered = [f"{to_chinese(place)}、{order}" for place, order in enumerate(orders, start=1)]
        adjusted = "作相应修改并对条文顺序作相应调整" if shifted else "作相应修改"
        closing = f"《{name}》根据本决定{adjusted}，重新公布。"
        text = "\n".join([title, f"决定对《{name}》作如下修改：", *numbered, _COMMENCES, closing, ""])
        decision = DraftedAmendment(title=title, orders=tuple(orders), closing=closing, text=text)
        made = apply_amendment(old, decision.text)
        text = _with_whole_headings(made.text, before)
        if text == wanted and made.outcome is Outcome.COMPLETE:
            return decision
        wrong = _wrong_articles(text, wanted, after) | {number for number in pairs if pairs[number] is None}
        # quote words that cite a moved place anew, so that their meaning is stated, not guessed
        wrong |= {number for doubt in made.doubts for number in doubt.articles}
        further = frozenset(wrong) - whole
        if not further and not exact:
            exact, whole = True, frozenset()
            continue
        if not further and (moved := _moved(before, pairs)):
            # no order moves an article past a heading: delete it and add it anew
            pairs = {number: None if source in moved else source for number, source in pairs.items()}
            exact, whole = False, frozenset()
            continue
        if not further:
            reasons = "; ".join(dict.fromkeys(each.reason for each in (*made.unapplied, *made.doubts)[:2]))
            raise CannotDraftError(
                f"no decision turns the one text into the other: {reasons or 'their parts differ in order'}"
            )
        whole |= further


def _with_whole_headings(text: str, statute: Statute) -> str:
    """Return a text in which each heading broken by the page is one line."""
    for whole, lines in statute.broken.items():
        text = text.replace(f"　{lines}\n", f"　{whole}\n")
    return text


def _pairs(old: Document, new: Document, before: Statute, after: Statute) -> dict[str, str | None]:
    """Return, for each new number, the number of its old article; None for a new article."""
    known_old = {article.number for article in before.articles()}
    known_new = {article.number for article in after.articles()}
    pairs: dict[str, str | None] = {number: None for number in known_new if number is not None}
    taken: set[str] = set()
    mark = "、" if before.levels else "条"
    for match in sorted(match_documents(old, new), key=lambda match: min(unit.place for unit in match.new)):
        label = match.old[0].label or ""
        one, other = clause_number(label), clause_number(match.new[0].label or "")
        known = one in known_old and other in known_new and mark in label
        if known and one is not None and other is not None and one not in taken and pairs[other] is None:
            pairs[other] = one
            taken.add(one)
    return pairs


def _refuse_loose_parts(before: Statute, after: Statute) -> None:
    def loose(statute: Statute) -> list[str]:
        return [part.text() for part in statute.parts if isinstance(part, Other) and part.kind == "other"]

    if loose(before) != loose(after):
        raise CannotDraftError(_LOOSE)


def _orders(
    before: Statute, after: Statute, pairs: dict[str, str | None], whole: frozenset[str], *, exact: bool
) -> tuple[list[str], bool]:
    """Return the orders in the sequence of the new text, and whether articles are numbered through."""
    shifts = {one: other for other, one in pairs.items() if one is not None and one != other}
    gone = [
        article.number or "" for article in before.articles() if article.number not in set(pairs.values())
    ]
    new = [number for number, one in pairs.items() if one is None]
    plain = any("-" not in number for number in (*gone, *new)) or bool(shifts)
    through = plain and (bool(shifts) or any("-" not in number for number in gone))
    orders: list[str] = [*_title(before, after), *_preface(before, after)]
    given: list[ArticleOrders] = []
    if gone:
        orders.append(f"删去{'、'.join(map(label_of, gone))}。")
    moved = _moved(before, pairs)
    headings = match_headings(before, after, pairs, exact=exact)
    if any(not heading.label for heading in headings.changed()):
        raise CannotDraftError(_LOOSE)
    if astray := [heading.text() for heading in headings.changed() if heading.label[-1] not in "编章节、"]:
        raise CannotDraftError(f"the heading {astray[0]} comes or goes: no order can name it")
    together = headings.together()
    orders.extend(level_orders(after, headings, pairs))
    for article in after.articles():
        number = article.number or ""
        source = pairs.get(number)
        if number in together:
            continue
        if source is None:
            words = quoted([line.text for line in article.lines()])
            where = _side(article, before, after, pairs, headings)
            name = label_of(article.number or "") if after.levels else article.label
            given.append(ArticleOrders(pieces=[f"{where}增加一条，作为{name}：{words}"]))
        else:
            known = before.article(source)
            if known is not None:
                # quote words that cite a deleted article anew, so that their meaning is stated, not guessed
                doubtful = any(cites_any(line.text, set(gone)) for line in known.lines())
                quote = number in whole or doubtful
                moves = source in moved
                given.append(
                    article_orders(known, article, shifts, whole=quote, moved=moves, levels=before.levels)
                )
    shared, done = shared_orders(
        piece for each in given for piece in each.pieces if isinstance(piece, WordOrder)
    )
    for each in given:
        each.pieces = [piece for piece in each.pieces if id(piece) not in done]
        if each.pieces or each.needed:
            orders.append(each.told())
    orders.extend(map(ended_order, shared))
    orders.extend(heading_orders(before, headings))
    # a deleted chapter renumbers the chapters after it
    through = through or any(
        heading.label != headings.old_of[id(heading)].label
        for heading in after.headings()
        if id(heading) in headings.old_of
    )
    orders.extend(_annexes(before, after))
    return [order for order in orders if order], through


def _moved(before: Statute, pairs: dict[str, str | None]) -> set[str]:
    """Return the old numbers of articles that change their place among the kept ones, as few as possible."""
    ordered = sorted(
        ((order_of_number(new), one) for new, one in pairs.items() if one is not None),
        key=lambda each: each[0],
    )
    place = {article.number: index for index, article in enumerate(before.articles())}
    kept = in_order([place[one] for _, one in ordered])
    moved = {one for index, (_, one) in enumerate(ordered) if index not in kept}
    by_old = {one: new for new, one in ordered}
    for one in sorted(moved):
        if label_of(one) != label_of("-".join(str(step) for step in by_old[one] if step)):
            continue
        # no order can give an article the number it already has; number the articles that pass it instead
        moved |= {
            other
            for other in by_old
            if (place[other] < place[one]) != (by_old[other] < by_old[one]) and other != one
        }
    return moved


def _title(before: Statute, after: Statute) -> Iterator[str]:
    one, other = (
        next((part.text() for part in side.parts if isinstance(part, Other) and part.kind == "title"), "")
        for side in (before, after)
    )
    if one != other:
        if not one or not other:
            raise CannotDraftError("only one of the two texts has a title")
        yield f"将名称修改为：{quoted([other])}"


def _preface(before: Statute, after: Statute) -> Iterator[str]:
    one, other = before.article(PREFACE), after.article(PREFACE)
    if one is None and other is None:
        return
    if other is None:
        yield "删去引言。"
    elif one is None:
        yield f"增加引言：{quoted([line.text for line in other.lines()])}"
    elif one.text() != other.text():
        yield f"将引言修改为：{quoted([line.text for line in other.lines()])}"


def _side(
    article: Article, before: Statute, after: Statute, pairs: dict[str, str | None], headings: HeadingMatch
) -> str:
    """Return the place of a new article as an order names it, if its number does not show its side of a heading, else "".

    在第五条后 names the old article before it, 在第二章中 the heading.
    """
    number = article.number or ""
    if "-" in number:
        return f"在{label_of(str(order_of_number(number)[0]))}后"
    if not _beside_heading(article, after, pairs):
        return ""
    for part in reversed(after.parts[: after.parts.index(article)]):
        if (
            isinstance(part, Article)
            and part.numbered
            and (source := pairs.get(part.number or "")) is not None
        ):
            return f"在{label_of(source)}后"
        if isinstance(part, Heading) and part.label.endswith("、"):
            return f"在{quoted([part.text()])}部分"
        if isinstance(part, Heading) and (known := headings.old_of.get(id(part))) is not None:
            return f"在{heading_path(known, before)}中" if known.label.startswith("第") else ""
    return ""


def _beside_heading(article: Article, after: Statute, pairs: dict[str, str | None]) -> bool:
    """Return whether a heading precedes or follows the run of new articles around an article."""
    at = after.parts.index(article)
    for step in (1, -1):
        place = at + step
        while 0 <= place < len(after.parts):
            part = after.parts[place]
            if isinstance(part, Heading):
                return True
            if isinstance(part, Article) and pairs.get(part.number or "") is not None:
                break
            place += step
    return False


def _annexes(before: Statute, after: Statute) -> Iterator[str]:
    one, other = (
        [part for part in side.parts if isinstance(part, Other) and part.kind == "annex"]
        for side in (before, after)
    )
    if [part.text() for part in one] == [part.text() for part in other]:
        return
    for index, (old, new) in enumerate(zip(one, other, strict=False), start=1):
        if old.text() != new.text():
            name = f"附件{index}" if len(one) > 1 else "附件"
            yield f"将{name}修改为：{quoted([line.text for line in new.content])}"
    yield from (f"删去附件{index}。" for index in range(len(other) + 1, len(one) + 1) if len(one) > 1)
    if len(one) == 1 and not other:
        yield "删去附件。"
    for index, new in enumerate(other[len(one) :], start=len(one) + 1):
        yield f"增加附件，作为附件{index}：{quoted([line.text for line in new.content])}"


def _wrong_articles(made: str, wanted: str, after: Statute) -> set[str]:
    """Return the numbers of new articles with lines missing in the text made."""
    lines = set(made.splitlines())
    return (
        {
            article.number or ""
            for article in after.articles()
            if any(line not in lines for line in article.text().splitlines())
        }
        if made != wanted
        else set()
    )
