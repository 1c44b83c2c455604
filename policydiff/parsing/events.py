"""Dates a text gives of itself: event lines, signature, and what its last words say of force and term."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from policydiff.lexicon.blanks import despace
from policydiff.lexicon.dates import DATE, date_of
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import Act, Dates
from policydiff.parsing.acts import dates_of
from policydiff.parsing.kinds import Kind
from policydiff.parsing.paragraphs import Paragraph

_DATE = DATE.pattern
_COMPILED = lazy_pattern(_DATE, re.VERBOSE)
_FORCE_FROM = lazy_pattern(
    rf"(?:自|从|于|由)(?:{_DATE})(?:起|开始|之日起)?(?:正式)?(?:施行|实施|执行|生效|试行)", re.VERBOSE
)
_FORCE_FROM_ISSUE = lazy_pattern(
    r"""
    自 (?P<event> 印发 | 发布 | 公布 | 颁布 | 通过 | 发文 | 下发 ) 之日 起?             # 自发布之日起
    (?: 满? (?P<days> \d{1,3} | [一二三四五六七八九十]{1,3} ) 日? [日天]? 后 )? 起?   # 30日后
    (?:正式)? (?: 施行 | 实施 | 执行 | 生效 | 试行 )
    """,
    re.VERBOSE,
)
_TERM = lazy_pattern(
    r"""
    (?: 有效 | 施行 | 试行 | 实施 ) 期限?
    (?: 为 | 是 | 暂定为? | 自[^，。；]{0,16}起 )?
    (?P<years> \d{1,2} | [一二三四五六七八九十两]{1,2} ) 年                            # 有效期为5年
    """,
    re.VERBOSE,
)
_UNTIL = lazy_pattern(
    rf"(?:有效期限?|施行期限?|试行期限?)?(?:至|截至|截止到|到)(?:{_DATE})(?:止|失效|期满)?", re.VERBOSE
)
_OWN = lazy_pattern(
    r"""
    (?: 本[\u4e00-\u9fff]{1,12} | 《[^》]{2,60}》 | 现予?[\u4e00-\u9fff]{0,8}[^。]{0,80} ) [^。]{0,20} [自从于由]   # 本办法自…
  | ^ [，、]? 自
    """,
    re.VERBOSE,
)
_LAST = 8


def read_dates(
    acts: Sequence[Act],
    head: Sequence[Paragraph],
    tail: Sequence[Paragraph],
    body: Sequence[Paragraph],
    notice: Sequence[Paragraph],
    declared: str | None = None,
) -> Dates:
    """Return the dates of a text.

    Args:
        acts: What the notes below the title tell.
        head: Fixed lines before the texts.
        tail: Fixed lines after the issuing text, its signature among them.
        body: The paragraphs of the text.
        notice: The paragraphs of the notice that carries it, which may say from when it is in force.
        declared: 成文日期 as the page around the text declares it; the text itself goes before it.
    """
    found = dates_of(acts)
    for line in [*tail, *head]:
        if line.kind in (Kind.DATE, Kind.SIGNED, Kind.NUMBER) and (day := _first(line.text)) is not None:
            found.setdefault("issued", day)
        elif line.kind is Kind.PRINTED and (day := _first(line.text)) is not None:
            found.setdefault("printed", day)
    if declared is not None and (day := _first(declared)) is not None:
        found.setdefault("issued", day)
    computed: list[str] = []
    for paragraphs in (notice, body):
        _read_force([paragraph.whole for paragraph in paragraphs[-_LAST:]], found, computed)
    return Dates(**found, computed=tuple(computed))


def _first(text: str) -> date | None:
    match = _COMPILED.search(despace(text))
    return None if match is None else date_of(match)


def _read_force(paragraphs: list[str], found: dict[str, date], computed: list[str]) -> None:
    for words in reversed(paragraphs):
        if words.startswith("“") or _OWN.search(re.sub(r"^第[^条]{1,8}条", "", words)) is None:
            continue
        if "effective" not in found:
            _read_start(words, found, computed)
        if "expires" not in found:
            _read_end(words, found, computed)


def _read_start(words: str, found: dict[str, date], computed: list[str]) -> None:
    printed = _FORCE_FROM.search(words)
    if printed is not None:
        if (day := date_of(printed)) is not None:
            found["effective"] = day
        return
    relative = _FORCE_FROM_ISSUE.search(words)
    if relative is None:
        return
    event = "adopted" if relative["event"] == "通过" else "published"
    base = found.get(event) or found.get("issued")
    if base is None:
        return
    days = to_int(relative["days"]) if relative["days"] else 0
    found["effective"] = base + timedelta(days=days or 0)
    computed.append("effective")


def _read_end(words: str, found: dict[str, date], computed: list[str]) -> None:
    if "有效期" in words or "施行期" in words or "试行期" in words or "失效" in words:
        printed = _UNTIL.search(words)
        if printed is not None:
            if (day := date_of(printed)) is not None:
                found["expires"] = day
            return
    term = _TERM.search(words)
    start = found.get("effective")
    years = to_int(term["years"]) if term is not None else None
    if start is None or not years:
        return
    found["expires"] = _years_after(start, years) - timedelta(days=1)
    computed.append("expires")


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
