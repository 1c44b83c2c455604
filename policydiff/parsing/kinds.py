"""What a line is, judged by its own form: furniture of pages and web sites, and the fixed parts of a document."""

import re
from enum import StrEnum

from policydiff.lexicon.blanks import BLANKS, despace
from policydiff.lexicon.numerals import CHINESE_DIGITS
from policydiff.lexicon.wording import Words


class Kind(StrEnum):
    """Kind of a line that is no running text."""

    PAGE_MARK = "page mark"
    WEB = "web furniture"
    FOOTER = "page footer"
    MARKUP = "markup"
    RULE = "rule"
    NUMBER = "document number"
    FLAG = "letter head"
    EVENT = "event"
    DATE = "date"
    BODY_NAME = "name of a body"
    SIGNED = "name of a body and date"
    NOTE = "closing note"
    COPIED = "copied to"
    PRINTED = "printed by"
    KEYWORDS = "keywords"
    DISCLOSURE = "disclosure"
    SIGNER = "signer"
    SECRECY = "secrecy or urgency"
    CONTENTS = "contents"
    ANNEX = "annex mark"
    ROW = "table row"


_B = f"[{BLANKS}]"
_CN = f"[{CHINESE_DIGITS}]"

DATE = re.compile(
    rf"""(?P<year>(?:19|20)\d\d|[一二][九〇零○ＯO0][{CHINESE_DIGITS}O0]{{2}})年
         (?P<month>1[0-2]|0?[1-9]|十[一二]?|元|正|[一二三四五六七八九])月
         (?P<day>3[01]|[12]\d|0?[1-9]
               |三十一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|初?[一二三四五六七八九])[日号]""",
    re.VERBOSE,
)
"""2021年11月29日, 二〇二一年十一月二十九日 (blanks removed)."""

_DAY = re.sub(r"\?P<\w+>", "?:", DATE.pattern)
_CODE = r"(?:[\u4e00-\u9fff]|[（(〔［\[][\u4e00-\u9fff][)）〕］\]])"
_OPEN, _CLOSE = r"[（(〔﹝［\[【〖]", r"[)）〕﹞］\]】〗]"
_NUMBER = rf"""(?:
    (?!.{{0,6}}(?:关于|根据)){_CODE}{{1,16}}{_OPEN}(?:(?:19|20)\d\d|\d\d)年?{_CLOSE}(?:[\u4e00-\u9fff]{{1,6}}字)?第?\d{{1,5}}(?:-\d+)?号   # 法（研）发〔1985〕10号
    | {_OPEN}(?:(?:19|20)\d\d|\d\d)年?{_CLOSE}{_CODE}{{1,12}}第?\d{{1,5}}号                                           # 〔81〕法民字第2号
    | [\u4e00-\u9fff]{{2,24}}(?:令|公告)[（(]?(?:(?:19|20)\d\d年)?第(?:\d{{1,5}}|{_CN}{{1,8}})号[)）]?
    | (?:(?:19|20)\d\d年)?第(?:\d{{1,5}}|{_CN}{{1,8}})号)"""
_GUARDED = "(?:绝密|机密|秘密)(?:★.*)?|特急|加急|特提|平急"

LINE_WORDS = Words("policydiff.parsing", "lines")
"""Words that fixed lines are known by."""

BODY = LINE_WORDS.any_of("body_endings")
"""How names of issuing bodies end."""

_PATTERNS: dict[Kind, str] = {
    Kind.PAGE_MARK: r"""
        [—–\-－―─一]{1,3}\d{1,4}[—–\-－―─一]{1,3}      # — 3 —, and as OCR reads it: 一 3 一
        | [—–\-－―─]{1,2}\d{1,4}
        | 第\d+页(?:[，,]?[共/]\d+页)?
        | \d{1,4}/\d{1,4}
        """,
    Kind.WEB: r"""
        (?:当前位置|您(?:现在)?的位置)[：:].*
        | (?:首页|主页)[>＞»].*
        | (?:字体|字号|分享到?|保存|收藏)[：:]?[\[【（(]?(?:大|中|小|微信|微博|打印)?.{0,12}
        | [\[【]?(?:打印|关闭|收藏|返回|编辑|打印本页|关闭窗口|返回顶部|我要纠错)[\]】]?
        | (?:浏览|点击|阅读)(?:量|次数|数|率)?[：:].{0,30}
        | (?:责任编辑|编辑)[：:].{0,20}
        | 扫一扫.{0,30}
        | 相关(?:链接|文章|阅读|稿件)[：:]?.{0,40}
        | (?:上一篇|下一篇)[：:]?.{0,60}
        | (?:文章|信息|稿件)?来源[：:].{0,40}
        | (?:发布|更新)(?:时间|日期)[：:].{0,60}
        | 索引号[：:].{0,60}
        | 办理结果[：:].{0,20}
        | 核心提示[：:].*
        | [\[\]]
        | (?:19|20)\d\d-\d\d?-\d\d?(?:\d\d:\d\d(?::\d\d)?)?(?:浏览量|来源|文章来源|作者|信息来源|字体|打印)?.{0,40}
        """,
    Kind.MARKUP: r"<!--.*-->|-{3,}|\*{3,}|={3,}|<br/?>|[|:\-]*\|[|:\-]*",
    Kind.RULE: r"[—–\-－―─_＿=*·.…]{2,}",
    Kind.NUMBER: rf"""
        [（(]?(?:{_DAY}[，,]?)?(?:{_NUMBER}[、，,；;]?)+(?:{_DAY}|签发人[：:].{{1,20}}|{_GUARDED})?[)）]?
        | (?![^令]*关于)(?![^令]*的)[\u4e00-\u9fff]{{2,24}}令
        """,
    Kind.FLAG: r"[\u4e00-\u9fff]{4,40}文件",
    Kind.SIGNER: r"签发人[：:].*",
    Kind.SECRECY: rf"(?:{_GUARDED})+|份号[：:]?\d+|\d{{6}}",
    Kind.NOTE: r"""
        [（(](?:此件|联系人|主动公开|依申请公开|不予公开|本文有删减|此文有删减|联系电话|院印|公章|印章)[^（()）]*[)）]
        """,
    Kind.COPIED: r"(?:抄送|抄报|主送|分送|抄致)(?:机关|单位)?[：:].+",
    Kind.PRINTED: rf"(?:[\u4e00-\u9fff]{{4,40}})?{DATE.pattern}印发",
    Kind.KEYWORDS: r"主题词[：:].+",
    Kind.DISCLOSURE: r"(?:公开属性|公开方式|信息公开选项|公开类别)[：:].*",
    Kind.CONTENTS: r"目录|目次",
    Kind.ANNEX: rf"附(?:件|录|表|图)?(?:\d{{1,2}}|{_CN}{{1,3}}|[A-Z])?[：:]?",
}
_ORDER = (
    Kind.PAGE_MARK, Kind.MARKUP, Kind.RULE, Kind.NUMBER, Kind.FLAG, Kind.PRINTED, Kind.NOTE, Kind.COPIED, Kind.KEYWORDS,
    Kind.DISCLOSURE, Kind.SIGNER, Kind.SECRECY, Kind.CONTENTS, Kind.ANNEX, Kind.WEB,
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(_PATTERNS[kind], re.VERBOSE)) for kind in _ORDER)

_FOOTER = re.compile(
    r"""[^。；]{0,40}?(?:ICP[备证]|公网安备)[^。；]{0,80}    # 沪ICP备05006290号-1, 京公网安备 11010202007632号
      | (?:[^。；]{0,40})?版权所有[^。；]{0,100}
      | [^。；]{0,20}?(?:Copyright|[©])[^。；]{0,120}
      | 网站标识码[：:]?[^。；]{0,20}
      | (?:互联网新闻信息服务|信息网络传播视听节目|增值电信业务)(?:经营)?许可证[^。；]{0,40}""",
    re.VERBOSE | re.IGNORECASE,
)
_BESIDE_FOOTER = re.compile(
    r"""(?:主办|承办|协办|运行|维护|技术支持|运维|建设)(?:单位|部门)?[：:].{2,60}
      | (?:联系|单位)?(?:地址|电话|邮编|邮箱)[：:].{2,60}
      | (?:网站地图|站点地图|联系我们|关于我们|隐私声明|法律声明|网站声明|使用帮助)(?:.{0,30})""",
    re.VERBOSE,
)


def opens_footer(raw: str, *, beside: bool = False) -> bool:
    """Say whether a line is a record or copyright line of a web page; what may stand above one, where `beside`.

    Seen below regulations on the pages of ministries and agencies: only the end of a text is asked, since 主办单位：
    in its body is a fact of the document.
    """
    if len(raw) > _LONGEST:
        return False
    pattern = _BESIDE_FOOTER if beside else _FOOTER
    return pattern.fullmatch(despace(raw)) is not None


_SIGNED = re.compile(rf"[（(]?(?P<body>[\u4e00-\u9fff、]{{2,40}}{BODY}){DATE.pattern}[)）]?", re.VERBOSE)
_BODY_NAME = re.compile(
    rf"(?!.*关于|[在对就由和与及为向按以各本该是并将把]|.*的.)[\u4e00-\u9fff]{{0,40}}{BODY}"
)
"""关于 and a leading preposition show a piece of a title (就内地与香港特别行政区法院)."""
_ONLY_DATE = re.compile(rf"[（(]?{DATE.pattern}[)）]?", re.VERBOSE)
_EVENT = re.compile(
    rf"""[（(]?(?:根据)?{DATE.pattern}[^。]{{0,400}}?
         {LINE_WORDS.any_of("events")}
         [^。]{{0,60}}[；;。]?[）)]?""",
    re.VERBOSE,
)
NOTE_OPENS = re.compile(
    rf"[（(](?:[^。；]{{0,40}}?)(?:{_DAY})|[（(][\u4e00-\u9fff]{{2,30}}(?:第.{{1,12}}次)?会议", re.VERBOSE
)
"""How a note of dates below a title begins: with a day, or with the session that adopted the text."""
_EVENT_LATER = re.compile(
    rf"""[（(][^。；（()）]{{2,120}}?(?:会议|委员会)[^。；（()）]{{0,40}}?(?:通过|批准)[^。（()）]{{0,20}}{DATE.pattern}[^。]{{0,400}}[）)]""",
    re.VERBOSE,
)
"""（某委员会第1237次会议通过　2002年8月16日公布）: the day of adoption left out."""
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_LAST_TRIED = (
    (Kind.DATE, _ONLY_DATE),
    (Kind.SIGNED, _SIGNED),
    (Kind.EVENT, _EVENT),
    (Kind.EVENT, _EVENT_LATER),
    (Kind.BODY_NAME, _BODY_NAME),
)
_OPEN_ENDS = frozenset("。；，、,;：:")
_LONGEST = 400
_LONGEST_NOTE = 4000
"""The note of a code that twelve amendments changed has some 1,500 characters."""
_LAST_ACT = re.compile("(?:修正|修订|通过|公布|施行|发布|批准|修改)[）)]$")
_LONGEST_EVENT = 200


def _is_long_note(raw: str) -> bool:
    """Say whether a long line is a note of dates that names many amendments: all of it in brackets, up to a last act."""
    if raw[0] not in "（(" or raw[-1] not in "）)" or len(raw) > _LONGEST_NOTE:
        return False
    words = despace(raw).translate(_HALF_WIDTH)
    return NOTE_OPENS.match(words) is not None and _LAST_ACT.search(words) is not None


def kind_of(raw: str) -> Kind | None:
    """Return the kind of a line, None for running text, headings and titles."""
    if len(raw) > _LONGEST:
        return Kind.EVENT if _is_long_note(raw) else None
    words = despace(raw).translate(_HALF_WIDTH)
    for kind, pattern in _COMPILED:
        if pattern.fullmatch(words):
            return kind
    if words[-1:] in _OPEN_ENDS:
        closed = words[-1:] in "；;。" and len(words) < _LONGEST_EVENT and _EVENT.fullmatch(words)
        return Kind.EVENT if closed else None
    return next((kind for kind, pattern in _LAST_TRIED if pattern.fullmatch(words)), None)
