"""The name of one public body: 中华人民共和国最高人民法院, 最高人民法院 and 最高法院 are one.

`bodies.py` knows fields of work, whatever the place; here a name keeps its place, so that 上海市科委 and 市科委 of another
city stay apart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from policydiff.lexicon.bodies import place_and_office, renamed_on

_BLANKS = re.compile(r"\s+")
_STATE = re.compile(r"中华人民共和国(?=.{3})")
"""The state's name before the name of one of its bodies; 中华人民共和国主席 is no body of that kind."""
_NO_PLACE = re.compile(r"(?:国家|中国|中华人民共和国|全国)\Z")
_SHORT = (
    (re.compile(r"人大常委会\Z"), "人民代表大会常务委员会"),
    (re.compile(r"人大\Z"), "人民代表大会"),
    (re.compile(r"最高(法院|检察院)\Z"), r"最高人民\1"),
    (re.compile(r"最高法\Z"), "最高人民法院"),
    (re.compile(r"最高检\Z"), "最高人民检察院"),
    (re.compile(r"(?<=[省市区县州盟旗镇乡])政府\Z"), "人民政府"),
    (re.compile(r"国办\Z"), "国务院办公厅"),
    (re.compile(r"中办\Z"), "中共中央办公厅"),
)
_ENDINGS = (("管理委员会", "管委会"), ("委员会", "委"), ("办公室", "办"), ("办公厅", "办"))


@dataclass(frozen=True, slots=True)
class Body:
    """A public body by its name."""

    name: str
    """As printed, without blanks and without the state's name in front."""
    key: str
    """The same for all writings of one body at one time."""

    def __str__(self) -> str:
        """Return the normal form of the name."""
        return self.name

    @classmethod
    def parse(cls, words: str) -> "Body":
        """Return the body that bears this name.

        >>> Body.parse("中华人民共和国最高人民法院") == Body.parse("最高人民法院")
        True
        >>> Body.parse("国家发展和改革委员会").key == Body.parse("国家发展改革委").key
        True
        """
        return _parse(words)


@lru_cache(maxsize=8192)
def _parse(words: str) -> Body:
    name = _STATE.sub("", _BLANKS.sub("", words), count=1)
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
    """Return what two writings of one body's name have in common."""
    return _parse(words).key


def same_body(one: str, other: str) -> bool:
    """Say whether two names mean one body, or bodies of which a reform made one out of the other.

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
    """Say whether the issuing bodies of two texts do not contradict; unknown ones contradict nothing.

    A standing committee amends what its congress adopted, and a body is printed with or without the place above it
    (静安区人民政府, 上海市静安区人民政府): one name inside the other is enough.
    """
    if not ones or not others:
        return True
    return any(
        _alike(body_key(one), body_key(other)) or same_body(one, other) for one in ones for other in others
    )


def _alike(one: str, other: str) -> bool:
    return (
        one == other
        or one.endswith(other)
        or other.endswith(one)
        or one.startswith(other)
        or other.startswith(one)
    )
