"""What a local drafter does to a superior sentence, for tests over real pages. Each takes one sentence and returns its
local writing, or None where there is nothing in it to change."""

import re
from collections.abc import Callable

Variant = Callable[[str], str | None]

_PLACES = (
    ("各省、自治区、直辖市人民政府", "各街道办事处、镇人民政府"),
    ("各省、自治区、直辖市", "各街道、镇"),
    ("地方各级人民政府", "区人民政府"),
    ("各地区、各部门", "各街道、各部门"),
    ("国务院", "市人民政府"),
    ("我国", "本区"),
    ("全国", "全区"),
    ("国家", "本区"),
)
_BODIES = {
    "国家发展改革委": "区发展改革委",
    "发展改革委": "区发展改革委",
    "市场监管总局": "区市场监管局",
    "工商总局": "区市场监管局",
    "财政部": "区财政局",
    "教育部": "区教育局",
    "科技部": "区科委",
    "工业和信息化部": "区经济信息化委",
    "民政部": "区民政局",
    "人力资源社会保障部": "区人力资源社会保障局",
    "生态环境部": "区生态环境局",
    "住房城乡建设部": "区住房城乡建设委",
    "农业农村部": "区农业农村委",
    "商务部": "区商务委",
    "体育总局": "区体育局",
    "税务总局": "区税务局",
}
_BODY = re.compile("|".join(sorted(_BODIES, key=len, reverse=True)))
_MEMBER = "[^，。；、：（）“”《》及和与等或]{2,12}"
_LIST = re.compile(f"{_MEMBER}(?:、{_MEMBER}){{2,}}")
_NARROW = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_NUMBER = re.compile(r"\d+")


def localised(sentence: str) -> str | None:
    changed = sentence
    for national, local in _PLACES:
        changed = changed.replace(national, local)
    return changed if changed != sentence else None


def carried_by_local_bodies(sentence: str) -> str | None:
    changed = _BODY.sub(lambda match: _BODIES[match[0]], sentence)
    return changed if changed != sentence else None


def reordered(sentence: str) -> str | None:
    found = _LIST.search(sentence)
    if found is None:
        return None
    return sentence[: found.start()] + "、".join(found[0].split("、")[::-1]) + sentence[found.end() :]


def in_other_widths(sentence: str) -> str | None:
    narrow = sentence.translate(_NARROW)
    return narrow if narrow != sentence else sentence.translate(_WIDE)


def with_other_numbers(sentence: str) -> str | None:
    changed = _NUMBER.sub(lambda match: str(int(match[0]) + (5 if len(match[0]) == 4 else 3)), sentence)
    return changed if changed != sentence else None


def with_a_note(sentence: str) -> str | None:
    note = "（负责部门：区发展改革委、区财政局，配合单位：区人力资源社会保障局、各街道办事处）"
    return f"{sentence[:-1]}。{note}"


def after_a_citation(sentence: str) -> str | None:
    return f"按照《某市人民政府关于加快推进某某领域改革发展的若干意见》（某府发〔2016〕88号）要求，{sentence}"


def after_a_formula(sentence: str) -> str | None:
    return f"深入贯彻党的十九大精神，坚持以人民为中心的发展思想，{sentence}"


def cut_short(sentence: str) -> str | None:
    parts = sentence[:-1].split("，")
    return "，".join(parts[:-1]) + "。" if len(parts) > 3 else None


def halves(sentence: str) -> tuple[str, str] | None:
    """Return a sentence as two, cut at the comma nearest to its middle."""
    commas = [place for place, character in enumerate(sentence) if character == "，"]
    if not commas:
        return None
    cut = min(commas, key=lambda place: abs(place - len(sentence) // 2))
    first, second = sentence[:cut] + "。", sentence[cut + 1 :]
    return (first, second) if min(len(first), len(second)) >= 20 else None
