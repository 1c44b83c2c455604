"""References that name no document by its title: 该办法, 本意见, 前款, 本法第十条."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from policydiff.annotate.places import places_at
from policydiff.lexicon.statutes import STATE
from policydiff.lexicon.wording import Words
from policydiff.model import Place

_NUMERAL = r"[〇零一二三四五六七八九十百千两\d]{1,7}"
_WORDS = Words("policydiff.annotate", "titles")
_KINDS = "(?: {kinds} | 法(?![律人官院庭治规定制学]) | 计划(?!生育) | 标准(?!化) | 规范(?!性|化) )"
_REFERENCE = _WORDS.phrase(
    rf"""
    (?P<self> 本 ) (?P<own> {_KINDS} )                             # 本意见
  | (?<![应活]) (?P<that> 该 | 上述 | 前述 ) (?P<kind> {_KINDS} )   # 该办法; 应该 is a word
  | (?P<same> 同 ) (?P<its> {_KINDS} ) (?= \s* 第 )                # 同法第四十五条
  | (?P<previous> 前 [两三一二]? [条款项] )                         # 前款, 前两项
  | 本 (?P<within> [条款项] ) (?= \s* 第 )                          # 本条第一款
    """
)


class Referring(NamedTuple):
    """A reference at `words[start:end]`."""

    start: int
    end: int
    kind: str | None
    """Kind of the document meant (办法), None for one inside this document (前款)."""
    is_self: bool
    article: str | None
    """The place named with it, as printed; 前款 itself."""
    places: tuple[Place, ...] = ()


_FIELD = {"条": "article", "款": "paragraph", "项": "subparagraph"}
_COUNT = {"一": "", "二": " 2", "两": " 2", "三": " 3"}
_PLACE = re.compile(
    rf"""
    第 \s* [（(]? \s* (?P<number>{_NUMERAL}) [）)]?
    (?: \s* (?: 、 | 至 | 到 | — | 和 ) \s* 第? [（(]? {_NUMERAL} [）)]? )* \s* (?P<unit> [章节条條款项項] )
    """,
    re.VERBOSE,
)
_CITED = re.compile(
    r"\s*(?:之?规定|规定|所列|所规定|所称|所述|所指|的(?:规定|情形|条件|内容|要求|行为|标准|范围|程序|凭证|人员|材料|机构|事项|单位|处罚|费用)|情形|内容|条件|、第|和第|至第|或者第|以及第|及第|、|中|之|修改|外|至|，)"
)
"""What follows a paragraph or subparagraph that is cited, and no thing that is counted (第一项任务)."""
_NO_PLACE = re.compile("[线路道街腿]|战线")


def find_references(words: str) -> Iterator[Referring]:
    """Yield the references in order; 第…条 after one belongs to it."""
    if not any(mark in words for mark in "本该前同") and "上述" not in words:
        return
    for match in _REFERENCE.finditer(words):
        start = match.start()
        if match["previous"]:
            printed = match["previous"]
            field = _FIELD[printed[-1]]
            number = f"previous{_COUNT[printed[1]] if len(printed) > 2 else ''}"
            found = places_at(words, match.end(), {field: (number, printed)})
            if found is not None and found.places[0].text.startswith(printed):
                yield Referring(start, found.end, None, True, words[start : found.end], found.places)
            else:
                place = Place(text=printed, **{field: number})
                yield Referring(start, match.end(), None, True, printed, (place,))
            continue
        found = places_at(words, match.end())
        end = found.end if found else match.end()
        article = words[found.start : found.end] if found else None
        places = found.places if found else ()
        if match["within"]:
            yield Referring(start, end, None, True, words[start:end], places)
            continue
        kind = match["own"] or match["kind"] or match["its"]
        yield Referring(start, end, kind, match["self"] is not None, article, places)


def find_own_places(words: str, taken: list[tuple[int, int]]) -> Iterator[Referring]:
    """Yield the places of this document that words name without 本法: 违反第八条、第九条规定的.

    Args:
        words: The words of a clause, titles blanked out.
        taken: Stretches that other citations hold.
    """
    done = 0
    for match in _PLACE.finditer(words) if "第" in words else ():
        start = match.start()
        if start < done or any(low <= start < high for low, high in taken):
            continue
        if start == 0 and match["unit"] in "条章节":
            continue
        found = places_at(words, start)
        if found is None or _NO_PLACE.match(words, found.end):
            continue
        if match["unit"] in "款项項章节" and len(found.places) == 1 and not _CITED.match(words, found.end):
            continue
        done = found.end
        yield Referring(found.start, found.end, None, True, words[found.start : found.end], found.places)


_NAMES_END = (
    "法",
    "法典",
    "条例",
    "规定",
    "办法",
    "解释",
    "细则",
    "规则",
    "公约",
    "协定",
    "安排",
    "决定",
    "意见",
)
_NO_NAME = re.compile("(?:实施|指导|若干|暂行|试行|管理|具体|有关|相关|工作|处理|行政)?.{0,3}")
"""Forms of documents and names of three characters name one document only where 以下简称 says so, or the list of laws."""


class Known:
    """Titles met so far in a document, for what refers back to them."""

    def __init__(self, own_title: str | None) -> None:
        self._own = _bare(own_title) if own_title else ""
        self._titles: list[str] = []
        self._short: dict[str, str] = {}
        self.names: set[str] = set()
        """Names by which the text may go on citing these titles without 《》."""

    def add(self, title: str, short: str | None) -> None:
        """Remember a title and the short form introduced with it."""
        if title in self._titles:
            self._titles.remove(title)
        self._titles.append(title)
        if short:
            self._short[short] = title
        bare = _bare(title).removeprefix(STATE)
        if bare.endswith(_NAMES_END) and "关于" not in bare and _NO_NAME.fullmatch(bare) is None:
            self.names.add(bare)
        if short and short.endswith(_NAMES_END):
            self.names.add(short)

    def full(self, name: str) -> str | None:
        """Return the title that a name without 《》 stands for, None where the text gave none."""
        bare = name.removeprefix(STATE)
        if bare in self._short:
            return self._short[bare]
        return next(
            (title for title in reversed(self._titles) if _bare(title).removeprefix(STATE) == bare), None
        )

    def resolve_short(self, title: str) -> str | None:
        """Return the full title that 《title》 stands for, `self` for the document's own, None for a full title.

        Unless introduced by 以下简称, a short form stands for the one earlier title that ends with it.
        """
        if title in self._short:
            return self._short[title]
        if len(title) > 6:
            return None
        meant = [known for known in self._titles if known != title and _bare(known).endswith(title)]
        if len(meant) == 1:
            return meant[0]
        if not meant and self._own.endswith(title) and self._own != title:
            return "self"
        return None

    def resolve_kind(self, kind: str) -> str | None:
        """Return the last title met whose kind of document is this."""
        return next((known for known in reversed(self._titles) if _bare(known).endswith(kind)), None)


def _bare(title: str) -> str:
    return re.sub(r"[（(][^（()）]*[)）]$", "", title)
