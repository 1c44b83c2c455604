"""A pair of inputs on either side of every threshold of the package."""

import pytest

from policydiff.lexicon.shortest_edits import common_share
from policydiff.lexicon.widths import fold
from policydiff.model import Genre, SignalType
from policydiff.substance.last_reading import is_exact
from policydiff.substance.local_signals import is_near, local_signals
from policydiff.substance.one_side import Elsewhere, of_whole
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import ANOTHER_KIND, OF_SUBSTANCE, REORDERED, SOFT, weight_of


def kinds(old: str, new: str, elsewhere: Elsewhere | None = None) -> list[str]:
    found = signals_between(old, new, genre=Genre.STATUTE, elsewhere=elsewhere)
    return [signal.type.value for signal in found]


def test_part_rewritten() -> None:
    above = kinds("应当经公安机关批准。", "应当向公安机关备案。")
    assert above == ["instrument"], "one part rewritten: the one instrument for the other"
    below = kinds("由主管部门吊销许可证。", "并处五万元罚款。")
    assert below.count("sanction") == 2, "two parts: one sanction went, another came"
    third = kinds("决定可以申诉。", "决定为终局决定。")
    assert "part_added" in third, "a third alike: one rule went, another came"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("应当公示价目。经营者应当建立进货台账。", "经营者应当建立进货查验台账。应当公示价目。", ["scope"]),
        (
            "应当公示价目。经营者应当建立进货台账。",
            "经营者每月报送销售数据。应当公示价目。",
            ["duty", "frequency"],
        ),
    ],
    ids=["moved", "another"],
)
def test_moved_part(old: str, new: str, found: list[str]) -> None:
    assert sorted(kinds(old, new)) == sorted(found)


def test_moved_part_among_others() -> None:
    principle = (
        "科普工作应当坚持科学精神，反对和抵制伪科学。任何单位和个人不得以科普为名从事有损社会公共利益的活动。"
    )
    other = (
        "科普工作应当践行社会主义核心价值观，弘扬科学精神和科学家精神，遵守科技伦理，反对和抵制伪科学。\n"
        "任何组织和个人不得以科普为名从事损害国家利益、社会公共利益或者他人合法权益的活动。"
    )
    assert told(principle, other)[:2] == ["duty looser", "duty stricter"], "half alike: one gone, one come"
    assert told("没收违法所得，并处五万元罚款。", "处五万元罚款，并没收违法所得。") == [], "0.8: moved"


def test_contained() -> None:
    assert kinds("情节严重的，责令停业。", "情节严重的责令停业。") == [], "only a comma fell away"
    three = told("处警告或者五百元罚款。", "处警告，并处五百元罚款。")
    assert three == ["sanction stricter"], "处警告 has three characters: that both stand is news"
    eleven = told("应当自受理之日起十日内书面告知申请人。", "应当书面告知申请人，自受理之日起十日内。")
    assert eleven == [], "the same words in another cut"


def test_same_label() -> None:
    assert told("由区民政局审批。", "由街道办事处审批。") == ["body changed"], "one frame: one part rewritten"


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("由县级主管部门责令停产停业整顿三个月", False),
        ("由主管部门责令限期改正", True),
        ("责令停产停业", True),
    ],
    ids=["long", "eleven characters", "short"],
)
def test_elsewhere(part: str, found: bool) -> None:
    whole = fold(f"违反第五条的{part}处罚款")
    signals = kinds(
        f"违反规定的，处一万元罚款，{part}。", "违反规定的，处一万元罚款。", Elsewhere(whole, whole)
    )
    assert bool(signals) is found


def test_of_substance() -> None:
    assert weight_of(SignalType.REFERENCE) >= OF_SUBSTANCE
    (heading,) = signals_between("应当公开。", "应当公开。\n编辑", genre=Genre.STATUTE)
    assert heading.type is SignalType.PARAGRAPH_ADDED
    values = {weight_of(kind) for kind in SignalType}
    assert min(values) == OF_SUBSTANCE


def told(old: str, new: str) -> list[str]:
    found = signals_between(old, new, genre=Genre.POLICY)
    return [f"{signal.type.value} {signal.direction.value}" for signal in found]


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ("健康产业增加值占全区生产总值7%。", "percentage higher"),
        ("健康服务业税收占全区税收比重7%。", "percentage changed"),
    ],
    ids=["one thing", "another"],
)
def test_one_thing(new: str, found: str) -> None:
    assert found in told("健康服务业增加值占全市生产总值6%。", new)


def test_one_thing_in_other_words_around_its_value() -> None:
    old = "对在本市设立总部并实际经营的企业按照上年度纳税额给予100万元启动奖励。"
    new = "对在本市设立总部并实际经营的企业按照上年度纳税额一次性补助200万元购房资金。"
    assert "amount higher" in told(old, new), "three quarters of the part are the same"


def test_a_part_that_says_what_its_value_is_of() -> None:
    old = "对新引进的总部企业，给予开办补助100万元，由区财政拨付。"
    new = "对新引进的总部企业，给予购房奖励200万元，由区财政拨付。"
    assert "amount changed" in told(old, new), (
        "two subsidies of seven characters each: their sentence does not make them one"
    )


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("计划到2035年，建成健康城市。", "计划到2025年，建成健康城区。", "deadline earlier"),
        ("计划到2035年，建成健康城市。", "计划到2025年，完成老旧小区电梯加装任务。", "deadline changed"),
        (
            "居民年均补贴1000元，由财政部门拨付，按月发放到户，接受审计监督。",
            "居民年均补贴2000元，通过银行代发。",
            "amount higher",
        ),
    ],
    ids=["one goal", "another goal", "a part that says what its value is of"],
)
def test_bare_value(old: str, new: str, found: str) -> None:
    assert found in told(old, new)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "所收购股份由公司统一集中保管，并应当在一年内转让完毕。",
            "属于减少注册资本情形的，经证券登记机构办理过户手续后应当在三年内转让完毕。",
            True,
        ),
        (
            "所收购的股份由公司集中保管并应当在一年内转让给职工。",
            "用于奖励的部分经股东会决议可以留存，其余应当在三年内转让或者注销。",
            False,
        ),
        (
            "违规设置摊点影响市容的由城管部门处1万元罚款。",
            "未按规定分类投放生活垃圾且拒不听从劝阻的单位，由绿化市容部门责令改正，可以处3万元罚款。",
            False,
        ),
    ],
    ids=["the same words around", "half of them", "another fine"],
)
def test_value_elsewhere(old: str, new: str, said: bool) -> None:
    assert bool({"period higher", "amount higher"} & set(told(old, new))) is said


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("推广农业和林业技术以及有关的产品。", "推广农业农村和林业草原技术以及有关的产品。", 1),
        ("扶持小微企业贷款贴息和人才培养培训工作。", "扶持科技企业贷款担保和人才培养培训工作。", 2),
    ],
    ids=["three characters apart", "four"],
)
def test_beside(old: str, new: str, count: int) -> None:
    assert len(told(old, new)) == count


def test_reworded() -> None:
    light = told("对积极参与社区治理的志愿服务组织提供场地。", "对热心参与社区治理的志愿服务组织提供设备。")
    assert len(light) == 2, "two words of ten: two differences"
    heavy = told("对优秀志愿团队提供办公场地支持。", "对骨干志愿队伍提供活动经费支持。")
    assert len(heavy) == 1, "put in other words: one difference"


def test_soft() -> None:
    (scope,) = local_signals("支持企业参加展会。", "支持科技企业踊跃参展。")
    assert scope.weight == SOFT < OF_SUBSTANCE
    (crumb,) = of_whole("编辑", SignalType.ARTICLE_ADDED, Genre.POLICY, comes=True)
    assert scope.weight > crumb.weight, "a scope is more than a crumb of a page"
    (sanction,) = local_signals("逾期的，处一万元罚款。", "逾期的，处二万元罚款。")
    assert sanction.weight >= OF_SUBSTANCE


def test_least_copied() -> None:
    assert is_exact("持有驾驶证的可申请", "持有驾驶证满三年的可申请"), "nine characters for three: a copy"
    assert not is_exact("持驾驶证的可申请", "持驾驶证满三年的可申请"), "eight for three: none"
    (contrary,) = local_signals("应当提交原件", "应当提交复印件")
    assert contrary.weight >= OF_SUBSTANCE, "words that exclude each other are told of any copy"


def test_least_frame() -> None:
    (told,) = local_signals("免费发放老花镜。", "免费发放血压计。")
    assert told.weight >= OF_SUBSTANCE, "five characters around another thing"
    (soft,) = local_signals("免费发放老花镜", "免费发放血压计")
    assert soft.weight < OF_SUBSTANCE, "four: any sentence"


@pytest.mark.parametrize(
    ("local", "weighty"),
    [
        ("深化农村公路体制改革，健全资金保障，探索养护市场化运作模式。", True),
        (
            "推进农村公路建设和养护，完善资金，鼓励养护企业参与市场，落实养护质量各项评价要求，提高路况水平。",
            False,
        ),
    ],
    ids=["0.62 the same", "0.54, put in other words"],
)
def test_near_copy(local: str, weighty: bool) -> None:
    superior = "推进农村公路管理养护体制改革，完善养护资金保障机制，探索养护市场化运作模式，建立养护质量信用评价办法。"
    told = [signal for signal in local_signals(superior, local) if signal.weight >= OF_SUBSTANCE]
    assert bool(told) is weighty, "a half-sentence left out of a copy counts"


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ("承租人应当以书面形式告知出租人房屋状况。", ["duty changed"]),
        ("承租人应当以书面方式当日告知出租人房屋状况。", ["duty changed"]),
        ("承租人应当以书面方式次日告知出租人房屋状况。", []),
    ],
    ids=["four new characters", "six", "seven"],
)
def test_new_characters(new: str, found: list[str]) -> None:
    said = told("出租人应当告知承租人房屋状况。", new)
    assert [each for each in said if each == "duty changed"] == found


def test_reordered() -> None:
    text = "机构应当按照规定公开收费项目和收费标准，接受老年人及其家属监督，并对查询予以答复"
    for local, same in ((text.replace("并对", "对"), True), (text.replace("答复", "登记"), False)):
        one, other = ("".join(sorted(each)) for each in (text, local))
        assert (common_share(one, other) >= REORDERED) is same


@pytest.mark.parametrize(
    ("local", "near"),
    [
        ("不得在楼道内为电动自行车充电", True),  # 12 of 14 characters: 0.857
        ("不得在楼道里为电动自行车充电", False),  # 11 of 14: 0.786
        ("小区楼道内停放电动自行车", True),  # all of 12
        ("楼道内停放电动自行车充", False),  # all of 11
    ],
)
def test_a_passage_that_the_other_one_holds(local: str, near: bool) -> None:
    assert is_near("禁止在住宅小区楼道、安全出口和架空层内停放电动自行车或者为电动自行车充电", local) is near


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("甲乙丙丁戊己庚辛壬癸子丑养老机构", True), ("甲乙丙丁戊己庚辛壬癸子丑寅养老机构", False)],
    ids=["sixteen", "seventeen"],
)
def test_longest_actor(name: str, is_one: bool) -> None:
    found = [
        each.weight
        for each in signals_between("由民政部门审核申请。", f"由{name}审核申请。", genre=Genre.STATUTE)
        if each.type is SignalType.BODY
    ]
    assert (max(found, default=0.0) == ANOTHER_KIND) is is_one
