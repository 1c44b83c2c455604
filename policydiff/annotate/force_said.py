"""Statements of a document on its own force, and on the force of texts it ends, extends or suspends, sentence by sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from policydiff.annotate.cited_titles import find_titles
from policydiff.annotate.endings import Ending, mask_titles, read_endings, titled_ending
from policydiff.annotate.force_lists import ForceList, announced, behind_lead, headed, listed
from policydiff.annotate.passages import Passage
from policydiff.lexicon.force import NARROW, Force, counted_day, read_force, without_quotes
from policydiff.lexicon.horizons import parse_date
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import split_sentences
from policydiff.model import Clause, ClauseKind, Dates, Document, PartInForce, Span, Validity
from policydiff.model.annotations import ForceKind, ForceStatement, NamedText
from policydiff.parsing.events import day_of_event

_WORTH = lazy_pattern("施行|实施|执行|生效|试行|有效|废止|失效|适用|作废|期限|延期|起效|启用|撤销")
_MARKED = lazy_pattern(
    r"^[^\S\n]*+(?P<label>有\s*效\s*性|时\s*效\s*性|时效|效力状态|文件状态|失效日期|废止日期|失效时间|废止时间|生效日期|施行日期|实施日期)[\s　]*[：:][\s　]*(?P<value>[^\n]{1,24}?)[\s　]*$",
    re.MULTILINE,
)
_OVER = lazy_pattern("(?<!未)(?:废止|失效|无效|停止执行|过期)")
_LIST_HEADING = lazy_pattern(
    "(?:废止|失效|宣布失效|停止执行).{0,24}(?:目录|清单|名单|文件|表)|(?:目录|清单).{0,12}(?:废止|失效)"
)


def find_validity(
    passages: Sequence[tuple[Passage, Clause | None]], document: Document, text: str
) -> Validity:
    """Return the statements of a document on force, found in its words and in the lines of the page around it; each holds its sentence."""
    found: list[ForceStatement] = []
    lists = _Lists()
    for passage, clause in passages:
        if passage.is_title:
            found.extend(_of_title(passage))
            if document.title == passage.words:
                lists.begin(passage.words)
            continue
        said = list(_of_passage(passage)) if _WORTH.search(passage.words) else []
        found.extend(said)
        found.extend(lists.read(passage, clause, said, is_said=_said_of(found, passage)))
    found.extend(_marked(text, document.validity.marked))
    done = [_with_day(each, document.dates, found) for each in found]
    # The validity that the statements add up to; the recorded dates of the document go before them
    parts = parts_of(done, [(clause.id, clause.label) for clause in document.walk()])
    return Validity(
        effective=document.dates.effective,
        parts=parts,
        expires=document.validity.expires or document.dates.expires,
        ended_by=document.validity.ended_by,
        marked=document.validity.marked,
        statements=tuple(done),
    )


class _Lists:
    """The list of texts being read, announced by a sentence, an annex or the title; each text is yielded once."""

    def __init__(self) -> None:
        self._open: ForceList | None = None
        self._of_annexes: ForceList | None = None
        self._named: set[tuple[str | None, str | None]] = set()

    def begin(self, title: str) -> None:
        """Begin with the title of the document, because a catalogue of ended texts is one list."""
        self._open = headed(title, "", None) if _LIST_HEADING.search(title) else None

    def read(
        self, passage: Passage, clause: Clause | None, said: Sequence[ForceStatement], *, is_said: bool
    ) -> Iterator[ForceStatement]:
        """Yield a statement for each text listed in the passage of a clause; `is_said` marks passages with statements, which are no items."""
        if clause is not None and clause.kind is ClauseKind.ANNEX:
            self._open = headed(passage.words, passage.clause, self._of_annexes)
            return
        lead = _announced(passage, clause, said)
        if lead is not None:
            self._open = self._of_annexes = lead
            known = {each.target.document_number for each in said if each.target is not None}
            further = [
                each for each in behind_lead(passage.words) if each.document_number not in known - {None}
            ]
            yield from self._told(passage, lead, further)
        elif self._open is not None and not is_said:
            if self._open.holds(passage.clause):
                yield from self._told(passage, self._open, listed(passage.words))
            else:
                self._open = None

    def _told(
        self, passage: Passage, where: ForceList, targets: Iterable[NamedText]
    ) -> Iterator[ForceStatement]:
        for target in targets if where.kind is not None else ():
            key = (target.title, target.document_number)
            if key not in self._named and where.kind is not None:
                self._named.add(key)
                yield _listed(passage, where, where.kind, target)


def _announced(passage: Passage, clause: Clause | None, said: Sequence[ForceStatement]) -> ForceList | None:
    """Return the list announced by a passage, by its form or because the passage ends texts without naming them."""
    is_labelled = clause is not None and clause.label is not None
    found = announced(passage.words, passage.clause, is_labelled=is_labelled)
    classes = [each for each in said if each.target is not None and each.target.is_class]
    day = next((each.effective for each in classes if each.effective), None)
    if found is not None:
        return found._replace(day=day)
    if any(_ANNOUNCES.search(each.text) for each in classes):
        return ForceList(ForceKind.ENDS, passage.clause, is_labelled, day)
    return None


_ANNOUNCES = lazy_pattern(r"以下|下列|下述|附件|目录|[一二三四五六七八九十\d]+(?:件|部)")


def _said_of(found: Sequence[ForceStatement], passage: Passage) -> bool:
    return (
        bool(found)
        and found[-1].clause == passage.clause
        and found[-1].target is not None
        and found[-1].text in passage.words
    )


def _listed(passage: Passage, where: ForceList, kind: ForceKind, target: NamedText) -> ForceStatement:
    return ForceStatement(
        kind=kind,
        clause=passage.clause,
        text=passage.words,
        span=passage.span(0, len(passage.words)),
        effective=where.day,
        until=where.until,
        term_months=where.term_months,
        target=target,
    )


def _of_title(passage: Passage) -> Iterator[ForceStatement]:
    words = passage.words
    for ending in titled_ending(words):
        yield _statement(passage, ending, Span(0, len(words)))


def statements_of(words: str) -> list[tuple[Force | Ending, Span]]:
    """Return the statements of a paragraph on force, each with the place of its sentence; days are not counted yet."""
    plain = without_quotes(words).translate(NARROW)
    found: list[tuple[Force | Ending, Span]] = []
    goes_on = False
    for place in split_sentences(plain):
        sentence = plain[place.start : place.end]
        if _WORTH.search(sentence) is None and not (goes_on and "期" in sentence):
            goes_on = False
            continue
        titles = find_titles(sentence)
        masked = mask_titles(sentence, titles)
        starts = read_force(masked, goes_on=goes_on)
        found.extend((each, place) for each in starts)
        found.extend((each, place) for each in read_endings(titles, masked))
        goes_on = any(each.kind == "commences" for each in starts)
    return found


def _of_passage(passage: Passage) -> Iterator[ForceStatement]:
    own_start: ForceStatement | None = None
    for said, place in statements_of(passage.words):
        statement = _statement(passage, said, place)
        if statement.kind is ForceKind.COMMENCES and not statement.parts:
            own_start = statement
        if statement.kind is ForceKind.ENDS and statement.effective is None and own_start is not None:
            statement = statement.model_copy(
                update={
                    "effective": own_start.effective,
                    "event": own_start.event,
                    "after_days": own_start.after_days,
                }
            )
        yield statement


def _statement(passage: Passage, said: Force | Ending, place: Span) -> ForceStatement:
    sentence = passage.words[place.start : place.end]
    span = passage.span(place.start, place.end)
    if isinstance(said, Force):
        begins = said.kind == "commences"
        return ForceStatement(
            kind=ForceKind.COMMENCES if begins else ForceKind.EXPIRES,
            clause=passage.clause,
            text=sentence,
            span=span,
            effective=said.day if begins else None,
            until=None if begins else said.day,
            event=said.event,
            after_days=said.days,
            after_months=said.months,
            term_months=said.term_months,
            parts=said.parts,
        )
    return ForceStatement(
        kind=said.kind,
        clause=passage.clause,
        text=sentence,
        span=span,
        effective=said.day,
        until=said.until,
        term_months=said.term_months,
        target=said.target,
        conditional=said.conditional,
    )


def _marked(text: str, mark: str | None) -> Iterator[ForceStatement]:
    """Yield statements from the publisher's marks: 【失效】 beside the title, and lines such as 有效性：废止, 失效日期：2024-07-01."""
    if mark is not None:
        place = max(text.find(mark), 0)
        day = parse_date(mark.partition("：")[2]) if mark.startswith("失效日期") else None
        span = Span(place, min(place + len(mark), len(text)))
        yield ForceStatement(kind=ForceKind.ENDED, clause="", text=mark, span=span, effective=day)
    for match in _MARKED.finditer(text):
        label = re.sub(r"\s", "", match["label"])
        begins = label.startswith(("生效", "施行", "实施"))
        dated = begins or label.startswith(("失效", "废止"))
        day = parse_date(match["value"]) if dated else None
        if day is not None or (not dated and _OVER.search(match["value"])):
            kind = ForceKind.COMMENCES if begins else ForceKind.ENDED
            words, span = match[0].strip(), Span(*match.span())
            yield ForceStatement(kind=kind, clause="", text=words, span=span, effective=day)


def _day_of(event: str, dates: Dates) -> date | None:
    return day_of_event(
        event,
        {
            "adopted": dates.adopted,
            "published": dates.published,
            "issued": dates.issued,
            "printed": dates.printed,
        },
    )


def _with_day(said: ForceStatement, dates: Dates, others: Sequence[ForceStatement]) -> ForceStatement:
    """Return a statement with its counted days filled in."""
    changes: dict[str, object] = {}
    effective = said.effective
    if said.event is not None and effective is None:
        base = _day_of(said.event, dates)
        if base is not None:
            effective = counted_day(base, days=said.after_days, months=said.after_months)
            changes = {"effective": effective, "computed": True}
    if said.kind is ForceKind.EXPIRES and said.until is None and said.term_months:
        # The day on which just these clauses begin, None where they begin with the rest
        start = next(
            (
                each.effective
                for each in others
                if said.parts and each.kind is ForceKind.COMMENCES and each.parts == said.parts
            ),
            None,
        ) or _start_of(others, dates)
        if start is not None:
            changes = {
                "until": counted_day(start, months=said.term_months) - timedelta(days=1),
                "computed": True,
            }
    if said.kind is ForceKind.EXTENDS and said.target is not None and not (said.until or said.term_months):
        # the title names the text, the body the term: 实施期限延长至2032年12月31日
        told = next((each for each in others if each.kind is said.kind and each.target is None), said)
        return said.model_copy(update={"until": told.until, "term_months": told.term_months})
    if said.kind in (ForceKind.ENDS, ForceKind.SUSPENDS) and said.target is not None and effective is None:
        # the title names no day: 关于暂停执行《甲办法》的通知, 自7月1日起暂停执行《甲办法》
        ordered = [each for each in others if each.effective and _of_one_text(each, said)]
        if ordered:
            until = said.until or ordered[0].until
            return said.model_copy(update={"effective": ordered[0].effective, "until": until})
        start = _start_of(others, dates) or dates.issued or dates.published
        if start is not None:
            changes |= {"effective": start, "computed": True}
    return said.model_copy(update=changes) if changes else said


def _of_one_text(one: ForceStatement, other: ForceStatement) -> bool:
    """Return whether two statements have the same effect on one text, whole or the same part."""
    if one.kind is not other.kind or one.target is None or other.target is None:
        return False
    named = one.target.title, other.target.title
    return one.target.part == other.target.part and named[0] is not None and named[0] == named[1]


def _start_of(statements: Iterable[ForceStatement], dates: Dates) -> date | None:
    for each in reversed([*statements]):
        if each.kind is ForceKind.COMMENCES and not each.parts:
            if each.effective is not None:
                return each.effective
            base = _day_of(each.event or "印发", dates)
            if base is not None:
                return counted_day(base, days=each.after_days, months=each.after_months)
    return dates.effective


def parts_of(
    statements: Iterable[ForceStatement], clauses: Sequence[tuple[str, str | None]]
) -> tuple[PartInForce, ...]:
    """Return the clauses that begin or end on a day of their own, one value for clauses with the same days.

    `statements` are the text's statements on its own clauses, with counted days, and those of other texts
    on some of its clauses; `clauses` holds id and label of each clause, in reading order.
    """
    days: dict[tuple[str, ...], tuple[date | None, date | None]] = {}
    for each in statements:
        places = each.parts
        begins = until = None
        if each.kind is ForceKind.COMMENCES:
            begins = each.effective
        elif each.kind is ForceKind.EXPIRES:
            until = each.until
        elif each.kind is ForceKind.ENDS and each.target is not None and each.target.part and each.effective:
            places = tuple(re.split("、|和|以及|及|与", each.target.part))
            until = each.effective - timedelta(days=1)
        ids = clauses_named(clauses, places) if places and (begins or until) else ()
        if ids:
            known = days.get(ids, (None, None))
            days[ids] = (begins or known[0], until or known[1])
    return tuple(PartInForce(clauses=ids, effective=day, until=last) for ids, (day, last) in days.items())


def clauses_named(clauses: Sequence[tuple[str, str | None]], places: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the clauses named by printed places (第五条第二款); for a place without an id, the id of its article."""
    by_label = {label.strip("　 "): id_ for id_, label in clauses if label}
    articles = [id_ for id_, label in clauses if label and label.startswith("第") and "条" in label]
    found: list[str] = []
    for place in places:
        run = re.fullmatch(r"(第[^条]+条)(?:至|到)(第[^条]+条)", place)
        if run and run[1] in by_label and run[2] in by_label:
            found.extend(articles[articles.index(by_label[run[1]]) : articles.index(by_label[run[2]]) + 1])
            continue
        article = re.match(r"第[^条款项]+条(?:之[一二三四五六七八九十]+)?|附件\d*|第[^条章编]+[章编]", place)
        if article and article[0] in by_label:
            found.append(by_label[article[0]])
    return tuple(dict.fromkeys(found))
