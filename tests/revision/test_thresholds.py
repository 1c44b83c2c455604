"""The point at which a clause that is rewritten little by little stops being the same clause, in every situation.

Each threshold of `policydiff.revision.units` decides one of these points; a threshold that is changed moves it.
"""

from collections.abc import Callable

import pytest

from policydiff import diff, parse

_OLD = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
_NEW = "金木水火土石竹匏革丝春夏东西南北前后左右鱼虫鸟兽花草树叶江河湖海山谷原野风雪雷电赤橙青蓝紫白黑灰琴棋书画诗词歌赋笔墨纸砚茶"
_LEFT = "企业应当依照规定登记名称住所和经营范围并报送年度报表"
_RIGHT = "主管部门每年组织抽查并且向社会公布抽查结果接受各方监督"
_FILLER = tuple(
    f"第{number}项事务由{body}负责办理，期限为{days}日，结果书面告知{whom}"
    for number, body, days, whom in (
        ("七", "城管", 3, "居民"), ("八", "公安", 5, "商户"), ("九", "消防", 7, "业主"), ("十", "水务", 9, "租户"),
    )
)  # fmt: skip


_RUNS = (4, 5, 6, 10)
"""Lengths of the runs that are kept or replaced: in longer runs more of the wording is the same."""


def pieces(kept: int, run: int) -> list[str]:
    """Return a clause of sixty characters that keeps so many of them, in runs spread over it, and has new ones else."""
    count = 60 // run
    step = 7 if count % 7 else 5
    return [
        (_OLD if piece * step % count * run < kept else _NEW)[piece * run : piece * run + run]
        for piece in range(count)
    ]


def mixed(kept: int, run: int) -> str:
    return "".join(pieces(kept, run))


def turned(kept: int, run: int) -> str:
    """Return the same with the runs in the opposite order: it speaks of the same things in another wording."""
    return "".join(reversed(pieces(kept, run)))


def text(*clauses: str) -> str:
    return "某办法\n" + "\n".join(clauses)


def in_place(kept: int, run: int) -> tuple[str, str]:
    return (
        text(f"第一条 {_LEFT}。", *(f"第{number}条 {words}。" for number, words in zip("二三四五", _FILLER, strict=True)),
             f"第六条 {_OLD}。", f"第七条 {_RIGHT}。"),
        text(f"第十条 {_LEFT}。", f"第十一条 {mixed(kept, run)}。", f"第十二条 {_NEW[20:50]}。", f"第十三条 {_NEW[5:25]}。", f"第十四条 {_RIGHT}。"),
    )  # fmt: skip


def alone(kept: int, run: int) -> tuple[str, str]:
    return (
        text(f"第一条 {_LEFT}。", f"第二条 {_OLD}。", f"第三条 {_RIGHT}。"),
        text(f"第五条 {_LEFT}。", f"第六条 {mixed(kept, run)}。", f"第七条 {_RIGHT}。"),
    )


def same_number(kept: int, run: int) -> tuple[str, str]:
    return (
        text(f"第一条 {_LEFT}。", f"第二条 {_OLD}。", f"第三条 {_RIGHT}。"),
        text(f"第一条 {_LEFT}。", f"第二条 {mixed(kept, run)}。", f"第三条 {_RIGHT}。"),
    )


def elsewhere(kept: int, run: int) -> tuple[str, str]:
    others = [
        f"第{number}条 {words}。"
        for number, words in zip("一二三四五六", (_LEFT, *_FILLER, _RIGHT), strict=True)
    ]
    return text(f"第七条 {_OLD}。", *others), text(*others, f"第八条 {mixed(kept, run)}。")


def nearby(kept: int, run: int) -> tuple[str, str]:
    others = [
        f"第{number}条 {words}。"
        for number, words in zip("三四五六七", (_LEFT, *_FILLER[:3], _RIGHT), strict=True)
    ]
    return (
        text(f"第一条 {_OLD}。", *others),
        text(others[0], others[1], f"第九条 {turned(kept, run)}。", *others[2:]),
    )


def turned_elsewhere(kept: int, run: int) -> tuple[str, str]:
    others = [
        f"第{number}条 {words}。"
        for number, words in zip("一二三四五六", (_LEFT, *_FILLER, _RIGHT), strict=True)
    ]
    return text(f"第七条 {_OLD}。", *others), text(*others, f"第八条 {turned(kept, run)}。")


def other_kind(kept: int, run: int) -> tuple[str, str]:
    return (
        text(f"第一条 {_LEFT}。", f"第二条 {_OLD}。", f"第三条 {_RIGHT}。"),
        text(f"一、{_LEFT}。", f"二、{mixed(kept, run)}。", f"三、{_RIGHT}。"),
    )


def contained(kept: int, run: int) -> tuple[str, str]:
    return (
        text(f"第一条 {_LEFT}。{_OLD}。", f"第二条 {_RIGHT}。"),
        text(f"第一条 {_LEFT}。", f"第二条 {mixed(kept, run)}。", f"第三条 {_RIGHT}。"),
    )


def breaks_at(pair: Callable[[int, int], tuple[str, str]], run: int) -> int:
    """Return the fewest characters kept with which the clause still continues the old one, 64 where none suffice."""
    for kept in range(0, 61, run):
        old, new = pair(kept, run)
        words = turned(kept, run) if turned(kept, run) in new else mixed(kept, run)
        for change in diff(parse(old), parse(new)).changes:
            if any(words in unit.text for unit in change.new) and any(
                _OLD in unit.text for unit in change.old
            ):
                return kept
    return 64


@pytest.mark.parametrize(
    ("pair", "kept"),
    [
        (in_place, (28, 25, 24, 20)),
        (alone, (24, 25, 24, 20)),
        (same_number, (20, 20, 18, 20)),
        (elsewhere, (32, 35, 36, 30)),
        (nearby, (48, 50, 36, 30)),
        (turned_elsewhere, (52, 55, 42, 40)),
        (other_kind, (36, 35, 30, 30)),
        (contained, (44, 40, 42, 40)),
    ],
)
def test_where_a_clause_stops_being_the_same(
    pair: Callable[[int, int], tuple[str, str]], kept: tuple[int, ...]
) -> None:
    assert tuple(breaks_at(pair, run) for run in _RUNS) == kept


def mutants() -> list[tuple[str, float]]:
    """Return thresholds with another value, each of which must move a point above."""
    return [
        ("pairing.PAIRING_NEAR", 1), ("pairing.PAIRING_OTHER_KIND", 0.0), ("containment.PART_CONTAINED", 0.3),
        ("pairing.PAIRING_ALIKE_IN_PLACE", 0.18), ("pairing.PAIRING_ALIKE_IN_PLACE", 0.26), ("pairing.PAIRING_ALIKE_IN_PLACE", 0.3),
        ("pairing.PAIRING_ALIKE_ALONE", 0.3), ("pairing.PAIRING_ALIKE", 0.5), ("pairing.PAIRING_ALIKE_IN_NUMBER", 0.25),
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("name", "value"), mutants())
def test_a_changed_threshold_moves_a_point(name: str, value: float, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = (in_place, alone, same_number, elsewhere, nearby, turned_elsewhere, other_kind, contained)
    before = [breaks_at(pair, run) for pair in pairs for run in _RUNS]
    monkeypatch.setattr(f"policydiff.revision.{name}", value)
    assert [breaks_at(pair, run) for pair in pairs for run in _RUNS] != before
