"""Tasks of public bodies: measures for which they are responsible (责任部门), and documents that the text orders them to make.

Responsible bodies are named in bracketed notes or on a line of their own. Orders to make a document read 由市民政局另行制定,
各区要制定实施方案, 自本办法施行之日起六个月内.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from policydiff.annotate.cited_titles import outer_brackets
from policydiff.annotate.notes import Note, is_office, read_list, read_note, split_bodies
from policydiff.annotate.passages import Passage
from policydiff.annotate.table_columns import Columns, RowBodies, TableRows, bodies_of, read_header, words_of
from policydiff.lexicon.force import counted_day
from policydiff.lexicon.horizons import ANY_DAY, DATE, date_of
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import split_sentences
from policydiff.model import Clause, ClauseKind, Document, Responsibility, Span
from policydiff.model.annotations import Delegation

_MENTIONS = lazy_pattern(r"负责|指导|牵头|责任|配合|单位|部门|参与|落实|主办|承办")
_FIRST_LEADS = lazy_pattern(
    r"[排列][在为]?(?:第一|首)位?(?:的|者)?(?:部门|单位|者)?(?:为|是|均?为)牵头(?:部门|单位)?|(?:牵头|主责|主办)(?:部门|单位)[排列](?:名|在)?(?:第一|首)位?"
)
_LABELLED = lazy_pattern(
    r"^(?=[^：:。，,]{2,14}[：:])|(?<=[。；;])\s*(?=(?:[^：:。，,；;]{2,14}[：:][^。；;]*[。；;]?\s*)+$)"
)
"""The start of a note on its own line or at the end of its paragraph: …见习岗位3000个。责任单位：市人社局."""
_SQUARE = lazy_pattern(r"[【\[［〔][^【】\[\]［］〔〕]{4,400}[】\]］〕]")
_DUTIES = lazy_pattern(
    r"""(?: 责任 | 职责 | 任务 | 工作 | 职能 | 组织 )(?: [与和及]? 分工 | 分解 ) | 分工 [与和及] 职责 | 职责划分 | ^ 职责 $
      | (?: 部门 | 单位 | 小组 | 机构 | 各级 | 工作 | 主要 | 各方 | 主体 | 管理 | 岗位 ) [与和及]? (?: 工作 )?(?: 职责 | 分工 )(?! 履行 | 落实 | 体系 | 制度 | 清单 )""",
    re.VERBOSE,
)
_DUTY_BEGINS = lazy_pattern(
    r"""[：:] | $ | 要 | 应 | 是 | 会同 | 联合 (?=[国省市县区各]) | 商 (?=[国省市县区]) | 负责 | 牵头 | 按照? | 根据 | 依[法据照] | 具体 | 主管 | 承担 | 履行 | 组织 | 协调 | 协助 | 配合 | 指导 | 督促
      | 统筹 | 推[进动] | 加[强大] | 做好 | 落实 | 制[定订] | 实施 | 建立""",
    re.VERBOSE,
)
_ASIDE = lazy_pattern(r"[（(][^（()）]{1,40}[）)]$")
_NOT_OF_A_LIST = lazy_pattern(r"[，,。；;：:]")
_OWN_DUTIES = lazy_pattern(r"(?P<bodies> [^，,。；;：:（()）]{2,40}? ) (?:工作)? 职责 [。：:]?", re.VERBOSE)
_BY_BODIES = lazy_pattern(
    r"[^。；;]{2,80}?由(?P<bodies>[^。；;：:]{2,80}?)(?:牵头|具体|按照?[^，。；;]{1,12}|分别)?负责[。；;]?$"
)
"""A duty that begins with its subject: 景观照明管理由区绿化市容局负责。"""
_CONCERN = lazy_pattern(
    r"[\u4e00-\u9fff]{0,12}(?:公司|集团|街道|街镇|[乡镇]|各区|开发区|园区|中心|协会|医院|学校|事务所|部门|单位|企业|妇联|工会)"
)
"""Names of parties with duties that are no offices."""
_LONGEST_HEADING = 20
"""Most characters of a heading that parts work among bodies (职责分工); longer lines are duties themselves."""
_LONGEST_LIST = 120
"""Most characters of a list of bodies before their duty."""
_CLOSING = "。；;."
_SENTENCE_ENDS = ("。", "；", ";")


def find_responsibilities(passages: Iterable[tuple[Passage, Clause | None]]) -> tuple[Responsibility, ...]:
    """Return every note of responsibility in reading order, each with its clause.

    A paragraph that consists of a note applies to the clause before it. If the document states that the first body leads
    (列第一位者为牵头单位，下同), this applies to all later notes without a leader, or to all notes if stated outside a note. Without a note,
    a body that is the subject of a clause is responsible for it if the heading of the clause (公安局职责) or a heading above it (责任分工)
    states so.
    """
    clauses = [(passage, clause) for passage, clause in passages if clause is not None]
    first_leads = any(
        _FIRST_LEADS.search(passage.words)
        and not any(_FIRST_LEADS.search(passage.words, *bracket) for bracket in outer_brackets(passage.words))
        for passage, _ in clauses
    )
    found: list[Responsibility] = []
    before = parted = ""
    leads_in_rows = False
    columns: Columns | None = None
    rows = TableRows()
    for passage, clause in clauses:
        words = passage.words
        if clause.kind is ClauseKind.ROW:
            cells = rows.cells(passage)
            header = read_header(words_of(cells))
            columns = header or columns
            leads_in_rows = _FIRST_LEADS.search(words) is not None if header else leads_in_rows
            row = None if header else bodies_of(cells, columns)
            if (
                row
                and row.is_form
                and not row.lead
                and found
                and _table_of(found[-1].clause) == _table_of(passage.clause)
            ):
                supporting = (*found[-1].supporting, *row.supporting)
                found[-1] = found[-1].model_copy(update={"supporting": supporting})
            elif row:
                found.append(_of_row(passage, row, first_leads=leads_in_rows))
        elif clause.kind is ClauseKind.ANNEX:
            columns = None
        parted = _parting(clause, parted)
        noted = False
        for start, end, note in _notes(words, clause):
            noted = True
            first_leads = first_leads or _FIRST_LEADS.search(words, start, end) is not None
            alone = not (words[:start] + words[end:]).strip(_CLOSING)
            bound = before if alone and before and _is_plain(clause) else passage.clause
            found.append(
                _of_note(passage.span(start, end), words[start:end], bound, note, first_leads=first_leads)
            )
        subject = None if noted else _subject(words, clause, is_parted=bool(parted))
        if subject:
            found.append(_of_subject(passage, subject))
        before = passage.clause
    return tuple(found)


def _table_of(row: str) -> str:
    return row.rpartition("__")[0]


def _of_note(span: Span, text: str, clause: str, note: Note, *, first_leads: bool) -> Responsibility:
    lead, supporting = note.lead, note.supporting
    if first_leads and not note.is_told_apart and not note.label:
        lead, supporting = lead[:1], lead[1:] + supporting
    return Responsibility(
        clause=clause, lead=lead, supporting=supporting, label=note.label, text=text, span=span
    )


def parts_work(heading: str | None) -> bool:
    """Return whether a heading introduces the tasks of each body (职责分工, 部门职责)."""
    return heading is not None and len(heading) <= _LONGEST_HEADING and _DUTIES.search(heading) is not None


def duty_bearers(words: str) -> tuple[str, ...]:
    """Return the bodies whose duty a provision states, at its beginning or as doers of its subject; empty for none.

    Only for clauses below a heading on the division of work; elsewhere 区教育局建设智慧校园 is a measure.

    Examples:
        >>> duty_bearers("区房管局：指导物业服务企业。")
        ('区房管局',)
        >>> duty_bearers("建立联席会议制度。")
        ()
    """
    told = _OWN_DUTIES.match(words) or _BY_BODIES.match(words)
    if told and (bodies := _all_bear_duties(told["bodies"])):
        return bodies
    for begins in _DUTY_BEGINS.finditer(words[:_LONGEST_LIST]):
        ahead = _ASIDE.sub("", words[: begins.start()])
        if _NOT_OF_A_LIST.search(ahead):
            break
        if bodies := _all_bear_duties(ahead):
            return bodies
    return ()


def _all_bear_duties(words: str) -> tuple[str, ...]:
    bodies = split_bodies(words) if words else ()
    return bodies if all(is_office(body) or _CONCERN.fullmatch(body) for body in bodies) else ()


def _parting(clause: Clause, parted: str) -> str:
    """Return the common beginning of the ids below the last heading on the division of work (责任分工); empty elsewhere."""
    if parts_work(clause.heading):
        return f"{clause.id}__"
    return parted if clause.id.startswith(parted) else ""


def _subject(words: str, clause: Clause, *, is_parted: bool) -> str | None:
    """Return the bodies a clause begins with, None where it gives them no task."""
    if clause.kind is not ClauseKind.LEVEL and not (is_parted and clause.kind is ClauseKind.PARAGRAPH):
        return None
    match = _OWN_DUTIES.match(words)
    if match and all(map(is_office, split_bodies(match["bodies"]))):
        return match["bodies"]
    bodies = duty_bearers(words) if is_parted else ()
    if not bodies or not words.startswith(bodies[0]):
        return None
    end = words.index(bodies[-1]) + len(bodies[-1])
    says_no_duty = not words[end:] or (clause.kind is ClauseKind.PARAGRAPH and words[end] == "是")
    return None if says_no_duty else words[:end]


_TOGETHER = lazy_pattern(
    r"[：:]?(?:要|应当?|负责)?(?:会同|联合|协同|商)(?P<bodies>[^，,。；;：:（(]{2,100}?(?:（[^（）]{1,30}）)?)"
    r"(?=等(?:有关|相关)?(?:部门|单位)|等(?![级线])|负责|牵头|共同|制[定订]|编制|拟订|开展|做好|推[进动]|组织|研究|加[强快]|指导|统筹|落实|建立|完善|实施|监督|对|根据|依[法据照]|按照?|定期|及时|具体|[，,。；;]|$)"
)
"""With whom a body does its duty, behind its name: 市发展改革委|会同市财政局、市商务局制定…."""


def _of_subject(passage: Passage, bodies: str) -> Responsibility:
    together = _TOGETHER.match(passage.words, len(bodies))
    others = _all_bear_duties(together["bodies"]) if together is not None else ()
    end = together.end("bodies") if together is not None and others else len(bodies)
    return Responsibility(
        clause=passage.clause,
        lead=split_bodies(bodies),
        supporting=others,
        label=None,
        text=passage.words[:end],
        span=passage.span(0, end),
    )


def _of_row(passage: Passage, row: RowBodies, *, first_leads: bool) -> Responsibility:
    split = 1 if first_leads and not row.supporting else len(row.lead)
    return Responsibility(
        clause=passage.clause,
        lead=row.lead[:split],
        supporting=(*row.lead[split:], *row.supporting),
        label=row.label,
        text=row.row.words[row.start : row.end],
        span=row.row.span(row.start, row.end),
    )


def _notes(words: str, clause: Clause) -> Iterator[tuple[int, int, Note]]:
    """Yield the notes of a clause; a title (in a heading) and a table cell hold none."""
    if not (_MENTIONS.search(words) or words.endswith(("）", ")"))):
        return
    anything = False
    brackets = [*outer_brackets(words), *(match.span() for match in _SQUARE.finditer(words))]
    for start, end in sorted(brackets):
        inner = words[start + 1 : end - 1]
        is_last = words[:start][-1:] in _SENTENCE_ENDS and not words[end:].strip(_CLOSING)
        note = read_note(inner) or (read_list(inner) if is_last else None)
        if note:
            anything = True
            yield start, end, note
    if anything:
        return
    for begins in _LABELLED.finditer(words):
        note = read_note(words[begins.end() :].rstrip("。"))
        if note and note.label and (begins.end() or _is_plain(clause)):
            yield begins.end(), len(words), note
            return


def _is_plain(clause: Clause) -> bool:
    return clause.kind in (ClauseKind.PARAGRAPH, ClauseKind.MEASURE) and clause.label is None


_KIND = "(?:实施细则|细则|办法|标准|方案|规定|规划|计划|名录|目录|清单|意见|措施|政策|规则|条例|规程|规范|制度|范围|价格|指南|预案|定额)"
_SUFFIX = (
    "(?:人民政府|政府|部门|机关|机构|委员会|国务院|法院|检察院|人民银行|人大常委会|大会|党委|党组|总局|厅|局|办公室|"
    "委(?!托)|办(?!法|理|事)|军区|街道|乡镇|(?<=各)[区县市省]|(?<=各)地|(?<=各)单位|协会|交易所)"
)
_BODY = rf"(?:(?:(?!应当|应该|可以|必须|组织|根据|按照|依照|执行)[^，。；：“”《》]){{0,56}}?{_SUFFIX})(?:[（(][^（）()]{{0,24}}[）)])?"
_WITH = r"(?:[，]?(?:会同|商|征求|与|和|及)[^，。；]{2,50}?(?:意见)?(?:后)?)?"
_BY = r"(?:[，]?(?:根据|依据|依照|按照|参照|结合|遵循)[^。；]{2,44}?[，]?)*"
_HOW = r"(?:[，]?(?:可以?|应当?|要|须|必须|需|负责|另行|具体|专门|切实|牵头|抓紧|及时|尽快|研究|统一|共同|协商|依法|组织(?:[^，。；]{2,24}?(?:部门|机关|单位|后))?|于?[^。；，]{2,12}(?:之?前)|[^。；，]{0,24}内)[，]?)*"
_MAKES = r"(?:制定|制订|编制|拟订|拟定|出台|草拟|(?:(?<!的)(?<![照按列关律法章家])规定|(?:(?<=另行)|(?<=具体))确定|(?<![照])公布)(?=[。，；]|$|并|和公布))"
_ENDS = "(?=$|[。；，、：（(》]|以及|[和与及或等并报经后时的前]|予以|公布|支持|鼓励|促进|引导)"
_THING = rf"[^。；，]{{0,44}}?{_KIND}{_ENDS}(?:(?:以及|[、和与及或])[^。；，、和与及或并报]{{0,20}}?{_KIND}{_ENDS})*"
"""Document to be made, from the verb to the last document joined by 和 or 、: 垃圾转运站的建设专项规划和实施计划."""
_PASSIVE = lazy_pattern(
    rf"(?P<what>[^，。；]{{0,44}}?{_KIND}(?:等)?)[，,]?(?:由|授权|委托)(?P<body>{_BODY}){_WITH}{_BY}{_HOW}{_WITH}{_MAKES}"
)
"""A document named before the body that makes it: 具体办法由市民政局会同有关部门制定."""
_BY_WHOM = lazy_pattern(
    rf"(?:由|授权)(?P<body>{_BODY}){_WITH}{_BY}{_HOW}{_WITH}(?P<made>(?:制定|制订|编制|拟订|出台|另行规定)(?!的|管理|和执行)(?P<what>{_THING})?)(?![时的前后])"
)
_ACTIVE = lazy_pattern(
    rf"(?:^|(?<=[，。；：、 　]))(?P<body>(?!由|在|为|对|自(?!治)|根据|依照|按照|依据|结合|有关规定){_BODY}){_WITH}{_HOW}{_WITH}{_HOW}{_BY}{_HOW}(?P<made>(?:制定|制订|编制|出台)(?!的|管理|和执行)(?P<what>{_THING}))(?![时的前后])"
)
"""A body, followed by the document that it makes: 各区应当结合实际，制定实施方案."""
_TOO = lazy_pattern(
    r"^(?:[、和并及与](?:完善|调整|修订|更新|发布|公布|实行|实施|推行|送达|落实)(?:相应的)?)+"
)
"""Verbs beside the making, which are no part of the thing made: 制定、调整并公布…目录."""
_WHILE = lazy_pattern("，(?:应|要|必须|须)")
"""Words after a making that is not ordered: 编制…规划，应当将…作为重要内容 only sets the content of a plan."""
_ORDERS = lazy_pattern("应|要|须|可以|负责|另行|组织|牵头|研究|由|授权")
_URGED = lazy_pattern("^(?:鼓励|支持|允许|引导|要求|督促|指导|推动|责成|委托|授权|由)+")
"""Words before a body that is urged to make a document; they are no part of its name."""
_ALSO = lazy_pattern("^(?:并|同时|积极|会同|协同|配合|协助|联合|商)")
"""Beginning of a half-sentence that takes its subject from the sentence: 区财政局负责…，并配合相关部门制定…."""
_SUBJECT = lazy_pattern(
    rf"(?:^|(?<=[。；：　]))(?P<body>(?!由|在|为|对|自(?!治)|根据|依照|按照|依据|结合){_BODY})"
)
_ITSELF = lazy_pattern(r"制[定订]本[\u4e00-\u9fff]{1,4}$")
_LABEL = lazy_pattern(r"^[\s　]*第[^条]{1,8}条[\s　]*")
_WITHIN = lazy_pattern(
    r"(?:(?:自|在|于)?本[\u4e00-\u9fff]{1,8}(?:印发|发布|公布|施行|实施|生效|下发)(?:之日)?(?:起|后)?(?:的)?)(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})个?(?P<unit>月|年|日|天|工作日)(?:之)?内"
)
_BY_DAY = lazy_pattern(rf"(?:于|在)?(?P<day>{ANY_DAY})(?:之?前|底前)", re.VERBOSE)
_BY_MONTH = lazy_pattern(r"(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月)?(?P<end>底|末)?(?:之?前)")
_NO = lazy_pattern("(?:不得|禁止|无权|已|曾|未|没有|不)$|违反|负责解释")


def find_delegations(document: Document) -> list[Delegation]:
    """Return the documents that a document orders others to make, in reading order, with ordering sentence and last day."""
    found: list[Delegation] = []
    for clause in document.walk():
        if clause.kind is ClauseKind.QUOTE or (
            "制" not in clause.text and "出台" not in clause.text and "规定" not in clause.text
        ):
            continue
        for start, end in split_sentences(clause.text):
            found.extend(_of_sentence(clause.id, clause.text[start:end], document))
    return found


def _of_sentence(clause: str, sentence: str, document: Document) -> Iterator[Delegation]:
    seen: set[str] = set()
    words = _LABEL.sub(lambda label: "　" * len(label[0]), sentence)
    for pattern in (_PASSIVE, _BY_WHOM, _ACTIVE):
        for match in pattern.finditer(words):
            body = _maker(match, words)
            made = match.groupdict().get("made") or ""
            if _NO.search(words[: match.start("body")]) or _NO.search(body) or _ITSELF.search(made):
                continue
            if _WHILE.match(words, match.end()) and not _ORDERS.search(match[0]):
                continue
            if any(body in each or each in body for each in seen):
                continue
            seen.add(body)
            due, said = _due(sentence, document)
            yield Delegation(
                clause=clause,
                text=sentence,
                body=body,
                thing=_TOO.sub("", match["what"] or "").strip("，,、《 　") or None,
                due=due,
                due_words=said,
            )


def _maker(order: re.Match[str], words: str) -> str:
    """Return the name of the body charged with making a document, without the words before the name."""
    body = order["body"].strip("　 ")
    if _ALSO.match(body):
        subjects = list(_SUBJECT.finditer(words, 0, order.start("body")))
        if subjects:
            return subjects[-1]["body"].strip("　 ")
    return _URGED.sub("", body)


def _due(sentence: str, document: Document) -> tuple[date | None, str | None]:
    within = _WITHIN.search(sentence)
    if within is not None:
        number = to_int(within["number"]) or 0
        base = document.dates.effective if re.search("施行|实施|生效", within[0]) else None
        base = base or document.dates.printed or document.dates.published or document.dates.issued
        if base is None:
            return None, within[0]
        months = number * 12 if within["unit"] == "年" else number if within["unit"] == "月" else 0
        return counted_day(base, months=months, days=0 if months else number), within[0]
    by_day = _BY_DAY.search(sentence)
    if by_day is not None and (printed := DATE.search(by_day["day"])) is not None:
        return date_of(printed), by_day[0]
    by_month = _BY_MONTH.search(sentence)
    if by_month is not None:
        year, month = int(by_month["year"]), int(by_month["month"] or 12)
        if 1 <= month <= 12:
            first = date(year, month, 1)
            return (
                counted_day(first, months=1, days=-1)
                if by_month["end"] or not by_month["month"]
                else counted_day(first, days=-1)
            ), by_month[0]
    return None, None
