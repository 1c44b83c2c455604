"""The set phrases of amendments as patterns, and a place in a sentence that is moved on phrase by phrase; `grammar` puts them together.

The phrases are those of 立法技术规范（试行）（一） part 5 (法工委发〔2009〕62号, 修改形式) and part （二） (法工委发〔2011〕5号), and of the
amendments to the criminal law, the constitution and judicial interpretations.
"""

import re

from policydiff.amendment.places import Place, read_places, widened
from policydiff.amendment.quoted import Quoted
from policydiff.lexicon.numerals import CHINESE_DIGITS

N = rf"[{CHINESE_DIGITS}\d]{{1,9}}"
Q = "[\ue000-\uf76f]"
QS = re.compile(rf"{Q}(?:\s*(?:、|，|和|及|以及|与|或者|或)?\s*{Q})*")
LINK = re.compile(
    r"(?:[\s　，,、；;。]|并相应|并将|并在|并对|并把|并且|并|同时将|同时在|同时|再|且|另外|另|此外|其中的(?!第)|其中(?!第)|相应地?|分别|一并|条文(?:顺序|序号)不变|和|及|以及)*"
)
LEAD = re.compile(r"(?:将|把|对|在|于)?")
IN = re.compile(
    r"(?:(?:前|后|最后)[一二两三四]句|规定|条文|内容)?(?:中|里|内)?(?:的|所列的|规定的|所称的|列举的)?(?:(?:所有|全部|各处)(?:的)?)?"
    r"(?:(?:下列|以下|有关|相关|部分)*(?:用语|词语|表述|文字|(?:机构|部门|机关|单位)?名称)(?:作|做|进行)?(?:出)?"
    r"(?:如下|以下|下列|统一|相应)*(?:的)?(?:修改|规范|调整|替换)?)?"
    r"(?:[一-鿿]{0,4}(?:数额|金额|幅度|标准|期限|比例|范围))?(?:[：:，,])?(?:将|把|由)?"
)
AS = re.compile(
    r"(?:[，,、]?\s*(?:并|均|都|统一|分别|相应地?|全部|一律|各自|予以|全文)?)*(?:修改为|修订为|改为|改成|修改成|替换为|调整为|更改为|变更为|更名为|修正为|表述为|修改如下)(?:[：:，,\s]*)"
)
NUMBERED = re.compile(
    r"[，,]?\s*(?:的?(?:条文|条款)?(?:序号|条序|序数|顺序))?(?:分别|依次|相应地?)*(?:改为|作为|改作|变更为|调整为|修改为|顺延为|成为|列为)(?:该[条款项])?(?:的)?\s*"
)
DELETE = re.compile(r"(?:予以|全部|均|整条)?(?:删去|删除|去掉|删掉|取消|删|废止(?=第))")
ADD = re.compile(
    rf"[，,]?(?:再|分别|各|又)?(?:增加|增写|增补|新增)(?:规定)?(?P<count>{N})?(?P<unit>条|款|项|目|句|章|节|编|自然段|段|段落|行|个?附件|个?附表)?"
    r"(?:规定|内容)?(?:[：:，,\s]*)"
)
BECOMES = re.compile(r"(?:分别)?(?:作为|列为|为)(?:该[条款项])?(?:的)?\s*")
INTRODUCING = re.compile(r"[，,。]?(?:规定|内容为|内容如下|其内容为|具体内容为|即|表述为)?[：:，,\s]*")
TAIL = re.compile(
    r"(?:一词|两词|一语|一句|字样|等字样|的字样|等词|等表述|的表述|的规定|等规定|的内容|等内容|部分|几个字|[两二三四五六七八九十]+字)*"
)
BETWEEN = re.compile(r"之间(?=[，,]?(?:再|分别|各)?(?:增加|增写|新增))")
SIDE = re.compile(r"(?:之|的)?(?P<side>后|前)(?:面)?(?:的)?")
CHAPTER_NAME = re.compile(r"[，,]?(?:章名|节名|编名|标题|名称)(?:为|：|:)?\s*")
CHANGED = re.compile(
    r"(?:作|做|进行)(?:出|了)?(?:如下|以下|下列|部分|相应)*(?:的)?(?:修改|修正|修订)[，,：:]\s*"
)
"""对第五条作如下修改：, the place of the orders that follow."""
LEAD_PART = re.compile(r"(?:的)?(?:条首|款首|项首|开头|开始|首)部分")
WITH_ARTICLES = re.compile(rf"[；;，,]\s*(?:并)?增加(?P<count>{N})条[，,]?(?:分别|依次)*作为")
IN_PARTS = re.compile(rf"[，,]?\s*(?:共)?分为{N}(?:条|节)(?=[，,]?包括)")
HOLDING = re.compile(r"[，,；;]?\s*内容(?:为|如下)[：:，,]\s*")
COMPRISING = re.compile(r"[，,]?(?:包括|由)\s*")
MERGE = re.compile(
    r"(?:[，,]?\s*合并(?:修改)?(?:为|成)?(?:一[条款项])?|[，,]?\s*(?:修改|改)?(?:合并)?为一[条款项])(?:[，,：:\s]*)"
)
SPLIT = re.compile(
    rf"[，,]?\s*(?:(?:拆分|分拆|拆|分)(?:为|成)|(?<!修)改为(?=[^第]{{1,3}}条[，,]))(?P<count>{N})(?P<unit>[条款项])(?:[，,：:\s]*)"
)
EXCHANGE = re.compile(
    r"(?:的)?(?:顺序|位置|序号|次序)?(?:相互|互相)?(?:互换|对调|调换)(?:顺序|位置|序号|次序)?"
)
MOVED_TO = re.compile(r"[，,]?(?:移至|移到|移作|移为|调整到|调整至|调至)")
JOINED_TO = re.compile(r"[，,]?(?:并入|合并到|归入)")
ALONE = re.compile(
    r"[，,]?(?:单列|单作|单独(?:作为|列为|成为?)|独立(?:作为|成为?))(?:为|成)?(?:一[条款])?[，,]?"
)
ANNEX_NUMBER = re.compile(rf"[（(]?(?P<number>{N})[）)]?")
ORDERLY = re.compile(
    r"(?:条文|章节|条款|款项|条文的?|各条|条、款|其他条款|条目|序号|项|款)+(?:的)?(?:顺序|序号|编号|排列)"
)
ADJUSTED = re.compile(r"作?(?:相应|适当)?(?:的)?(?:调整|变动|顺延|排列|修改)")
RENUMBERED = re.compile(
    r"(?:作|做|进行)?(?:相应|适当|部分)?(?:地)?(?:修改|修正|调整)?[，,、]?(?:并|后)?[，,]?(?:对|将|重新)?(?:《[^《》]*》)?(?:的)?"
    r"(?:部分)?(?:条文|章节|条款|条、款|款项|条款项|条目|各条|有关条文|法律条文|其他条文)(?:的)?(?:顺序|序号|编号|排列顺序)"
    r"(?:[，,]?(?:作|做|进行|予以|重新|依次))?(?:了)?(?:相应|适当)?(?:地|的)?(?:调整|变动|顺延|排列|编排|更改|修改)"
)


WHOLE_UNIT = re.compile(r"将(?:该|本|这一)(?P<unit>[条款项])(?:相应)?(?:修改为|改为)[：:，,\s]*")


class UnreadError(Exception):
    """Words that no set phrase holds; the message gives them."""


class Cursor:
    """Takes patterns, quotes and places from a sentence in order."""

    def __init__(self, quoted: Quoted) -> None:
        self.quoted = quoted
        self.current: tuple[Place, ...] = ()
        self.spoken = False
        """Whether an order was read in this sentence: words without a place go on in the place before."""
        self.made: tuple[tuple[Place, ...], Place] | None = None
        """The article that an order makes of a paragraph, with the places spoken of then: additions go on in it."""
        self.line = ""
        self.at = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take what a pattern matches here; return the match, None for none."""
        match = pattern.match(self.line, self.at)
        if match is not None:
            self.at = match.end()
        return match

    def peek(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern matches here."""
        return pattern.match(self.line, self.at) is not None

    def quotes(self, *, new: bool = False) -> tuple[tuple[str, ...], ...]:
        """Take the quotes at hand; the last of several new ones that a verb follows begins a change of its own."""
        match = self.take(QS)
        if match is None:
            return ()
        marks = [(place, mark) for place, mark in enumerate(match[0]) if re.match(Q, mark)]
        if new and len(marks) > 1 and self.verb_follows():
            self.at = match.start() + marks[-1][0]
            marks.pop()
        else:
            self.take(TAIL)
        return tuple(self.quoted.of(mark) for _, mark in marks)

    def verb_follows(self) -> bool:
        """Return whether words are changed here: the quote before belongs to that change."""
        side = SIDE.match(self.line, self.at)
        return self.peek(AS) or (side is not None and ADD.match(self.line, side.end()) is not None)

    def places(self) -> tuple[Place, ...]:
        """Take the places named here; they become the places spoken of."""
        if len(self.current) > 1 and self.take(re.compile("其(?=中(?!第))")) is not None:
            self.current = tuple(dict.fromkeys(widened((place,), "条")[0] for place in self.current))
            return self.current
        places, self.at = read_places(self.line, self.at, self.current)
        if places:
            self.current = places
        return places

    def unread(self) -> UnreadError:
        """Return the error for a sentence that goes on in words of no set phrase."""
        return UnreadError(re.sub(Q, "“…”", self.line[self.at :])[:40])
