"""Dates a text gives of itself: event lines, signature, and what its last words say of force and term."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from policydiff.lexicon.blanks import despace
from policydiff.lexicon.dates import DATE, date_of, parse_date
from policydiff.lexicon.force import NARROW, Force, counted_day, read_force
from policydiff.lexicon.sentences import split_sentences
from policydiff.model import Act, Dates
from policydiff.parsing.acts import dates_of
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph

_COMPILED = re.compile(DATE.pattern, re.VERBOSE)
_SAYS = re.compile("施行|实施|执行|生效|试行|有效|废止|失效|期限")
_TITLES = re.compile("《(?:[^《》]|《[^《》]*》)*》")
_EVENTS = {"通过": ("adopted", "issued"), "批准": ("adopted", "issued")}
_PRINTED = frozenset({"印发", "下发", "发文"})


def read_dates(
    acts: Sequence[Act],
    head: Sequence[Paragraph],
    tail: Sequence[Paragraph],
    body: Sequence[Paragraph],
    notice: Sequence[Paragraph],
    declared: tuple[str | None, str | None] = (None, None),
) -> Dates:
    """Return the dates of a text.

    Args:
        acts: What the notes below the title tell.
        head: Fixed lines before the texts.
        tail: Fixed lines after the issuing text, its signature among them.
        body: The paragraphs of the text.
        notice: The paragraphs of the notice that carries it, which may say from when it is in force.
        declared: 成文日期 and 发布日期 as the page around the text declares them; the text itself goes before it.
    """
    found = dates_of(acts)
    for line in [*tail, *head]:
        if line.kind in (Kind.DATE, Kind.SIGNED, Kind.NUMBER) and (day := _first(line.text)) is not None:
            found.setdefault("issued", day)
        elif line.kind is Kind.PRINTED and (day := _first(line.text)) is not None:
            found.setdefault("printed", day)
    signed, published = declared
    if signed is not None and (day := _first(signed)) is not None:
        found.setdefault("issued", day)
    if published is not None and (day := parse_date(published)) is not None:
        found.setdefault("published", day)
    computed: list[str] = []
    for paragraphs in (notice, body):
        _read_force([paragraph.whole for paragraph in paragraphs], found, computed)
    return Dates(**found, computed=tuple(computed))


def _first(text: str) -> date | None:
    match = _COMPILED.search(despace(text))
    return None if match is None else date_of(match)


def _read_force(paragraphs: list[str], found: dict[str, date], computed: list[str]) -> None:
    """Read from when to when the text as a whole is in force; what is said last goes before what is said earlier."""
    for words in reversed(paragraphs):
        if words.startswith(("“", '"')) or _SAYS.search(words) is None:
            continue
        if "effective" in found and "expires" in found:
            return
        said = _said(words.translate(NARROW))
        start = next((each for each in said if each.kind == "commences" and not each.is_part), None)
        if "effective" not in found and start is not None:
            _begin(start, found, computed)
        end = next((each for each in said if each.kind == "expires" and not each.is_part), None)
        if "expires" not in found and end is not None:
            _end(end, found, computed, paragraphs)


def _said(words: str) -> list[Force]:
    found: list[Force] = []
    goes_on = False
    for place in split_sentences(words):
        sentence = words[place.start : place.end]
        masked = _TITLES.sub(lambda match: "□" * len(match[0]), sentence)
        said = read_force(masked, goes_on=goes_on)
        found.extend(said)
        goes_on = any(each.kind == "commences" for each in said)
    return found


def _begin(said: Force, found: dict[str, date], computed: list[str]) -> None:
    day = said.day
    if day is None:
        base = day_of_event(said.event or "", found)
        if base is None:
            return
        day = counted_day(base, days=said.days, months=said.months)
        computed.append("effective")
    found["effective"] = day


def _end(said: Force, found: dict[str, date], computed: list[str], paragraphs: list[str]) -> None:
    if said.day is not None:
        found["expires"] = said.day
        return
    if "effective" not in found:
        # The term may stand in an article of its own, before the one that says from when it runs.
        for words in reversed(paragraphs):
            start = (
                next(
                    (
                        each
                        for each in _said(words.translate(NARROW))
                        if each.kind == "commences" and not each.is_part
                    ),
                    None,
                )
                if _SAYS.search(words)
                else None
            )
            if start is not None:
                _begin(start, found, computed)
                break
    start_day = found.get("effective")
    if start_day is None or not said.term_months:
        return
    found["expires"] = counted_day(start_day, months=said.term_months) - timedelta(days=1)
    computed.append("expires")


def day_of_event(event: str, dates: Mapping[str, date | None]) -> date | None:
    """Return the day on which a text was printed, published or adopted, None where it gives none.

    What is done by printing (印发) counts from the day of the imprint, then from the day the page gives, then from the
    signature.
    """
    names = _EVENTS.get(event, ("published", "issued", "printed"))
    if event in _PRINTED:
        names = ("printed", "published", "issued")
    return next((day for name in names if (day := dates.get(name)) is not None), None)


def declared_end(labelled: Mapping[str, str]) -> str | None:
    """Return what the page around the text says of its end: 有效性：废止, 失效日期：2024-07-01."""
    said = labelled.get("有效性") or ""
    if re.search("(?<!未)(?<!不)(?:废止|失效|无效|停止执行|过期)", said):
        return f"有效性：{said}"
    ended = labelled.get("失效日期")
    return f"失效日期：{ended}" if ended and parse_date(ended) is not None else None
