"""Pairs the public bodies of two documents by administrative system, and lists the notes of responsibility side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from policydiff.comparison.differences import is_derived
from policydiff.lexicon.bodies import canonical_body, same_system, system_of
from policydiff.lexicon.patterns import lazy_pattern
from policydiff.model import (
    Band,
    BodyComparison,
    Document,
    Responsibility,
    ResponsibilityComparison,
    SentenceComparison,
)
from policydiff.substance.offices import BodyName, find_bodies

_RANK = lazy_pattern(r"^(?:[一-鿿]{0,6}?[省市区县州盟旗镇乡]|国家|中央|各[区县])(?=[一-鿿]{2})")
_ENDING = lazy_pattern(
    r"(?:行政|主管|管理|监督)*(?:委员会|办公室|部门|机关|机构|分局|[总支大中]队|[局委办厅部署会处])$"
)
_STREETS = lazy_pattern(
    "各?(?:(?:街镇|乡镇|街道|[镇乡])[、（(和及或）)]*)+(?:工业区)?(?:人民政府|政府|办事处)?"
)
"""One name for all lowest governments (各街镇, 乡镇人民政府, 街道办事处), which belong to one system."""
_PARTS = {
    "科": "科技", "经": "经济", "文": "文化", "体": "体育", "旅": "旅游", "教": "教育", "卫": "卫生", "农": "农业", "水": "水务", "建": "建设",
    "交": "交通", "规": "规划", "商": "商务",
}  # fmt: skip
"""Fields that one joint office of a district covers (区科经委, 区文化体育和旅游局), by the character that stands for each field."""
_PART = lazy_pattern(
    "(?P<part>科(?:学技术|技)?|经济?|文化?|体育?|旅游?|教育?|卫(?:生健康|生|健)?|农(?:业农村|业)?|水(?:务|利)?|建设?|交通?|规划?|商务?)(?:[和与]|管理)?"
)
_SHORTEST_FIELD = 2
"""Least characters of a field of work that identify a body inside the name of another body: 交通 in 建设和交通委."""
_LONGEST_FIELD = 10
_LIST = lazy_pattern(
    r"(?P<fields>[一-鿿]{2,20}(?:、[一-鿿]{2,10})+)等?(?:有关|相关|行政|主管|管理|职能){0,3}(?:部门|机关)"
)
_NO_BODY = lazy_pattern(
    r"^(?:各|有关|相关|其他|上述|所有|本[市区县级])|(?:政府|单位|企业|(?:主管|有关|相关|职能|各)部门)$|[布格结棋]局$|大局$|部署$|[餐客展大]厅$|不再|领导班子$|^委员会$|等|机制|的|^可以是|^(?:建立|明确|推动|推进|促进|下设|探索|加快|落实|强化|加强|完善|健全|组织|协调|督促|指导|支持|鼓励|由|经|向|与|和)"
    r"|(?:责任|牵头|配合|协同|产业|工作|不同|监管|业务|管理|审批|执法|使用|主办|承办|多|跨|各|区和|市和)部门$"
)
"""Words with the ending of a body's name (健康产业布局, 战略部署), bodies in general, and a verb before a body (建立跨部门)."""


@dataclass(slots=True)
class _Body:
    """A body under its first name, with its other names and the clauses whose measures it carries."""

    name: str
    keys: set[str] = field(default_factory=set)
    """Normal forms of all its names; bodies of one system share a form."""
    clauses: list[str] = field(default_factory=list)
    led: list[str] = field(default_factory=list)
    supported: list[str] = field(default_factory=list)


def body_comparisons(
    local: Document, superior: Document, sentences: Sequence[SentenceComparison]
) -> tuple[BodyComparison, ...]:
    """Return the bodies of both documents by system: local bodies in reading order, then superior bodies without counterpart.

    A body is looked for in the notes of responsibility and in all clauses of the other document before it is reported as
    missing there.
    """
    here, there = _bodies_of(local), _bodies_of(superior)
    answers = [(body, place) for body in here for place in _counterparts(body, there)]
    found = [
        BodyComparison(
            local=body.name,
            superior=there[place].name if place is not None else None,
            local_clauses=tuple(body.clauses),
            led=tuple(body.led),
            supported=tuple(body.supported),
            superior_clauses=tuple(there[place].clauses) if place is not None else (),
            paired=tuple(pairs),
        )
        for (body, place), pairs in zip(answers, _paired(answers, there, sentences), strict=True)
    ]
    answered = {place for _, place in answers}
    found.extend(
        BodyComparison(local=None, superior=other.name, superior_clauses=tuple(other.clauses))
        for place, other in enumerate(there)
        if place not in answered
    )
    return tuple(found)


def _bodies_of(document: Document) -> list[_Body]:
    """Return each body of a document once, under its first name."""
    bodies: list[_Body] = []
    known: dict[str, _Body | None] = {}
    by_key: dict[str, _Body] = {}
    named: list[tuple[str, str, str]] = []
    noted: dict[str, list[tuple[str, str]]] = {}
    for note in document.responsibilities:
        told = (*((name, "led") for name in note.lead), *((name, "supported") for name in note.supporting))
        noted.setdefault(note.clause, []).extend(told)
    for clause in document.walk():
        named.extend((name, clause.id, role) for name, role in noted.get(clause.id, ()))
        named.extend((found.name, clause.id, "") for found in find_bodies(clause.text))
        named.extend((name, clause.id, "") for name in _listed(clause.text))
    for name, place, role in named:
        if name not in known:
            is_body = _STREETS.fullmatch(name) or not _NO_BODY.search(name)
            known[name] = _known(name, bodies, by_key) if is_body else None
        body = known[name]
        if body is not None:
            for held in (body.clauses, *([body.led if role == "led" else body.supported] if role else ())):
                if held[-1:] != [place]:
                    held.append(place)
    return [body for body in bodies if body.clauses]


def _listed(text: str) -> list[str]:
    """Return the departments in a list that has the word 部门 only once: 发展改革、财政、水务等部门.

    An unknown field of work counts as a department only if half of the list is known: 制止、劝阻部门 names
    none.

    >>> _listed("区绿化市容部门会同发展改革、财政等部门实施。")
    ['发展改革部门', '财政部门']
    """
    names: list[str] = []
    if "、" not in text or not ("部门" in text or "机关" in text):
        return names  # what the pattern needs, sought faster
    for match in _LIST.finditer(text):
        fields = [
            re.split("会同|负责|应当|协同|以及|[和与]", name)[-1] if place == 0 else name.partition("等")[0]
            for place, name in enumerate(match["fields"].split("、"))
        ]
        told = [
            f"{name}部门"
            for name in fields
            if _SHORTEST_FIELD <= len(name) <= _LONGEST_FIELD and not _ENDING.search(name)
        ]
        known = [name for name in told if system_of(name)]
        names += told if len(known) > 1 and 2 * len(known) >= len(fields) else known
    return names


def _known(name: str, bodies: list[_Body], by_key: dict[str, _Body]) -> _Body:
    """Return the body with this name, or a new body if none has it."""
    # Normal forms of a name: its system, its present name, and its name without place and level
    system = "街镇" if _STREETS.fullmatch(name) else system_of(name)
    today = _RANK.sub("", canonical_body(name))
    keys = [*([f"system {system}"] if system else []), today.removesuffix("会"), BodyName(0, 0, name).key]
    body = next((by_key[key] for key in keys if key in by_key), None)
    if body is None:
        body = _Body(name)
        bodies.append(body)
    body.keys.update(keys)
    for key in keys:
        by_key.setdefault(key, body)
    return body


def _counterparts(body: _Body, others: Sequence[_Body]) -> Sequence[int | None]:
    """Return places in `others`: the body of the same system and the bodies joined with it in one office, else the body with the nearest field.

    A field is near if it begins or ends with the other field. [None] if no body corresponds.
    """
    same = [place for place, other in enumerate(others) if body.keys & other.keys][:1]
    joined = [place for place, other in enumerate(others) if _joins(body, other) or _joins(other, body)]
    if same or joined:
        return sorted({*same, *joined})
    own = _PARTS.get(_field(body.name), _field(body.name))
    best: tuple[int, int] | None = None
    for place, other in enumerate(others):
        theirs = _field(other.name)
        short, long = sorted((own, theirs), key=len)
        if len(short) >= _SHORTEST_FIELD and (long.endswith(short) or long.startswith(short)):
            rank = (len(short) - len(long), -place)
            best = rank if best is None else max(best, rank)
    return (-best[1] if best is not None else None,)


def _joins(body: _Body, other: _Body) -> bool:
    """Return whether `body` is a joint office that covers the field of `other`: 区科经委 covers 市科委 and 市经济信息化委."""
    own, theirs = _field(body.name), _field(other.name)
    parts = [_PARTS[part[0]] for part in _PART.findall(own)] if own and not _PART.sub("", own) else []
    return len(parts) > 1 and any(
        theirs.startswith(part) or theirs.endswith(part) or f"system {system_of(f'{part}局')}" in other.keys
        for part in parts
    )


@lru_cache(maxsize=1024)
def _field(name: str) -> str:
    """Return the field of work in a body's name: 市住房城乡建设管理委 → 住房城乡建设."""
    return _ENDING.sub("", _RANK.sub("", name))


def _paired(
    answers: Sequence[tuple[_Body, int | None]],
    there: Sequence[_Body],
    sentences: Sequence[SentenceComparison],
) -> list[dict[tuple[str, str], None]]:
    """Return for each local body and counterpart the pairs of measures they carry, where the local measure comes from the superior one."""
    carried_by: dict[str, list[int]] = {}
    for index, (body, _) in enumerate(answers):
        for clause in body.clauses:
            carried_by.setdefault(clause, []).append(index)
    carried = [set(there[place].clauses) if place is not None else set() for _, place in answers]
    pairs: list[dict[tuple[str, str], None]] = [{} for _ in answers]
    for sentence in sentences:
        if not is_derived(sentence):
            continue
        above = _with_clauses_above(sentence.sources[0].clause)
        for mine in _with_clauses_above(sentence.clause):
            for index in carried_by.get(mine, ()):
                pairs[index].update(((mine, theirs), None) for theirs in above if theirs in carried[index])
    return pairs


def _with_clauses_above(clause: str) -> list[str]:
    parts = clause.split("__")
    return ["__".join(parts[:size]) for size in range(1, len(parts) + 1)]


def responsibility_comparisons(
    local: Sequence[Responsibility],
    superior: Sequence[Responsibility],
    sentences: Sequence[SentenceComparison],
) -> tuple[ResponsibilityComparison, ...]:
    """Return the local responsibilities with their counterparts, then superior responsibilities without a local counterpart.

    The counterpart of a local note is the note for the superior clause from which the local measure comes.
    """
    compared = []
    answered: set[int] = set()
    for one in local:
        place = _note_behind(one, superior, sentences)
        if place is None:
            compared.append(ResponsibilityComparison(local=one))
            continue
        answered.add(place)
        other = superior[place]
        compared.append(
            ResponsibilityComparison(
                local=one, superior=other, counterparts=_pairs(_bodies(one), _bodies(other))
            )
        )
    compared.extend(
        ResponsibilityComparison(superior=other)
        for place, other in enumerate(superior)
        if place not in answered
    )
    return tuple(compared)


def _note_behind(
    one: Responsibility, superior: Sequence[Responsibility], sentences: Sequence[SentenceComparison]
) -> int | None:
    """Return the place of the superior note whose clauses are the main source of the local clause, or None."""
    weight: dict[str, float] = {}
    for sentence in sentences:
        if sentence.band is not Band.UNLIKELY and stands_in(sentence.clause, one.clause):
            for source in sentence.sources:
                weight[source.clause] = weight.get(source.clause, 0.0) + source.score
    best: tuple[float, int, int] | None = None
    for place, other in enumerate(superior):
        bound = sum(score for clause, score in weight.items() if stands_in(clause, other.clause))
        if bound > 0:
            rank = (bound, len(other.clause), -place)
            best = max(best, rank) if best is not None else rank
    return -best[2] if best is not None else None


def stands_in(clause: str, container: str) -> bool:
    """Return whether `clause` is `container` or lies below it."""
    return clause == container or clause.startswith(f"{container}__")


def _bodies(responsibility: Responsibility) -> tuple[str, ...]:
    return (*responsibility.lead, *responsibility.supporting)


def _pairs(local: Sequence[str], superior: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Pair each local body with the first unpaired superior body of the same system."""
    free = list(superior)
    pairs = []
    for one in local:
        other = next((body for body in free if same_system(one, body)), None)
        if other is not None:
            free.remove(other)
            pairs.append((one, other))
    return tuple(pairs)
