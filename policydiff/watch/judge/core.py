"""What of a page's text is the document: its lines without counters, tools and neighbours, up to the signature and its annexes.

Judged by place, because the words of such lines are endless: what follows the signature (署名、成文日期) and is no annex is
not text, and what stands above the title is not either. Nothing here is recorded; it only decides what counts as a change.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from policydiff.lexicon.furniture import is_furniture, is_stated, opens_footer
from policydiff.lexicon.numerals import to_int
from policydiff.model import Document

_BLANKS = re.compile(r"\s+")
COUNTED = re.compile(
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
    r"|(?:本文|本页)?(?:浏览|阅读|点击|访问|下载|播放)(?:次数|数量|人数|人次|量|数)?[:：]?(?:(?:加载|统计|读取|获取)中|-{1,3})?\.{0,6}"
    r"|(?:发布|更新|发表|编辑|修改)?(?:于|时间)?[:：]?约?\d+(?:秒|分钟|个?小时|天|日|周|星期|个?月|年)之?前(?:发布|更新)?|(?:刚刚|今天|昨天|前天)(?:\d{1,2}:\d\d)?"
    r"|(?:更新|发布|版本|编辑)(?:记录|历史|日志)[:：].{0,80}|(?:已读|阅读进度)[:：]?\d{1,3}%"
    r"|(?:第?\d{1,3}页|共\d{1,3}页|当前第?|每页\d+条|共\d+条|页次\d+/\d+|跳转到?|首页|尾页|末页|[上下前后]一?页|[\[【(]?\d{1,3}[\]】)]?|go|/|,|，)+"
    r"|(?:[\[【(（][^\[\]【】()（）]{1,8}[\]】)）]){2,}"
    r"|(?:this|the)?(?:page|site|content|document)?(?:was)?(?:last|first|next)?(?:reviewed?|updated?|modified|published|posted|checked|edited|printed)(?:date|on|at|by)?:?.{0,12}\d.{0,40}"
    r"|(?:today|now)(?:is)?:?.{0,12}\d.{0,40}"
    r"|(?:今天是)?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}:\d\d(?::\d\d)?)?(?:(?:星期|周)[一二三四五六日天](?:农历.{2,12})?|农历.{2,12})(?:\d{1,2}:\d\d(?::\d\d)?)?"
    r"|[<＜《«‹]?[前后上下]一?[篇条页则个].{0,60}|(?:周|星期)[一二三四五六日天]|建议使用.{2,40}"
    r"|(?:您是|你是)?第?\d[\d,]*(?:位|个|名|人|次)?(?:访客|访问者|点赞|在看|阅读|浏览)|在线\d[\d,]*人|热度\d.*|已阅[:：]?\d+"
    r"|(?:文章|正文|页面)?(?:字号|字体)[:：]?(?:最|特|超)?(?:大|中|小|默认|还原|标准|恢复){1,8}|(?:免责|版权|转载|特别|重要)?声明[:：](?:凡|本站|本网|网站|以上内容|文章).{0,90}"
    r"|(?:时长|音频|视频)[:：]?\d.{0,12}|(?:关键词|关键字|标签|栏目|分类|主题词条)[:：].{0,60}"
    r"|(?:主办|承办)[:：].{2,40}|网站标识码[:：]?.{0,20}|(?:copyright|©|版权所有).{0,80}"
    r"|(?:最新|热门|相关|附近|本站|精彩|猜你)(?:推荐|服务|喜欢|阅读|文章|新闻|政策|解读|文件)[:：]?"
    r"|(?:本文|全文|文章|正文)?(?:共计?|约|全长)?\d[\d,]*(?:余)?字.{0,24}"
    r"|[^\w]{0,3}(?:已有)?\d[\d,]*(?:人|位|次|个|条)?(?:已?(?:喜欢|赞|点赞|觉得.{1,4}|收藏|在看|推荐|关注|订阅|评论|分享|转发))"
    r"|.{0,12}(?:满意度|评分|打分|是否满意|是否有帮助|有用吗|有帮助吗|对您有用).{0,48}"
    r"|(?:语音播报|朗读|收听|音频|视频|播放|时长).{0,8}\d{1,2}:\d\d(?::\d\d)?(?:/\d{1,2}:\d\d(?::\d\d)?)?(?:倍速[\d.]{1,4}x?)?"
    r"|[^\w]{0,4}\d{1,7}[^\w]{0,4}"
    r"|(?:分享[到至]|微信好友|好友|网址|链接|护眼|语音|盲人|大字|分享|转发|打印|收藏|朗读|听全文|语音播报|字体|字号|大中小|a\+|a-|复制链接|返回顶部|扫一扫|微信|微博|我要纠错|关闭|下载本文|大|中|小|繁体|简体|english|无障碍|长者|模式|二维码|扫码|收听|播放|暂停|\[|\]|a|\+|-|收起|转成?pdf|\||/|·|[:：]|\d|到|至|本文|页面|窗口|【|】|\(|\)|qq空间|qq|朋友圈|返回|首页|上级|上一级|网站|站内|搜索|本页|此页|列表|特大|默认|放大|缩小|译文|原文|(?:ai|机器)?翻译|双语|对照|倍速){2,30})",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"[【\[]?(?:内容|文章|智能|AI)?(?:摘要|导读|速览|提要|核心提示|编者按|内容概述|阅读提示)[】\]]?[:：]?.*"
)
_NEIGHBOURS = re.compile(
    r"(?:相关|热门|推荐|最新|延伸|猜你|更多|精彩|本站|热点)(?:链接|阅读|新闻|文档|稿件|文章|政策|文件|推荐|点击|喜欢|解读|信息|资讯|报道)[:：]?|解读材料[:：]?"
)
_COMMENTS = re.compile(
    r"(?:我要|网友|公众|在线|读者)(?:提问|咨询|问答|互动|建言|投诉)|(?:网友|用户|读者|最新|全部|热门|精彩|公众|发表|我要|参与)?(?:评论|留言|跟帖|点评|回帖|热评)(?:区|列表|专区)?[（(\[]?\d*条?[)）\]]?[:：]?"
)
DATE = re.compile(
    r"(?:[一-鿿]{0,30})?(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|二[〇○零O0o一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日|(?:中[华華])?民[国國]\d{2,3}年\d{1,2}月\d{1,2}日)"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\d{1,2}(?:st|nd|rd|th)?,?(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)?(?:dayof)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6},?(?:19|20)\d\d"
)
ANNEXED = re.compile(
    r"[（(【\[]?(?:附件|附录|附表|附图|附则|附注|附[:：]|附[一二三四五六七八九十\d]|抄送|主送|印发|.{2,40}印发|注[:：]|备注|说明[:：]|联系人|公开方式|（?此件|此页无正文)"
)
CLAUSE = re.compile(
    r"\|?(?:第[一二三四五六七八九十百千\d]+[条條章节節编編]|[一二三四五六七八九十]+、|[（(](?:[一二三四五六七八九十\d]+|[a-z]|[ivx]+)[）)]|\d+[.、．]"
    r"|(?i:article|section|chapter|part|rule)(?:\d+|[IVX]+))"
)
HEAD = 12
"""Lines above the first clause in which a summary or a status may stand."""


def squeeze(text: str) -> str:
    """Return a text without blanks, its width and compatibility forms made one.

    The columns of a table stay apart: a figure that moves into the next column is a change.
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text.replace("\t", "|")))


_PAIRS = "頁页網网錄录閱阅讀读續续會会員员訊讯資资內内無无單单統统請请檔档維维護护級级異异碼码驗验證证權权連连結结過过關关閉闭開开啟启錯错誤误務务間间號号規规條条現现廢废實实狀状態态後后來来為为說说點点擊击壞坏應应該该沒没執执備备註注覽览戶户終终編编輯辑價价屬属區区廳厅標标題题時时發发佈布與与從从當当數数據据庫库暫暂輸输環环滿满臺台顯显鏈链載载轉转項项復复還还經经總总將将傳传動动畫画圖图書书訪访問问頻频稱称類类別别種种檢检鍵键詞词體体層层階阶頒颁導导識识確确認认圍围責责機机構构準准則则處处罰罚個个於于對对學学業业東东車车長长門门際际"
_SIMPLE = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
"""Traditional signs that portals' own words are written in, each with its simple form: no rule for texts."""


def simplified(words: str) -> str:
    """Return the words of a page's own with the commonest traditional signs made simple."""
    return words.translate(_SIMPLE)


def core_lines(text: str) -> list[str]:
    """Return the lines that count, squeezed."""
    found: list[str] = []
    for line in _before_neighbours(text.splitlines()):
        words = squeeze(line)
        if not words or is_furniture(line) or _is_passing(words) or _passes_in_pieces(line):
            continue
        words = COUNTED.sub("", words) if len(words) <= 120 else words
        if words.strip("|-—·:：()（）[]【】。 "):
            found.append(words)
    first = next((place for place, line in enumerate(found) if CLAUSE.match(line)), 0)
    head = [line for line in found[:first] if not (_SUMMARY.fullmatch(line) or is_stated(line))]
    return _up_to_the_end([*head, *found[first:]])


def _before_neighbours(lines: list[str]) -> list[str]:
    """Return the lines above the comments, and above the last heading of other documents (相关阅读) with only titles below."""
    comments = next((place for place, line in enumerate(lines) if _COMMENTS.fullmatch(squeeze(line))), None)
    if comments is not None and not any(
        CLAUSE.match(squeeze(line)) or ANNEXED.match(squeeze(line)) for line in lines[comments + 1 :]
    ):
        lines = lines[:comments]
    heading = next(
        (place for place in reversed(range(len(lines))) if _NEIGHBOURS.fullmatch(squeeze(lines[place]))), None
    )
    if heading is None or any(
        "。" in line or CLAUSE.match(squeeze(line)) or ANNEXED.match(squeeze(line))
        for line in lines[heading + 1 :]
    ):
        return lines
    return lines[:heading]


def _is_passing(words: str) -> bool:
    return len(words) <= 100 and _PASSING.fullmatch(words) is not None


_GAPS = re.compile(r"\s{2,}|[\u3000\t|｜]")
_STAMP = re.compile(
    r"(?:日期|时间)[:：]\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}:\d\d(?::\d\d)?)?|\d{1,2}:\d\d(?::\d\d)?"
)


def _passes_in_pieces(line: str) -> bool:
    """Say whether every piece of a line is the page's own: 日期：2024-04-25 09:10　来源：办公室　【字号：大 中 小】."""
    pieces = [words for piece in _GAPS.split(line) if (words := squeeze(piece))] if len(line) <= 160 else []
    own = [is_furniture(piece) or _is_passing(piece) for piece in pieces]
    return (
        len(pieces) > 1
        and any(own)
        and all(is_own or _STAMP.fullmatch(piece) for is_own, piece in zip(own, pieces, strict=True))
    )


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
        if ANNEXED.match(line):
            return kept + following[place:]
        if CLAUSE.match(line):
            # A notice is signed above the text that it carries, whose title stands between.
            return kept + following
        if all(line.startswith("|") and line.count("|") > 2 for line in following[place : place + 2]) and any(
            sign.isdigit() for sign in line + following[-1]
        ):
            # A table behind the signature is an annex without a name.
            return kept + following[place:]
    return kept


def signature(lines: list[str]) -> int | None:
    """Return the place of the last line that is the date of a document on its own; None where none is.

    Only one behind which the text does not go on is its end; a date between brackets below a title is none.
    """
    found = None
    for place, line in enumerate(lines):
        if len(line) <= 60 and DATE.fullmatch(line):
            found = place
    if found is None or found < 2:
        return None
    return found


def core_essence(text: str) -> str:
    """Return a hash of the lines that count; how they are broken into lines does not matter."""
    return hashlib.sha256("".join(core_lines(text)).encode()).hexdigest()


def lays_down(line: str) -> bool:
    """Say whether a squeezed line is a provision, a row or an annex, by its length, its marks or its number."""
    return (
        len(line) > 60
        or any(mark in line for mark in "。；")
        or line.startswith("|")
        or (len(line) >= _LEAST_ENGLISH and line.isascii() and line.endswith((".", ";", ":")))
        or bool(CLAUSE.match(line) or ANNEXED.match(line))
    )


_LEAST_ENGLISH = 25
"""Characters, blanks aside, of an English line that is a sentence by its mark at the end: shorter ones are titles and labels."""


def numbered(line: str) -> bool:
    """Say whether a squeezed line begins with the number of a clause."""
    return CLAUSE.match(line) is not None


def begins_late(lines: Sequence[str]) -> bool:
    """Say whether the first numbered line of a text bears another number than the first: its beginning may be gone."""
    numbers = (_number(line) for line in lines)
    return next((value > 1 for style, value in numbers if style), False)


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
        if ANNEXED.match(line) or (style and last.get(style) == number - 1):
            return True
    return False


_NUMBERED = re.compile(
    r"\|?(?:(第)?([一二三四五六七八九十百千\d]+)([条條章节節编編、.．])|[（(]([一二三四五六七八九十\d]+)[）)]|((?i:article|section|chapter|rule))(\d+))"
)


def _number(line: str) -> tuple[str, int]:
    """Return style and number that a line begins with: 第九条 is a ninth of 第条; an empty style where none is."""
    found = _NUMBERED.match(line)
    if found is None:
        return "", 0
    if found[5]:
        return found[5].lower(), int(found[6])
    digits = found[2] or found[4]
    kind = "1" if digits.isdigit() else "一"
    value = to_int(digits)
    return f"{found[1] or ''}{kind}{found[3] or '()'}", value or 0


_BLANKS = re.compile(r"\s+")


def text_essence(text: str) -> str:
    """Return a hash of the characters of a text, width and white space aside."""
    return hashlib.sha256(squeeze(text).encode()).hexdigest()


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
        digest.update(squeeze(part).encode() + b"\x1f")
    for part in (*document.addressees, *document.copied_to, *document.signers, *document.remarks):
        digest.update(squeeze(part).encode() + b"\x1e")
    for clause in document.walk():
        digest.update(squeeze(f"{clause.kind}\x1e{clause.label or ''}\x1e{clause.text}").encode() + b"\x1f")
    return digest.hexdigest()


def overlap(old: str, new: str) -> float:
    """Return how much of the shorter text stands in the longer one, 0…1, by runs of five characters."""
    first, second = _runs(old), _runs(new)
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


def _runs(text: str) -> set[str]:
    folded = squeeze(text)
    return {folded[start : start + 5] for start in range(max(len(folded) - 4, 0))}
