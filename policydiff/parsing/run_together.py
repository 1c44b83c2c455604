"""Splits lines that an extractor or a portal has joined by mistake, before any other reading."""

from collections.abc import Iterator

from policydiff.lexicon.bodies import BODY
from policydiff.lexicon.numerals import to_int
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.text_marks import is_labelled_note, responsibility_notes
from policydiff.lexicon.widths import BLANKS, despace
from policydiff.parsing.kinds import ends_title
from policydiff.parsing.labels import CITES
from policydiff.parsing.source import Line

_NUMERAL = "[〇零一二三四五六七八九十百千0-9]{1,8}"

_ARTICLE_AT_START = lazy_pattern(rf"第({_NUMERAL})条")

_ARTICLE_WITHIN = lazy_pattern(
    rf"(?<=[。；：”）)])\s*(?:第{_NUMERAL}[编章节][^。；，：]{{1,24}}?)?(?=第({_NUMERAL})条)|(?<=[\u4e00-\u9fff])(?=第({_NUMERAL})条)"
)

_WHOLE_LAW = lazy_pattern(r"第[一1]条\s+[为根依本].{0,2000}?。\s*第[二2]条\s", marks=("第二条", "第2条"))
"""The first article, which gives the purpose of a law, and the second one on the line of its title: a whole law without line breaks."""
_HEADING_WITHIN = lazy_pattern(rf"第{_NUMERAL}[编章节][^。；，：]{{1,24}}")


def lines_apart(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines, with lines that an extractor or a portal has joined split again.

    Split are articles from headings above; a heading from its first clause; members of a list （一）…；（二）…; a title
    from its addressees; the fixed lines at the end (附件：某表二〇一二年七月四日, 主题词：金融　通知抄送：某局。).
    """
    articles = [*_articles_apart(lines)]
    is_statute = sum(_ARTICLE_AT_START.match(line.raw) is not None for line in articles) >= _FEWEST
    for index, line in enumerate(articles):
        places = {*_ends_on(line.raw)}
        if not line.is_row:
            places.update(
                _measures_on(line.raw),
                _members_on(line.raw, is_statute=is_statute),
                _below_heading(articles, index),
            )
        start = 0
        for end in [*sorted(places), len(line.raw)]:
            words = line.raw[start:end].strip(BLANKS)
            if words:
                at = line.raw.index(words[0], start)
                yield Line(
                    words, line.start + at, "", line.is_row and not start, line.after_gap and not start
                )
            start = end


def _measures_on(raw: str) -> Iterator[int]:
    """Yield the index at which the next measure begins after a labelled note of responsibility (责任部门：…) inside a line."""
    for note in responsibility_notes(raw) if "责任" in raw or "牵头" in raw or "负责" in raw else ():
        rest = raw[note.end :].lstrip(f"。；;{BLANKS}")
        if (
            rest
            and rest[0] not in '，,、）)（(：:”"'
            and is_labelled_note(raw[note.start + 1 : note.end - 1])
        ):
            yield len(raw) - len(rest)


_FEWEST = 3
"""Articles from which a text is read as a statute, as `choose_grammar` does."""
_MEMBER = lazy_pattern(r"(?:^|(?<=[；：]))\s*[（(]([一二三四五六七八九十]{1,3})[）)](?=[^，。；、：])")


def _members_on(raw: str, *, is_statute: bool) -> Iterator[int]:
    """Yield the indexes at which the members of a list begin if one line (条件：（一）甲；（二）乙。) holds the whole list.

    The numbers have no gap, and no sentence follows the last member. Words before the first member are allowed only in a
    statute and with a list that begins at one; in other texts such members are an enumeration inside the clause.
    """
    if raw.count("（") + raw.count("(") < 2:
        return
    found = [
        mark
        for mark in _MEMBER.finditer(raw)
        if raw.count("“", 0, mark.start()) == raw.count("”", 0, mark.start())
    ]
    values = [to_int(mark[1]) or 0 for mark in found]
    if len(found) < 2 or values != [*range(values[0], values[0] + len(values))]:
        return
    if (found[0].start() and (values[0] != 1 or not is_statute)) or "。" in raw[found[0].start() : -1]:
        return
    yield from (mark.start() for mark in found)


_RUN_IN = lazy_pattern(
    r"(?P<label>[一二三四五六七八九十]{1,3}、)[^。；：，（(“]{2,40}(?<!第)(?P<first>[（(]一[）)])(?=[^，。；、：项款])"
    r"|(?P<upper>[（(][一二三四五六七八九十]{1,3}[）)])[^。；：，（(“0-9]{2,40}(?P<one>1[.．、])(?=\s*[\u4e00-\u9fff])"
)
_SECONDS = {"first": lazy_pattern("[（(]([一二])[）)]"), "one": lazy_pattern(r"([12])[.．、](?!\d)")}


def _below_heading(lines: list[Line], index: int) -> Iterator[int]:
    """Yield the index at which the first clause begins on the line of its heading (二、优化结构（一）各单位……), if the second clause begins a later line."""
    match = _RUN_IN.match(lines[index].raw)
    if match is None:
        return
    form = "first" if match["first"] else "one"
    for later in lines[index + 1 : index + _LOOKAHEAD]:
        found = _SECONDS[form].match(later.raw)
        if found is not None:
            if to_int(found[1]) == 2:
                yield match.start(form)
            return


_LOOKAHEAD = 200
"""Number of lines below a first clause in which its second clause is searched."""
_DAY = (
    r"(?:[12]\s?\d\s?\d\s?\d|[一二][九〇○零Ｏ][一二三四五六七八九〇○零Ｏ]{2})\s*年\s*(?:\d\s?\d?|[一二三四五六七八九十]{1,2})\s*月"
    r"\s*(?:\d\s?\d?|[一二三四五六七八九十]{1,3})\s*日"
)
_NAMES = rf"(?:[\u4e00-\u9fff]{{0,24}}{BODY}\s*)+"
_IMPRINTED = r"印[发制]?(?!\s*(?:[发制的给之了至到于《〈“，。；、）)」》]|[^，。；]{0,12}，))"
"""The end of a line of the imprint; in 某局2021年6月1日印发的《某通知》 the sentence continues, so the line is no imprint."""
_AT_END = lazy_pattern(
    r"附[件表录](?:[：:]|\s*[1１一][.．、：:])|主题词[：:]|信息公开|公开[方形]式[：:]|(?:内部)?[抄主发分]\s*送[：:]|[（(]?联系人"
)
_IMPRINT_AT_START = lazy_pattern(rf"{_NAMES}{_DAY}\s*{_IMPRINTED}")
"""Beginning of an imprint line, for lines at the end of a text that extractors join; used together with `_AT_END`."""
_FURTHER_END = lazy_pattern(
    r"(?<=[^（(见\s])\s*(?=(?:主题词|信息公开选项|内部发\s*送|(?<!内部)[抄主分发]\s*送|(?<=[。）)─])联系人|打\s*字|附件)[：:]|[（(]此页无正文)"
    rf"|(?<=[^─—])(?=[─—]{{6}})|(?<=[─—]{{6}})(?=[^─—])|(?:(?<=[。）)─])\s*|(?=中国|国家|中共))(?={_NAMES}{_DAY}\s*{_IMPRINTED})"
    rf"|(?<=日){_IMPRINTED}|(?=[—–-]\s*\d{{1,3}}\s*[—–-]$)"
)
_DAY_AT_END = lazy_pattern(rf"{_DAY}$")
_SIGNED_ABOVE = lazy_pattern(
    rf"(?:[\u4e00-\u9fff]{{2,24}}(?:\s[\u4e00-\u9fff]+)*\s{{2,}})+{_NAMES}|[\u4e00-\u9fff\s]{{0,30}}[长任席][：:\s]\s*[\u4e00-\u9fff]{{2,4}}"
)
_TITLED = lazy_pattern(
    r"(?P<title>(?:(?!如下|根据|按照)[^，。；：“”]){0,100}?关[于於](?:[^。；：《》“”]|《[^《》]*》|“[^“”]*”){2,100}?的(?:通知|意见|批复|通报|函|决定|报告|请示))\s*"
    r"(?=(?:各|[\u4e00-\u9fff（）()]{2,40}?[省市区县局厅委部处行司院校会队厂站所办心社团署府学构位](?=[，、；：:（]))(?:(?!如下|以下|要求|精神)[^。：:“”《》]){0,1600}[：:]$"
    r"|(?:为(?:了|进一步|贯彻|落实|深入|全面|切实|规范|加强|做好|加快|促进|推动|推进|完善|提高|支持|保障|健全|防范|有效)|随着|近年来|根据《)[^。]{6,}[，。])",
    marks=("关于", "关於"),
)
"""A title joined on one line with its addressees or with the first sentence: 某局关于做好某事的通知各区人民政府，市政府各部门：."""


_CHAPTER_BELOW = lazy_pattern(r"(?P<title>[^。；，：]{6,80}?)\s*(?=第一章\s*总\s*则$)", marks="章")
"""A title and the heading of the first chapter: 某某管理办法第一章　总则."""
_ORDER_TITLED = lazy_pattern(
    r"([\u4e00-\u9fff\s、]{2,80}(?:令|公告)\s*[〔（(\[](?:19|20)\d\d[〕）)\]]\s*第?\s*\d{1,5}\s*号)\s*[（(][^第（()）].{3,80}[)）]$",
    marks="号",
)
"""The number of an order followed in brackets by the title of the text that the order publishes, as portals print it above the text."""


def _ends_on(raw: str) -> Iterator[int]:
    """Yield the indexes at which the next fixed line of the head or of the end begins inside `raw`."""
    if (titled := _TITLED.match(raw)) is not None or (
        (titled := _CHAPTER_BELOW.match(raw)) is not None and ends_title(despace(titled["title"]))
    ):
        yield titled.end("title")
        return
    if raw[-1] in "）)" and (order := _ORDER_TITLED.match(raw)) is not None:
        yield order.end(1)
        return
    day = _DAY_AT_END.search(raw) if raw[-1] == "日" else None
    fixed = bool(_AT_END.match(raw) or ("印" in raw and _IMPRINT_AT_START.match(raw)))
    if fixed:
        yield from (found.end() for found in _FURTHER_END.finditer(raw) if found.start())
    if day is None or not day.start():
        return
    above = raw[: day.start()].rstrip(BLANKS)
    if fixed:
        signed = [place for place in range(4, len(above)) if _SIGNED_BY.fullmatch(above, place)]
        start = min(signed, key=lambda place: _order_of(above, place), default=day.start())
        if start < day.start() or ends_title(above) or (raw[0] == "附" and above[-1] not in _BEFORE_DAY):
            yield start
    elif _SIGNED_ABOVE.fullmatch(above) is not None and not ends_title(above):
        yield day.start()


_BEFORE_DAY = frozenset("至到于自在从为截期：:、，,—-（(")
_SIGNED_BY = lazy_pattern(rf"(?<=[^：:{BLANKS}]){_NAMES}")
_OF_STATE = lazy_pattern("中国|国家|中共|中华|最高")


def _order_of(above: str, place: int) -> tuple[bool, bool, int]:
    """Return the rank of a place where names may begin: a body of the state does, behind a title; else behind the longest title."""
    of_state = _OF_STATE.match(above, place) is not None
    return not of_state, not ends_title(above[:place]), place if of_state else -place


def _articles_apart(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines, with lines that hold several articles (…。第三条 …) split before each article.

    Only a number that follows the previous article, and that begins no line of the text, counts as an
    article: other numbers in sentences are citations.
    """
    starts = [_ARTICLE_AT_START.match(line.raw) for line in lines]
    numbers = [first and to_int(first[1]) for first in starts]
    begun = frozenset(numbers)
    last = 0
    for line, own in zip(lines, numbers, strict=True):
        last = own or last
        if line.is_row or line.raw.rfind("第") < 1 or "条" not in line.raw:
            yield line
            continue
        start = 0
        for found in _ARTICLE_WITHIN.finditer(line.raw):
            number = to_int(found[1] or found[2])
            follows = CITES.match(line.raw, line.raw.index("条", found.end()) + 1) is None
            opens = (
                found[1] is not None
                or _HEADING_WITHIN.fullmatch(line.raw[start : found.end()]) is not None
                or (
                    last == 0
                    and ends_title(line.raw[: found.end()])
                    and _WHOLE_LAW.match(line.raw, found.end()) is not None
                )
            )
            if number != last + 1 or number in begun or not follows or not opens:
                continue
            last = number
            for end in (found.start(), found.end()):
                words = line.raw[start:end].rstrip(BLANKS)
                if words:
                    yield Line(words, line.start + start)
                start = end
                while start < len(line.raw) and line.raw[start] in BLANKS:
                    start += 1
        if start:
            yield Line(line.raw[start:], line.start + start)
        else:
            yield line
