"""Reads notes of responsibility: a label, the named bodies, and the word that marks the leading bodies."""

import re
from typing import NamedTuple

from policydiff.annotate.cited_titles import split_outside_brackets
from policydiff.lexicon.bodies import BODY_ENDINGS, system_of
from policydiff.lexicon.patterns import Words, lazy_pattern

_WORDS = Words("policydiff.annotate", "notes", BODY_ENDINGS)
_LABEL_WORDS = r"""
    \s* (?P<label>
        (?: 主要 | 具体 | 第一 )? {duties} {duties}? {holders}                                            # 主要责任单位
        (?: 及 (?:任务|职责)? 分工 | [和及与、] (?: 责任 | 配合 | 参与 | 参加 | 协办 )? (?: 部门 | 单位 | 主体 | 机构 ) )?   # 牵头部门和配合单位
      | 责任分工
      | {times}
    ) \s* [：:]
"""
_LABEL = _WORDS.phrase(_LABEL_WORDS)
_NEXT_LABEL = _WORDS.phrase(rf"[，,、\s]+ (?= {_LABEL_WORDS} )")
_OTHER_LABEL = lazy_pattern(r"\s* [\u4e00-\u9fff]{2,8} [：:]", re.VERBOSE)
_TIMES = _WORDS.phrase("{times}")
_SUPPORTS = _WORDS.phrase("{supports}")
_ROLE = _WORDS.phrase(
    r"""
    (?:
        (?P<lead> 共?同?牵头 {leads}? | 会同 )
      | (?P<guide> 指导 )
      | (?P<support> (?: 共同 | 积极 | 予以 | 做好 )? (?: 配合 | 协助 | 参与 | 参加 ) (?: 落实 | 实施 )? )
      | (?P<all>
            (?: 根据 | 按照? | 依据? ) (?:各自)? (?: 职责 | 职能 | 责任 ) [和及]? (?:任务)? (?:分工)?       # 按职责分工
                (?:分别)? (?:抓好)? (?: 负责 | 落实 | 推进 )? (?:落实)?
          | (?: 分工 | 分别 | 具体 | 共同 | 牵头 | 组织 )? (?: 负责 | 落实 ) (?: 落实 | 实施 )? )          # 分别负责
    )
    (?= [，,；;。）)] | $ | (?<=会同) )
    """
)
_BARE = _WORDS.phrase(
    r"""
    {bare} (?: [，,] (?: 持续 | 长期 | 20\d\d ) [^，,。；;]{0,14} )? [。；;]? \s* $     # 财政部负责，2020年底前完成
  | [部委局办署院会厅府行] [^，。；]{0,4} 指导 $                                       # 教育部指导
    """
)
_OFFICE = _WORDS.phrase(r"[\u4e00-\u9fff]{1,12} {office_endings}")
_OF_LEVEL = lazy_pattern(r"各 | [省市区县州旗] [\u4e00-\u9fff]{2}", re.VERBOSE)
_SENTENCE = lazy_pattern(r"[；;。]")
_ASIDE = lazy_pattern(r"下同 | 第一位 | 首位 | ^\s*以下 | 不再列出", re.VERBOSE)
_ORDER_SAID = lazy_pattern(r"[（(][^（()）]{2,30}[)）]$")
"""Remark of a column heading on the order of its bodies: 责任部门（排第一位的为牵头部门）."""
_PERSON = lazy_pattern(r"负责人 | 责任人 | 主要负责同志 | 自行 | 自己 | 本人", re.VERBOSE)
_NAMED_SO = lazy_pattern(r"简称 | 以下 | ^[原即如含] | [:：]", re.VERBOSE)
_LEFT_OF_ETC = _WORDS.phrase("{left_of_etc}")
_ETC = _WORDS.phrase(r"(?<!{before_etc}) 等 (?= $ | {after_etc} | \s )")
_AND = _WORDS.phrase(
    r"""
    (?: (?<=企业) | (?<={parting_endings}) ) (?: 以及 | 和 | 及 | 与 | 或 )
    (?=..) (?! (?: 人民 )?政府 (?: $ | \s ) )                        # 各乡镇党委和人民政府 stays whole
    (?! (?: 有关 | 相关 )? (?: 单位 | 机构 | 部门 | 企业 | 地区 | 地方 ) (?: $ | \s ) )   # 财政部和有关部门 stays whole
    """
)
_WHEN = lazy_pattern(r"持续 | 长期 | (?:19|20)\d\d年?", re.VERBOSE)
_PROVINCES = lazy_pattern(r"(?<=省)、自治区、直辖市")
_PREPOSITION = lazy_pattern(r"^(?: 由 | 会同 | 以及 )", re.VERBOSE)
_TIED = "\1"
_LONGEST_NAME = 14
"""Most characters of an office that may stand in a note without a label; longer words in brackets are explanations."""
_BODY = lazy_pattern(r"^[^。；：:？！]{2,60}$")


class Note(NamedTuple):
    """A note taken apart; bodies as printed, in order."""

    label: str | None
    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    is_told_apart: bool
    """Whether the note itself names the leading bodies."""


def read_note(words: str) -> Note | None:
    """Return the responsible bodies in a bracket or line, with their roles; None if it names none.

    Notes with a label name bodies after 责任部门：, 牵头单位：…；配合单位：…; notes without a label end in
    负责, 牵头, 配合. Bodies lead if the note states so, or if it makes no difference between them.

    Examples:
        >>> read_note("责任单位:市发改委、市经信局牵头;市科技局、市卫健委等配合")[:3]
        ('责任单位', ('市发改委', '市经信局'), ('市科技局', '市卫健委'))
        >>> read_note("海关总署、财政部负责")[:3]
        (None, ('海关总署', '财政部'), ())
    """
    stripped = words.strip()
    labelled = _LABEL.match(stripped)
    if not labelled and (not _BARE.search(_main(stripped)) or _PERSON.search(stripped)):
        return None
    label: str | None = None
    roles: dict[str, list[str]] = {"lead": [], "guide": [], "support": [], "all": []}
    for sentence in _SENTENCE.split(_NEXT_LABEL.sub("；", stripped)):
        role = "all"
        rest = sentence
        named = _LABEL.match(sentence)
        if named:
            rest = sentence[named.end() :]
            if _TIMES.fullmatch(named["label"]):
                continue
            label = label or named["label"]
            role = role_of(named["label"])
        if _ASIDE.search(rest) or _OTHER_LABEL.match(rest):
            continue
        _read_roles(rest, role, roles)
    return _note(label, roles)


def read_list(words: str) -> Note | None:
    """Return a bracket of only names of offices as a note; None for any other bracket.

    One name must be a known body, or state its level (区农发局), because local offices have names of their
    own.

    Examples:
        >>> read_list("工业和信息化部、应急管理部")[:2], read_list("以下简称市发展改革委")
        ((None, ('工业和信息化部', '应急管理部')), None)
        >>> read_list("区环土局、交建局、有关乡镇政府").lead
        ('区环土局', '交建局', '有关乡镇政府')
    """
    bodies = split_bodies(words)
    if _NAMED_SO.search(words) or not all(is_office(body) for body in bodies):
        return None
    if not any(system_of(body) is not None or _OF_LEVEL.match(body) for body in bodies):
        return None
    return Note(None, bodies, (), False)


def is_office(name: str) -> bool:
    """Return whether a name is a known body, or has the ending of an office's name."""
    return len(name) <= _LONGEST_NAME and (system_of(name) is not None or _OFFICE.fullmatch(name) is not None)


def column_role(heading: str) -> str | None:
    """Return the role of the bodies below a column heading: lead, support or all; None for any other column."""
    label = _LABEL.fullmatch(_ORDER_SAID.sub("", "".join(heading.split())) + "：")
    if not label or label["label"] == "工作单位" or _TIMES.fullmatch(label["label"]):  # of a list of persons
        return None
    return role_of(label["label"])


def role_of(label: str) -> str:
    """Return the role of the bodies after a label: lead, support or all."""
    if label.startswith(("牵头", "主办", "主责")):
        return "lead"
    return "support" if _SUPPORTS.match(label) else "all"


def split_bodies(words: str) -> tuple[str, ...]:
    """Return the bodies of a list, as printed, without 等.

    和, 及 and 与 separate only after the end of a body's name: 发展和改革委员会 stays whole.

    Examples:
        >>> split_bodies("市发展和改革委员会、各县(市、区)政府和市住房和城乡建设局等")
        ('市发展和改革委员会', '各县(市、区)政府', '市住房和城乡建设局')
    """
    bodies: list[str] = []
    whole = _PROVINCES.sub(_TIED, _ETC.sub("、", words))
    for piece in split_outside_brackets(whole, "、，,；;"):
        for body in _AND.split(piece):
            name = "".join(body.split()).replace(_TIED, "、自治区、直辖市").strip("、和及与由.。")
            name = _PREPOSITION.sub("", name)
            if not _LEFT_OF_ETC.fullmatch(name) and not _WHEN.match(name) and _BODY.match(name):
                bodies.append(name)
    return tuple(bodies)


def _read_roles(rest: str, role: str, roles: dict[str, list[str]]) -> None:
    """Sort the bodies of one sentence: those before 牵头, before 配合, before 负责; the others take the label's role."""
    position = 0
    together = False
    for match in _ROLE.finditer(rest):
        bodies = split_bodies(rest[position : match.start()])
        kind = match.lastgroup or "all"
        if together and kind == "all":
            kind = "support"
        if kind == "all":
            kind = role
        roles[kind].extend(bodies)
        together = match[0].endswith("会同")
        position = match.end()
    roles["support" if together else role].extend(split_bodies(rest[position:]))


def _note(label: str | None, roles: dict[str, list[str]]) -> Note | None:
    """Decide which bodies lead; a guiding body (指导) leads only if no other body does."""
    lead, guide, support, rest = roles["lead"], roles["guide"], roles["support"], roles["all"]
    if not any(roles.values()):
        return None
    if lead:
        return Note(label, tuple(lead), (*rest, *support, *guide), True)
    if rest:
        return Note(label, tuple(rest), (*support, *guide), bool(support or guide))
    return Note(label, tuple(guide), tuple(support), True)


def _main(words: str) -> str:
    """Return a note without explaining sentences: …负责。列第一位者为牵头单位，下同."""
    kept = [
        sentence for sentence in _SENTENCE.split(words) if sentence.strip() and not _ASIDE.search(sentence)
    ]
    return "；".join(kept)
