"""Titles of documents: words that identify the document, and words that only mark a version, its issuer, or its kind.

National laws are recognised by the names under which texts cite them without 《》. Two identities are compared by
titles, numbers and issuers.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from policydiff.lexicon.bodies import BODY, bodies_agree
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.widths import despace, fold
from policydiff.model import DocumentIdentity

ACT_KINDS = "决定|决议|通知|公告|通告|命令|令"
"""Kinds of texts by which a body carries, changes, ends or announces other texts, as alternatives of a pattern."""
TEXT_KINDS = "法典|法|条例|规定|办法|细则|规则|解释|规程|准则|标准|章程|纲要|决定|通知|公告|意见|方案"
"""Kinds of texts with provisions that other texts name, change and refer to, as alternatives of a pattern."""
_VERSION_MARK = lazy_pattern(
    r"[（(〔\[][^（）()〔〕\[\]]{0,40}(?:修订|修正|修改|公布|通过)[^（）()〔〕\[\]]{0,10}[)）〕\]]\s*\Z",
    marks="（(〔[",
)
_ISSUE_MARK = lazy_pattern(
    r"[（(〔\[](?:[^（）()〔〕\[\]]{0,40}(?:修订|修正|修改|稿|草案|公布|通过|试行|暂行)[^（）()〔〕\[\]]{0,10}"
    r"|(?:(?:19|20)\d\d年?|第[一二三四五六七八九十\d]{1,3}|\d{1,2}(?:\.\d{1,2})?)[版本])[)）〕\]]\s*\Z",
    marks="（(〔[",
)
"""Marks after a title that distinguish issues of one text: `（2018年修正）`, `（征求意见稿）`, `（试行）`, `（2025版）`, `（2024年本）`."""
_MARKS = lazy_pattern(r"[\W_]+")
_CARRIED = lazy_pattern(
    rf"(?:印发|转发|批转|发布|公布|下发)(?:了)?(?P<carried>.{{4,}}?)(?:的)?(?:{ACT_KINDS}|函)\Z",
    marks=("印发", "转发", "批转", "发布", "公布", "下发"),
)
"""A notice is often named in place of the text it carries: 关于印发《…行动方案》的通知."""
_ISSUER = lazy_pattern(
    rf"(?P<issuer>[\u4e00-\u9fff、]{{2,60}}?{BODY})(?=关于|關於|印发|转发|批转|公布|发布)",
    marks=("关于", "關於", "印发", "转发", "批转", "公布", "发布"),
)
_STATE = lazy_pattern("中华人民共和国(?=.{2})")
_GENERIC = lazy_pattern(
    r"""(?:关于)?(?:本|该|有关|相关|重要|紧急|工作|情况|事项|问题|事宜|补充|正式|内部){0,3}的?
        (?: 公告 | 通告 | 通知 | 通报 | 决定 | 决议 | 命令 | 令 | 意见 | 函 | 复函 | 批复 | 答复 | 报告 | 请示 | 公报 | 议案 | 纪要 | 会议纪要
          | 规定 | 办法 | 方案 | 细则 | 说明 | 附件 | 附录 | 附表 | 附 | 目录 | 目次 | 名单 | 清单 | 申请表 | 登记表 | 汇总表 | 反馈表 | 表
          | 正文 | 无标题 | 文件 | 政策文件 | 法律法规 | 法规 | 规章 | 新闻 | 首页 | 详情 | 详细信息 | 内容 | 总则 | 前言 | 序言 | untitled | document
          | (?:order|decree)ofthe(?:president|premier|statecouncil)[a-z]{0,40} | 主席令 | 国务院令 | 政府令 | 通知公告 | 公示 | 公示公告 | 解读 )
        (?: 的?(?:通知|公告|公示) )?
        (?: [0-9]{1,4} | [一二三四五六七八九十]{1,3} | 第[0-9一二三四五六七八九十百]{1,6}[号条次] )?""",
    re.VERBOSE | re.IGNORECASE,
)
_SERIES = lazy_pattern(
    r"[^关于《\d]{0,40}(?:(?:常务|专题|全体|党组|党委|党政|联席|办公|行政|[省市县区州旗乡镇院校局]长)会议?纪要|简报|快报|专报|(?:工作|政务)(?:信息|动态))"
    rf"|[\u4e00-\u9fff]{{2,30}}?{BODY}(?:工作|情况|人事|任免|天气|质量)?(?:公告|公报|通告|通知|通报|报告|决定|批复|答复|请示|函|令)"
)
"""Title common to all papers of a series: the minutes of a body's meetings, its bulletins, 某市教育局通知."""
_CUT = lazy_pattern(
    r"(?:关于|适用|执行|实施|印发|转发|贯彻|修改)[《〈][^《》]*(?:[《〈][^《》]*[》〉][^《》]*)?[》〉]",
    marks="《〈",
)
"""A title cut off at its closing mark: 关于适用《某法》, printed with 的解释 after it."""
_SHORTEST_OF_ITS_OWN = 2
"""Letters of the shortest title that can name a document: 宪法 does, 附 does not."""
ENGLISH_TITLE = lazy_pattern(
    r"(?=.*\b(?:Laws?|Code|Acts?|Ordinance|Regulations?|Rules|Measures|Provisions|Interpretations?|Decision|Opinions|Guidelines|Notice|Circular|Announcement|Plan|Charter|Constitution|Order|Decree)\b)"
    r"[A-Z][\w'-]*(?:[ ,]+(?:[A-Z(\d][\w'().-]*|of|the|on|for|and|in|to|by|with|a|an|or|under|from|at|concerning|regarding))*(?<!\.)"
)
"""A title in English, its words in capitals, a kind of document among them: Interim Measures for the Management of …"""


@dataclass(frozen=True, slots=True)
class DocumentTitle:
    """The title of a document, with the parts that distinguish documents."""

    printed: str
    key: str
    """Form for comparing titles: without version mark, punctuation, width, and the issuer or state before it."""
    issuer: str | None
    """The body at the beginning of the title: 国务院办公厅|关于…."""
    carried: str | None
    """Key of the title inside a notice's title; None if it is no notice that carries a text."""
    is_generic: bool
    """Whether the title names no document: a kind of document or paper (公告, 通知, 附件2), or the beginning of a title (关于适用《某法》)."""

    def __str__(self) -> str:
        """Return the normal form: without blanks between Chinese characters, otherwise as printed."""
        return self.printed

    @classmethod
    def parse(cls, words: str) -> "DocumentTitle":
        """Return the title formed by `words`.

        >>> DocumentTitle.parse("最高人民法院关于适用某法的解释（2020年修正）").key
        '关于适用某法的解释'
        >>> [DocumentTitle.parse(words).is_generic for words in ("公    告", "附件2", "某省公告管理办法")]
        [True, True, False]
        """
        return _parse(words)


@lru_cache(maxsize=8192)
def _parse(words: str) -> DocumentTitle:
    printed = without_status_mark(despace(words).strip())
    plain = _MARKS.sub("", fold(_ISSUE_MARK.sub("", printed)))
    found = _ISSUER.match(plain)
    issuer = found["issuer"] if found else None
    key = plain[found.end("issuer") :] if found else _STATE.sub("", plain, count=1)
    notice = _CARRIED.search(key)
    rest = notice["carried"] if notice else None
    carried = None if rest is None else _without_issuer(rest)
    return DocumentTitle(
        printed,
        key,
        issuer,
        carried,
        _names_nothing(plain)
        or _names_nothing(key)
        or _is_cut(printed)
        or _SERIES.fullmatch(plain) is not None,
    )


def _is_cut(printed: str) -> bool:
    found = _CUT.search(printed)
    return found is not None and found.end() == len(printed)


def _without_issuer(words: str) -> str:
    found = _ISSUER.match(words)
    return words[found.end("issuer") :] if found else _STATE.sub("", words, count=1)


def _names_nothing(plain: str) -> bool:
    letters = sum("一" <= each <= "\u9fff" or (each.isascii() and each.isalpha()) for each in plain)
    return letters < _SHORTEST_OF_ITS_OWN or _GENERIC.fullmatch(plain) is not None


def names_no_document(title: str) -> bool:
    """Return whether a title is only a kind of document or paper, and identifies no document.

    >>> [names_no_document(words) for words in ("公    告", "附件2", "某省公告管理办法")]
    [True, True, False]
    """
    return _names_nothing(_MARKS.sub("", fold(despace(title))))


_READS_AS = lazy_pattern(
    r"关于.+的|(?:办法|规定|细则|条例|意见|方案|通知|决定|公告|通告|规划|计划|措施|规则|标准|目录)(?:[（(].{1,12}[)）])?$"
)
"""A 名称 that is a title; for a body, an item or a person it is a name."""


def reads_as_title(words: str) -> bool:
    """Return whether words form the title of a document, and not of a person, a body or a part of a site."""
    return _READS_AS.search(words) is not None


def issuer_of(title: str) -> str | None:
    """Return the bodies at the beginning of a title, as printed (国务院办公厅关于… → 国务院办公厅); None without a body.

    >>> issuer_of("某省财政厅、某省教育厅关于印发某办法的通知"), issuer_of("某办法")
    ('某省财政厅、某省教育厅', None)
    """
    found = _ISSUER.match(title)
    return None if found is None else found["issuer"]


_ABOUT_ONE = lazy_pattern(
    r"(?:修改|修订|修正|完善|调整|批准|通过)(?:后的?)?(?:[《〈](?P<marked>(?:[^《》〈〉]|〈[^〈〉]*〉|《[^《》]*》)+)[》〉]"
    rf"|(?P<bare>[^《》〈〉、]{{4,60}}?))(?:部分|有关|个别|若干|相关)?(?:条款|内容|条文|规定)?的(?:{ACT_KINDS})\Z",
    marks=ACT_KINDS.split("|"),
)
_OF_SEVERAL = lazy_pattern(r"等[\d一二三四五六七八九十百]+[件部项个]|部分|若干|一批|[》〉][、和及与]")


def text_decided_on(title: str) -> str | None:
    """Return the title of the only text that a decision amends or approves, by the decision's title; None for none or several.

    >>> text_decided_on("某法院关于修改《某法院关于甲若干问题的规定》的决定")
    '某法院关于甲若干问题的规定'
    >>> text_decided_on("某市人民政府关于修改《甲办法》等5件规章的决定") is None
    True
    """
    found = _ABOUT_ONE.search(title)
    if found is None:
        return None
    marked = found["marked"]
    if marked is None:
        return None if _OF_SEVERAL.search(found["bare"]) else found["bare"]
    return marked


_STATUS = lazy_pattern(
    r"[\s　]*[（(【\[〔](?P<mark>(?:已(?:经)?|现已|全文|此件已?|本文件已?)?(?:被)?(?:废止|失效|作废|停止执行)(?:文件)?)[）)】\]〕][\s　]*",
    marks=("废止", "失效", "作废", "停止执行"),
)
"""Mark beside the title of a text that has ended, set by its publisher: `【失效】`, `（已废止）`."""


def status_mark(title: str) -> str | None:
    """Return the publisher's mark that a text has ended; None if the title has no mark.

    >>> status_mark("某市房屋管理办法（已废止）"), status_mark("关于废止某办法的决定")
    ('已废止', None)
    """
    found = _STATUS.search(title)
    return found["mark"] if found and (not found.start() or found.end() == len(title)) else None


def without_status_mark(title: str) -> str:
    """Return a title without the mark of an ended text, because the text stays the same."""
    return _STATUS.sub("", title) if status_mark(title) else title


_DRAFT = lazy_pattern("征求意见|草案(?!的)|送审稿|讨论稿|审议稿|意见稿|初稿")


def is_draft_title(title: str | None, qualifier: str | None = None) -> bool:
    """Return whether a title, or words in brackets behind it, mark a text as a draft.

    >>> is_draft_title("某市燃气管理条例（草案）"), is_draft_title("关于某条例草案的说明")
    (True, False)
    """
    return _DRAFT.search(f"{title or ''}{qualifier or ''}") is not None


def bare_title(title: str) -> str:
    """Return a title without marks of a version, punctuation and width, for ids and for the index.

    >>> bare_title("优化营商环境条例（2019年10月22日公布）")
    '优化营商环境条例'
    """
    return _MARKS.sub("", fold(_VERSION_MARK.sub("", without_status_mark(title.strip()))))


_KIND = lazy_pattern(
    r"(?:的?(?:监督)?(?:管理)?(?:实施|指导|暂行|若干|工作)*"
    r"(?:条例|办法|规定|细则|法|规则|决定|决议|意见|方案|通则|准则|规程|制度|通知|措施|规划|计划|纲要|解释))+\Z"
)


def subject_of(title: str) -> str:
    """Return the subject in a title: without the state, the issuer before 关于, and the kind of document behind.

    >>> [subject_of(words) for words in ("中华人民共和国外商投资法实施条例", "国务院关于促进就业工作的若干意见", "刑法")]
    ['外商投资', '促进就业工作', '刑']
    """
    parsed = DocumentTitle.parse(title)
    named = parsed.carried or parsed.key
    return _KIND.sub("", named.rpartition("关于")[2] or named)


def same_title(one: str, other: str) -> bool:
    """Return whether two titles name one document, ignoring issues and leading issuers."""
    return DocumentTitle.parse(one).key == DocumentTitle.parse(other).key


def words_behind(title: str, other: str) -> str:
    """Return the words of a title after the whole title of another document; empty if it does not contain that title.

    A text that carries out, amends or explains another contains its title and ends in its own kind:
    某条例实施细则, 关于修改《某条例》的决定. Marks of an issue (试行, 草案) or edition (全文), and an area in
    front, do not count.

    >>> words_behind("某市某条例实施细则", "某市某条例"), words_behind("关于《某条例》的说明", "某条例（2018年修正）")
    ('实施细则', '的说明')
    >>> words_behind("某市某条例（草案）", "某市某条例"), words_behind("某市某条例", "某条例")
    ('', '')
    """
    one, named = DocumentTitle.parse(title), DocumentTitle.parse(other)
    if named.is_generic or one.carried == named.key:
        return ""
    behind = one.key.rpartition(named.key)[2] if named.key in one.key else ""
    return behind if _KIND.search(behind) or _OTHER_TEXT.search(behind) else ""


_OTHER_TEXT = lazy_pattern(
    r"(?:说明|解读|释义|答记者问|问答|解答|图解|公告|公示|报告|议案|批复|答复|复函|基准|标准|指南|手册|对照表|清单|目录|要点|意见书?)\Z"
)
"""Kinds of texts that accompany a document and contain its title. Words of an edition or site (全文, 英文版, 某市人民政府) are no kind."""
_ABOUT = lazy_pattern(
    "(?:(?:修订|修正)?草案(?:修改稿)?|的|政策|图文|文字|专家|起草|编制|修订|修改|新闻|常见)*(?:说明|解读|答记者问|问答|问题解答|决定|决议|议案|公示|审议意见|(?:审议|修改)(?:结果|情况)的?报告)"
)


def speaks_about(title: str, other: str) -> bool:
    """Return whether a title names another document as the one that its text amends, explains or submits, and not carries out.

    >>> [speaks_about(title, "某条例") for title in ("《某条例》政策解读", "关于修改《某条例》的决定", "某条例实施办法")]
    [True, True, False]
    """
    return _ABOUT.fullmatch(words_behind(title, other)) is not None


STATE = "中华人民共和国"


@cache
def statutes() -> tuple[str, ...]:
    """Return the names without 中华人民共和国, longest first, so that 海事诉讼特别程序法 is not read as a shorter name.

    >>> {"刑法", "民法典", "行政处罚法"} <= set(statutes())
    True
    """
    table = files("policydiff.lexicon").joinpath("statutes.txt").read_text(encoding="utf-8")
    names = (line for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def full_name(name: str) -> str:
    """Return the official name of the law.

    >>> full_name("刑法")
    '中华人民共和国刑法'
    """
    bare = name.removeprefix(STATE)
    return f"{STATE}{bare}" if bare in statutes() else name


class Agreement(NamedTuple):
    """Agreement of two identities: title, number, issuers."""

    title: bool
    """Whether the titles are equal, ignoring issues (试行, 2018年修正) and leading issuers, or one is the notice that carries the other."""
    is_generic: bool
    """Whether one of the titles names no document: 公告, 附件2."""
    number: bool | None
    """Whether the document numbers are equal; None where a document bears no number."""
    issuers: bool
    """Whether the issuers are compatible; an unknown issuer is compatible with all."""


def agreement(one: DocumentIdentity, other: DocumentIdentity) -> Agreement:
    """Return the agreement of two identities in title, number and issuers."""
    title, other_title = DocumentTitle.parse(one.title), DocumentTitle.parse(other.title)
    return Agreement(
        title=title.key in {other_title.key, other_title.carried} or other_title.key == title.carried,
        is_generic=title.is_generic or other_title.is_generic,
        number=_same_number(one.document_number, other.document_number),
        issuers=bodies_agree(one.issuing_bodies, other.issuing_bodies),
    )


def own_number(identity: DocumentIdentity) -> DocumentNumber | None:
    """Return the number that identifies only this document; None without one, as an order's number may belong to many.

    A number printed without letters (〔2023〕5号 below 某县人民政府常务会议纪要) is the issuer's number.
    """
    number = DocumentNumber.parse(identity.document_number) if identity.document_number else None
    if number is not None and identity.issuing_bodies:
        number = number.of(identity.issuing_bodies[0])
    return number if number is not None and number.names_one_document else None


def _same_number(one: str | None, other: str | None) -> bool | None:
    if not one or not other:
        return None
    first, second = DocumentNumber.parse(one), DocumentNumber.parse(other)
    if first is None or second is None:
        return DocumentNumber.normal(one) == DocumentNumber.normal(other)
    return first.key == second.key
