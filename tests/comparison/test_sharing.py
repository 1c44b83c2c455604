"""What other local sentences take of the same source; what a sentence asks for beside whom it binds."""

import pytest
from hypothesis import given, strategies as st

from policydiff.comparison.character_runs import side_of
from policydiff.comparison.context import sharing_figures
from policydiff.comparison.evidence import FIGURES, candidates, common_places, joined_places
from tests.comparison.documents import document

LONG = "各区政府应当健全消防安全协调机制，组织开展火灾隐患排查整治，加强公共消防基础设施建设，支持保障消防经费投入。"
SUPERIOR = f"某市消防办法\n第一条 {LONG}\n第二条 居民委员会应当制定防火安全公约。\n"


@pytest.mark.parametrize(
    ("first", "second", "left", "reason"),
    [
        ("健全消防安全协调机制。", "加强公共消防基础设施建设。", True, "two stretches of one source"),
        ("组织开展火灾隐患排查整治。", "支持保障消防经费投入。", True, "two others"),
        (
            "组织开展火灾隐患排查整治。",
            "火灾隐患排查整治由街道负责汇总。",
            False,
            "goes on about words taken before",
        ),
        (
            "健全消防安全协调机制。",
            "消防安全协调机制每季度通报一次。",
            False,
            "goes on about words taken before",
        ),
    ],
)
def test_a_source_spread_over_sentences(first: str, second: str, left: bool, reason: str) -> None:
    local, superior = side_of(document(f"某区办法\n第一条 {first}{second}\n")), side_of(document(SUPERIOR))
    found = candidates(local, superior)
    surely = [[0.9 if candidate.source == 0 else 0.0 for candidate in row] for row in found]
    [place] = [place for place, candidate in enumerate(found[1]) if candidate.source == 0]
    free, taken, together, *_ = sharing_figures(local, superior, found, surely)[1][place]
    assert (free > taken) is left, reason
    assert free + taken == pytest.approx(0.9)
    assert together >= found[1][place].source_covered


def test_a_sentence_alone_takes_what_it_covers() -> None:
    local, superior = (
        side_of(document("某区办法\n第一条 健全消防安全协调机制。\n")),
        side_of(document(SUPERIOR)),
    )
    found = candidates(local, superior)
    figures = sharing_figures(local, superior, found, [[0.9 for _ in row] for row in found])
    assert [row[:3] for row in figures[0]] == [(0.0, 0.0, candidate.source_covered) for candidate in found[0]]
    assert {row[3:5] for row in figures[0]} == {(0.0, 0.0)}, "no other sentence of its article takes anything"


def test_what_a_local_article_takes_of_a_superior_one() -> None:
    superior = side_of(
        document(
            "某市消防办法\n第一条 各区应当排查火灾隐患。单位应当配备消防器材。\n第二条 学校应当组织消防演练。\n"
        )
    )
    local = side_of(
        document(
            "某区消防办法\n第一条 街道应当排查火灾隐患。单位应当配备消防器材。\n第二条 学校应当组织消防演练。\n"
        )
    )
    found = candidates(local, superior)
    surely = [
        [0.8 if candidate.source == row else 0.1 for candidate in members]
        for row, members in enumerate(found)
    ]
    rows = sharing_figures(local, superior, found, surely)
    own = next(place for place, candidate in enumerate(found[0]) if candidate.source == 0)
    share, taken, elsewhere, rival = rows[0][own][3:]
    assert share == pytest.approx(0.8), (
        "the one other sentence of the article comes from the same superior article"
    )
    assert taken > elsewhere > 0, "the other local article takes little of it"
    assert rival < taken, "and this one takes little of the other superior article"
    strange = next(place for place, candidate in enumerate(found[2]) if candidate.source == 0)
    assert rows[2][strange][3] == 0.0, "a sentence alone in its article has no mates"


_ranges = st.lists(st.integers(0, 60), unique=True, max_size=12).map(
    lambda places: list(zip(sorted(places)[::2], sorted(places)[1::2], strict=False))
)


@given(one=_ranges, other=_ranges)
def test_common_and_union_are_those_of_sets(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    def held(ranges: list[tuple[int, int]]) -> set[int]:
        return {place for start, end in ranges for place in range(start, end)}

    assert held(common_places(one, other)) == held(one) & held(other)
    assert held(joined_places(one, other)) == held(one) | held(other)


@pytest.mark.parametrize(
    ("local", "superior", "asked", "reason"),
    [
        (
            "网络游戏、网络直播、网络音视频服务提供者应当完善社区规则和用户公约。",
            "网络游戏、网络直播、网络音视频服务提供者应当设置时间管理和消费管理功能。",
            False,
            "one list of addressees, two duties",
        ),
        (
            "矿山、金属冶炼建设项目的安全设施设计应当采用先进工艺。",
            "矿山、金属冶炼建设项目的安全设施设计应当进行安全评价。",
            False,
            "one project, two duties",
        ),
        (
            "区绿化市容管理部门应当按照规定的项目和标准收取处理费。",
            "物业服务企业应当按照规定的项目和标准收取处理费。",
            True,
            "another body, one duty",
        ),
        ("任何单位不得利用评价谋取利益。", "任何组织不得利用评价谋取利益。", True, "one prohibition"),
        ("推进智慧医院建设。", "推进智慧医院建设。", True, "without a turn all of it is asked for"),
    ],
)
def test_what_is_asked_for_is_weighed_apart_from_the_one_bound(
    local: str, superior: str, asked: bool, reason: str
) -> None:
    here, there = (
        side_of(document(f"某区办法\n第一条 {local}\n")),
        side_of(document(f"某市办法\n第一条 {superior}\n")),
    )
    [[candidate]] = candidates(here, there)
    figures = dict(zip(FIGURES, candidate.figures, strict=True))
    assert (figures["what_covered"] > 0.6) is asked, reason
    assert (figures["source_what_covered"] > 0.6) is asked, reason
    if not asked:
        assert figures["local_covered"] > 2 * figures["what_covered"], (
            "most of the words are shared all the same"
        )


@pytest.mark.parametrize(
    ("local", "source", "central", "alike", "reason"),
    [
        (
            "市体育部门负责全民健身工作。",
            "国务院体育主管部门负责全国的全民健身工作。",
            1.0,
            1.0,
            "the state's own body",
        ),
        (
            "市体育部门负责全民健身工作。",
            "县级以上地方人民政府体育部门负责全民健身工作。",
            0.0,
            1.0,
            "local bodies",
        ),
        ("国务院体育主管部门负责全民健身工作。", "国务院体育主管部门负责全民健身工作。", 0.0, 1.0, "both"),
        (
            "市体育部门制定全民健身计划。",
            "根据实际需要，国务院制定全民健身计划。",
            0.0,
            1.0,
            "named after a comma only",
        ),
        (
            "应当安排专门人员管理现场。",
            "未安排专门人员管理现场的；",
            0.0,
            0.0,
            "the breach of a duty is not the duty",
        ),
        ("未安排专门人员管理现场的；", "未安排专门人员管理现场的；", 0.0, 1.0, "breach and breach"),
        ("单位应当保证资金投入。", "单位不保证资金投入的，责令限期改正。", 0.0, 0.0, "a penalty for it"),
        ("不保证资金投入的，处罚款。", "单位不保证资金投入的，责令限期改正。", 0.0, 1.0, "two penalties"),
        ("单位应当保证资金投入。", "单位应当保证安全的资金投入。", 0.0, 1.0, "two duties"),
    ],
)
def test_whom_a_source_binds_and_whether_it_punishes(
    local: str, source: str, central: float, alike: float, reason: str
) -> None:
    here = side_of(document(f"某市办法\n第一条 {local}\n"))
    there = side_of(document(f"某省条例\n第一条 {source}\n"))
    [[candidate]] = candidates(here, there)
    figures = dict(zip(FIGURES, candidate.figures, strict=True))
    assert (figures["central"], figures["penal_alike"]) == (central, alike), reason
