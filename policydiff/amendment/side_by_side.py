"""Orders set out as old words beside new ones: tables 修订前 / 修订后, and 原第四条…现修改为….

Company announcements give both texts in full. Each is rewritten as an order that names the old words, so that the text must
hold them: 将第四条中的“旧”修改为“新”.
"""

import re
from collections.abc import Iterator

from policydiff.amendment.statute import ARTICLE_LABEL
from policydiff.lexicon.numerals import CHINESE_DIGITS

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
    """Return the lines of a decision with old and new words side by side put as orders; other lines as they are."""
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
    """Return the rows of a table of old and new words that begins here, its header first; none for any other line."""
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
    """Read 原第四条 … 现修改为： …, whose words stand on lines of their own; return the order and the next line."""
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
    """Return the words of an article as one quote, without its label; their own quotes get the inner marks."""
    first = ARTICLE_LABEL.match(lines[0])
    words = [lines[0][first.end() :].strip("　 ") if first else lines[0], *lines[1:]]
    inner = [line.strip().replace("“", "‘").replace("”", "’") for line in words if line.strip()]
    return "\n".join(f"“{line}" for line in inner) + "”"
