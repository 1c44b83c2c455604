"""What of a page's text is the document: its lines without counters, tools and neighbours, up to the signature and its annexes.

Judged by place, because the words of such lines are endless: what follows the signature (署名、成文日期) and is no annex is
not text, and what stands above the title is not either. Nothing here is recorded; it only decides what counts as a change.
"""

import hashlib
import re
import unicodedata

from policydiff.lexicon.furniture import is_furniture, is_stated, opens_footer

_BLANKS = re.compile(r"\s+")
_COUNTED = re.compile(
    r"[（(\[【]?(?:本文|本页)?(?:已被|已有|已|共|累计)?(?:浏览|阅读|点击|访问|查看|下载|播放|转载)(?:次数|数量|人数|人次|量|数|率)?[:：]?[（(]?\d[\d,.]*(?:万|w)?[)）]?(?:次|人次|人)?(?:浏览|阅读|访问)?[)）\]】]?"
    r"|(?:点赞|赞|收藏|转发|分享|评论|踩|好评|热度|关注)[:：]?[（(]?\d[\d,.]*(?:万|w)?[)）]?(?:次|人|条)?"
    r"|(?:已有|共有?)\d[\d,]*(?:位?网友|人|位?读者|条)(?:阅读|参与|评论|点赞|浏览|看过)?"
    r"|(?:字数|阅读时长|预计阅读|在线人数|当前在线)[:：]?约?\d[\d,]*(?:字|分钟|人)?",
    re.IGNORECASE,
)
_PASSING = re.compile(
    r"(?:(?:今天|今日|现在|当前时间|服务器时间|北京时间)(?:是|[:：])?.{0,40}\d.*"
    r"|(?:最后|最近)?(?:更新|刷新|修改|生成|同步|缓存)(?:时间|日期|于)[:：]?\d.{0,30}"
    r"|(?:[前后上下]一?[篇条页则个]|上篇|下篇|previous|next)[:：>»].{0,80}"
    r"|(?:责任?编辑?|编辑|作者|审核|校对|供稿|通讯员|记者|值班|来源|稿源|信息来源)[:：].{0,40}"
    r"|(?:天气|气温|空气质量)[:：]?.{0,30}"
    r"|[<＜《«‹]?[前后上下]一?[篇条页则个].{0,60}|(?:周|星期)[一二三四五六日天]|建议使用.{2,40}"
    r"|(?:您是|你是)?第?\d[\d,]*(?:位|个|名|人|次)?(?:访客|访问者|点赞|在看|阅读|浏览)|在线\d[\d,]*人|热度\d.*|已阅[:：]?\d+"
    r"|(?:时长|音频|视频)[:：]?\d.{0,12}|(?:关键词|关键字|标签|栏目|分类|主题词条)[:：].{0,60}"
    r"|(?:主办|承办)[:：].{2,40}|网站标识码[:：]?.{0,20}|(?:copyright|©|版权所有).{0,80}"
    r"|(?:最新|热门|相关|附近|本站|精彩|猜你)(?:推荐|服务|喜欢|阅读|文章|新闻|政策|解读|文件)[:：]?"
    r"|[^\w]{0,4}\d{1,7}[^\w]{0,4}"
    r"|(?:分享|转发|打印|收藏|朗读|听全文|语音播报|字体|字号|大中小|a\+|a-|复制链接|返回顶部|扫一扫|微信|微博|我要纠错|关闭|下载本文|大|中|小|繁体|简体|english|无障碍|长者|模式|二维码|扫码|收听|播放|暂停|\[|\]|a|\+|-|收起|转成?pdf|\||/|·|[:：]|\d|到|至|本文|页面|窗口){2,20})",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"[【\[]?(?:内容|文章|智能|AI)?(?:摘要|导读|速览|提要|核心提示|编者按|内容概述|阅读提示)[】\]]?[:：]?.*"
)
_NEIGHBOURS = re.compile(
    r"(?:相关|热门|推荐|最新|延伸|猜你|更多|精彩|本站|热点)(?:链接|阅读|新闻|文档|稿件|文章|政策|文件|推荐|点击|喜欢|解读|信息|资讯|报道)[:：]?|解读材料[:：]?"
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
    """Return the lines above the last heading of other documents (相关阅读), where only titles follow it."""
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


def added_beside(old: list[str], new: list[str]) -> bool:
    """Say whether two texts differ only by short words behind the end that are no provision.

    For texts without a signature: a statute ends with its last article. Words that one side has more are a line of the
    page's own; words that both have, and that differ, must be titles of other documents.
    """
    common = next(
        (place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )
    rests = (old[common:], new[common:])
    if common < 3 or not all(_is_beside(line) for rest in rests for line in rest):
        return False
    return not all(rests) or all(_TITLE.search(line) for rest in rests for line in rest)


_TITLE = re.compile(
    r"关于.{2,}的|(?:通知|意见|办法|公告|通告|决定|方案|规定|条例|细则|解读|问答|图解|读懂|通报|规划|举措|措施)[》」]?$"
)


def _is_beside(line: str) -> bool:
    return (
        len(line) <= 60
        and not any(mark in line for mark in "。；:|")
        and not _CLAUSE.match(line)
        and not _ANNEX.match(line)
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
