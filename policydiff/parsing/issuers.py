"""Issuers of a document, from its signature, letter head, title or dated events; and the notice, announcement or order that publishes the document."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from policydiff.lexicon.areas import jurisdiction_of, level_of
from policydiff.lexicon.bodies import BODY, body_key, body_name
from policydiff.lexicon.horizons import DATE
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.lexicon.titles import ACT_KINDS, issuer_of
from policydiff.lexicon.widths import despace
from policydiff.model import Carrier
from policydiff.model.base import Level
from policydiff.parsing.events import read_dates
from policydiff.parsing.fixed_lines import numbers_in
from policydiff.parsing.imprint import SIGNATORY
from policydiff.parsing.kinds import FORMS, LINE_WORDS, SEAL, Kind, ends_title
from policydiff.parsing.paragraphs import Paragraph
from policydiff.parsing.segments import Text
from policydiff.parsing.source import Block
from policydiff.parsing.title_lines import CARRYING_TITLE, CARRYING_WORDS, Title

_NAME = lazy_pattern(rf"[\u4e00-\u9fff]{{0,40}}{BODY}")
_AGENCY = lazy_pattern(rf"{BODY}$")
_CONGRESS = lazy_pattern(r"第?[一二三四五六七八九十百]+届(?=全国人民代表大会|人民代表大会)")
_ACTED = LINE_WORDS.phrase(
    r"""
    日 (?: [，,]? [经由] )?
    (?P<body> [\u4e00-\u9fff]{2,40}? {adopting_bodies} ) (?={after_adopting_bodies})           # 某某市人民代表大会常务委员会
    (?: 令 | 公告 )?
    (?: 第.{1,60}?(?: 会议 | 号 ) | (?: 审判 | 检察 )委员会.{1,60}?会议 | {sessions} )?   # 第二十次会议
    [^日]{0,60}? (?P<verb> {adopts} )                                                         # 通过
    """
)
_ORDER = lazy_pattern(r"[（(]?([\u4e00-\u9fff、]{2,60}?)(?:令|公告)", marks=("令", "公告"))
_ORDERING = lazy_pattern(rf"[\u4e00-\u9fff、]{{0,58}}(?:{BODY}|主席|总统|[河湖林田路]长)(?![与及和])")
"""The body that gives an order, at the beginning of a title, before the subject: 某县人民政府|森林防火禁火令."""
_ORDERED = lazy_pattern(
    r"日(?P<body>[\u4e00-\u9fff]{2,20}?(?:政府|委員會|總統|[院部署局])|總統)[\u4e00-\u9fff]{1,8}字第\d{6,12}號"
)
"""中華民國…日臺北市政府府法綜字第1123000000號令."""
_ADOPTS = lazy_pattern("通过|公布|发布|颁布|制定")
_AMENDS = lazy_pattern("修订|修正")
_INNER = lazy_pattern(r"(?:审判委员会|检察委员会|(?:[校院]长)?办公会议?)$")


def issuing_bodies(text: Text, title: Title | None) -> tuple[str, ...]:
    """Return the bodies that issued a text, in printed order; an empty tuple if the text names none.

    A name is given in its normal form: 中华人民共和国最高人民法院 → 最高人民法院.
    """
    return tuple(dict.fromkeys(map(body_name, _printed_bodies(text, title))))


def _printed_bodies(text: Text, title: Title | None) -> tuple[str, ...]:
    if signed := _signature(text):
        return signed
    above, named = _letter_head(text), _in_title(title) if title is not None else ()
    if above and not set(above) < set(named):
        return above
    if named:
        return named
    head = tuple(
        name
        for above, line in pairwise([None, *text.head])
        if line is not None and (line.kind is Kind.BODY_NAME or _orders_too(line, above))
        for name in split_names(line.block.part(0, len(line.text.removesuffix("令"))))
    )
    if title is not None and title.lines[0].markup:
        return _by_order(text) or _by_events(text) or head
    return head or _by_order(text) or _by_events(text) or _by_speaker(text) or _by_own_rules(title)


def _orders_too(line: Paragraph, above: Paragraph | None) -> bool:
    """Return whether `line` is an order number with the name of a body that orders together with the body on the line `above`: 甲总局 / 乙局令."""
    ends = line.kind is Kind.NUMBER and line.text.endswith("令")
    return ends and above is not None and above.kind is Kind.BODY_NAME


_OWN_RULES = lazy_pattern(
    r"(?P<body>(?!各|全国|普通|民办|公办|公立|高等|重点|职业|独立|成人|开放|中外|外商|外资|国有|上市|中央|地方|示范|定点|综合|基层|老年|网络|互联网|专科|非|新建|股份|[^第]类)"
    r"(?:(?!关于|[与及诉]|(?<![协中共])和)[\u4e00-\u9fff]){2,18}?"
    r"(?:大学|(?<=...)学院|(?<!中)[中小]学(?!生|校)|(?<![省市区县])医院|有限责任公司|有限公司|集团(?!有限|股份)))"
    r"(?![省市区县]|[与和及诉、]|附属|学报|[\u4e00-\u9fff]{0,12}(?:设置|设立|登记|评审|审批))[\u4e00-\u9fff《].*"
)
"""A school, hospital or company at the beginning of a title, which made these rules for its own people: 某某大学学生违纪处理办法."""


_MET = lazy_pattern(
    rf"(?P<body>[\u4e00-\u9fff]{{2,40}}?{BODY})(?:党组|第[^纪会]{{1,14}}次|常务|常委|全体|办公|专题|工作|扩大|[市县区州局厅]长)*会议?(?:专题)?纪要",
    marks="纪要",
)
"""The body whose meeting the minutes record: 某县人民政府常务会议纪要 → 某县人民政府."""


def _by_own_rules(title: Title | None) -> tuple[str, ...]:
    words = title.text if title is not None and title.sure else ""
    found = _MET.fullmatch(words) or _OWN_RULES.fullmatch(words)
    return (found["body"],) if found is not None else ()


_SPEAKER = lazy_pattern(
    rf"(?P<body>[\u4e00-\u9fff]{{2,30}}?{BODY})(?:代理?)?[省市区县州盟旗局院]?(?:检察)?(?:长|主任)[\u4e00-\u9fff]{{2,4}}",
    marks=("长", "主任"),
)


_MAYOR = lazy_pattern(
    r"(?P<area>[\u4e00-\u9fff]{2,14}[省市区县州盟旗])?(?:[省市区县州盟旗]?人民政府)?(?:代理?)?[省市区县州盟旗]长[\u4e00-\u9fff]{2,4}",
    marks="长",
)
_CONGRESS_OF = lazy_pattern(r"在(?P<area>[\u4e00-\u9fff]{2,20}?[省市区县州盟旗])第")
"""The area of the congress that hears a report: ——2021年12月28日在厦门市海沧区第五届人民代表大会第一次会议上 → 厦门市海沧区."""


def _by_speaker(text: Text) -> tuple[str, ...]:
    """Return the body whose head gives the report: ——某日在某次会议上 / 某市人民政府市长　某某, or 区长　某某 of the area named there."""
    meetings = [line.text for line in text.head if line.kind is Kind.EVENT]
    if not meetings or not text.body:
        return ()
    said = text.body[0].text
    if (mayor := _MAYOR.fullmatch(said)) is not None:
        of = mayor["area"] or ((heard := _CONGRESS_OF.search(meetings[0])) and heard["area"])
        return (f"{of}人民政府",) if of else ()
    head = _SPEAKER.fullmatch(said)
    return (head["body"],) if head is not None else ()


_OF_ABOVE = lazy_pattern(r"(?!.{0,6}[省市区县州])[\u4e00-\u9fff]{4,20}(?:指挥部|领导小组)(?:办公室)?")
"""A staff of the government on the line above, without a place of its own: 某区人民政府 / 防汛防旱指挥部."""


def _signature(text: Text) -> tuple[str, ...]:
    """Return the bodies that signed above the first date; lines below the date are the imprint (版记) and do not count."""
    names: list[str] = []
    for line in text.tail:
        if line.kind is Kind.BODY_NAME and names and _OF_ABOVE.fullmatch(line.text):
            names[-1] += line.text
        elif line.kind is Kind.BODY_NAME:
            names.extend(split_names(line.block))
        elif line.kind is Kind.SIGNED:
            name = re.match(r"[\u4e00-\u9fff、]+?(?=(?:19|20)\d\d|[一二][九〇零○])", line.text)
            name = name or re.search(r"(?<=日)[\u4e00-\u9fff、]+$", line.text)
            if name is not None and person_on(name[0]) is None:
                names.extend(split_names(line.block.part(name.start(), name.end())))
            break
        elif line.kind in (Kind.DATE, Kind.COPIED, Kind.PRINTED):
            break
    if not names and len(text.tail) > 1 and text.tail[0].kind is Kind.DATE:
        names = split_names(text.tail[1].block) if text.tail[1].kind is Kind.BODY_NAME else []
    if not names:
        names = [
            name
            for line in text.head
            if line.kind is Kind.SIGNED
            for said in re.finditer(r"^[\u4e00-\u9fff、]+?(?=\d|[一二][〇○])", line.text)
            for name in split_names(line.block.part(0, said.end()))
        ]
    return tuple(dict.fromkeys(names))


def person_on(words: str) -> str | None:
    """Return the person who signs with an office on the line of the day (某日　運輸署署長　李某某); None for bodies such as 校长办公室."""
    signed = SIGNATORY.fullmatch(DATE.sub("", words))
    return None if signed is None or _AGENCY.search(signed["name"]) else signed["name"]


def _letter_head(text: Text) -> tuple[str, ...]:
    """Return the bodies of the letter head: the names on the line that ends in 文件 and on the name lines directly above and below it."""
    flags = [index for index, line in enumerate(text.head) if line.kind is Kind.FLAG]
    if not flags:
        return ()
    first, last = flags[0], flags[-1]
    while first > 0 and text.head[first - 1].kind is Kind.BODY_NAME:
        first -= 1
    while last + 1 < len(text.head) and text.head[last + 1].kind is Kind.BODY_NAME:
        last += 1
    names = [
        name
        for line in text.head[first : last + 1]
        if line.kind in (Kind.FLAG, Kind.BODY_NAME) and line.text not in FORMS
        for name in split_names(line.block.part(0, len(line.text.removesuffix("文件"))))
    ]
    return tuple(dict.fromkeys(names))


def _in_title(title: Title) -> tuple[str, ...]:
    issuer = issuer_of(title.text)
    if issuer is None:
        return ()
    names: list[str] = []
    start = max("".join(line.text for line in title.lines).find(title.text), 0)
    end = start + len(issuer)
    for line in title.lines:
        if end <= 0:
            break
        if start < len(line.text):
            names.extend(split_names(line.block.part(max(start, 0), min(end, len(line.text)))))
        start, end = start - len(line.text), end - len(line.text)
    return tuple(names) if names and all(_AGENCY.search(name) for name in names) else ()


_SPACED = 0.6
"""From this share of characters with a blank behind them, the blanks are letter spacing and do not part names."""


def split_names(block: Block) -> list[str]:
    """Return the names in a block: parted by 、, where the print leaves a blank after the end of a name, and where names run together."""
    names: list[str] = []
    start = 0
    text = SEAL.sub("", block.text).removesuffix("发布")
    parted = sum(block.place(index) - block.place(index - 1) > 1 for index in range(1, len(text)))
    spaced = parted > _SPACED * len(text)
    for index in range(1, len(text) + 1):
        at_end = index == len(text)
        gap = (
            not at_end
            and not spaced
            and block.place(index) - block.place(index - 1) > 1
            and _NAME.fullmatch(text[start:index])
        )
        if at_end or gap or text[index - 1] == "、":
            name = text[start:index].strip("、 ")
            if name:
                names.extend(_parted(name))
            start = index
    return names


_PLACE = lazy_pattern(r"[\u4e00-\u9fff]{1,6}?(?:自治区|自治州|特别行政区|新区|[省市区县州盟旗])|最高(?=人民)")
_OF_STATE = lazy_pattern(
    "国家|中国|最高人民|中华人民共和国|国务院|[\u4e00-\u9fff]{2,12}?(?<!总)部|[\u4e00-\u9fff]{2,4}总[局署]"
)


def _parted(name: str) -> list[str]:
    """Return the names that a line without blanks runs together: 某省教育厅某省财政厅 are two, for both begin with one place.

    So are two of the state (财政部国家税务总局). An office of a body stays its office: 某市人民政府办公厅, 国务院国有资产监督管理委员会.
    """
    end = _first_end(name)
    return [name[:end], *(_parted(name[end:]) if name[end:] else ())]


def _first_end(name: str) -> int:
    """Return the length of the first name if `name` runs several names together; the whole length if it is a single name."""
    if name.startswith("中共中央国务院"):
        return len("中共中央")
    place = _PLACE.match(name.removeprefix("中共"))
    is_of_state = place is None and _OF_STATE.match(name.removeprefix("中共")) is not None
    for index in range(_SHORTEST_NAME, len(name) - _SHORTEST_NAME + 1):
        first, rest = name[:index], name[index:]
        begins = place is not None and rest.startswith(place[0])
        of_state = is_of_state and first.endswith(_OFFICES) and _OF_STATE.match(rest) is not None
        if (
            (begins or of_state)
            and _BRANCH.search(rest) is None
            and _NAME.fullmatch(first)
            and _NAME.match(rest)
        ):
            return index
    return len(name)


_BRANCH = lazy_pattern("(?:分局|支队|大队|派出所|分院|分校|支行|分行|分公司)$")
"""Branches of the body before them: 某市公安局某市开发区分局."""
_OFFICES = ("部", "署", "总局", "委员会", "银行")
_SHORTEST_NAME = 3
"""Characters of the shortest name of a body: 教育部."""


def _by_order(text: Text) -> tuple[str, ...]:
    """Return the body an order is named after: 中华人民共和国国务院令 gives 国务院, and the title 中国人民银行公告 its bank."""
    for line in text.head:
        match = _ORDER.match(line.text) if line.kind is Kind.NUMBER else _ORDER.fullmatch(line.text)
        if match is not None and (body := _ORDERING.match(match[1])) is not None:
            printed = line.block.part(match.start(1), match.start(1) + body.end())
            return tuple(name.removeprefix("中华人民共和国") for name in split_names(printed))
    return ()


def _by_events(text: Text) -> tuple[str, ...]:
    events = [line for line in text.head if line.kind is Kind.EVENT]
    for line in events:
        ordered = _ORDERED.search(line.text)
        if ordered is not None:
            return (ordered["body"],)
    for verbs in (_ADOPTS, _AMENDS):
        for line in events:
            if names := _adopting(line.text, verbs):
                return names
    return ()


def _adopting(event: str, verbs: re.Pattern[str]) -> tuple[str, ...]:
    """Return the bodies that did the act of one of the verbs to a text, none where the event line names none.

    `2020年4月10日 上海市第十五届人民代表大会常务委员会第二十次会议通过` gives 上海市人民代表大会常务委员会.
    """
    words = _CONGRESS.sub("", event)
    match = _ACTED.search(words)
    if match is None or verbs.match(match["verb"]) is None:
        return ()
    name = match["body"].removeprefix("中华人民共和国")
    if name.endswith("人大常委会"):
        name = name.removesuffix("人大常委会") + "人民代表大会常务委员会"
    beside = _BESIDE.match(words, match.end("body"))
    further = beside[0].split("、")[1:] if beside is not None else []
    return tuple(filter(None, (_INNER.sub("", name), *further)))


_BESIDE = lazy_pattern(rf"(?:、[\u4e00-\u9fff]{{2,16}}?{BODY})+(?={_ADOPTS.pattern})")
"""Further bodies that act together with the first body: 、国务院 in 中共中央、国务院发布."""


_LOCAL = lazy_pattern("[省市县区州]|自治县")
"""A body named without its place, which the title then gives."""


def area_of(issuer: str, title: str | None, year: int | None) -> tuple[str | None, Level | None]:
    """Return code and level of the area of a body, by its name and else by the title of the document it issued."""
    code = jurisdiction_of(issuer, year)
    if code is None and title is not None and _LOCAL.match(issuer):
        code = jurisdiction_of(title, year)
    return code, level_of(issuer, code)


_CARRIES = lazy_pattern("(印[发發]|批[转轉]|[转轉][发發]|公布|[发發]布|下[发發]|颁发)")
_SIMPLIFIED = str.maketrans("發轉", "发转")
_NAMED = lazy_pattern(
    rf"(?:印发|颁发|发布|公布|下发)(?:了)?(?:《(?P<marked>(?:[^《》]|《[^《》]*》)+)》|(?P<bare>[^《》]{{4,}}?))的?(?:{ACT_KINDS}|函)"
)


def name_carried(notice: str, declared: str | None) -> str | None:
    """Return the name of a text that is printed without its title below the notice that carries it; None if no title is found.

    A headline of the page (`declared`) that is not the notice's title gives the name; else that title
    does.

    >>> name_carried("某局关于印发某市甲办法的通知", None), name_carried("某局关于印发《甲办法》的通知", "某市甲办法")
    ('某市甲办法', '某市甲办法')
    """
    found = _NAMED.search(notice)
    said = None if found is None else found["marked"] or found["bare"]
    if declared and ends_title(declared) and not CARRYING_TITLE.search(declared):
        return despace(declared)
    return said if said is not None and ends_title(said) else None


def read_carrier(
    notice: Text,
    title: Title | None,
    decision: Title | None,
    *,
    declared: str | None,
    number: str | None,
    issuer: str | None,
) -> Carrier:
    """Return the facts that a notice states about itself: kind, title, number, date, issuer and text.

    A decision that amends or approves the text and carries it has its own title (`decision`). The headline of the page
    (`declared`) is the title of a notice that prints no title; a number equal to the document's `number` is left out.
    """
    order = "".join(despace(line.text) for line in notice.head if line.kind is Kind.NUMBER)
    headline = despace(declared) if declared and CARRYING_TITLE.search(despace(declared)) else ""
    words = title.text if title is not None else order if "令" in order else headline
    above = [words] if decision not in (None, title) and words else []
    words = decision.text if decision is not None else words
    body = "".join(paragraph.whole for paragraph in notice.body)
    kind = _CARRIES.search(words) or CARRYING_WORDS.search(body) or _CARRIES.search(body)
    numbers = numbers_in([*notice.head, *notice.tail])
    return Carrier(
        kind=(kind[1].translate(_SIMPLIFIED) if kind is not None and kind[1] else None)
        or ("公布" if re.search("公布|promulgat", body) else "印发"),
        title=words,
        document_number=numbers[0] if numbers and numbers[0] != number else None,
        issued=read_dates([], [notice.tail, notice.head], [], []).issued,
        issuing_body=issuer,
        text="\n".join([*above, *(line.printed for line in [*notice.body, *notice.annexes_named])]),
    )


def heads_letter(line: Paragraph, issuers: tuple[str, ...]) -> bool:
    """Return whether a line ending in 文件 is the document's own letter head, which names the issuer."""
    names = split_names(line.block.part(0, len(line.text.removesuffix("文件"))))
    known = sorted({*issuers, *map(body_key, issuers)})
    return line.text in FORMS or all(is_known(body_name(name), known) for name in names)


def is_known(name: str, known: Sequence[str]) -> bool:
    """Return whether a body is in `known` (sorted), or is the company or school whose organ is: 某某公司 for 某某公司董事会."""
    bare = name.removeprefix("中华人民共和国")
    return any(
        "".join(known[bisect_left(known, form) :][:1]).startswith(form) for form in (bare, body_key(bare))
    )
