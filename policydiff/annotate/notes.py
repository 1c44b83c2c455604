"""The words that name responsible bodies and indicators: in one note, and in rows of tables whose columns name facts.

A note has a label, bodies, and a word for who of them leads. Columns of tables name bodies (责任单位) or indicators by
year (2025年目标值).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from policydiff.annotate.cited_titles import split_outside_brackets
from policydiff.annotate.passages import Passage
from policydiff.lexicon.bodies import BODY_ENDINGS, system_of
from policydiff.lexicon.patterns import Words
from policydiff.lexicon.text_marks import Merged, is_row, read_row

_WORDS = Words("policydiff.annotate", "notes", BODY_ENDINGS)
_LABEL_WORDS = r"""
    \s* (?P<label>
        (?: 主要 | 具体 | 第一 )? {duties} {holders}                                            # 主要责任单位
        (?: [和及与、] (?: 责任 | 配合 | 参与 | 参加 | 协办 )? (?: 部门 | 单位 | 主体 | 机构 ) )?   # 牵头部门和配合单位
      | 责任分工
      | {times}
    ) \s* [：:]
"""
_LABEL = _WORDS.phrase(_LABEL_WORDS)
_NEXT_LABEL = _WORDS.phrase(rf"[，,、\s]+ (?= {_LABEL_WORDS} )")
_OTHER_LABEL = re.compile(r"\s* [\u4e00-\u9fff]{2,8} [：:]", re.VERBOSE)
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
_OF_LEVEL = re.compile(r"各 | [省市区县州旗] [\u4e00-\u9fff]{2}", re.VERBOSE)
_SENTENCE = re.compile(r"[；;。]")
_ASIDE = re.compile(r"下同 | 第一位 | 首位 | ^\s*以下 | 不再列出", re.VERBOSE)
_PERSON = re.compile(r"负责人 | 责任人 | 主要负责同志 | 自行 | 自己 | 本人", re.VERBOSE)
_NAMED_SO = re.compile(r"简称 | 以下 | ^[原即如含] | [:：]", re.VERBOSE)
_LEFT_OF_ETC = _WORDS.phrase("{left_of_etc}")
_ETC = _WORDS.phrase(r"(?<!{before_etc}) 等 (?= $ | {after_etc} | \s )")
_AND = _WORDS.phrase(
    r"""
    (?: (?<=企业) | (?<={parting_endings}) ) (?: 以及 | 和 | 及 | 与 | 或 )
    (?=..) (?! (?: 人民 )?政府 (?: $ | \s ) )                        # 各乡镇党委和人民政府 stays whole
    (?! (?: 有关 | 相关 )? (?: 单位 | 机构 | 部门 | 企业 | 地区 | 地方 ) (?: $ | \s ) )   # 财政部和有关部门 stays whole
    """
)
_WHEN = re.compile(r"持续 | 长期 | (?:19|20)\d\d年?", re.VERBOSE)
_PROVINCES = re.compile(r"(?<=省)、自治区、直辖市")
_PREPOSITION = re.compile(r"^(?: 由 | 会同 | 以及 )", re.VERBOSE)
_TIED = "\1"
_LONGEST_NAME = 14
_BODY = re.compile(r"^[^。；：:？！]{2,60}$")


class Note(NamedTuple):
    """A note taken apart; bodies as printed, in order."""

    label: str | None
    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    is_told_apart: bool
    """Whether the note itself says who leads."""


def read_note(words: str) -> Note | None:
    """Return what the words of a bracket or line say about who is responsible, None where they say nothing of it.

    Labelled notes name bodies after 责任部门：, 牵头单位：…；配合单位：…; bare ones end in 负责, 牵头, 配合. Bodies are leading
    where the note says so or tells none apart.

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
            role = _role_of(named["label"])
        if _ASIDE.search(rest) or _OTHER_LABEL.match(rest):
            continue
        _read_roles(rest, role, roles)
    return _note(label, roles)


def read_list(words: str) -> Note | None:
    """Return a bracket that holds nothing but names of offices as a note, None for any other.

    One of them must be a known body, or say of which level it is (区农发局): local offices have names of their own.

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
    """Say whether a name is that of a known body, or ends as names of offices do."""
    return len(name) <= _LONGEST_NAME and (system_of(name) is not None or _OFFICE.fullmatch(name) is not None)


def column_role(heading: str) -> str | None:
    """Return the role of the bodies in a column headed so: lead, support or all; None for any other column."""
    label = _LABEL.fullmatch("".join(heading.split()) + "：")
    if not label or _TIMES.fullmatch(label["label"]):
        return None
    return _role_of(label["label"])


def _role_of(label: str) -> str:
    if label.startswith(("牵头", "主办")):
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
            name = re.sub(r"\s+", "", body).replace(_TIED, "、自治区、直辖市").strip("、和及与由.。")
            name = _PREPOSITION.sub("", name)
            if not _LEFT_OF_ETC.fullmatch(name) and not _WHEN.match(name) and _BODY.match(name):
                bodies.append(name)
    return tuple(bodies)


def _read_roles(rest: str, role: str, roles: dict[str, list[str]]) -> None:
    """Sort the bodies of one sentence: those before 牵头, before 配合, before 负责; the rest take the label's role."""
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
    """Settle who leads; a body that guides (指导) leads only where nobody else does."""
    lead, guide, support, rest = roles["lead"], roles["guide"], roles["support"], roles["all"]
    if not any(roles.values()):
        return None
    if lead:
        return Note(label, tuple(lead), (*rest, *support, *guide), True)
    if rest:
        return Note(label, tuple(rest), (*support, *guide), bool(support or guide))
    return Note(label, tuple(guide), tuple(support), True)


def _main(words: str) -> str:
    """Return a note without the sentences that explain it: …负责。列第一位者为牵头单位，下同."""
    kept = [
        sentence for sentence in _SENTENCE.split(words) if sentence.strip() and not _ASIDE.search(sentence)
    ]
    return "；".join(kept)


_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?(?:底|末)?(?:目标|规划|计划|预期)?(?:值|数)?")
_NOT_AHEAD = re.compile(r"基期|现状|实际|完成|已|基准")
_METRIC = re.compile(r"^(?:主要|具体|核心|发展)?指标(?:名称|内容)?$|^(?:项目|名称|类别)$")
_UNIT = re.compile(r"^(?:计量)?单位$")
_VALUE = re.compile(
    r"\s*(?P<sign>[≥≤>＞<＜]|不低于|不超过|大于|小于|达到|约)?=?\s*(?P<low>\d+(?:\.\d+)?)\s*(?:[-—–~～至]\s*(?P<high>\d+(?:\.\d+)?))?"
    r"\s*(?P<unit>[^\d\s，。左右以]{0,8}?)(?P<after>左右|以上|以下|以内)?\s*"
)
_LINES = re.compile(r"(?<=[\u4e00-\u9fff）)]) +(?=[\u4e00-\u9fff])")
"""A blank between Chinese words of a cell is a line break: each line names a body."""
_BRACKETED_UNIT = re.compile(r"[（(]([^（）()]{1,8})[)）]\s*$")


class Columns(NamedTuple):
    """What the header row of a table says about its columns, by index."""

    width: int
    """Number of cells."""
    bodies: tuple[tuple[int, str, str], ...]
    """Index, label, role (lead, support or all)."""
    metric: int | None
    unit: int | None
    years: tuple[tuple[int, str], ...]


class Indicator(NamedTuple):
    """A value of an indicator: `start` and `end` in the words of the row it stands in."""

    metric: str
    value: str
    unit: str
    qualifier: str | None
    deadline: str
    row: Passage
    start: int
    end: int


def read_header(words: str) -> Columns | None:
    """Return the columns of a header row, None where no cell names bodies or years."""
    cells = [cell.strip() for cell in words.split("\t")]
    if len(cells) < 2:
        return None
    bodies = tuple((index, cell, role) for index, cell in enumerate(cells) if (role := column_role(cell)))
    years = tuple(
        (index, match[1])
        for index, cell in enumerate(cells)
        if not _NOT_AHEAD.search(cell) and (match := _YEAR.fullmatch(cell))
    )
    metric = next((index for index, cell in enumerate(cells) if _METRIC.match(cell)), None)
    unit = next((index for index, cell in enumerate(cells) if years and _UNIT.match(cell)), None)
    bodies = tuple(column for column in bodies if column[0] != unit)
    if not bodies and (not years or metric is None):
        return None
    return Columns(len(cells), bodies, metric, unit, years if metric is not None else ())


class RowCell(NamedTuple):
    """The words that hold in a place of a row: its own, or those of the cell above that reaches down to it."""

    text: str
    row: Passage
    """The row in which they stand."""
    start: int
    """Where they begin in that row's words."""


class TableRows:
    """Follows the rows of a document's tables, so that a merged cell holds for every row it reaches."""

    def __init__(self) -> None:
        self._table = ""
        self._above: list[RowCell] = []

    def cells(self, row: Passage) -> list[RowCell]:
        """Return what holds in each place of the next row."""
        table = row.clause.rpartition("__")[0]
        above = self._above if table == self._table else []
        found: list[RowCell] = []
        start = 0
        merged = _merged_above(row)
        for index, text in enumerate(row.words.split("\t")):
            own = RowCell(text, row, start)
            found.append(above[index] if index in merged and index < len(above) and not text.strip() else own)
            start += len(text) + 1
        self._table, self._above = table, found
        return found


def _merged_above(row: Passage) -> frozenset[int]:
    """Return the places of a row that the cell above takes up, as the text prints them."""
    printed = row.printed.strip()
    if not is_row(printed):
        return frozenset()
    cells = read_row(printed).cells
    return frozenset(index for index, cell in enumerate(cells) if cell.merged is Merged.ABOVE)


def words_of(cells: Sequence[RowCell]) -> str:
    """Return the words that hold in a row, cells joined by a tab."""
    return "\t".join(cell.text for cell in cells)


class RowBodies(NamedTuple):
    """Who does what a row says, and where that stands."""

    label: str
    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    row: Passage
    start: int
    end: int


def bodies_of(cells: Sequence[RowCell], columns: Columns) -> RowBodies | None:
    """Return the leading and supporting bodies of a row, None where it names none."""
    if len(cells) != columns.width or not columns.bodies:
        return None
    lead: list[str] = []
    supporting: list[str] = []
    for index, _, role in columns.bodies:
        (supporting if role == "support" else lead).extend(split_bodies(_LINES.sub("、", cells[index].text)))
    if not lead and not supporting:
        return None
    named = [cells[index] for index, _, _ in columns.bodies if cells[index].text.strip()]
    # The row's own words tell where it says so; a row that names nobody itself, the cell that reaches down to it.
    row = named[-1].row
    own = [cell for cell in named if cell.row is row]
    start, end = own[0].start, own[-1].start + len(own[-1].text)
    words = row.words[start:end]
    start += len(words) - len(words.lstrip())
    return RowBodies(
        columns.bodies[0][1], tuple(lead), tuple(supporting), row, start, start + len(words.strip())
    )


def indicators_of(row: Sequence[RowCell], columns: Columns) -> list[Indicator]:
    """Return the values of a row under the years of the header; what a merged cell names holds for each row it reaches."""
    cells = [cell.text for cell in row]
    if len(cells) != columns.width or columns.metric is None:
        return []
    found: list[Indicator] = []
    metric = cells[columns.metric].strip()
    in_bracket = _BRACKETED_UNIT.search(metric)
    unit = cells[columns.unit].strip() if columns.unit is not None else in_bracket[1] if in_bracket else ""
    for index, year in columns.years:
        match = _VALUE.fullmatch(cells[index])
        if match is None or not metric:
            continue
        start = row[index].start
        blank = len(cells[index]) - len(cells[index].lstrip())
        qualifier = "、".join(word for word in (match["sign"], match["after"]) if word)
        found.append(
            Indicator(
                metric,
                f"{match['low']}-{match['high']}" if match["high"] else match["low"],
                match["unit"] or unit,
                qualifier or None,
                year,
                row[index].row,
                start + blank,
                start + len(cells[index].rstrip()),
            )
        )
    return found
