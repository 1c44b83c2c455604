"""What a line is, judged by its own form: furniture of pages and web sites, and the fixed parts of a document."""

import re
from enum import StrEnum

from policydiff.lexicon.blanks import BLANKS, despace
from policydiff.lexicon.body_endings import BODY, BODY_ENDINGS
from policydiff.lexicon.dates import DATE
from policydiff.lexicon.furniture import is_furniture, is_stated
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
    FOOTNOTE = "footnote"


_B = f"[{BLANKS}]"
_CN = f"[{CHINESE_DIGITS}]"

LINE_WORDS = Words("policydiff.parsing", "lines", BODY_ENDINGS)
"""Words that fixed lines are known by."""

_PATTERNS: dict[Kind, str] = {
    Kind.PAGE_MARK: r"""
        [—–\-－―─一]{1,3}\d{1,4}[—–\-－―─一]{1,3}      # — 3 —, and as OCR reads it: 一 3 一
        | [—–\-－―─]{1,2}\d{1,4}
        | 第\d+页(?:[，,]?[共/]\d+页)?
        | \d{1,4}/\d{1,4}
        """,
    Kind.MARKUP: r"<!--.*-->|-{3,}|\*{3,}|={3,}|<br/?>|[|:\-]*\|[|:\-]*",
    Kind.RULE: r"[—–\-－―─_＿=*·.…]{2,}",
    Kind.NUMBER: rf"""
        [\u4e00-\u9fff]{{1,16}}[（(〔﹝［\[【〖](?:19|20)\d\d年?[)）〕﹞］\]】〗]第?\d{{1,5}}(?:-\d+)?号
        | [\u4e00-\u9fff]{{2,24}}(?:令|公告)[（(]?(?:(?:19|20)\d\d年)?第(?:\d{{1,5}}|{_CN}{{1,8}})号[)）]?
        | (?![^令]*关于)(?![^令]*的)[\u4e00-\u9fff]{{2,24}}令
        | 第(?:\d{{1,5}}|{_CN}{{1,8}})号
        | (?:19|20)\d\d年第\d{{1,4}}号
        """,
    Kind.FLAG: r"[\u4e00-\u9fff]{4,40}文件",
    Kind.SIGNER: r"签发人[：:].*",
    Kind.SECRECY: r"(?:绝密|机密|秘密)(?:★.*)?|(?:特急|加急|特提|平急)|份号[：:]?\d+|\d{6}",
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
    Kind.DISCLOSURE, Kind.SIGNER, Kind.SECRECY, Kind.CONTENTS, Kind.ANNEX,
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(_PATTERNS[kind], re.VERBOSE)) for kind in _ORDER)

_SIGNED = re.compile(rf"[（(]?(?P<body>[\u4e00-\u9fff、]{{2,40}}{BODY}){DATE.pattern}[)）]?", re.VERBOSE)
_BODY_NAME = re.compile(rf"[\u4e00-\u9fff]{{0,40}}{BODY}")
_ONLY_DATE = re.compile(rf"[（(]?{DATE.pattern}[)）]?", re.VERBOSE)
_EVENT = re.compile(
    rf"""[（(]?(?:根据)?{DATE.pattern}[^。]{{0,400}}?
         {LINE_WORDS.any_of("events")}
         [^。]{{0,60}}[；;。]?[）)]?""",
    re.VERBOSE,
)
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_LAST_TRIED = (
    (Kind.DATE, _ONLY_DATE),
    (Kind.SIGNED, _SIGNED),
    (Kind.EVENT, _EVENT),
    (Kind.BODY_NAME, _BODY_NAME),
)
_OPEN_ENDS = frozenset("。；，、,;：:")
_LONGEST = 400
_LONGEST_EVENT = 200


def kind_of(raw: str) -> Kind | None:
    """Return the kind of a line, None for running text, headings and titles."""
    if len(raw) > _LONGEST:
        return None
    words = despace(raw).translate(_HALF_WIDTH)
    for kind, pattern in _COMPILED:
        if pattern.fullmatch(words):
            return kind
    if is_furniture(words) or is_stated(words):
        return Kind.WEB
    if words[-1:] in _OPEN_ENDS:
        closed = words[-1:] in "；;。" and len(words) < _LONGEST_EVENT and _EVENT.fullmatch(words)
        return Kind.EVENT if closed else None
    return next((kind for kind, pattern in _LAST_TRIED if pattern.fullmatch(words)), None)
