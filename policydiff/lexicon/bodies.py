"""Names of public bodies (机构): full names, spellings, kinds, and the successors of a body after reforms.

The list of endings of such names is `body_endings.toml`; no other file repeats it.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from policydiff.lexicon.patterns import Words, lazy_pattern

_BRACKET = lazy_pattern(r"[（(][^（）()]*[)）]$")
_LONGEST_NAME = 60
"""Characters at the end of a name that are looked at."""

_LEADS = ("原", "各", "有关", "相关", "")
_PLACE_ENDS = (*"省市区县州盟旗乡镇级", "新区", "国家", "中国", "国务院", "中央", "中华人民共和国", "最高")
_LONGEST_PLACE = 12
"""Characters of a place before the word for its level."""


class _Body(NamedTuple):
    name: str
    short: dict[str, str]
    """Canonical name by kind of office: 委 → 科委."""


class _Registry(NamedTuple):
    names: dict[str, tuple[_Body, str]]
    """Every writing, without level, with its body and kind."""
    successors: dict[str, tuple[str, date]]
    provinces: tuple[str, ...]


def canonical_body(name: str) -> str:
    """Return the short name of a body in its normal form, without place and level.

    Spellings of one office get one form; offices of different kinds (科委, 科技局) or periods (卫生计生委,
    卫生健康委) get different forms. An unknown body keeps its name, with the usual endings shortened.

    Examples:
        >>> canonical_body("上海市科学技术委员会"), canonical_body("区科委"), canonical_body("国家发展和改革委员会")
        ('科委', '科委', '发展改革委')
        >>> canonical_body("市北高新区管理委员会")
        '市北高新区管委会'
    """
    bare = _bare(name)
    found = _lookup(bare)
    if found:
        body, kind = found
        return body.short[kind]
    for long, short in (
        ("管理委员会", "管委会"),
        ("居民委员会", "居委会"),
        ("村民委员会", "村委会"),
        ("业主委员会", "业委会"),
        ("街道办事处", "街道办"),
        ("委员会", "委"),
        ("办公室", "办"),
        ("人民政府", "政府"),
    ):
        if bare.endswith(long) and (len(bare) > len(long) or len(long) > len("管理委员")):
            return bare.removesuffix(long) + short
    return bare


def place_and_office(name: str) -> tuple[str, str] | None:
    """Return the place in front of a body's name and the canonical name of the office; None for a body not known.

    Examples:
        >>> place_and_office("上海市科学技术委员会"), place_and_office("申康中心")
        (('上海市', '科委'), None)
    """
    bare = _bare(name)[-_LONGEST_NAME:]
    found = _lookup(bare)
    return (bare.removesuffix(_written(bare)), found[0].short[found[1]]) if found else None


def system_of(name: str) -> str | None:
    """Return the field of work (系统) of a body, by its present name; None for an unknown body.

    Examples:
        >>> system_of("市卫生计生委"), system_of("国家卫生健康委员会"), system_of("申康中心")
        ('卫生健康', '卫生健康', None)
    """
    found = _lookup(_bare(name))
    return [found[0].name, *(later for later, _ in _line_of_succession(found[0].name))][-1] if found else None


def same_system(one: str, other: str) -> bool:
    """Return whether two bodies have the same field of work, at any level and before or after a reform.

    Bodies that were merged later are of different systems while they are separate: 工商局 and 质监局.
    """
    if canonical_body(one) == canonical_body(other):
        return True
    first, second = _lookup(_bare(one)), _lookup(_bare(other))
    if not first or not second:
        return False
    a, b = first[0].name, second[0].name
    return a == b or renamed_on(one, other) is not None or renamed_on(other, one) is not None


def is_rename(old: str, new: str) -> bool:
    """Return whether a reform turned `old` into `new`, in one or several steps, so that the new name alone shifts no duty."""
    return renamed_on(old, new) is not None


def renamed_on(old: str, new: str) -> date | None:
    """Return the month (its first day) of the last reform that turned `old`'s field into `new`'s; None without a reform.

    The months are those of the national decision; local bodies followed within about a year.
    """
    first, second = _lookup(_bare(old)), _lookup(_bare(new))
    if not first or not second or first[0].name == second[0].name:
        return None
    for name, when in _line_of_succession(first[0].name):
        if name == second[0].name:
            return when
    return None


def _bare(name: str) -> str:
    return _BRACKET.sub("", "".join(name.split())).removesuffix("等")


@lru_cache(maxsize=1024)
def _lookup(bare: str) -> tuple[_Body, str] | None:
    return _registry().names.get(_written(bare[-_LONGEST_NAME:]))


def _written(name: str) -> str:
    """Return a name without its leading place or level; empty if the rest is no body's name."""
    return next(filter(_registry().names.__contains__, _without_place(name)), "")


def _without_place(name: str) -> Iterator[str]:
    """Yield a name, and the rest behind each place or level it may begin with: 上海市, 静安区, 国家, a bare place (合肥海关).

    卫生计生委 is a name as a whole, and not the 计生委 of a place called 卫生.
    """
    yield name
    yield from (name[len(province) :] for province in _registry().provinces if name.startswith(province))
    for lead in filter(name.startswith, _LEADS):
        rest = name[len(lead) :]
        for start in range(_LONGEST_PLACE + 1):
            yield from (rest[start + len(end) :] for end in _PLACE_ENDS if rest.startswith(end, start))
        yield from (rest[3:], rest[2:], rest)


def _line_of_succession(name: str) -> Iterator[tuple[str, date]]:
    successors = _registry().successors
    while name in successors:
        name, when = successors[name]
        yield name, when


@cache
def _registry() -> _Registry:
    data = tomllib.loads(files("policydiff.lexicon").joinpath("bodies.toml").read_text(encoding="utf-8"))
    kinds: dict[str, list[str]] = data["kinds"]
    names: dict[str, tuple[_Body, str]] = {}
    for name, entry in data["bodies"].items():
        body, writings = _entry(name, entry, kinds)
        names.update({writing: (body, kind) for writing, kind in writings.items()})
    successors = {name: (rename["to"], rename["on"]) for rename in data["renames"] for name in rename["from"]}
    return _Registry(names, successors, tuple(data["provinces"]))


def _entry(name: str, entry: dict[str, Any], kinds: dict[str, list[str]]) -> tuple[_Body, dict[str, str]]:
    """Return a body and all its writings with their kinds."""
    stems: list[str] = entry.get("stems", [])
    own: list[str] = entry.get("kinds", ["部", "委", "局", "厅", "部门"]) if stems else []
    writings = {f"{stem}{ending}": kind for kind in own for stem in stems for ending in kinds[kind]}
    writings.update(entry.get("forms", {}) | entry.get("also", {}))
    short: dict[str, str] = {}
    for kind in dict.fromkeys(writings.values()):
        candidates = [form for form, form_kind in writings.items() if form_kind == kind]
        if kind in own:
            candidates = [form for form in candidates if form in entry.get("forms", {})] + [f"{name}{kind}"]
        short[kind] = min(candidates, key=len)
    return _Body(name, short), writings


_GROUPS = {
    "signing_bodies": "signs",
    "adopting_bodies": "adopts",
    "addressee_endings": "addressed",
    "office_endings": "holds",
    "parting_endings": "parts",
    "noted_endings": "noted",
    "acting_endings": "acts",
}
"""Name of the group, as patterns write it in braces, to the word of the list."""


class _Endings(Words):
    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """Endings by the place in which they apply."""
        text = files("policydiff.lexicon").joinpath("body_endings.toml").read_text(encoding="utf-8")
        counted: dict[str, list[str]] = tomllib.loads(text)["endings"]
        return {
            group: [each for places, endings in counted.items() if word in places.split() for each in endings]
            for group, word in _GROUPS.items()
        }


BODY_ENDINGS = _Endings("policydiff.lexicon", "body_endings")

BODY = BODY_ENDINGS.any_of("signing_bodies")
"""Pattern of the endings of issuing bodies."""


_STATE = lazy_pattern(r"中华人民共和国(?=.{3})")
"""The state's name before one of its bodies; 中华人民共和国主席 is no such body."""
_NO_PLACE = lazy_pattern(r"(?:国家|中国|中华人民共和国|全国)\Z")
_SHORT = (
    (lazy_pattern(r"人大常委会\Z", marks=("人大常委会",)), "人民代表大会常务委员会"),
    (lazy_pattern(r"人大\Z", marks=("人大",)), "人民代表大会"),
    (lazy_pattern(r"最高(法院|检察院)\Z", marks=("最高",)), r"最高人民\1"),
    (lazy_pattern(r"最高法\Z", marks=("最高法",)), "最高人民法院"),
    (lazy_pattern(r"最高检\Z", marks=("最高检",)), "最高人民检察院"),
    (lazy_pattern(r"(?<=[省市区县州盟旗镇乡])政府\Z", marks=("政府",)), "人民政府"),
    (lazy_pattern(r"国办\Z", marks=("国办",)), "国务院办公厅"),
    (lazy_pattern(r"中办\Z", marks=("中办",)), "中共中央办公厅"),
)
_ENDINGS = (
    ("纪律检查委员会", "纪委"), ("工作委员会", "工委"), ("监察委员会", "监委"), ("军事委员会", "军委"),
    ("管理委员会", "管委会"), ("委员会", "委"), ("办公室", "办"), ("办公厅", "办"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """A public body by its name."""

    name: str
    """As printed, without blanks and without the state's name in front."""
    key: str
    """Key of the body, equal for all spellings of its name at one time."""

    def __str__(self) -> str:
        """Return the normal form of the name."""
        return self.name

    @classmethod
    def parse(cls, words: str) -> "Body":
        """Return the body with this name.

        >>> Body.parse("中华人民共和国最高人民法院") == Body.parse("最高人民法院")
        True
        >>> Body.parse("国家发展和改革委员会").key == Body.parse("国家发展改革委").key
        True
        """
        return _parse(words)


@lru_cache(maxsize=8192)
def _parse(words: str) -> Body:
    name = _STATE.sub("", "".join(words.split()), count=1)
    whole = name
    for pattern, full in _SHORT:
        whole = pattern.sub(full, whole)
    found = place_and_office(whole)
    if found is not None:
        place, office = found
        return Body(name, _NO_PLACE.sub("", place) + office)
    for long, short in _ENDINGS:
        if whole.endswith(long) and len(whole) > len(long):
            return Body(name, whole.removesuffix(long) + short)
    return Body(name, whole)


def body_name(words: str) -> str:
    """Return the normal form of a body's name."""
    return _parse(words).name


def body_key(words: str) -> str:
    """Return the key of a body's name, equal for all writings of the name."""
    return _parse(words).key


def same_body(one: str, other: str) -> bool:
    """Return whether two names mean one body, or bodies linked by a reform.

    >>> same_body("国家卫生和计划生育委员会", "国家卫生健康委员会"), same_body("上海市科委", "江苏省科技厅")
    (True, False)
    """
    if body_key(one) == body_key(other):
        return True
    first, second = place_and_office(one), place_and_office(other)
    if first is None or second is None or _NO_PLACE.sub("", first[0]) != _NO_PLACE.sub("", second[0]):
        return False
    return renamed_on(one, other) is not None or renamed_on(other, one) is not None


def bodies_agree(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether the issuing bodies of two texts are compatible; unknown bodies are compatible with all.

    A standing committee amends the acts of its congress, and a body is printed with or without its place
    (静安区人民政府, 上海市静安区人民政府), so one name inside the other is enough.
    """
    if not ones or not others:
        return True
    return any(
        _alike(body_key(one), body_key(other)) or same_body(one, other) for one in ones for other in others
    )


def _alike(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one) or one.startswith(other) or other.startswith(one)
