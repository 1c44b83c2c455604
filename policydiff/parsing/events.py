"""Dates that a text states about itself.

They are in lines on events, in the note below the title (题注), in the signature, in the carrier notice, and in the closing
provisions on entry into force and term.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from types import MappingProxyType

from policydiff.lexicon.document_numbers import LONG_FORM, number_in
from policydiff.lexicon.force import NARROW, Force, counted_day, read_force, without_quotes
from policydiff.lexicon.horizons import DATE, ENGLISH_DAY, date_of, parse_date
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import split_sentences
from policydiff.lexicon.widths import despace, with_narrow_digits
from policydiff.model import Act, ActKind, Dates, Span
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.source import Block

_VERBS: tuple[tuple[ActKind, re.Pattern[str]], ...] = (
    (ActKind.AMENDED, lazy_pattern("修正|修订|修改(?!〈|《|的)|(?i:amend|revis)")),
    (ActKind.EFFECTIVE, lazy_pattern("施行|实施|實施|生效|执行|(?i:effect|force)")),
    (ActKind.EXPIRES, lazy_pattern("废止|失效|廢止|(?i:repeal|expir)")),
    (ActKind.APPROVED, lazy_pattern("批准|同意|核准|(?i:approv|ratif)")),
    (ActKind.ADOPTED, lazy_pattern("通过|制定|訂定|通過|(?i:adopt|pass|enact)")),
    (
        ActKind.PUBLISHED,
        lazy_pattern(
            r"公布|发布|颁布|印发|发出|公告|發布|頒布|函頒|訂頒|下達|號[令函]$|(?i:promulgat|\bpubli[sc]|issu)"
        ),
    ),
)
_BY = lazy_pattern(r"《(?P<title>.+)》")
_NUMBER = lazy_pattern(
    r"[\u4e00-\u9fff、]{2,30}(?:令|公告)第[\d一二三四五六七八九十百零〇]+号|[\u4e00-\u9fff（）()]{1,14}[〔\[（(]\d{2,4}[〕\]）)]\d+号"
    rf"|{LONG_FORM}"
)
_BODY = lazy_pattern(
    r"[，,]?(?:经|由)?(?P<body>[\u4e00-\u9fff、（）()\d]{2,60}?)(?=通过|批准|《|〈|令第|公布|发布|颁布|印发|修订|修正|制定|同意|$)"
)
_QUOTED_TITLES = lazy_pattern("《(?:[^《》]|《[^《》]*》)*(?:》|$)|〈[^〈〉]*〉")
_AND_IN_FORCE = lazy_pattern("(?:公布|发布|颁布)(?:并|之日起)?(?:施行|实施)")
"""公布施行: both acts on one day."""
_CAME_ABOUT = lazy_pattern("(?:通过|批准|公布|发布)的(?=□)")
"""Words on the making of the amending decision, an act of the decision and not of the text."""
_ADOPTED_BY_NOTICE = lazy_pattern(r"[已业]?经?于(?=(?:19|20|[一二][九〇零○]))")


def acts_in(line: Paragraph) -> list[Act]:
    """Return the acts on a line of the head, in order; an empty list where it holds no day."""
    words = with_narrow_digits(line.text)
    acts = [act for act, _ in _acts(words, line)]
    return acts or [*_acts_of_cover(words, line), *_acts_in_english(words, line)]


_ON_COVER = lazy_pattern(
    r"(?P<year>(?:19|20)\d\d) ?[-–—－] ?(?P<month>\d\d?) ?[-–—－] ?(?P<day>\d\d?) ?(?P<verb>发布|实施)"
)


def _acts_of_cover(words: str, line: Paragraph) -> Iterator[Act]:
    """Yield the acts on the cover of a standard: 2024-03-15发布 2024-10-01实施."""
    for said in _ON_COVER.finditer(words):
        day = parse_date("-".join(said.group("year", "month", "day")))
        if day is not None:
            kind = ActKind.PUBLISHED if said["verb"] == "发布" else ActKind.EFFECTIVE
            span = Span(line.block.place(said.start()), line.block.place(said.end() - 1) + 1)
            yield Act(day=day, kind=kind, span=span)


_ENGLISH_DAY = lazy_pattern(ENGLISH_DAY)


def _acts_in_english(words: str, line: Paragraph) -> Iterator[Act]:
    """Yield the acts in an English note, where the verb precedes its day: Adopted … on March 15, 2019."""
    start = 0
    for said in _ENGLISH_DAY.finditer(words):
        day, kind = parse_date(said[0]), _kind(words[start : said.start()], "")
        if day is not None and kind is not None:
            span = Span(line.block.place(start), line.block.place(said.end() - 1) + 1)
            yield Act(day=day, kind=kind, span=span)
        start = said.end()


def whole_notes(lines: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, list[Paragraph]]]:
    """Yield each note of acts as one paragraph, with its lines; a line without a leading day continues the line before it."""
    note: list[Paragraph] = []
    for line in lines:
        if note and DATE.search(with_narrow_digits(line.text[:12])) is None and line.text[:1] not in "（(":
            note.append(line)
            continue
        if note:
            yield _joined(note), note
        note = [line]
    if note:
        yield _joined(note), note


def _joined(lines: list[Paragraph]) -> Paragraph:
    if len(lines) == 1:
        return lines[0]
    text = "".join(line.text for line in lines)
    places = [line.block.place(index) for line in lines for index in range(len(line.text))]
    return Paragraph(Block(text, places[0], places), lines[0].start, kind=lines[0].kind)


def _acts(words: str, line: Paragraph) -> Iterator[tuple[Act, str]]:
    hidden = _QUOTED_TITLES.sub(lambda match: "□" * len(match[0]), words)
    days = list(DATE.finditer(hidden))
    ends = [*(day.start() for day in days[1:]), *([len(words)] if days else [])]
    waiting: list[tuple[date, str | None, Span]] = []
    for day, end in zip(days, ends, strict=True):
        when = date_of(day)
        if when is None:
            continue
        what = words[day.end() : end]
        said = hidden[day.end() : end]
        span = Span(line.block.place(day.start()), line.block.place(end - 1) + 1)
        body = _body(what)
        before = words[max(0, day.start() - 1) : day.start()]
        kind = _kind(said, before)
        if kind is None and said.rstrip()[-1:] in ("、", "和", "及", "与"):
            waiting.append((when, body, span))
            continue
        kind = kind or ActKind.OTHER
        for earlier, its_body, its_span in waiting:
            yield Act(day=earlier, kind=kind, body=its_body, span=its_span), said
        waiting.clear()
        yield Act(day=when, kind=kind, body=body, by=_by(what), span=span), said
        if kind is not ActKind.EFFECTIVE and _AND_IN_FORCE.search(said):
            yield Act(day=when, kind=ActKind.EFFECTIVE, span=span), said
    for earlier, its_body, its_span in waiting:
        yield Act(day=earlier, kind=ActKind.OTHER, body=its_body, span=its_span), ""


def _kind(said: str, before: str) -> ActKind | None:
    """Return the kind of an act from the words after its day, with titles hidden; None without a verb.

    The last verb counts: 通过的《某决定》修正 amends, while 通过 tells how the decision was made. A day
    after 自 is the first day in force.
    """
    if before in ("自", "从", "于", "至") and _VERBS[1][1].search(said[:12]):
        return ActKind.EFFECTIVE
    said = _CAME_ABOUT.sub("", said)
    last = -1
    found: ActKind | None = None
    for kind, pattern in _VERBS:
        for match in pattern.finditer(said):
            if match.start() > last:
                last, found = match.start(), kind
    if found is not None and _VERBS[0][1].search(said):
        return ActKind.AMENDED  # 修订通过, 修正公布
    if found is ActKind.EFFECTIVE and (
        earlier := next((kind for kind, verb in _VERBS[3:] if verb.search(said)), None)
    ):
        return earlier  # 某日公布，自公布之日起施行
    return found


def _body(what: str) -> str | None:
    match = _BODY.match(what.lstrip("， ,"))
    if match is None:
        return None
    return match["body"].strip("、，") or None


def _by(what: str) -> str | None:
    title = _BY.search(what)
    if title is not None:
        return title["title"]
    number = _NUMBER.search(what)
    return re.sub("^.*以", "", number[0]) if number is not None else number_in(what)


def acts_of_notice(paragraphs: Sequence[Paragraph]) -> list[Act]:
    """Return the acts that a carrier states about the carried text: 《某办法》已于某日由某会议通过，现予公布."""
    found: list[Act] = []
    for line in paragraphs:
        words = with_narrow_digits(line.text)
        found.extend(act for act in _acts_in_english(words, line) if act.kind is ActKind.ADOPTED)
        if _ADOPTED_BY_NOTICE.search(words) is None and "通过" not in words:
            continue
        sentence = words.split("。", 1)[0]
        if "现" not in sentence:
            continue
        for act, said in _acts(sentence, line):
            if act.kind in (ActKind.ADOPTED, ActKind.PUBLISHED) and "通过" in said:
                found.append(act.model_copy(update={"kind": ActKind.ADOPTED}))
            elif act.kind is ActKind.APPROVED or "批准" in said:
                found.append(act.model_copy(update={"kind": ActKind.APPROVED}))
    return found


def dates_of(acts: Sequence[Act]) -> dict[str, date]:
    """Return the dates given by acts: the first adoption and publication, the last amendment, force and end.

    If several bodies adopted the text directly one after another, it is adopted with the last of them; any
    other second adoption is in effect an amendment.
    """
    found: dict[str, date] = {}
    previous: Act | None = None
    for act in acts:
        if act.kind is ActKind.AMENDED:
            found["amended"] = max(act.day, found.get("amended", act.day))
        elif act.kind is ActKind.EFFECTIVE:
            found["effective"] = act.day
        elif act.kind is ActKind.EXPIRES:
            found["expires"] = act.day
        elif act.kind is ActKind.ADOPTED:
            joint = (
                previous is not None
                and previous.kind is ActKind.ADOPTED
                and previous.span.end == act.span.start
            )
            if "adopted" not in found:
                found["adopted"] = act.day
            elif joint:
                found["adopted"] = max(act.day, found["adopted"])
            else:
                found["amended"] = max(act.day, found.get("amended", act.day))
        elif act.kind is ActKind.PUBLISHED:
            found.setdefault("published", act.day)
        previous = act
    return found


_SAYS = lazy_pattern("施行|实施|實施|廢止|执行|生效|试行|有效|废止|失效|期限|effect|into (?:force|operation)")
_TITLES = lazy_pattern("《(?:[^《》]|《[^《》]*》)*》")
_EVENTS = {"通过": ("adopted", "issued"), "批准": ("adopted", "issued")}
_PRINTED = frozenset({"印发", "下发", "发文"})


def read_dates(
    acts: Sequence[Act],
    fixed: Sequence[Sequence[Paragraph]],
    body: Sequence[Paragraph],
    notice: Sequence[Paragraph],
    declared: Mapping[str, str] = MappingProxyType({}),
) -> Dates:
    """Return the dates of a text.

    Sources are the notes below the title (`acts`), lines of a fixed form after the issuing text (its signature among
    them), lines of a fixed form before the texts, the paragraphs of the body, and those of the carrier notice, which may
    state the entry into force. The page declares some dates by label: 成文日期, 发布日期, 施行日期, 失效日期. A declared
    date goes behind a date that the text prints, and before a date counted from words of the text
    (自印发之日起施行, 有效期5年).
    """
    found = dates_of(acts)
    for line in chain(*fixed):
        if line.kind in (Kind.DATE, Kind.SIGNED, Kind.NUMBER) and (day := _first(line.text)) is not None:
            found.setdefault("issued", day)
        elif line.kind is Kind.PRINTED and (day := _first(line.text)) is not None:
            found.setdefault("printed", day)
    for label in ("成文日期", "发布日期", "公开日期", "修正日期"):
        if (day := _declared_day(declared.get(label, ""))) is not None:
            found.setdefault(_DECLARED[label], day)
    computed: list[str] = []
    for paragraphs in (notice, body):
        _read_force([paragraph.whole for paragraph in paragraphs], found, computed)
    until = _UNTIL.search(declared.get("有效性", ""))
    for label, said in (("施行日期", ""), ("失效日期", until[1] if until is not None else "")):
        name = _DECLARED[label]
        if (day := _declared_day(declared.get(label) or said)) is not None and (
            name not in found or name in computed
        ):
            found[name] = day
            computed = [each for each in computed if each != name]
    return Dates(**found, computed=tuple(computed))


def _declared_day(said: str) -> date | None:
    """Return the day declared by a page, without the time of day after it: 2020-08-05 17:00."""
    return parse_date(_TIME.sub("", said).strip()) or parse_date(despace(said).replace(" ", ""))


_UNTIL = lazy_pattern(
    r"(?:有效期?|适用|执行)[^（()）]{0,4}[（(]?(?:有效期)?[限]?[至到]\s*((?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)",
    marks=("至", "到"),
)
"""The last day of a text whose page calls it valid: 有效（有效期至2026年3月31日）."""
_TIME = lazy_pattern(r"\s*\d{1,2}:\d\d(?::\d\d)?.*")
_DECLARED = {
    "成文日期": "issued",
    "发布日期": "published",
    "公开日期": "published",
    "修正日期": "amended",
    "施行日期": "effective",
    "失效日期": "expires",
}
"""Labels of portals, and the date given by each."""


def _first(text: str) -> date | None:
    match = DATE.search(despace(text))
    return parse_date(text) if match is None else date_of(match)


def _read_force(paragraphs: list[str], found: dict[str, date], computed: list[str]) -> None:
    """Read the first and last day in force of the whole text; later statements have priority over earlier ones."""
    for words in reversed(paragraphs):
        if "effective" in found and "expires" in found:
            return
        if words.startswith(("“", '"')):
            continue
        said = _of_whole(words)
        if "effective" not in found and "commences" in said:
            _begin(said["commences"], found, computed)
        if "expires" not in found and "expires" in said:
            _end(said["expires"], found, computed, paragraphs)


def _of_whole(words: str) -> dict[str, Force]:
    """Return the first statement in a paragraph on the commencement of the whole text, and the first on its expiry."""
    said = _said(without_quotes(words).translate(NARROW)) if _SAYS.search(words) is not None else []
    return {each.kind: each for each in reversed(said) if not each.is_part}


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
        start = next(
            filter(None, (_of_whole(words).get("commences") for words in reversed(paragraphs))), None
        )
        if start is not None:
            _begin(start, found, computed)
    start_day = found.get("effective")
    if start_day is None or not said.term_months:
        return
    found["expires"] = counted_day(start_day, months=said.term_months) - timedelta(days=1)
    computed.append("expires")


def day_of_event(event: str, dates: Mapping[str, date | None]) -> date | None:
    """Return the day on which a text was printed, published or adopted; None if unknown.

    For an act of printing (印发) this is the day of the imprint, else the day given by the page, else the
    day of the signature.
    """
    names = _EVENTS.get(event, ("published", "issued", "printed"))
    if event in _PRINTED:
        names = ("printed", "published", "issued")
    return next((day for name in names if (day := dates.get(name)) is not None), None)


def declared_end(labelled: Mapping[str, str]) -> str | None:
    """Return the line of the page around the text that states its end: 有效性：废止, 失效日期：2024-07-01."""
    said = labelled.get("有效性") or ""
    if re.search("(?<!未)(?<!不)(?:废止|失效|无效|停止执行|过期)", said):
        return f"有效性：{said}"
    ended = labelled.get("失效日期")
    return f"失效日期：{ended}" if ended and parse_date(ended) is not None else None
