"""What a document orders others to make: 由市民政局另行制定, 各区要制定实施方案, 自本办法施行之日起六个月内."""

import re
from collections.abc import Iterator
from datetime import date

from policydiff.lexicon.force import counted_day
from policydiff.lexicon.horizons import DATE, date_of
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.sentences import split_sentences
from policydiff.model import ClauseKind, Document
from policydiff.model.annotations import Delegation

_KIND = "(?:实施细则|细则|办法|标准|方案|规定|规划|计划|名录|目录|清单|意见|措施|政策|规则|条例|规程|规范|制度|范围|价格|指南|预案|定额)"
_SUFFIX = (
    "(?:人民政府|政府|部门|机关|机构|委员会|国务院|法院|检察院|人民银行|人大常委会|大会|党委|党组|总局|厅|局|办公室|"
    "委(?!托)|办(?!法|理|事)|军区|街道|乡镇|(?<=各)[区县市省]|(?<=各)地|(?<=各)单位|协会|交易所)"
)
_BODY = rf"(?:(?:(?!应当|应该|可以|必须|组织|根据|按照|依照|执行)[^，。；：“”《》]){{0,56}}?{_SUFFIX})(?:[（(][^（）()]{{0,24}}[）)])?"
_WITH = r"(?:[，]?(?:会同|商|征求|与|和|及)[^，。；]{2,50}?(?:意见)?(?:后)?)?"
_BY = r"(?:[，]?(?:根据|依据|依照|按照|参照|结合|遵循)[^。；]{2,44}?[，]?)*"
_HOW = r"(?:[，]?(?:可以?|应当?|要|须|必须|需|负责|另行|具体|专门|切实|抓紧|及时|尽快|研究|统一|共同|协商|依法|组织(?:[^，。；]{2,24}?(?:部门|机关|单位|后))?|[^。；，]{0,24}内)[，]?)*"
_MAKES = r"(?:制定|制订|编制|拟订|拟定|出台|草拟|(?:(?<!的)(?<![照按列关律法章家])规定|(?:(?<=另行)|(?<=具体))确定|(?<![照])公布)(?=[。，；]|$|并|和公布))"
_PASSIVE = re.compile(
    rf"(?P<what>[^，。；]{{0,44}}?{_KIND}(?:等)?)[，,]?(?:由|授权|委托)(?P<body>{_BODY}){_WITH}{_BY}{_HOW}{_WITH}{_MAKES}"
)
"""Who makes a thing that is named first: 具体办法由市民政局会同有关部门制定."""
_BY_WHOM = re.compile(
    rf"(?:由|授权)(?P<body>{_BODY}){_WITH}{_BY}{_HOW}{_WITH}(?P<made>(?:制定|制订|编制|拟订|出台|另行规定)(?!的|管理|和执行)(?P<what>[^。；，]{{0,40}}?{_KIND})?)(?![时的前后])"
)
_ACTIVE = re.compile(
    rf"(?:^|(?<=[，。；：、 　]))(?P<body>(?!由|在|为|对|自(?!治)|根据|依照|按照|依据|结合|有关规定){_BODY}){_WITH}{_HOW}{_BY}{_HOW}(?P<made>(?:制定|制订|编制|出台)(?!的|管理|和执行)[^。；，]{{0,44}}?(?P<what>{_KIND}))(?![时的前后])"
)
"""Who makes a thing that is named last: 各区应当结合实际，制定实施方案."""
_ITSELF = re.compile(r"制[定订]本[\u4e00-\u9fff]{1,4}$")
_LABEL = re.compile(r"^[\s　]*第[^条]{1,8}条[\s　]*")
_WITHIN = re.compile(
    r"(?:(?:自|在|于)?本[\u4e00-\u9fff]{1,8}(?:印发|发布|公布|施行|实施|生效|下发)(?:之日)?(?:起|后)?(?:的)?)(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})个?(?P<unit>月|年|日|天|工作日)(?:之)?内"
)
_PLAIN_DAY = re.sub(r"\?P<\w+>", "?:", DATE.pattern)
_BY_DAY = re.compile(rf"(?:于|在)?(?P<day>{_PLAIN_DAY})(?:之?前|底前)", re.VERBOSE)
_BY_MONTH = re.compile(r"(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月)?(?P<end>底|末)?(?:之?前)")
_DAY = re.compile(DATE.pattern, re.VERBOSE)
_NO = re.compile("(?:不得|禁止|无权|已|曾|未|没有|不)$|违反|负责解释")


def find_delegations(document: Document) -> list[Delegation]:
    """Return what a document orders other bodies to make, in reading order, each with its sentence and its day."""
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
            body = match["body"].strip("　 ")
            made = match.groupdict().get("made") or ""
            if _NO.search(words[: match.start("body")]) or _NO.search(body) or _ITSELF.search(made):
                continue
            if any(body in each or each in body for each in seen):
                continue
            seen.add(body)
            due, said = _due(sentence, document)
            yield Delegation(
                clause=clause,
                text=sentence,
                body=body,
                thing=(match["what"] or "").strip("，, 　") or None,
                due=due,
                due_words=said,
            )


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
    if by_day is not None and (printed := _DAY.search(by_day["day"])) is not None:
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
