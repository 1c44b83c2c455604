"""What a document orders others to make: 由市民政局另行制定, 各区要制定实施方案, 自本办法施行之日起六个月内."""

import re
from collections.abc import Iterator
from datetime import date

from policydiff.lexicon.dates import DATE, date_of
from policydiff.lexicon.force import counted_day
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.sentences import split_sentences
from policydiff.model import ClauseKind, Document
from policydiff.model.validity import Delegation

_KIND = "(?:实施细则|实施办法|实施方案|实施意见|配套政策|配套措施|配套办法|配套文件|管理办法|具体办法|具体规定|具体标准|具体方案|工作方案|行动方案|行动计划|实施计划|细则|办法|标准|方案|规定|规划|计划|目录|清单|意见|措施|政策)"
_ORDERS = re.compile(
    rf"""
    (?:(?P<what>[^，。；]{{2,40}}?){_KIND}?[，,]?)? 由 (?P<body1>[^，。；]{{2,60}}?) (?:会同[^，。；]{{2,40}}|商[^，。；]{{2,40}})? (?:另行|负责|具体|依法|根据[^，。；]{{2,20}}|参照[^，。；]{{2,20}})* (?P<verb1>制定|规定|制订|出台|确定|公布|编制)
  | (?P<body2>各(?:级|区|县|市|地|省|部门|单位|乡镇|街道|有关|相关)[^，。；：]{{0,40}}?) (?:要|应当?|须|必须|可|可以|需)? (?:[^。；]{{0,40}}?[，,])?? (?:结合[^，。；]{{2,24}}[，,]?|根据[^，。；]{{2,24}}[，,]?|抓紧|及时|尽快|研究|认真|依据[^，。；]{{2,24}}[，,]?|按照[^，。；]{{2,24}}[，,]?|切实)* (?:[^。；，]{{0,30}}?内)? (?P<verb2>制定|制订|出台|编制|研究制定) [^。；]{{0,30}}? (?P<thing>{_KIND})
  | (?P<body3>[^，。；：]{{2,30}}?(?:政府|部门|机关|委员会|主管部门|厅|局|委|办|法院|检察院|常务委员会)) (?:可以?|应当?|要|须|负责|另行)* (?:根据|依据|依照|按照|结合)本[^，。；]{{1,24}}[，,]?(?:[^，。；]{{0,20}}[，,])? (?P<verb3>制定|制订|规定|出台) [^。；]{{0,24}}? (?P<thing3>{_KIND})
  | (?P<thing4>[^，。；]{{0,30}}{_KIND}) (?:由|授权) (?P<body4>[^，。；]{{2,50}}?) (?:另行)? (?P<verb4>制定|规定|制订)
    """,
    re.VERBOSE,
)
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
    for match in _ORDERS.finditer(sentence):
        said = match.groupdict()
        body = next(said[name] for name in ("body1", "body2", "body3", "body4") if said[name])
        if _NO.search(sentence[: match.start()]) or _NO.search(body) or body in seen:
            continue
        if (
            said["body1"]
            and "另行" not in match[0]
            and not re.search("细则|办法|方案|标准|规定|意见|目录|政策", match[0])
        ):
            continue
        seen.add(body)
        due, words = _due(sentence, document)
        yield Delegation(
            clause=clause,
            text=sentence,
            body=body.removeprefix("由"),
            thing=(said["thing"] or said["thing3"] or said["thing4"] or said["what"] or "").strip("，, ")
            or None,
            due=due,
            due_words=words,
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
