"""Citations of documents without 《》.

These are national laws by name (刑法第一百三十四条之一), names that the text introduces, and references back (该办法, 前款, 本法第十条).
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from policydiff.annotate.cited_titles import (
    MARKED,
    NUMERAL,
    Found,
    Title,
    bracket_ends,
    following_brackets,
    number_printed,
    places_at,
)
from policydiff.lexicon.document_numbers import Number
from policydiff.lexicon.patterns import Words, lazy_pattern
from policydiff.lexicon.titles import STATE, statutes
from policydiff.model import Place

_WORDS = Words("policydiff.annotate", "titles")
_KINDS = "(?: {kinds} | 條例 | 辦法 | 規[則例] | 細則 | 法(?![律人官院庭治规定制学]) | 计划(?!生育) | 标准(?!化) | 规范(?!性|化) )"
_ITS_OWN = "(?:实施(?:条例|细则|办法|规定))"
_REFERENCE = _WORDS.phrase(
    rf"""
    (?P<self> 本 ) (?P<own> {_KINDS} )                             # 本意见
  | (?<![应活]) (?P<that> [该該] | 上述 | 前述 ) (?P<kind> {_KINDS} {_ITS_OWN}? )   # 该办法; 应该 is a word
  | (?P<same> 同 ) (?P<its> {_KINDS} {_ITS_OWN}? ) (?= \s* 第 )     # 同法第四十五条
  | (?P<previous> 前 [两三一二兩]? [条款项條項] )                         # 前款, 前两项
  | 本 (?P<within> [条款项] ) (?= \s* 第 )                          # 本条第一款
    """
)


class Referring(NamedTuple):
    """A reference at `words[start:end]`."""

    start: int
    end: int
    kind: str | None
    """Kind of the document meant (办法); None for a place inside this document (前款)."""
    is_self: bool
    article: str | None
    """The place named with it, as printed; for 前款 the word itself."""
    places: tuple[Place, ...] = ()


_FIELD = {"条": "article", "款": "paragraph", "项": "subparagraph", "條": "article", "項": "paragraph"}
_COUNT = {"一": "", "二": " 2", "两": " 2", "兩": " 2", "三": " 3"}
_PLACE = lazy_pattern(
    rf"""
    (?<=本[\u4e00-\u9fff]{{2}}) 第 (?= \d+ (?: \.\d+ )+ [条款项] ) [\d.]+ [条款项]   # 本合同第8.2条
  | 第 \s* (?!\d+\.) {MARKED} (?: \s* (?: 、 | 至 | 到 | — | - | 和 | 及 | 或 ) \s* 第? {MARKED} )* \s* (?P<unit> [章节条條款项項] | 编(?![辑制号组队写码]) )
    """,
    re.VERBOSE,
)
_CITED = lazy_pattern(
    r"\s*(?:之?规定|规定|所列|所规定|所称|所述|所指|的(?:规定|情形|条件|内容|要求|行为|标准|范围|程序|凭证|人员|材料|机构|事项|单位|处罚|费用)|情形|内容|条件|、第|和第|至第|或者第|以及第|及第|、|中|之|修改|外|至|，)"
)
"""Words after a cited paragraph or subparagraph; other words follow a counted thing (第一项任务)."""
_BY_VERB = lazy_pattern("(?:适用|依照|按照|根据|依据|参照|违反|执行|见)$")
_NO_PLACE = lazy_pattern(
    "(?!规定|[的所之处予中情内以应可])[\u4e00-\u9fff]{0,3}?(?:[线路道街腿河船鱼]|信息|消息|建议|意见|提案|议案|经验|理由)"
)
"""Things counted with 条: 第二条生产线 is no place."""
_OF_ANOTHER = lazy_pattern(
    "(?:(?<!本)(?:合同|协议|契约|章程|规约|标书|保单)(?:书|条款|文本)?|附[件表录]|\\d号(?:文件?|函|令|通知|公告|批复)|(?<!本)《[^《》]{1,30}》)\\s{0,2}$"
)
"""Names of papers that are no documents of the state, but have places: 合同第八条; an annex without a number (附件第一条); a number without its body (68号文件第七条); and a title of no document."""


def find_references(words: str) -> Iterator[Referring]:
    """Yield the references in order; 第…条 behind a reference is a part of it."""
    if not any(mark in words for mark in "本该該前同") and "上述" not in words:
        return
    for match in _REFERENCE.finditer(words):
        start = match.start()
        if match["previous"]:
            printed = match["previous"]
            field = _FIELD[printed[-1]]
            number = f"previous{_COUNT[printed[1]] if len(printed) > 2 else ''}"
            found = places_at(words, match.end(), {field: (number, printed)})
            if found is None or not found.places[0].text.startswith(printed):
                found = Found(start, match.end(), (Place(text=printed, **{field: number}),))
            yield Referring(start, found.end, None, True, words[start : found.end], found.places)
            continue
        found = named_behind(words, match.end())
        end = found.end if found else match.end()
        article = words[start if match["within"] else found.start : end] if found else None
        kind = match["own"] or match["kind"] or match["its"]
        is_self = match["that"] is None and match["same"] is None
        yield Referring(start, end, kind, is_self, article, found.places if found else ())


def find_own_places(words: str, taken: list[tuple[int, int]]) -> Iterator[Referring]:
    """Yield the places of this document named without 本法 (违反第八条、第九条规定的), outside the stretches `taken` by other citations."""
    done = 0
    for match in _PLACE.finditer(words) if "第" in words else ():
        start = match.start()
        if start < done or any(low <= start < high for low, high in taken):
            continue
        found = places_at(words, start)
        if found is None or _NO_PLACE.match(words, found.end):
            continue
        if _OF_ANOTHER.search(words, max(start - 40, 0), start):
            done = found.end
            continue
        first = found.places[0]
        unit, alone = match["unit"] or "", len(found.places) == 1
        if start == 0 and unit in tuple("条條章节编") and alone and not first.paragraph:
            continue
        within = alone and unit in tuple("款项項章节编") and not (first.paragraph and first.subparagraph)
        if within and not (
            _CITED.match(words, found.end) or (first.section and _BY_VERB.search(words, 0, start))
        ):
            continue
        done = found.end
        yield Referring(found.start, found.end, None, True, words[found.start : found.end], found.places)


_NAMES_END = (
    "法", "法典", "条例", "规定", "办法", "解释", "细则", "规则", "公约", "协定", "安排", "决定", "意见",
)  # fmt: skip
_BY_NUMBER = lazy_pattern(r"[\u4e00-\u9fff]{0,6}\d{1,4}号文件?")
"""14号文件, as a text may call a document by its number."""
_NO_NAME = lazy_pattern("(?:实施|指导|若干|暂行|试行|管理|具体|有关|相关|工作|处理|行政)?.{0,3}")
"""Forms of documents and names of three characters, which name one document only if 以下简称 or the list of laws makes them a name."""


class Known:
    """Titles met so far in a document, for references back to them."""

    def __init__(self, own_title: str | None) -> None:
        self._own = _bare(own_title) if own_title else ""
        self._titles: list[str] = []
        self._short = {"党章": "中国共产党章程", "团章": "中国共产主义青年团章程"}
        self.names = {*self._short}
        """Names by which later words of the text may cite these titles without 《》."""

    def add(self, title: str, short: str | None) -> None:
        """Remember a title and the short form introduced with it."""
        if title in self._titles:
            self._titles.remove(title)
        self._titles.append(title)
        if short:
            self._short[short] = title
        self.add_name(title, short)

    def add_name(self, title: str, short: str | None) -> None:
        """Record the names by which the text may cite a title, even if it has not cited the title so far."""
        bare = _bare(title).removeprefix(STATE)
        if bare.endswith(_NAMES_END) and "关于" not in bare and _NO_NAME.fullmatch(bare) is None:
            self.names.add(bare)
        if short and (short.endswith(_NAMES_END) or _BY_NUMBER.fullmatch(short)):
            self.names.add(short)

    def full(self, name: str) -> str | None:
        """Return the title that a name without 《》 represents; None if the text introduced none."""
        bare = name.removeprefix(STATE)
        named = (title for title in reversed(self._titles) if _bare(title).removeprefix(STATE) == bare)
        return self._short.get(bare) or next(named, None)

    def resolve_short(self, title: str) -> str | None:
        """Return the full title that 《title》 represents, `self` for the document's own; None for a full title.

        Unless introduced by 以下简称, a short form means the only earlier title that ends with it.
        """
        if title in self._short:
            return self._short[title]
        if len(title) > 6:
            return None
        meant = [known for known in self._titles if known != title and _bare(known).endswith(title)]
        if len(meant) == 1:
            return meant[0]
        if not meant and self._own.endswith(title) and self._own != title and _NO_NAME.fullmatch(title):
            return "self"  # 《物业管理条例》 is the national one in 某市物业管理条例
        return None

    def resolve_kind(self, kind: str) -> str | None:
        """Return the last title of this kind of document; 同法实施细则 belongs to the last law."""
        law = re.sub(f"{_ITS_OWN}$", "", kind)
        title = next((known for known in reversed(self._titles) if _bare(known).endswith((kind, law))), None)
        return title if title is None or _bare(title).endswith(kind) else title + kind[len(law) :]


def _bare(title: str) -> str:
    return re.sub(r"[（(][^（()）]*[)）]$", "", title)


_ENDS = lazy_pattern(
    r"法典|法|通则|总则|条例|规定|办法|解释|细则|规则|决定|意见|通知|方案|规划|纲要|公约|协定|安排|章程|批复|若干问题|\d号文件?|规程|守则|准则(?:第\d{1,3}号)?|制度|條例|辦法|細則|[党团]章"
)
_GOES_ON = lazy_pattern(
    "学|律|院|庭|官|人(?!民法)|治|制(?!定)|定|理(?!解)|规(?!定)|典|盲|网|条文|宣传|制度|修改决定"
)
"""Characters after a law's name that make it another word: 民事诉讼法律, 公司法人, 税收法规."""
_AMENDMENT = lazy_pattern(r"修正案\s*(?:[（(][一二三四五六七八九十]{1,3}[）)])?")
_BELOW = lazy_pattern(
    r"实施(?:条例|细则|办法|规定)|(?:司法)?解释(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?)?(?=\s*第)"
)
"""Words that continue a law's name: implementing rules (税收征收管理法|实施细则), judicial interpretations (公司法|司法解释三)."""
ITS_OWN = lazy_pattern(rf"\s*[及和与]其\s*({_ITS_OWN})")
"""企业所得税法及其实施条例; group 1 is 实施条例."""
_UNKNOWN = lazy_pattern(
    r"(?:.*(?:根据|依据|依照|按照|违反|适用|参照|比照|符合|触犯|(?<=[法典例定则释程度条款项章條項則號规規》号）)])(?:以及|与|和|及|或者|或)|对|、|，|。|；|“|修订前的|修订后的|原|依據|違反|適用|準用|參照|依(?![据照法])|按|于)|^)"
    r"(?P<name>(?!上述|前述|下列|有关|相关|其他|其余|各该)[^\W\d_本该此同前按]{2,20}(?:法典|法|条例|办法|细则|通则|條例|辦法|細則|(?:司法)?解释|规程|规则|守则|准则(?:第\d{1,3}号)?|制度))$"
)
"""A law whose name is neither in the list nor in the text (赔偿法第二十六条); its place is no place in this document."""
_GOVERNED = lazy_pattern(
    r"(?:.*(?:根据|依据|依照|按照|遵照|遵守|违反|履行|符合|适用|参照|比照)|(?:.*\u3000)?(?:和|及|以及|与|、))"
    r"(?P<name>(?!有关|相关|国家|上述|下列|具体|现行|内部|配套|统一|其他|各|省|市|县|区)(?:[\u4e00-\u9fff]{2,20}?(?:法|条例|管理|监督|保护|服务|实施|使用|处罚|审查|认定|登记|收费|暂行)(?:办法|细则)|[\u4e00-\u9fff]{3,24}?条例))$"
)
"""A text named in full without marks, after its governing verb (依照|养老机构管理办法) or after another text."""
_GOVERNS_ON = lazy_pattern(
    r"(?:的?(?:有关|相关)?(?:规定|要求)|等(?:有关|相关)?(?:法律|法规|规章|规定)|[和及、与]本(?:法|条例|规定|办法|细则)|[和及与](?:其他)?(?:有关|相关)|执行|办理|处理|处罚|[，。])"
)
"""Words that follow the name of a text without marks, but not other words that look like a name."""
_BESIDE = lazy_pattern("[、；;和及与]|以及|或者?|[的等][，,。；;]|要求|精神")
"""Words after a 条例, an ending that no other words have; not used for forms of ordinary papers."""
_GENERIC = frozenset(_ENDS.pattern.split("|"))
_SUBJECT = _WORDS.phrase("{law_subjects}+ $")
"""Words before a national law's name that make it another law: 环境|教育法, 德国|民法典."""
_NEEDS_PLACE = 2
"""Length of a name that needs an article after it, because two characters occur in too many words (except 水法, 契税法)."""
_BOUND = frozenset({"刑法", "宪法"})
_LONGEST = 40
"""Characters before an article among which the name of its law is looked for; the longest of the known laws has 22."""


class Named(NamedTuple):
    """A name found at `words[start:end]`."""

    start: int
    end: int
    name: str
    is_statute: bool
    """Whether the name is a national law, and not a name introduced by this text."""


@cache
def _names() -> frozenset[str]:
    return frozenset(statutes())


def find_named(words: str, known: Collection[str]) -> Iterator[Named]:
    """Yield the names of texts in a clause without its titles in 《》, in order, the longest where several end alike.

    `known` are names that the text introduced, or gave in 《》 before.

    Examples:
        >>> [found.name for found in find_named("依照行政处罚法第三条、公司法人和民事诉讼法律", ())]
        ['行政处罚法']
    """
    done = 0
    for end_of_name in _ENDS.finditer(words):
        end = end_of_name.end()
        if end <= done or _GOES_ON.match(words, end):
            continue
        start = _start(words, end, done, known)
        if start is None:
            if (unknown := _unknown(words, done, end)) is not None:
                yield Named(unknown.start("name"), end, unknown["name"], is_statute=False)
                done = end
            continue
        name = words[start:end]
        bare = name.removeprefix(STATE)
        subject = _SUBJECT.search(words, done, start) if bare == name and bare in _names() else None
        is_statute = subject is None and bare in _names() and bare not in known
        start = start if subject is None else subject.start()
        if len(bare) <= _NEEDS_PLACE and (bare not in _BOUND or subject) and not _has_place(words, end):
            continue
        if bare == "宪法" and not (_has_place(words, end) or re.search("(?:根据|依据|依照)$", words[:start])):
            continue
        if bare in _GENERIC and (
            not _has_place(words, end) or words[start - 1 : start] in ("本", "该", "此", "同")
        ):
            continue
        longer = _AMENDMENT.match(words, end) or _BELOW.match(words, end)
        if longer is not None:
            end = longer.end()
        yield Named(start, end, words[start:end], is_statute)
        done = end


def _unknown(words: str, low: int, end: int) -> re.Match[str] | None:
    """Return an unknown name of a text that has a place after it or a governing verb before it, or None."""
    low = max(low, end - 60)
    if _has_place(words, end):
        return _UNKNOWN.match(words, low, end)
    goes_on = _GOVERNS_ON.match(words, end) or (words[end - 2 : end] == "条例" and _BESIDE.match(words, end))
    governed = _GOVERNED.match(words, low, end) if goes_on else None
    is_plain = governed is not None and _NO_UNKNOWN.search(governed["name"]) is None
    return governed if is_plain else None


_NO_UNKNOWN = lazy_pattern("[本该此同前其的]|规定|条例(?!实施|$)|关于|修[订改正]|制定|起草|出台|^.{0,4}$")
"""Words that no name of a text contains: 按照谁主管谁负责的管理办法."""


def _start(words: str, end: int, low: int, known: Collection[str]) -> int | None:
    for start in range(max(low, end - _LONGEST), end - 1):
        name = words[start:end]
        bare = name.removeprefix(STATE)
        if bare in _names() or bare in known or name in known:
            return start
    return None


_PLACE_BEHIND = lazy_pattern(
    r"[ \t]*(?:(?:总则|分则|[\u4e00-\u9fff]{1,6})编)?[ \t]*第\s*[（(]?[〇零一二三四五六七八九十百千\dA-Z（()）.]{1,12}\s*[条條款项項章节節编編部、至到和及或与,，—–~－-]"
)


def _has_place(words: str, end: int) -> bool:
    return _PLACE_BEHIND.match(words, end) is not None


_ANNEX = lazy_pattern(
    rf"附(?:件|表|录|图)(?P<number>{NUMERAL}|[A-Z])(?P<more>(?:\s*[、和及至]\s*(?:附[件表录图])?{NUMERAL})*)(?![.．、：:]|[年月日个份页件张])"
)


def annexes_in(words: str) -> Iterator[Found]:
    """Yield the annexes named by number, with the places in them: 附件2, 附表一, 附件2第三条."""
    for match in _ANNEX.finditer(words) if "附" in words else ():
        yield _annexes(match)


_AND = lazy_pattern(r"\s*(?:以及|[、和及与])\s*")


def named_behind(words: str, index: int) -> Found | None:
    """Return the places and annexes directly after a title or a number: 《某标准》|第5.5.8条和附录A, 某发〔2016〕36号|附件3第一条."""
    found = places_at(words, index)
    beside = _AND.match(words, found.end) if found is not None else None
    match = _ANNEX.match(words, beside.end() if beside is not None else index)
    if match is None:
        return found
    annexes = _annexes(match)
    return annexes if found is None else Found(found.start, annexes.end, (*found.places, *annexes.places))


def _annexes(match: re.Match[str]) -> Found:
    digits, printed = number_printed(match["number"])
    mark = match[0][:2]
    places = [Place(text=f"{mark}{printed}", annex=digits)]
    for more in re.finditer(rf"([、和及至])\s*(附[件表录图])?({NUMERAL})", match["more"]):
        digits, printed = number_printed(more[3])
        place = Place(text=f"{more[2] or mark}{printed}", annex=digits)
        if more[1] == "至":
            places[-1] = places[-1].model_copy(update={"until": place})
        else:
            places.append(place)
    within = places_at(match.string, match.end()) if places[-1].until is None else None
    if within is not None:
        last = places.pop()
        inside = [(each, last.text + each.text) for each in within.places]
        places.extend(each.model_copy(update={"annex": last.annex, "text": text}) for each, text in inside)
    return Found(match.start(), match.end() if within is None else within.end, tuple(places))


def with_numbers_beside(
    titles: list[Title], numbers: list[Number], words: str
) -> tuple[list[Title], list[Number]]:
    """Return titles with the numbers printed directly before or behind them, and the numbers that stand alone.

    GB 5749—2022《…标准》 is one citation, and so is 《…规范》GB 50016—2014.
    """
    before = {_next_word(words, number.end): number for number in numbers}
    behind = {number.start: number for number in numbers}
    joined: list[Title] = []
    taken: set[int] = set()
    for title in titles:
        number = before.get(title.start) or behind.get(_next_word(words, title.tail))
        if number is None or title.number is not None:
            joined.append(title)
            continue
        taken.add(number.start)
        start, tail = min(title.start, number.start), max(title.tail, number.end)
        tail = following_brackets(words, tail, bracket_ends(words))[2]
        joined.append(title._replace(start=start, tail=tail, number=number.number))
    return joined, [number for number in numbers if number.start not in taken]


_PUTS_OUT = lazy_pattern(r"\s*(?:(?:公布|发布|颁布|印发)的)?\s*")


def _next_word(words: str, index: int) -> int:
    """Return where the words behind a number or a title begin, blanks skipped, and 公布的 before a title: 国务院令第752号公布的《某条例》."""
    match = _PUTS_OUT.match(words, index)
    return match.end() if match is not None else index
