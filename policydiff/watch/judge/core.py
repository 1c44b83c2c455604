"""What of a page's text is the document: its lines without counters, tools and neighbours, up to the signature and its annexes.

Judged by place, because the words of such lines are endless: what follows the signature (署名、成文日期) and is no annex is
not text, and what stands above the title is not either. Nothing here is recorded; it only decides what counts as a change.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from policydiff.lexicon.furniture import is_furniture, is_stated, opens_footer
from policydiff.lexicon.numerals import to_int
from policydiff.model import Document

_BLANKS = re.compile(r"\s+")
_COUNTED = re.compile(
    r"[（(\[【]?(?:本文|本页)?(?:已被|已有|已|共|累计)?(?:浏览|阅读|点击|访问|查看|下载|播放|转载)(?:次数|数量|人数|人次|量|数|率)?[:：]?[（(\[【]?\d[\d,.]*(?:万|w)?[)）\]】]?(?:次|人次|人)?(?:浏览|阅读|访问)?[)）\]】]?"
    r"|(?:点赞|赞|收藏|转发|分享|评论|踩|好评|热度|关注)[:：]?[（(]?\d[\d,.]*(?:万|w)?[)）]?(?:次|人|条)?"
    r"|(?:已有|共有?)\d[\d,]*(?:位?网友|人|位?读者|条)(?:阅读|参与|评论|点赞|浏览|看过)?"
    r"|(?:hits?|views?|reads?|visits?|visitors?|clicks?|pv|uv)[:：]?[（(\[]?\d[\d,.]*[kKwW万]?[)）\]]?"
    r"|(?:字数|阅读时长|预计阅读|在线人数|当前在线)[:：]?约?\d[\d,]*(?:字|分钟|人)?",
    re.IGNORECASE,
)
_PASSING = re.compile(
    r"(?:(?:今天|今日|现在|当前时间|服务器时间|北京时间)(?:是|[:：])?.{0,40}\d.*"
    r"|(?:页面|本页|网页|文章|最后|最近|本文)?(?:更新|刷新|修改|生成|同步|缓存|采集|抓取)(?:时间|日期|于)[:：]?\d.{0,30}"
    r"|(?:[前后上下]一?[篇条页则个]|上篇|下篇|previous|next)[:：>»].{0,80}"
    r"|[（(【\[]?(?:责任?编辑?|编辑|作者|审核|校对|供稿|(?:信息)?(?:发布|上传|录入|报送|提供|推送|制作)(?:者|人|单位|部门|时间)?|通讯员|记者|值班|来源|稿源|信息来源|[初复终一二三]审|核稿|监制|统筹|排版|摄影|制图|发布人|录入员?|撰稿|签发人?)[:：].{0,60}"
    r"|(?:天气|气温|空气质量)[:：]?.{0,30}"
    r"|[<＜《«‹]?[前后上下]一?[篇条页则个].{0,60}|(?:周|星期)[一二三四五六日天]|建议使用.{2,40}"
    r"|(?:您是|你是)?第?\d[\d,]*(?:位|个|名|人|次)?(?:访客|访问者|点赞|在看|阅读|浏览)|在线\d[\d,]*人|热度\d.*|已阅[:：]?\d+"
    r"|(?:时长|音频|视频)[:：]?\d.{0,12}|(?:关键词|关键字|标签|栏目|分类|主题词条)[:：].{0,60}"
    r"|(?:主办|承办)[:：].{2,40}|网站标识码[:：]?.{0,20}|(?:copyright|©|版权所有).{0,80}"
    r"|(?:最新|热门|相关|附近|本站|精彩|猜你)(?:推荐|服务|喜欢|阅读|文章|新闻|政策|解读|文件)[:：]?"
    r"|(?:本文|全文|文章|正文)?(?:共计?|约|全长)?\d[\d,]*(?:余)?字.{0,24}"
    r"|[^\w]{0,3}(?:已有)?\d[\d,]*(?:人|位|次|个|条)?(?:已?(?:喜欢|赞|点赞|觉得.{1,4}|收藏|在看|推荐|关注|订阅|评论|分享|转发))"
    r"|.{0,12}(?:满意度|评分|打分|是否满意|是否有帮助|有用吗|有帮助吗|对您有用).{0,48}"
    r"|(?:语音播报|朗读|收听|音频|视频|播放|时长).{0,8}\d{1,2}:\d\d(?::\d\d)?(?:/\d{1,2}:\d\d(?::\d\d)?)?"
    r"|[^\w]{0,4}\d{1,7}[^\w]{0,4}"
    r"|(?:分享|转发|打印|收藏|朗读|听全文|语音播报|字体|字号|大中小|a\+|a-|复制链接|返回顶部|扫一扫|微信|微博|我要纠错|关闭|下载本文|大|中|小|繁体|简体|english|无障碍|长者|模式|二维码|扫码|收听|播放|暂停|\[|\]|a|\+|-|收起|转成?pdf|\||/|·|[:：]|\d|到|至|本文|页面|窗口|【|】|\(|\)|qq空间|qq|朋友圈|返回|首页|上级|上一级|网站|站内|搜索|本页|此页|列表|特大|默认|放大|缩小){2,30})",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"[【\[]?(?:内容|文章|智能|AI)?(?:摘要|导读|速览|提要|核心提示|编者按|内容概述|阅读提示)[】\]]?[:：]?.*"
)
_NEIGHBOURS = re.compile(
    r"(?:相关|热门|推荐|最新|延伸|猜你|更多|精彩|本站|热点)(?:链接|阅读|新闻|文档|稿件|文章|政策|文件|推荐|点击|喜欢|解读|信息|资讯|报道)[:：]?|解读材料[:：]?"
)
_COMMENTS = re.compile(
    r"(?:网友|用户|读者|最新|全部|热门|精彩|公众|发表|我要|参与)?(?:评论|留言|跟帖|点评|回帖|热评)(?:区|列表|专区)?[（(\[]?\d*条?[)）\]]?[:：]?"
)
_DATE = re.compile(
    r"(?:[一-鿿]{0,30})?(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|二[〇○零O0o一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_ANNEX = re.compile(
    r"[（(【\[]?(?:附件|附录|附表|附图|附则|附注|附[:：]|附[一二三四五六七八九十\d]|抄送|主送|印发|.{2,40}印发|注[:：]|备注|说明[:：]|联系人|公开方式|（?此件|此页无正文)"
)
_CLAUSE = re.compile(
    r"第[一二三四五六七八九十百千\d]+[条章节编]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]"
)
_HEAD = 12
"""Lines above the first clause in which a summary or a status may stand."""


def squeeze(text: str) -> str:
    """Return a text without blanks, its width and compatibility forms made one.

    The columns of a table stay apart: a figure that moves into the next column is a change.
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text.replace("\t", "|")))


def core_lines(text: str) -> list[str]:
    """Return the lines that count, squeezed."""
    found: list[str] = []
    for line in _before_neighbours(text.splitlines()):
        words = squeeze(line)
        if not words or is_furniture(line) or _is_passing(words):
            continue
        words = _COUNTED.sub("", words) if len(words) <= 120 else words
        if words.strip("|-—·:：()（）[]【】。 "):
            found.append(words)
    first = next((place for place, line in enumerate(found) if _CLAUSE.match(line)), 0)
    head = [line for line in found[:first] if not (_SUMMARY.fullmatch(line) or is_stated(line))]
    return _up_to_the_end([*head, *found[first:]])


def _before_neighbours(lines: list[str]) -> list[str]:
    """Return the lines above the comments, and above the last heading of other documents (相关阅读) with only titles below."""
    comments = next((place for place, line in enumerate(lines) if _COMMENTS.fullmatch(squeeze(line))), None)
    if comments is not None and not any(
        _CLAUSE.match(squeeze(line)) or _ANNEX.match(squeeze(line)) for line in lines[comments + 1 :]
    ):
        lines = lines[:comments]
    heading = next(
        (place for place in reversed(range(len(lines))) if _NEIGHBOURS.fullmatch(squeeze(lines[place]))), None
    )
    if heading is None or any(
        "。" in line or _CLAUSE.match(squeeze(line)) or _ANNEX.match(squeeze(line))
        for line in lines[heading + 1 :]
    ):
        return lines
    return lines[:heading]


def _is_passing(words: str) -> bool:
    return len(words) <= 100 and _PASSING.fullmatch(words) is not None


def _up_to_the_end(lines: list[str]) -> list[str]:
    """Return the lines up to the signature, and what follows it from the first annex or clause on."""
    end = signature(lines)
    if end is None:
        while lines and (opens_footer(lines[-1]) or opens_footer(lines[-1], beside=True)):
            lines.pop()
        return lines
    kept = lines[: end + 1]
    following = lines[end + 1 :]
    for place, line in enumerate(following):
        if _ANNEX.match(line):
            return kept + following[place:]
        if _CLAUSE.match(line):
            # A notice is signed above the text that it carries, whose title stands between.
            return kept + following
    return kept


def signature(lines: list[str]) -> int | None:
    """Return the place of the last line that is the date of a document on its own; None where none is.

    Only one behind which the text does not go on is its end; a date between brackets below a title is none.
    """
    found = None
    for place, line in enumerate(lines):
        if len(line) <= 60 and _DATE.fullmatch(line):
            found = place
    if found is None or found < 2:
        return None
    return found


def core_essence(text: str) -> str:
    """Return a hash of the lines that count; how they are broken into lines does not matter."""
    return hashlib.sha256("".join(core_lines(text)).encode()).hexdigest()


def differ_beside(old: list[str], new: list[str]) -> bool:
    """Say whether two texts differ only by lines of the page's own, above the first provision or behind the last.

    For texts without a signature: a statute ends with its last article. Short words that only one side has behind the
    end are the page's; words that both have there, and that differ, must be titles of other documents or the same words
    with another count.
    """
    ends = (_provisions(old), _provisions(new))
    start = next(
        (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )
    if max(len(old), len(new)) - start > _MOST_DIFFERENT:
        old_tail, new_tail = old[-_MOST_DIFFERENT:], new[-_MOST_DIFFERENT:]
        if start or old_tail != new_tail:
            return False
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        sides = ((old[i1:i2], i1, i2, ends[0]), (new[j1:j2], j1, j2, ends[1]))
        is_tail = all(start > last for _, start, _, (_, last) in sides)
        is_head = all(end <= first for _, _, end, (first, _) in sides)
        lines = [line for part, *_ in sides for line in part]
        if not (is_tail or is_head) or not all(_is_beside(line) for line in lines):
            return False
        if _counts_alone(old[i1:i2], new[j1:j2]):
            continue
        if (
            any(":" in line for line in lines)
            or is_head
            or (sides[0][0] and sides[1][0] and not all(_TITLE.search(line) for line in lines))
        ):
            return False
    return True


def _provisions(lines: list[str]) -> tuple[int, int]:
    """Return the places of the first and the last line that lays something down."""
    first = next((place for place, line in enumerate(lines) if _CLAUSE.match(line)), len(lines))
    last = next((place for place in reversed(range(len(lines))) if lays_down(lines[place])), -1)
    return first, max(last, 2)


def lays_down(line: str) -> bool:
    """Say whether a squeezed line is a provision, a row or an annex, by its length, its marks or its number."""
    return (
        len(line) > 60
        or any(mark in line for mark in "。；|")
        or bool(_CLAUSE.match(line) or _ANNEX.match(line))
    )


def numbered(line: str) -> bool:
    """Say whether a squeezed line begins with the number of a clause."""
    return _CLAUSE.match(line) is not None


def grows(lines: Iterable[str], text: Sequence[str]) -> bool:
    """Say whether lines outside the text's old place may be a part of the document: an annex, or the next number of its own.

    Terms of use and lists of questions are numbered too, from one.
    """
    last: dict[str, int] = {}
    for line in text:
        style, number = _number(line)
        last[style] = max(number, last.get(style, 0))
    for line in lines:
        style, number = _number(line)
        if _ANNEX.match(line) or (style and last.get(style) == number - 1):
            return True
    return False


_NUMBERED = re.compile(
    r"(第)?([一二三四五六七八九十百千\d]+)([条章节编、.．])|[（(]([一二三四五六七八九十\d]+)[）)]"
)


def _number(line: str) -> tuple[str, int]:
    """Return style and number that a line begins with: 第九条 is a ninth of 第条; an empty style where none is."""
    found = _NUMBERED.match(line)
    if found is None:
        return "", 0
    digits = found[2] or found[4]
    kind = "1" if digits.isdigit() else "一"
    value = to_int(digits)
    return f"{found[1] or ''}{kind}{found[3] or '()'}", value or 0


def _counts_alone(old: list[str], new: list[str]) -> bool:
    """Say whether lines are the same words with other numbers, and no number of them measures anything."""
    return (
        len(old) == len(new)
        and all(
            _NUMBERS.sub("0", one) == _NUMBERS.sub("0", other) for one, other in zip(old, new, strict=True)
        )
        and not any(_MEASURED.search(line) for line in (*old, *new))
    )


_NUMBERS = re.compile(r"\d[\d,.:]*")
_MEASURED = re.compile(
    r"\d(?:[\d,.]*)(?:元|%|‰|万元|亿|倍|家|名|场|套|项|亩|公里|千?米|吨|年|个?月|日|天|个?工作日|小时|岁|周|级|平方|立方|台|辆|户|件|所|张|册|度|号|期|批)|第\d"
)
_TITLE = re.compile(
    r"关于.{2,}的|(?:通知|意见|办法|公告|通告|决定|方案|规定|条例|细则|解读|问答|图解|读懂|通报|规划|举措|措施)[》」]?$"
)
_MOST_DIFFERENT = 400
"""Lines behind the first difference beyond which two texts do not differ by a few lines of the page."""
_FACT = re.compile(
    r"(?:联系|咨询|监督|举报|投诉|服务)?(?:人|电话|传真|手机|邮箱|地址|邮编|网址|热线)[:：(（]|(?:主办|承办|协办|指导|支持|牵头|责任|组织|参加|实施|监督|解释|主管|审批)(?:单位|部门|机构|机关|主体)"
)
"""Short lines that are facts of a document wherever they stand."""


def _is_beside(line: str) -> bool:
    return (
        len(line) <= 60
        and not any(mark in line for mark in "。；|")
        and not _CLAUSE.match(line)
        and not _ANNEX.match(line)
        and not _DATE.fullmatch(line)
        and not _FACT.search(line)
    )


def is_within(text: str, page: str) -> bool:
    """Say whether a whole page holds a text line by line, and no clause of its own right behind it."""
    wanted = core_lines(text)
    lines = [words for line in page.splitlines() if (words := _COUNTED.sub("", squeeze(line)))]
    for place in range(len(lines) - len(wanted) + 1):
        if lines[place : place + len(wanted)] == wanted:
            following = lines[place + len(wanted) : place + len(wanted) + 1]
            return bool(wanted) and not any(_CLAUSE.match(line) for line in following)
    return False


_BLANKS = re.compile(r"\s+")


def text_essence(text: str) -> str:
    """Return a hash of the characters of a text, width and white space aside."""
    return hashlib.sha256(_fold(text).encode()).hexdigest()


def document_essence(document: Document) -> str:
    """Return a hash of what a document says: title, number, dates, carrier notice, labels and words of its clauses."""
    digest = hashlib.sha256()
    dates = document.dates
    said = [
        document.title or "",
        document.document_number or "",
        *document.issuing_bodies,
        *(str(getattr(dates, name)) for name in type(dates).model_fields),
        document.carrier.text if document.carrier else "",
    ]
    if document.validity is not None and document.validity.marked:
        said.append(document.validity.marked)  # 【失效】 behind a title ends the text without another word
    # （……通过　……修正）below a title
    said += [f"{act.day} {act.kind} {act.body} {act.by}" for act in document.acts]
    for part in said:
        digest.update(_fold(part).encode() + b"\x1f")
    for part in (*document.addressees, *document.copied_to, *document.signers, *document.remarks):
        digest.update(_fold(part).encode() + b"\x1e")
    for clause in document.walk():
        digest.update(_fold(f"{clause.kind}\x1e{clause.label or ''}\x1e{clause.text}").encode() + b"\x1f")
    return digest.hexdigest()


def _fold(text: str) -> str:
    # The columns of a table stay apart: a figure that moves into the next one is a change.
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text.replace("\t", "|")))


def overlap(old: str, new: str) -> float:
    """Return how much of the shorter text stands in the longer one, 0…1, by runs of five characters."""
    first, second = _runs(old), _runs(new)
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


def _runs(text: str) -> set[str]:
    folded = _fold(text)
    return {folded[start : start + 5] for start in range(max(len(folded) - 4, 0))}
