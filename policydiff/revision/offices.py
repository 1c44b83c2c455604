"""Bodies named on either side of an edit: who was replaced, put in or dropped, and who only bears a new name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz.distance import Postfix

from policydiff.lexicon.bodies import is_rename, renamed_on
from policydiff.model import Signal, SignalType, Wording, WordingOp
from policydiff.revision.lexicon import lexicon
from policydiff.revision.segmentation import cut
from policydiff.revision.wording import rebuild

_LONGEST = 18
_LIKE_NAME = 4
"""Characters two names end with in common that stand for each other in one edit: 自然资源主管部门."""
_NOBODY = re.compile(
    r"""
    (?:国务院|国家|上级|同级|本级|上一级)?(?:其他)?(?:有关|相关|各)?(?:政府)?(?:主管|行政|监督|监管|执法)?(?:部门|机关|机构)
  | .*(?:研究|开发|科研|服务|投资|金融|医疗|教育|培训|中介|评估|检测)机构
    """,
    re.VERBOSE,
)
"""有关主管部门, 国务院有关部门, 科技服务机构: no body in particular."""


_OF_GOVERNMENT = r"""
    (?<=人民政府)
    (?:(?!应当|可以|负责|组织|会同|有关|相关|及其|其他|[和或的])[一-鿿]){2,12}?
    (?:部门|机构|委员会|局)
"""
"""省级人民政府自然资源主管部门 is one body, 人民政府及其有关部门 two."""
_LONGEST_OF_GOVERNMENT = 30


@cache
def _ending() -> re.Pattern[str]:
    endings = "|".join(sorted(lexicon().body_endings, key=len, reverse=True))
    return re.compile(
        rf"[一-鿿]{{0,{_LONGEST}}}?(?:{endings})(?![员托派局部厅])(?:{_OF_GOVERNMENT})?", re.VERBOSE
    )


def body_signals(wording: Sequence[Wording]) -> list[Signal]:
    """Return the changes of bodies, known renames told as such; each body once."""
    texts = rebuild(wording, new=False), rebuild(wording, new=True)
    gone = _touched(wording, WordingOp.DELETE, texts[1])
    come = _touched(wording, WordingOp.INSERT, texts[0])
    signals: list[Signal] = []
    for name in list(gone):
        heir = next((other for other in come if is_rename(name, other)), None)
        if heir is not None:
            when = renamed_on(name, heir)
            detail = str(when.year) if when else None
            signals.append(Signal(type=SignalType.BODY_RENAMED, old=name, new=heir, detail=detail))
    for known in signals:
        gone.pop(known.old or "", None)
        come.pop(known.new or "", None)
    for old, new in _counterparts(gone, come):
        signals.append(Signal(type=SignalType.RESPONSIBLE_BODY, old=old, new=new))
    return signals


def _counterparts(
    gone: Mapping[str, int], come: Mapping[str, int]
) -> Iterator[tuple[str | None, str | None]]:
    """Yield who was put in for whom: what alone stands for the other in one edit, else what has a like name."""
    left = dict(come)
    for old, edit in gone.items():
        beside = [name for name, place in left.items() if place == edit]
        if len(beside) == 1 and list(gone.values()).count(edit) == 1:
            new: str | None = beside[0]
        else:
            new = max(beside, key=lambda name: Postfix.similarity(old, name), default=None)
            if new and Postfix.similarity(old, new) < _LIKE_NAME:
                new = None
        if new:
            del left[new]
        yield old, new
    for name in left:
        yield None, name


def _touched(wording: Sequence[Wording], op: WordingOp, other_side: str) -> dict[str, int]:
    """Return the bodies whose names edits touch, each with the number of the first such edit.

    One that the other side names as well, in whatever place, was neither put in nor dropped.
    """
    text = ""
    edits: list[tuple[int, int, int]] = []
    number = 0
    for run in wording:
        if run.op is WordingOp.EQUAL:
            number += 1
        if run.op is op:
            edits.append((len(text), len(text) + len(run.text), number))
        if run.op in (WordingOp.EQUAL, op):
            text += run.text
    elsewhere = _bare(other_side)
    found: dict[str, int] = {}
    done = 0
    for start, end, edit in edits:
        for match in _ending().finditer(text, max(done, start - _LONGEST - 8), end + _LONGEST):
            done = match.end()
            name = _name(match[0])
            touched = match.end() - len(name) < end and match.end() > start
            if touched and _is_particular(name) and _bare(name) not in elsewhere:
                found.setdefault(name, edit)
    return found


def _bare(words: str) -> str:
    """Return words without 各级, which adds no body: 地方各级人民政府 are 地方人民政府."""
    return words.replace("各级", "")


def _is_particular(name: str) -> bool:
    """Return whether a name says more than 有关主管部门."""
    return len(name) > 2 and name not in lexicon().body_generic and not _NOBODY.fullmatch(name)


def _name(run: str) -> str:
    """Return the name a run of characters ends with: its words after the last that leads up to a name."""
    lexis = lexicon()
    words = cut(run)
    for index in range(len(words) - 2, -1, -1):
        word = words[index]
        if word in lexis.body_before and not (word == "和" and words[index + 1] in lexis.body_joined):
            return _without_lead("".join(words[index + 1 :]))
    longest = _LONGEST_OF_GOVERNMENT if "人民政府" in run else _LONGEST
    return "" if len(run) > longest else _without_lead(run)


def _without_lead(name: str) -> str:
    """Take off what the segmenter glued to a name: 由市 is one word to it."""
    name = re.split("[由向]", name)[-1] or name
    return name[1:] if name[0] in "由向经报凭" and len(name) > 3 else name
