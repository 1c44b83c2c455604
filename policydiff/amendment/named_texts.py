"""Names of texts and places in the lines of a decision: titles in 《》, lists of repealed texts, lists of places for one change.

A decision may end texts one by one (废止《甲》), in a list (废止下列法规：), or by its title; and it may make one
change in the places of a list (将下列法律中的“征用”修改为“征收”：《甲》第五条). Orders set out as old words beside
new ones (tables 修订前 / 修订后; 原第四条…现修改为…) are rewritten here too: company announcements give both texts in
full, and each becomes an order that names the old words, so that the text must hold them: 将第四条中的“旧”修改为“新”.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from policydiff.amendment.places import ARTICLE_LABEL, N, Place, read_places
from policydiff.lexicon.bodies import BODY
from policydiff.lexicon.numerals import CHINESE_DIGITS
from policydiff.lexicon.titles import TEXT_KINDS

NAMELESS = "本文件"
"""Name in a drafted decision of a text without a title."""
ACT = r"《(?:[^《》]|《[^《》]*》)*》"
NUMBER = r"(?:\s*[（(][^（()）]{1,80}[）)])?"
ACTS = rf"{ACT}{NUMBER}(?:\s*(?:、|，|和|以及|及|与)?\s*{ACT}{NUMBER})*"
_REPEAL = re.compile(
    rf"^(?:决定)?(?:废止|宣布失效|停止执行)\s*(?P<acts>{ACTS})(?:等)?[。；]?$"
    rf"|^(?P<acts2>{ACTS})\s*(?:自[^，。；]{{1,30}}起)?(?:一并|均)?(?:予以|同时)?废止[。；]?$"
)
_REPEALED_BELOW = re.compile(
    r"(?:废止|宣布失效|停止执行)(?:下列|以下|部分)?[^。；《》\ue000-\uf76f]{0,30}[：:]?$"
    r"|^(?:下列|以下)[^。；《》]{2,20}(?:予以)?废止[：:]?$"
)
"""A heading above a list of texts that the decision repeals."""
PLAIN_NAME = re.compile(rf"[一-鿿（）()〈〉、]{{4,60}}?(?:{TEXT_KINDS}){NUMBER}[；;。，]?")
"""A name without 《》 as the only content of a line in a list."""
NAMED_AMENDMENT = re.compile(r"^(?P<act>[一-鿿]{2,40}?)修正案(?:草案)?(?:[（(][^（()）]{1,10}[）)])?$")
_BRACKETED = re.compile(rf"[【〈]({PLAIN_NAME.pattern})[】〉]")
_PASSED = r"[（(][^（()）]*[年号][^（()）]*[）)]"
"""Date or announcement of a text's passing, after its name."""
BELOW = re.compile(
    r"(?P<lead>将|把|对|删去|删除)?(?:下列|以下)[^。；《》\ue000-\uf76f]{0,40}?(?:中)(?:的)?(?:引用的|规定的|所称的)?(?P<change>[\ue000-\uf76f].*?)[：:。]?$"
)
"""One change for the places in the list below: 将下列法律中的“征用”修改为“征收”."""
_FOLDED = re.compile(r"[\s　《》〈〉<>“”\"‘’（）()〔〕\[\]、，,。．.·：:；;—-]")
_ISSUER = re.compile(rf"^[一-鿿、和]{{2,60}}?(?:{BODY}|中央)$")
_EDITION = re.compile(
    r"[（(](?:\d{4}|[〇零一二三四五六七八九]{4})年?(?:修正|修订|修改|修正本|修订版|版)?[^（()）]{0,12}[）)]$"
)

_PLACE_WORD = re.compile(r"第[^。；]{1,9}[条款项章节]")


def _form_of_number(line: str) -> str:
    """Return the form of a line's number: 一、 → 、, （一） → （, 1. → 1."""
    match = re.match(rf"[\s　]*(?:([（(]){N}[）)]|({N})([、．.])|(第){N}条)", line)
    if match is None:
        return ""
    kind = "1" if (match[2] or "").isascii() and match[2] else ""
    return f"{kind}{match[1] or match[3] or match[4]}"


@dataclass(slots=True)
class Below:
    """A change for the places in the list below it."""

    line: int
    text: str
    lead: str
    change: str
    used: bool = False


def same_act(name: str, title: str) -> bool:
    """Return whether a name and a title mean one text: 刑法 is 中华人民共和国刑法; an issuer may precede a title."""
    one, other = _folded(name), _folded(title)
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return bool(short) and long.endswith(short) and _ISSUER.match(long[: -len(short)]) is not None


def _folded(name: str) -> str:
    bare = _EDITION.sub("", name.strip().removeprefix("《").removesuffix("》"))
    return _FOLDED.sub("", bare).replace("中华人民共和国", "")


def outer_names(text: str) -> list[str]:
    """Return the outermost names in 《》 of a text."""
    names: list[str] = []
    depth, start = 0, 0
    for place, character in enumerate(text):
        if character == "《":
            start = place if depth == 0 else start
            depth += 1
        elif character == "》" and depth:
            depth -= 1
            if depth == 0:
                names.append(text[start : place + 1])
    return names


def plain_name(act: str) -> str:
    """Return a name without its marks 《》."""
    return act.strip().removeprefix("《").removesuffix("》")


_ALL_THROUGH = re.compile(
    rf"(?P<lead>将|把|对|删去|删除)?(?P<acts>{ACTS})(?:全文)?(?:中|里)的?(?=[\ue000-\uf76f])"
)
"""One change throughout several texts: 将《甲》《乙》中的“丙”统一修改为“丁”."""
_LONGEST_LEAD = 8
"""Most characters before the first name of an order that begins with the name: 将, 删去, 对."""


def by_act(body: str) -> list[tuple[str | None, str]]:
    """Return an order for places in several texts as one order for each text: 将《甲》第六条、《乙》第八条中的“丙”修改为“丁”."""
    all_through = _ALL_THROUGH.match(body)
    if all_through is not None:
        rest = f"{all_through['lead']}全文中的{body[all_through.end() :]}"
        return [(act, rest) for act in outer_names(all_through["acts"])]
    names = list(re.finditer(rf"{ACT}{NUMBER}(?:的)?(?=原?第)", body))
    if len(names) < 2 or len(body[: names[0].start()]) > _LONGEST_LEAD:
        return [(None, body)]
    lead = body[: names[0].start()]
    groups: list[tuple[str, str]] = []
    for name, following in pairwise(names):
        between = re.fullmatch(
            r"(?P<places>[^《》。；\ue000-\uf76f]+?)(?:、|，|和|以及|及)",
            body[name.end() : following.start()],
        )
        if between is None:
            return [(None, body)]
        groups.append((name[0], between["places"]))
    places, end = read_places(body, names[-1].end(), ())
    if not places:
        return [(None, body)]
    groups.append((names[-1][0], body[names[-1].end() : end]))
    rest = body[end:]
    return [(re.sub(r"[）)]?的$", "", outer_names(act)[0]), f"{lead}{where}{rest}") for act, where in groups]


def with_name(line: str, quoted: str) -> str:
    """Return a line with only a name as 《name》: 【某市绿化条例】, 某市绿化条例修正案, or a quote of the words `quoted`."""
    named = PLAIN_NAME.fullmatch(quoted) or _BRACKETED.fullmatch(line) or NAMED_AMENDMENT.match(line)
    return line if named is None else f"《{(quoted or named[1]).strip('；;。，')}》"


def without_passing(name: str) -> str:
    """Return a name on its own line without the day or number of its passing and without a final mark."""
    return re.sub(rf"(?:{_PASSED})?[；;。，]?$", "", name)


@dataclass(slots=True)
class Repeals:
    """The texts that a decision repeals, collected line by line."""

    names: list[str] = field(default_factory=list)
    listing: bool = False
    """Whether the lines being read are a list of repealed texts."""

    def takes(self, body: str) -> bool:
        """Return whether a line names repealed texts, or is the heading of a list of them."""
        repeal = _REPEAL.match(body)
        if repeal is not None:
            self.names.extend(map(plain_name, outer_names(repeal["acts"] or repeal["acts2"])))
            return True
        if _REPEALED_BELOW.search(body) and "修改" not in body and not _PLACE_WORD.search(body):
            self.listing = True
            return True
        if not self.listing:
            return False
        alone = re.fullmatch(rf"(?P<act>{ACT}){NUMBER}[；;。，]?", body)
        if alone is not None or PLAIN_NAME.fullmatch(body):
            self.names.append(plain_name(alone["act"]) if alone else body.rstrip("；;。，"))
            return True
        self.listing = False
        return False


@dataclass(slots=True)
class PlaceAbove:
    """The place of a heading (一、修改第五条), for orders below it that omit their article."""

    places: tuple[Place, ...] = ()
    form: str = ""
    """Form of the heading's number; an order numbered in the same form stands beside the heading, not below it."""

    def takes(self, line: str, body: str) -> bool:
        """Return whether a line is a heading for orders; `body` is the line without its number."""
        match = re.fullmatch(
            r"(?:修改|修正|对)(?P<place>第[^，。；：《》]{1,12}条)(?:的修改|作如下修改|修改如下)?[：:]?", body
        )
        if match is None or line == body:
            return False
        places, end = read_places(match["place"], 0, ())
        if not places or end != len(match["place"]):
            return False
        self.places, self.form = places, _form_of_number(line)
        return True

    def of(self, line: str) -> tuple[Place, ...]:
        """Return the place that applies to a numbered line."""
        if self.places and _form_of_number(line) == self.form:
            self.places = ()
        return self.places


_ARTICLE = ARTICLE_LABEL.pattern
_BEFORE = re.compile(r"(?:本次)?(?:修订|修改|变更)前.{0,12}|原(?:条款|条文|规定|内容|章程).{0,8}|现行.{0,8}")
_AFTER = re.compile(
    r"(?:本次)?(?:修订|修改|变更)后.{0,12}|(?:新|现|拟修改)(?:条款|条文|规定|内容|章程).{0,8}"
)
_GONE = re.compile(r"[（(]?(?:删除|删去|整条删除|本条删除|删除本条)[）)]?[。]?")
_NEW = re.compile(r"[（(]?(?:新增|无|新增条款|—+|-+|/)?[）)]?")
_OLD_WORDS = re.compile(
    rf"(?P<number>(?:[{CHINESE_DIGITS}]{{1,3}}、|\d{{1,2}}[.．、])?\s*)原(?P<label>{_ARTICLE})(?:[\s　：:]+|(?=“))(?P<words>.*)"
)
_NOW = re.compile(r"现(?:拟)?(?:修改|修订|变更)为[：:]?[\s　]*(?P<words>.*)")
_IN_ONE = re.compile(
    rf"(?P<number>(?:[{CHINESE_DIGITS}]{{1,3}}、|\d{{1,2}}[.．、])?)原(?P<label>{_ARTICLE})[：:]?“(?P<old>[^“”]+)”[，,]?现?(?:修改|修订|变更)为[：:]?“(?P<new>[^“”]+)”[。；]?"
)
_NEXT = re.compile(rf"(?:[{CHINESE_DIGITS}]{{1,3}}、|\d{{1,2}}[.．、])|原{_ARTICLE}|本决定|除上述|上述|特此")


def as_orders(lines: list[str]) -> list[str]:
    """Return the lines of a decision, with old and new words side by side rewritten as orders."""
    result: list[str] = []
    at = 0
    while at < len(lines):
        rows = _table(lines, at)
        if rows:
            result.extend(order for old, new in rows[1:] for order in _row(old, new))
            at += len(rows)
            continue
        one = _IN_ONE.fullmatch(lines[at])
        if one is not None:
            result.append(f"{one['number']}{_swapped(one['label'], [one['old']], [one['new']])}")
            at += 1
            continue
        told = _told(lines, at)
        if told is not None:
            order, at = told
            result.append(order)
            continue
        result.append(lines[at])
        at += 1
    return result


def _table(lines: list[str], at: int) -> list[tuple[str, str]]:
    """Return the rows of a table of old and new words that begins at a line, header first; empty for any other line."""
    rows: list[tuple[str, str]] = []
    for line in lines[at:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if all(re.fullmatch(":?-+:?", cell) for cell in cells) and cells and rows:
            rows.append(("", ""))
            continue
        if len(cells) == len(("number", "old", "new")):
            cells = cells[1:]
        if len(cells) != len(("old", "new")):
            break
        rows.append((cells[0], cells[1]))
    heads = rows and _BEFORE.fullmatch(rows[0][0]) and _AFTER.fullmatch(rows[0][1])
    return rows if heads else []


def _row(old: str, new: str) -> Iterator[str]:
    before, after = (re.split(r"<br\s*/?>", cell) for cell in (old, new))
    label, given = (ARTICLE_LABEL.match(cell) for cell in (old, new))
    if label is not None and _GONE.fullmatch(new):
        yield f"删去{label[0]}。"
    elif label is not None and new:
        yield _swapped(label[0], before, after)
        if given is not None and given[0] != label[0]:
            yield f"{label[0]}改为{given[0]}。"
    elif given is not None and _NEW.fullmatch(old):
        yield f"增加一条，作为{given[0]}：{_quote(after)}"
    elif old or new:
        yield f"将“{old}”修改为“{new}”，未写明条款。"


def _told(lines: list[str], at: int) -> tuple[str, int] | None:
    """Read 原第四条 … 现修改为： … across several lines; return the order and the index of the next line."""
    first = _OLD_WORDS.fullmatch(lines[at])
    if first is None:
        return None
    old, end = [first["words"]] if first["words"] else [], at + 1
    while end < len(lines) and _NOW.fullmatch(lines[end]) is None:
        if _NEXT.match(lines[end]):
            return None
        old.append(lines[end])
        end += 1
    now = _NOW.fullmatch(lines[end]) if end < len(lines) else None
    if now is None or not old:
        return None
    new, end = [now["words"]] if now["words"] else [], end + 1
    while end < len(lines) and not _NEXT.match(lines[end]):
        new.append(lines[end])
        end += 1
    return (f"{first['number']}{_swapped(first['label'], old, new)}", end) if new else None


def _swapped(label: str, old: list[str], new: list[str]) -> str:
    return f"将{label}中的{_quote(old)}修改为{_quote(new)}。"


def _quote(lines: list[str]) -> str:
    """Return the words of an article as one quote without its label; quotes within it get inner marks."""
    first = ARTICLE_LABEL.match(lines[0])
    words = [lines[0][first.end() :].strip("　 ") if first else lines[0], *lines[1:]]
    inner = [line.strip().replace("“", "‘").replace("”", "’") for line in words if line.strip()]
    return "\n".join(f"“{line}" for line in inner) + "”"
