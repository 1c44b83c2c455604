"""Kind of a line, by its own form (furniture of pages, fixed parts of a document), and kind of a document (文种), by the words that its title ends in."""

import re
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from importlib import resources
from string import ascii_uppercase

from policydiff.lexicon.bodies import BODY, BODY_ENDINGS
from policydiff.lexicon.document_numbers import LONG_FORM, SERIES, DocumentNumber
from policydiff.lexicon.furniture import CLOCK, is_furniture, is_stated, page_labels
from policydiff.lexicon.horizons import ANY_DAY, DATE, ENGLISH_DAY
from policydiff.lexicon.numerals import CHINESE_DIGITS
from policydiff.lexicon.patterns import Words, lazy_pattern
from policydiff.lexicon.text_marks import without_calls
from policydiff.lexicon.titles import ENGLISH_TITLE, status_mark, without_status_mark
from policydiff.lexicon.widths import despace, with_narrow_digits


class Kind(StrEnum):
    """Kind of a line that is not running text."""

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
    SIGNATORY = "who signs"
    SECRECY = "secrecy or urgency"
    COVER = "cover of a standard"
    STATED = "label and value"
    CONTENTS = "contents"
    ANNEX = "annex mark"
    ROW = "table row"
    FOOTNOTE = "footnote"


_CN = f"[{CHINESE_DIGITS}]"

_CODE = r"(?:[\u4e00-\u9fff]|\b[A-Z×]{1,3}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\d{1,4}(?=[\u4e00-\u9fff])|[（(〔［\[][\u4e00-\u9fff][)）〕］\]])"
_OPEN, _CLOSE = r"[（(〔﹝［\[【〖]", r"[)）〕﹞］\]】〗]"
NUMBER_FORM = rf"""(?:
    (?!.{{0,6}}(?:关于|根据)){_CODE}{{1,16}}{_OPEN}(?:(?:19|20)\d\d|\d\d)年?{_CLOSE}(?:第?{SERIES})?第?\d{{1,15}}(?:-\d+)?[号號]   # 法（研）发〔1985〕10号
    | (?!.{{0,30}}(?:关于|根据))[\u4e00-\u9fff]{{2,60}}(?:令|公告){_OPEN}(?:19|20)\d\d年?{_CLOSE}第?\d{{1,5}}号          # of several bodies
    | {_OPEN}(?:19|20)\d\d年?{_CLOSE}第?\d{{1,5}}号                                                       # 〔2021〕12号, of minutes
    | {_OPEN}(?:(?:19|20)\d\d|\d\d)年?{_CLOSE}{_CODE}{{1,12}}第?\d{{1,5}}号                                           # 〔81〕法民字第2号
    | (?:(?:(?!关于|的[公通]告)[\u4e00-\u9fff]){{2,60}}(?:令|[公通]告))?{_OPEN}?(?:(?:19|20)\d\d年|第?(?:\d{{1,2}}|{_CN}{{1,3}})届)?{_CLOSE}?{_OPEN}?第(?:\d{{1,5}}|{_CN}{{1,8}})号{_CLOSE}?)"""
BESIDE_NUMBER = r"(?:[（(]?[A-D][0-9]?类?(?:不?同意)?(?:公开)?[)）]?|[（(]总第\d{1,5}[号期][)）])"
"""Remark behind a number on its line: the class of an answer (A2), the count of announcements over the years （总第276号）."""
STANDARD_NUMBER = r"(?:GB|GBZ|DB\s?\d{2,4}|T|Q|[A-Z]{2,3})(?:/[A-Z]{1,6}(?:[- ][A-Z]{1,4}\d{0,2})?)?\s?\d{1,6}(?:\.\d{1,3}|[—–-]\d{1,4})?[—–-](?:19|20)\d\d"
"""GB/T 43652—2024, DB33/T 2566—2023, T/CAPS 012—2022."""
CHAPTER_NUMBER = r"(?:(?:Act|Law|Decree|Order|Ordinance|Regulation)\s?(?:of\sthe\s[A-Z][A-Za-z'’ ]{2,70}\s)?No\.?\s?\d{1,4}(?:\s?of\s?(?:(?:19|20)\d\d|the\s[A-Z][A-Za-z ,]{2,200}))?|Cap\.?\s?\d{1,4}[A-Z]{0,2}|第(?:\d{3,4}[A-Z]{0,2}|\d{1,4}[A-Z]{1,2})章|(?:19|20)\d\d年第\d{1,4}號(?:法律公告|(?:特別)?憲報(?:號外)?公告|條例)|第\d{1,5}號公告|[\u4e00-\u9fff（）()]{2,16}第\d{1,4}/(?:19|20)\d\d[號号]|第\d{1,3}/(?:19|20)\d\d[號号](?:法律|行政法[規规]|[\u4e00-\u9fff]{2,12}(?:批示|決議|决议|命令)))"
"""Numbers of Hong Kong and Macao: 第633章, Cap. 599K, 2023年第95號法律公告, 第5/2021號法律."""
ISSUE_NUMBER = r"[（(]?(?:[（(〔﹝［\[](?:19|20)\d\d年?[)）〕﹞］\]]|(?:19|20)\d\d年)?(?:第?(?:\d{1,4}|[一二三四五六七八九十百]{1,6})期|(?<=年)第\d{1,3}次)[)）]?"
"""Issue numbers of minutes and bulletins: 〔2022〕第15期."""
CONTRACT_NUMBER = r"[A-Z]{2}[—–-](?:19|20)\d\d[—–-]\d{2,4}"
"""The number of a model contract: GF—2021—0203."""
CASE_NUMBER = r"[（(](?:19|20)\d\d[)）][\u4e00-\u9fff]{1,8}\d{0,5}[\u4e00-\u9fff]{1,10}\d{1,6}号(?:之[一二三四五六])?|指导(?:性)?案例第?\d{1,4}号|检例第\d{1,4}号"
"""Numbers of judgments, （2023）沪01民终87号, and of guiding cases of the two highest offices, 检例第39号."""
_GUARDED = "(?:绝密|机密|秘密)(?:★.*)?|特急|加急|特提|平急|急件"
TELEGRAM = rf"(?:等级[：:]?)?(?:{_GUARDED})?(?:·?(?:内部)?[明密]电(?=.*电[〔\[（(]))?"
"""Words before a telegram's number on the same line: 等级　特急·明电　某政办明电〔2022〕14号."""

HOW_MANY = r"共[计有]?\d{1,4}[件项个条部家人名种类份大小]{1,2}"
"""Length of a list, printed below its title: （共12件）."""
FORMS = frozenset({"令", "命令", "公告", "通告"})
"""Lines that stand between the names of the bodies that issue an order together and the number of the order."""
LINE_WORDS = Words("policydiff.parsing", "lines", BODY_ENDINGS)
"""Word lists by which fixed lines are recognised."""

COPIED_LABEL = r"(?P<label>抄[送报致发]|主送|致|分送|印送|(?:内部)?发送|呈报|报|发|送)(?:机关|单位)?[：:]"
_PATTERNS: dict[Kind, str] = {
    Kind.PAGE_MARK: r"""
        [—–\-－―─一]{1,3}\d{1,4}[—–\-－―─一]{1,3}      # — 3 —, and as OCR reads it: 一 3 一
        | [—–\-－―─]{1,2}\d{1,4}
        | 第\d+页(?:[，,]?[共/]\d+页)?
        | \d{1,4}/\d{1,4} | Page[ ]?\d{1,3}[ ]?of[ ]?\d{1,3}
        | (?:(?:https?|file)://|www\.)[!-~]+ (?: [ ]\d{1,3}/\d{1,3} | [ ]?第\d+页[，,]?共\d+页 | [ ](?:19|20)\d\d/\d\d?/\d\d? | \[(?:19|20)\d\d/\d\d?/\d\d?[ ][\d:]+\] )   # a browser's foot
        """,
    Kind.MARKUP: r"<!--.*-->|-{3,}|\*{3,}|={3,}|<br/?>|[|:\-]*\|[|:\-]*",
    Kind.RULE: r"[—–\-－―─━═~～_＿=*·.…]{2,}|[★☆◆●]{1,5}",
    Kind.NUMBER: rf"""
        [（(]?{TELEGRAM}(?:{ANY_DAY}[，,]?)?(?:{NUMBER_FORM}[、，,；;]?)+(?:{ANY_DAY}|签发人?[：:].{{1,20}}|{_GUARDED}|{BESIDE_NUMBER}|[\u4e00-\u9fff]{{0,3}}机发\d+号)?[)）]?
        | (?![^令]*关于)(?![^令]*的)[\u4e00-\u9fff]{{2,24}}令
        | {STANDARD_NUMBER} | [（(]?{CONTRACT_NUMBER}[)）]? | {ISSUE_NUMBER} | {CASE_NUMBER} | [（(]检例第\d{{1,4}}号[)）]
        | [（(]?{CHAPTER_NUMBER}[)）]? | (?!中?[華华]?民[國国]){LONG_FORM}[令函]?
        """,
    Kind.FLAG: rf"(?!.*(?:关于|关於|印发))(?:[\u4e00-\u9fff]{{2,40}}{BODY}、)*[\u4e00-\u9fff]{{4,40}}文件",
    Kind.SIGNER: r"(?:签发|会签)人?[：:].*",
    Kind.SECRECY: rf"(?:(?:密级|秘密等级|紧急程度|缓急程度)[：:]|等级[：:]?)?(?:{_GUARDED})+(?:·?(?:内部)?[明密]电)?|份号[：:]?\d+|\d{{6}}",
    Kind.NOTE: r"""
        [（(\[]第[\dA-Z、及至和章條第]{1,30}條[)）\]] | [（(]略去制定語式條文[^（()）]*[)）] |   # Hong Kong: the section that a schedule belongs to
        [（(](?:印|章|签章|签字|签名|[\u4e00-\u9fff]{2,30}代[章印]?)[)）]
        | 命令公[布佈]。? | 敬[启啟]者[：:]? | 内部(?:资料|材料|文件|刊物)(?:注意保存)? | 注意保存 | [（(](?:此件|信息公开|公开[形方]式|公开属性|代章|盖章|共印|联系人|主动公开|依申请公开|不予公开|本文有删减|此文有删减|联系电话|院印|公章|印章)[^（()）]*[)）]
        | (?:(?:拟稿|核稿|校对|打字|录入|承办|经办|审核|审稿)(?:人|员)?[：:].{1,20}?)+(?:(?:共印|印数[：:]?|印)\d{1,5}份?)?|(?:共印|印数[：:]?)\d{1,5}份?|[（(]印\d{1,5}份[)）]
        | (?:(?:联系人|承办(?:单位|部门|[处科]室))[：:][\u4e00-\u9fff、]{2,20})?(?:联系)?电话[：:][\d、，—-]{7,40}(?:[（(]共印\d{1,5}份[)）])? | [（(]此页无正文[)）] | [存归]档(?:[（(]?\d{1,3}份?[)）]?)?。?
        """,
    Kind.COPIED: rf"{COPIED_LABEL}.+",
    Kind.PRINTED: rf"(?:[\u4e00-\u9fff]{{4,40}})?{DATE.pattern}印[发制]?(?:[（(]?共?印?\d{{1,5}}份[)）]?)?",
    Kind.KEYWORDS: r"(?:主题|关键)词[：:].+",
    Kind.DISCLOSURE: r"(?:公开属性|公开[方形]式|信息公开(?:选项|属性|[方形]式)|公开类别)[：:].*|(?:[此本]件)?(?:主动公开|依申请公开|不予公开|公开发布)",
    Kind.COVER: rf"ICS[\d.，,;；]+|(?:CCS)?[A-Z][ -]?\d{{2}}|DB\d{{2,4}}|Q/\s?[A-Z]{{2,6}}|(?:代替|部分代替).{{0,3}}(?:{STANDARD_NUMBER}[、，,]?)+|备案号[：:].*|发布"
    r"|中华人民共和国[\u4e00-\u9fff]{2,16}标准|(?:[\u4e00-\u9fff]{2,12}(?:国家|地方|行业)|团体|[\u4e00-\u9fff（）()]{0,30}企业|管理|技术|工作)标准|[\u4e00-\u9fff]{2,12}工程建设(?:地方)?(?:标准|规范)|传真电报|发电单位.{2,30}签批盖章.{0,12}",
    Kind.CONTENTS: r"目录|目次|(?i:(?:table\s*of\s*)?contents)",
    Kind.ANNEX: rf"[（(【\[]附(?:件|录|表|图)(?:\d{{1,2}}(?:[-－—]\d{{1,2}})?|{_CN}{{1,3}}|[A-Z])?[)）】\]]|附件?[：:]\d{{1,2}}|附(?:件|录|表|图)?(?:(?:\d{{1,2}}(?:[-－—]\d{{1,2}})?|{_CN}{{1,3}}|[A-Z])[：:.．、]?|[：:])?",
}
_ORDER = (
    Kind.PAGE_MARK, Kind.MARKUP, Kind.RULE, Kind.NUMBER, Kind.FLAG, Kind.PRINTED, Kind.NOTE, Kind.COPIED, Kind.KEYWORDS,
    Kind.DISCLOSURE, Kind.SIGNER, Kind.SECRECY, Kind.COVER, Kind.CONTENTS, Kind.ANNEX,
)  # fmt: skip
_LONG = {Kind.NUMBER: "号令號章期次—–-pN", Kind.FLAG: "件", Kind.PRINTED: "印"}
"""Characters of kinds with a long pattern: every line of the kind contains at least one, so other lines are not matched."""
_MARKS: dict[Kind, Sequence[str]] = {
    **_LONG,
    Kind.MARKUP: "-*=<|",
    Kind.NOTE: ("印", "章", "签", "令", "稿", "录入", "档", "敬", "内部", "注意保存", *"（([：:"),
    Kind.COPIED: "：:",
    Kind.KEYWORDS: "词",
    Kind.DISCLOSURE: ("公开",),
    Kind.SIGNER: "签",
    Kind.COVER: (*ascii_uppercase, "代替", "备案号", "发布", "标准", "工程建设", "传真电报", "发电单位"),
    Kind.ANNEX: "附",
}
_COMPILED = tuple((kind, lazy_pattern(_PATTERNS[kind], re.VERBOSE, _MARKS.get(kind, ()))) for kind in _ORDER)

_PUBLISHES = lazy_pattern(rf"[\u4e00-\u9fff]{{2,40}}{BODY}发布", marks=("发布",))
"""The line on the cover of a standard that names the body publishing it."""
_REGION = "(?:中華人民共和國)?(?:澳門|香港)特別行政區"
_SIGNED = lazy_pattern(rf"[（(]?[\u4e00-\u9fff、]{{2,40}}{BODY}{ANY_DAY}[)）]?", re.VERBOSE, "月")
_BODY_NAME = lazy_pattern(
    rf"(?!.*(?:关于|转发|批转|印发)|[在对就由和与及为向按以各本该是并将把]|.*的.)[\u4e00-\u9fff]{{0,40}}{BODY}|{_REGION}"
)
"""关于 and a leading preposition show a piece of a title (就内地与香港特别行政区法院)."""
_ONLY_DATE = lazy_pattern(
    rf"[（(\[〔【]?(?:公元|[签簽][订訂署字]日期[：:])?{DATE.pattern}(?:[上下]午)?(?:\d{{1,2}}[时時](?:\d{{1,2}}分)?)?(?:[)）\]〕】]|(?:[签簽]署|[發发][佈布])。|。|於[\u4e00-\u9fff]{{2,20}})?|(?:(?:19|20)\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{{2}})年(?:\d{{1,2}}|[元正]|十[一二]?|[一二三四五六七八九])月|(?:19|20)\d\d(?P<mark>[.．/—－-])\d{{1,2}}(?P=mark)\d{{1,2}}",
    re.VERBOSE,
    "月.．/—－-",
)
_EVENT = lazy_pattern(
    rf"""(?:[—－-]{{0,2}}[（(]?{ANY_DAY}|[—－-]{{1,2}}|[（(])在[^。；]{{4,80}}(?:会|会议)上[）)]? | (?![（(]?[\d一二][^根依。《]{{4,80}}(?:公布|发布|颁布|印发|[施实]行|实施|制定|批准|通过)的原?《(?![^》]*(?:修|废止|失效|清理|决定)))[（(]?(?:{_CODE}{{2,16}}{_OPEN}(?:19|20)\d\d{_CLOSE}\d{{1,5}}号[，,；;])?(?:根据)?{DATE.pattern}(?!{CLOCK})[^。_]{{0,400}}?
         {LINE_WORDS.any_of("events")}
         [^。_]{{0,60}}[；;。]?[）)]?""",
    re.VERBOSE,
    "月会",
)
NOTE_OPENS = lazy_pattern(
    rf"[（(](?:[^。；]{{0,40}}?)(?:{ANY_DAY})|[（(][\u4e00-\u9fff]{{2,30}}(?:第.{{1,12}}次)?会议",
    re.VERBOSE,
    "（(",
)
"""Beginning of a note of dates below a title: with a day, or with the session that adopted the text."""
_NOTE_WITH_DAY = lazy_pattern(
    rf"""[（(](?=[^。]*?{DATE.pattern})(?=[^。]*?{LINE_WORDS.any_of("events")})[^。]{{4,400}}[）)]""",
    re.VERBOSE,
    "月",
)
"""（某会议通过　2002年8月16日公布）, （教育部2014年10月11日核准）, （自2023年4月1日起执行）: a day and its act, whatever stands before them."""
_ACTS = r"adopt|promulgat|issu|\bpubli[sc]|amend|revis|approv|enact|passed|effective"
_IN_ENGLISH = lazy_pattern(
    rf"""(?i)(?=.*(?:{_ACTS}))(?:[（(\[].*?{ENGLISH_DAY}.*[)）\]]
         |\[?(?:date\ of\ |{_ACTS})[^.。]{{0,200}}?{ENGLISH_DAY})""",
    re.VERBOSE,
    ("19", "20"),
)
"""(Adopted at the Second Session of a congress on March 15, 2019), Issue Date: July 31, 2023."""
_WITHOUT_DAY = lazy_pattern(
    r"[（(](?:(?:19|20)\d\d年(?:\d{1,2}月)?)?(?:业?经|由)[^。]{2,80}(?:通过|批准|同意|訂立|制定)[)）]",
    marks="（(",
)
"""（经2021年第一次临时股东大会审议通过）: no day at all."""
_STATED = lazy_pattern(
    r"[（(]?(?:[\u4e00-\u9fff]{0,6}(?:编号|登记号)|(?:发电单位|等级|签批盖章|标题|名称)|版本号?|版次|修订版次|(?:生效|实施|施行|发布|成文|印发|生成|公开|废止|失效|修订|公布)(?:日期|时间)"
    r"|发文字号|文号|(?:信息)?索引号|发文机关|发文单位|发布机构|发布单位|发布部门|制定机关|制定部门|归口(?:管理)?部门|批准(?:部门|单位)|[主参]编(?:部门|单位)|信息名称|文件名称|公文名称|编制部门|(?:信息)?有效性|效力状态|主题分类|公文种类|体裁分类|服务对象)"
    r"(?:[A-Z][A-Za-z. ]{1,30})?[：:](?:[^。；]{0,60})|(?:发文|发布|制定|印发|公布|颁布)(?:机关|部门|单位|机构)[\u4e00-\u9fff、]{4,40}",
    marks=("：", ":", "机关", "部门", "单位", "机构"),
)
"""Lines above a title of a label and a value: 制度编号：HX-RZ-012."""
_TRANSLATED = lazy_pattern(r"(?<=[\u4e00-\u9fff])\s*[A-Z][A-Za-z.\s]*$", marks=ascii_uppercase)
"""The English words behind a Chinese label: 生效日期 Effective date."""


def pairs_on(line: str) -> list[tuple[str, str]]:
    r"""Return the labels and values of a line, which bars or tabs may separate; an empty list if a part has no label.

    >>> pairs_on("文　号：某政发〔2023〕18号"), pairs_on("发文机关：\t某县政府\t成文日期：\t2023年4月26日")
    ([('文号', '某政发〔2023〕18号')], [('发文机关', '某县政府'), ('成文日期', '2023年4月26日')])
    """
    cells = [cell.strip().replace(":", "：", 1) for cell in re.split(r"[\t|]", line) if cell.strip()]
    found: list[tuple[str, str]] = []
    while cells:
        label, colon, value = cells.pop(0).partition("：")
        if not colon:
            return []
        if not value.strip() and cells and "：" not in cells[0]:
            value = cells.pop(0)
        found.append(("".join(_TRANSLATED.sub("", label).split()), value.strip()))
    return found


def pairs_in_cells(line: str) -> list[tuple[str, str]]:
    r"""Return the pairs of a row whose cells alternate label and value without colons; at least one label must be known.

    >>> pairs_in_cells("文　号\t某政发〔2023〕18号\t处室\t水利"), pairs_in_cells("文号\t名称"), pairs_in_cells("序号\t文号\t1")
    ([('文号', '某政发〔2023〕18号'), ('处室', '水利')], [], [])
    """
    cells = [cell.strip() for cell in re.split(r"[\t|]", line.strip("| \t"))]
    words = ["".join(cell.split()) for cell in cells]
    labels, values = words[::2], words[1::2]
    known = page_labels()
    if len(labels) != len(values) or any(value in known for value in values):
        return []
    if not all(label in known or _LABEL.fullmatch(label) for label in labels):
        return []
    pairs = list(zip(labels, cells[1::2], strict=True))
    tells = any(label in known and label not in _OF_THINGS and value for label, value in pairs)
    return pairs if tells else []


def pairs_set_off(line: str) -> list[tuple[str, str]]:
    """Return the label–value pairs of a head line that only blanks separate; a document number at its end gets the label 发文字号. Empty if a label is unknown.

    >>> pairs_set_off("发电单位　某局　等级　特急·明电　某防电〔2024〕3号"), pairs_set_off("文号　名称　日期")
    ([('发电单位', '某局'), ('等级', '特急·明电'), ('发文字号', '某防电〔2024〕3号')], [])
    """
    pieces, known = line.split(), (page_labels().keys() | _OF_HEADS) - _OF_THINGS
    if len(pieces) < _PAIR or any(piece in known for piece in pieces[1::_PAIR]):
        return []
    labels, values = pieces[: len(pieces) // _PAIR * _PAIR : _PAIR], pieces[1::_PAIR]
    number = [("发文字号", pieces[-1])] if len(pieces) % _PAIR and DocumentNumber.parse(pieces[-1]) else []
    told = all(label in known for label in labels) and (number or len(pieces) % _PAIR == 0)
    return [*zip(labels, values, strict=True), *number] if told else []


_PAIR = 2
_OF_HEADS = frozenset({"发电单位", "签批盖章", "等级", "版本", "版次", "制定部门", "编制部门", "制度编号"})
_LABEL = lazy_pattern("[\u4e00-\u9fff]{2,6}")
_OF_THINGS = frozenset(
    {"名称", "标题", "关键词", "主题词", "有效期", "时效", "统一编号", "法院", "案号", "实施时间", "执行日期"}
)
"""Labels of a page that also head the cells of tables inside texts (of a project, a person, a permit), so that they prove nothing alone."""
_LAST_TRIED = (
    (Kind.DATE, _ONLY_DATE),
    (Kind.DATE, lazy_pattern(ENGLISH_DAY, marks=("19", "20"))),
    (Kind.SIGNED, _SIGNED),
    (Kind.EVENT, _EVENT),
    (Kind.EVENT, _NOTE_WITH_DAY),
    (Kind.EVENT, _WITHOUT_DAY),
    (Kind.EVENT, _IN_ENGLISH),
    (Kind.STATED, _STATED),
    (Kind.BODY_NAME, _BODY_NAME),
)
_OPEN_ENDS = frozenset("。；，、,;：:")
_LONGEST = 400
"""Most characters of a line with a form of its own, save notes of dates; patterns would take long on longer lines."""
_LONGEST_NOTE = 4000
"""Most characters of a note of dates; the note of a code with twelve amendments has about 1,500."""
_LAST_ACT = lazy_pattern("(?:修正|修订|通过|公布|施行|发布|批准|修改)[）)]$")
_LONGEST_EVENT = 200
"""Most characters of a note of dates that ends in a stop; longer ones are sentences that tell events."""


def _is_long_note(raw: str) -> bool:
    """Return whether a long line is a note of dates that lists many amendments: the whole line is in brackets and ends with a last act."""
    if raw[0] not in "（(" or raw[-1] not in "）)" or len(raw) > _LONGEST_NOTE:
        return False
    words = with_narrow_digits(despace(raw))
    return bool(NOTE_OPENS.match(words) and _LAST_ACT.search(words)) or bool(_IN_ENGLISH.fullmatch(words))


_MISREAD = lazy_pattern(r"(?<=[\[〔（(])[12][\dOoIl]{3}(?=[\]〕）)])|(?<=[\]〕）)第])[\dOoIl]{1,5}(?=[号號])")
_AS_DIGITS = str.maketrans("OoIl", "0011")


def with_digits(words: str) -> str:
    """Return a number with letters misread or mistyped for digits replaced by these digits: 国函[20O0]31号 → 国函[2000]31号."""
    return _MISREAD.sub(lambda match: match[0].translate(_AS_DIGITS), words)


_SPACED_DIGITS = lazy_pattern(r"(?<=[\d〕\]]) (?=\d)")
SEAL = lazy_pattern(
    rf"(?<=[\u4e00-\u9fff])[（(](?:([\u4e00-\u9fff]{{2,24}}{BODY})?代[章印]?|盖章|公章|印章|印|章)[)）]$",
    marks="（(",
)
"""Word for a seal behind the name of the signing body: （代章）."""
_DASHED = lazy_pattern(r"(?<=\d) ?[-–—－] ?(?=\d\d? ?(?:[-–—－] ?\d\d? ?)?(?:发布|实施))", marks="-–—－")
_ISO_DAY = lazy_pattern(
    r"^((?:19|20)\d\d)-(\d\d?)-(\d\d?) ?(?=(?:发布|实施|批准))|(?<=[发布实施]) ?((?:19|20)\d\d)-(\d\d?)-(\d\d?) ?(?=(?:发布|实施)$)",
    marks="-",
)
"""Days on the cover of a standard: 2024-03-15发布 2024-10-01实施."""


def _printed_day(day: re.Match[str]) -> str:
    year, month, date = (part for part in day.groups() if part is not None)
    return f"{year}年{int(month)}月{int(date)}日"


def _tells_page(raw: str) -> bool:
    """Return whether a line is furniture of a page: labels and values parted by bars, at least one label known: 时间：某日 | 来源：某局 | 点击：9."""
    pairs = pairs_on(raw)
    return len(pairs) > 1 and any(is_furniture(f"{label}：{value}") for label, value in pairs)


def kind_of(raw: str) -> Kind | None:
    """Return the kind of a line, None for running text, headings and titles."""
    raw = without_calls(raw) or raw
    if len(raw) > _LONGEST:
        return Kind.EVENT if _is_long_note(raw) else None
    words = SEAL.sub("", with_narrow_digits(despace(raw)))
    if words[-1:] in "号號)）":
        words = with_digits(_SPACED_DIGITS.sub("", words))
    if "发布" in words or "实施" in words or "批准" in words:
        words = _ISO_DAY.sub(_printed_day, _DASHED.sub("-", words))
    for kind, pattern in _COMPILED:
        if (kind not in _LONG or any(map(words.__contains__, _LONG[kind]))) and pattern.fullmatch(words):
            return kind
    if is_furniture(words) or is_stated(words) or ("|" in raw and _tells_page(raw)):
        return Kind.WEB
    if (status_mark(words) and not without_status_mark(words)) or pairs_set_off(raw):
        return Kind.STATED
    if words[-1:] in _OPEN_ENDS and _ONLY_DATE.fullmatch(words) is None:
        closed = words[-1:] in "；;。" and len(words) < _LONGEST_EVENT and _EVENT.fullmatch(words)
        return Kind.EVENT if closed else None
    words = words.removesuffix("发布") if _PUBLISHES.fullmatch(words) else words
    return next((kind for kind, pattern in _LAST_TRIED if pattern.fullmatch(words)), None)


_WORDS: dict[str, list[str]] = tomllib.loads(
    resources.files("policydiff.parsing").joinpath("document_types.toml").read_text(encoding="utf-8")
)


def _any_of(*lists: str) -> str:
    words = {word for name in lists for word in _WORDS[name]}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_BRACKETS = r"(?:[（(][^（()）]{1,30}[)）]){0,3}"
_ALL = _any_of("statutory", "carried", "legislation", "traditional", "annexes")
_SERIAL = r"(?:第\d{1,3}号[—–\-]{1,2}[^。；]{2,30})?"
"""Which of a series a text is: 企业会计准则第14号——收入."""
TITLE_END = lazy_pattern(rf"(?:{_ALL}){_SERIAL}{_BRACKETS}[》〉]?$")
"""End of a title: a kind of document, with additions in brackets: 实施意见（试行）, 行动方案（2018-2020年）."""

_INNER_TITLE = lazy_pattern("《[^《》]*》|〈[^〈〉]*〉")
_WHOLE_TITLE = lazy_pattern("[《〈](.+)[》〉]")


def ends_title(words: str) -> bool:
    """Return whether a title may end with `words`: they end with a kind of document outside 《》.

    >>> [ends_title(words) for words in ("关于执行《某某法》", "关于执行《某某法》若干问题的规定（三）", "《某某办法》")]
    [False, True, True]
    """
    whole = _WHOLE_TITLE.fullmatch(words)
    inner = whole[1] if whole is not None else words
    while (without := _INNER_TITLE.sub("□", inner)) != inner:
        inner = without
    named = (ENGLISH_TITLE.fullmatch if inner.isascii() else TITLE_END.search)(inner)
    return "《" not in inner and "》" not in inner and named is not None


_KIND = lazy_pattern(rf"(?:{_any_of('statutory', 'carried', 'legislation', 'traditional')})$")
_QUALIFIERS = _any_of("qualifiers")
_IN_BRACKETS = lazy_pattern(rf"[（(](?:\d{{4}}年?)?({_QUALIFIERS})[^（()）]{{0,6}}[)）]", marks="（(")
_BEFORE_KIND = lazy_pattern(rf"(试行|暂行)(?={_ALL})", marks=("试行", "暂行"))
_AFTER = lazy_pattern(rf"{_BRACKETS}[》〉]?$")


def document_type(title: str) -> str | None:
    """Return the kind of document (文种) that a title names; None if it names none.

    >>> document_type("静安区关于促进生命健康产业发展的实施意见（试行）")
    '意见'
    """
    match = _KIND.search(_AFTER.sub("", title))
    return None if match is None else match[0]


def qualifier(title: str) -> str | None:
    """Return the word in a title that marks a text as not final (试行, 暂行); None if there is none.

    >>> [qualifier(title) for title in ("管理办法（试行）", "上海市暂行规定", "行动方案（2018-2020年）")]
    ['试行', '暂行', None]
    """
    match = _IN_BRACKETS.search(title) or _BEFORE_KIND.search(title)
    return None if match is None else match[1]
