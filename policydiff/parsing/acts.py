"""What was done to a text on which day: the note below its title (题注), and what its carrier says of it.

`（2001年8月7日某委员会第1186次会议通过，根据2019年12月30日某委员会第1790次会议通过的《某决定》修正）` holds two acts: adopted,
and amended by that decision. A verb that stands once for several bodies (…第1547次会议、…第77次会议通过) holds for all of them.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from policydiff.lexicon.dates import DATE, date_of
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import Act, ActKind, Span
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.source import Block

_DAY = lazy_pattern(DATE.pattern, re.VERBOSE)
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_VERBS: tuple[tuple[ActKind, re.Pattern[str]], ...] = (
    (ActKind.AMENDED, lazy_pattern("修正|修订|修改(?!〈|《|的)")),
    (ActKind.EFFECTIVE, lazy_pattern("施行|实施|生效|执行")),
    (ActKind.EXPIRES, lazy_pattern("废止|失效")),
    (ActKind.APPROVED, lazy_pattern("批准|同意")),
    (ActKind.ADOPTED, lazy_pattern("通过|制定")),
    (ActKind.PUBLISHED, lazy_pattern("公布|发布|颁布|印发|发出|公告")),
)
_BY = lazy_pattern(r"《(?P<title>.+)》")
_NUMBER = lazy_pattern(
    r"[\u4e00-\u9fff、]{2,30}(?:令|公告)第[\d一二三四五六七八九十百零〇]+号|[\u4e00-\u9fff（）()]{1,14}[〔\[（(]\d{2,4}[〕\]）)]\d+号"
)
_BODY = lazy_pattern(
    r"[，,]?(?:经|由)?(?P<body>[\u4e00-\u9fff、（）()\d]{2,60}?)(?=通过|批准|《|〈|令第|公布|发布|颁布|印发|修订|修正|制定|同意|$)"
)
_TITLES = lazy_pattern("《(?:[^《》]|《[^《》]*》)*(?:》|$)|〈[^〈〉]*〉")
_AND_IN_FORCE = lazy_pattern("(?:公布|发布|颁布)(?:并|之日起)?(?:施行|实施)")
"""公布施行: both on one day."""
_CAME_ABOUT = lazy_pattern("(?:通过|批准|公布|发布)的(?=□)")
"""How the decision came about that amends the text: it is that decision's act, not the text's."""
_ADOPTED_BY_NOTICE = lazy_pattern(r"[已业]?经?于(?=(?:19|20|[一二][九〇零○]))")


def acts_in(line: Paragraph) -> list[Act]:
    """Return the acts that a line of the head tells, in order; an empty list where it holds no day."""
    words = line.text.translate(_HALF_WIDTH)
    return [act for act, _ in _acts(words, line)]


def whole_notes(lines: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, list[Paragraph]]]:
    """Yield each note of acts as one paragraph, and the lines it stands on.

    A line that begins with no day goes on with the one before it: titles of amending decisions are broken at a 、.
    """
    note: list[Paragraph] = []
    for line in lines:
        if note and _DAY.search(line.text[:12].translate(_HALF_WIDTH)) is None and line.text[:1] not in "（(":
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
    hidden = _TITLES.sub(lambda match: "□" * len(match[0]), words)
    days = list(_DAY.finditer(hidden))
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
    """Return what was done, from the words after the day, titles hidden.

    The last verb counts: 通过的《某决定》修正 amends, and 通过 says how the decision came about. From a day that 自 stands
    before, the text is in force.
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
    return re.sub("^.*以", "", number[0]) if number is not None else None


def acts_of_notice(paragraphs: Sequence[Paragraph]) -> list[Act]:
    """Return what a carrier says of the text it carries: 《某办法》已于某日由某会议通过，现予公布."""
    found: list[Act] = []
    for line in paragraphs:
        words = line.text.translate(_HALF_WIDTH)
        if _ADOPTED_BY_NOTICE.search(words) is None and "通过" not in words:
            continue
        sentence = words.split("。", 1)[0]
        if "现" not in sentence:
            continue
        for act, said in _acts(sentence, line):
            if act.kind in (ActKind.ADOPTED, ActKind.PUBLISHED) and "通过" in said:
                found.append(act.model_copy(update={"kind": ActKind.ADOPTED}))
    return found


def dates_of(acts: Sequence[Act]) -> dict[str, date]:
    """Return the dates that acts give: the first adoption and publication, the last amendment, force and end.

    Where several bodies adopted the text one directly after the other, it is adopted with the last of them; any other
    second adoption is an amendment in all but name.
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
