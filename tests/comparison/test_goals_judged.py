"""Goals of both sides held against each other: which way is the better, and what is no goal of the same thing."""

import pytest

from policydiff.annotate import annotate
from policydiff.comparison.compare import compare_documents
from policydiff.comparison.target_pairs import target_comparisons
from policydiff.model import Document
from policydiff.parsing import parse_text


def _document(issuer: str, goal: str) -> Document:
    text = f"{issuer}关于印发实施方案的通知\n一、目标\n{goal}。\n二、保障\n加强组织领导。\n"
    return annotate(parse_text(text), text)


def _changes(local: str, superior: str) -> list[str]:
    compared = compare_documents(
        _document("上海市静安区人民政府", local), _document("上海市人民政府", superior)
    )
    return [each.change.value for each in compared.targets if each.superior is not None]


@pytest.mark.parametrize(
    ("local", "superior", "change", "reason"),
    [
        ("建成区绿化覆盖率不低于42%", "建成区绿化覆盖率不低于40%", "tightened", "a floor"),
        ("幼儿园班额不超过25人", "幼儿园班额不超过30人", "tightened", "a ceiling: fewer are stricter"),
        ("配建停车位比例不低于10%", "配建停车位比例不低于15%", "relaxed", "a floor"),
        ("村道养护资金每年每公里不得低于5000元", "村道养护资金每年每公里不得低于6000元", "relaxed", "a floor"),
        ("餐厨垃圾清运间隔不得超过24小时", "餐厨垃圾清运间隔不得超过48小时", "tightened", "a goal as it was read before"),
        ("单次停车收费最高不超过20元", "单次停车收费最高不超过15元", "relaxed", "a ceiling"),
        ("对入选企业给予不超过50万元补助", "对入选企业给予不超过100万元补助", "changed", "a ceiling"),
        ("新建住宅绿地率不低于35%", "新建住宅绿地率不低于35%", "kept", "a floor"),
        ("教师每年参加培训不少于90学时", "教师每年参加培训不少于72学时", "tightened", "a floor"),
        ("教师与学生比例不低于1:18", "义务教育阶段教师与学生比例不低于1:19", "tightened", "one to fewer"),
        ("保育人员与婴幼儿的配比不低于1:7", "托育机构保育人员与婴幼儿的配比不低于1：5", "relaxed", "one to more"),
        ("护理员与失能老年人配比不低于1∶3", "养老护理员与失能老年人的配比不低于1:4", "tightened", "another colon"),
        ("社会工作者与服务对象配比不低于1比40", "社会工作者与服务对象配比不低于1比50", "tightened", "1比40; 对 of 对象 is no preposition"),
        ("停车位与户数的配比不低于1.2∶1", "停车位与户数的配比不低于1.0∶1", "tightened", "many to one"),
        ("师生比不高于1:17", "师生比不高于1:20", "tightened", "a ceiling says the same of one to many"),
        ("到2025年，城乡居民收入比缩小到2.3:1", "到2025年，城乡居民收入比缩小到2.4:1", "tightened", "falls to"),
        ("到2026年，城乡居民收入比降至1.95:1", "到2026年，城乡居民收入比降至1.9:1", "relaxed", "falls to"),
        ("到2025年，床护比达到1:0.65以上", "到2025年，床护比达到1:0.6以上", "changed", "of which of the two, its name alone tells"),
        ("到2025年，医护比达到1:1.25", "到2025年，医护比达到1:1.25", "kept", "the same ratio"),
        ("到2025年，绿化覆盖率达到四成五以上", "到2025年，绿化覆盖率达到四成以上", "tightened", "tenths and a half of one"),
        ("办理环节压减30%", "办理环节压减三成五", "relaxed", "tenths against percent"),
        ("到2025年，垃圾回收利用率超过五分之二", "到2025年，垃圾回收利用率超过三分之一", "tightened", "fractions"),
        ("到2030年，非化石能源消费比重达到四分之一左右", "到2030年，非化石能源消费比重达到25%左右", "kept", "a fraction against percent"),
        ("到2025年，四分之三以上的村达到美丽乡村标准", "到2025年，三分之二以上的村达到美丽乡村标准", "tightened", "a fraction of things that reach something"),
        ("审批时间压缩到法定时限的二分之一以内", "审批时间压缩到法定时限的三分之一以内", "relaxed", "a fraction of a period"),
        ("到2024年底，新能源公交车占比达到80%", "到2025年，新能源公交车占比达到百分之八十", "tightened", "sooner"),
        ("人均公园绿地面积9平方米", "人均公园绿地面积8.5平方米", "tightened", "so much for each"),
        ("到2025年，人均预期寿命84.5岁", "到2025年，人均预期寿命84岁", "tightened", "so much for each"),
        ("每千人口执业医师数3.6人", "每千人口执业医师数3.2人", "tightened", "so much for each"),
        ("到2025年，万元地区生产总值用水量15立方米", "到2025年，万元地区生产总值用水量17立方米", "tightened", "the lower the better"),
        ("到2025年，PM2.5年均浓度达到28微克/立方米", "到2025年，PM2.5年均浓度达到30微克/立方米", "tightened", "the lower the better"),
        ("到2025年，婴儿死亡率达到4‰", "到2025年，婴儿死亡率达到3‰", "relaxed", "deaths, the fewer the better"),
        ("到2024年，社区食堂覆盖率达到80%；到2025年，达到90%", "到2025年，社区食堂覆盖率达到85%", "tightened", "one metric at several dates"),
        ("2023年、2024年、2025年污水集中处理率分别达到92%、94%、96%", "到2025年，污水集中处理率达到96%", "kept", "one metric at several dates"),
        ("污水集中处理率2023年达到92%，2025年达到96%", "污水集中处理率2023年达到90%，2025年达到96%", "tightened", "a goal as it was read before"),
        ("健康产业增加值占地区生产总值的比重到2023年达到7%左右", "健康产业增加值占地区生产总值的比重到2023年达到6%左右", "tightened", "about a value"),
        ("研发经费投入强度到2025年达到4%左右", "研发经费投入强度到2025年达到4.5%左右", "relaxed", "about a value"),
        ("每个街镇建设2～3个口袋公园", "每个街镇建设3～5个口袋公园", "relaxed", "a range"),
        ("到2025年，每万人拥有体育场地20至22个", "到2025年，每万人拥有体育场地20-22个", "kept", "a range in another writing"),
        ("到2025年，数字经济核心产业增加值年均增长12%", "到2025年，数字经济核心产业增加值年均增长10%", "tightened", "growth"),
        ("工业增加值年均增速保持在6%以上", "工业增加值年均增速保持在8%以上", "relaxed", "growth"),
        ("到2025年，单位生产总值能耗下降14%", "到2025年，单位生产总值能耗下降13.5%", "tightened", "the more it falls the better"),
        ("到2025年，新能源产业规模翻一番", "到2025年，新能源产业规模翻一番", "kept", "twice as much"),
        ("到2025年，新能源产业规模翻两番", "到2025年，新能源产业规模翻一番", "tightened", "twice as much"),
        ("到2025年，新能源产业规模翻一番", "到2025年，新能源产业规模翻一番以上", "kept", "twice as much"),
        ("到2025年，家庭医生签约服务全覆盖", "到2025年，家庭医生签约服务覆盖率达到90%", "tightened", "all of them"),
        ("到2025年，实现村级养老服务设施全覆盖", "到2025年，实现村级养老服务设施全覆盖", "kept", "all of them"),
        ("到2025年，生活垃圾分类收运体系覆盖率达到95%", "到2025年，生活垃圾分类收运体系全覆盖", "relaxed", "a goal as it was read before"),
        ("到2025年，营商环境评价进入全国前10名", "到2025年，营商环境评价进入全国前20名", "tightened", "a rank"),
        ("到2025年，综合实力保持全市前三", "到2025年，综合实力保持全市前五", "tightened", "a rank"),
        ("到2025年，培训农村实用人才5000人次", "到2025年，培训农村实用人才3万人次", "changed", "a total of the whole area"),
        ("每年服务老年人10万人次以上", "每年服务老年人80万人次以上", "changed", "a total of the whole area"),
        ("到2025年，每个街道建成2家综合为老服务中心", "到2025年，每个街道建成1家综合为老服务中心", "tightened", "a goal as it was read before"),
        ("到2025年，建成区20%以上的面积达到海绵城市建设要求", "到2025年，建成区25%以上的面积达到海绵城市建设要求", "relaxed", "the share of things that reach a state"),
        ("到2025年，80%以上的村建成美丽乡村", "到2025年，60%以上的村建成美丽乡村", "tightened", "the share of things that reach a state"),
        ("劳动争议案件平均审理时间缩短至35天", "劳动争议案件平均审理时间缩短至40天", "tightened", "what it is shortened to"),
        ("城镇调查失业率控制在5%以内", "城镇调查失业率控制在5.5%以内", "tightened", "a goal as it was read before"),
        ("供水管网漏损率低于8%", "供水管网漏损率低于9%", "tightened", "a goal as it was read before"),
        ("到2025年，生产安全事故死亡率下降20%", "到2025年，生产安全事故死亡率下降15%", "tightened", "deaths, the fewer the better"),
        ("到2024年底，高标准农田占比达到90%", "到2025年底，高标准农田占比达到90%", "tightened", "one metric at several dates"),
        ("到2025年，公交站点500米覆盖率达到95%", "到2024年，公交站点500米覆盖率达到90%", "changed", "a goal as it was read before"),
        ("到2025年，居民人均可支配收入增长与经济增长基本同步，恩格尔系数降至30%", "到2025年，恩格尔系数降至28%", "relaxed", "so much for each"),
        ("城镇污水处理率不小于98%", "城镇污水处理率不小于95%", "tightened", "a floor"),
        ("再生水利用率至少达到30%", "再生水利用率至少达到35%", "relaxed", "a goal as it was read before"),
        ("机动车停放服务收费标准最高不得超过10元", "机动车停放服务收费标准最高不得超过8元", "relaxed", "a goal as it was read before"),
        ("大班额比例不高于2%", "大班额比例不高于5%", "tightened", "a ceiling: fewer are stricter"),
        ("每位家庭医生签约居民不超过2000人", "每位家庭医生签约居民不超过2500人", "tightened", "a ceiling"),
        ("到2027年，5岁以下儿童死亡率控制在3.5‰以下", "到2027年，5岁以下儿童死亡率控制在4‰以下", "tightened", "deaths, the fewer the better"),
        ("到2025年，单位GDP二氧化碳排放降低18%", "到2025年，单位GDP二氧化碳排放降低19%", "relaxed", "the more it falls the better"),
        ("到2025年，规模以上工业单位增加值能耗比2020年下降14%", "到2025年，规模以上工业单位增加值能耗比2020年下降14%", "kept", "the more it falls the better"),
        ("到2025年，政务服务平均办理时限压缩至3个工作日", "到2025年，政务服务平均办理时限压缩至5个工作日", "tightened", "what it is shortened to"),
        ("到2025年，企业开办时间压缩到1天以内", "到2025年，企业开办时间压缩到2天以内", "tightened", "what it is shortened to"),
        ("到2025年，人均体育场地面积2.6平方米", "到2025年，人均体育场地面积达到2.5平方米", "tightened", "so much for each"),
        ("每千名老年人拥有养老床位40张", "每千名老年人拥有养老床位45张", "relaxed", "so much for each"),
        ("到2030年，农村居民人均收入翻一番", "到2035年，农村居民人均收入翻一番", "tightened", "twice as much"),
        ("到2025年，社区养老服务设施实现街镇全覆盖", "到2025年，社区养老服务设施街镇覆盖率达到100%", "kept", "all of them"),
        ("到2025年，5G网络城区全覆盖", "到2025年，5G网络城区覆盖率达到98%", "tightened", "all of them"),
        ("到2026年，经济总量进入全省前十", "到2026年，经济总量进入全省前五", "relaxed", "a rank"),
        ("到2025年，群众满意度排名位居全市前三名", "到2025年，群众满意度排名位居全市前三名", "kept", "a rank"),
        ("到2025年，新增就业2万人次", "到2025年，新增就业20万人次", "changed", "a total of the whole area"),
        ("到2025年，外贸进出口总额年均增速达到5%", "到2025年，外贸进出口总额年均增长5%", "kept", "growth"),
        ("到2025年，社会消费品零售总额年均增长8%左右", "到2025年，社会消费品零售总额年均增长7%左右", "tightened", "growth"),
        ("到2025年，50%以上的小区建成垃圾分类示范小区", "到2025年，60%以上的小区建成垃圾分类示范小区", "relaxed", "the share of things that reach a state"),
        ("到2025年，不良贷款率降到1.5%", "到2025年，不良贷款率降到1.8%", "tightened", "a goal as it was read before"),
        ("到2025年，火灾事故起数减少10%", "到2025年，火灾事故起数减少15%", "relaxed", "the more it falls the better"),
        ("到2025年，地表水达到或好于Ⅲ类水体比例达到100%", "到2025年，地表水达到或好于Ⅲ类水体比例达到95%", "tightened", "a goal as it was read before"),
        ("到2025年，全区各类人才总量达到30万人", "到2025年，全市各类人才总量达到300万人", "changed", "a goal as it was read before"),
        ("到2025年，农村自来水普及率达到99%", "到2025年，农村自来水普及率达到98%以上", "tightened", "a goal as it was read before"),
        ("到2025年，每10万人口发明专利拥有量达到60件", "到2025年，每10万人口发明专利拥有量达到50件", "tightened", "so much for each"),
        ("到2024年，基层医疗机构标准化率达到95%，到2025年达到100%", "到2025年，基层医疗机构标准化率达到100%", "kept", "one metric at several dates"),
        ("到2025年，30%以上的街道达到“无废街道”建设标准", "到2025年，20%以上的街道达到“无废街道”建设标准", "tightened", "a goal as an office may put it"),
        ("到2023年、2025年，养老护理床位占比分别达到60%、65%", "到2025年，养老护理床位占比达到60%", "tightened", "a goal as an office may put it"),
        ("2022年绿化覆盖率达到38%，2023年达到38.5%，2025年达到40%", "2025年绿化覆盖率达到40%", "kept", "a goal as an office may put it"),
        ("研发投入强度到2025年力争达到5%左右", "研发投入强度到2025年力争达到5%左右", "kept", "a goal as an office may put it"),
        ("到“十四五”末，生活垃圾回收利用率达到46%", "到2025年，生活垃圾回收利用率达到45%", "tightened", "a goal as an office may put it"),
        ("到2025年底前，老旧电梯改造率达到90%", "到2025年，老旧电梯改造率达到90%", "kept", "a goal as an office may put it"),
        ("到2025年，每个街镇建成3—5个邻里中心", "到2025年，每个街镇建成2—4个邻里中心", "tightened", "a goal as an office may put it"),
        ("到2025年，区级财政科技投入年均增幅不低于8%", "到2025年，财政科技投入年均增幅不低于10%", "relaxed", "a goal as an office may put it"),
        ("到2025年，主要农作物病虫害损失率控制在4%以内", "到2025年，主要农作物病虫害损失率控制在5%以内", "tightened", "a goal as an office may put it"),
        ("到2025年，化肥使用量减少5%", "到2025年，化肥使用量减少3%", "tightened", "a goal as an office may put it"),
        ("到2025年，PM2.5平均浓度降至30微克/立方米以下", "到2025年，PM2.5平均浓度降至32微克/立方米以下", "tightened", "a goal as an office may put it"),
        ("到2025年，村级医疗机构全覆盖", "到2025年，村级医疗机构覆盖率达到95%以上", "tightened", "a goal as an office may put it"),
        ("到2025年，小学生每天校内体育活动时间不少于2小时", "到2025年，小学生每天校内体育活动时间不少于1小时", "tightened", "a goal as an office may put it"),
        ("每班学生数不超过45人", "每班学生数不超过40人", "relaxed", "a goal as an office may put it"),
        ("食品抽检不合格问题处置率达到100%", "食品抽检不合格问题处置率达到100%", "kept", "a goal as an office may put it"),
        ("到2025年，投诉举报按期办结率达到98%", "到2025年，投诉举报按期办结率达到95%", "tightened", "a goal as an office may put it"),
        ("到2025年，接诉即办平均响应时间控制在30分钟以内", "到2025年，接诉即办平均响应时间控制在1小时以内", "tightened", "a goal as an office may put it"),
        ("到2025年，城镇新增就业10万人，城镇登记失业率控制在4%以内", "到2025年，城镇登记失业率控制在4.5%以内", "tightened", "a goal as an office may put it"),
        ("到2025年，市民满意度位列全市前5名", "到2025年，市民满意度位列全市前3名", "relaxed", "a goal as an office may put it"),
        ("到2025年，三级医院平均住院日降到6天", "到2025年，三级医院平均住院日降到7天", "tightened", "a goal as an office may put it"),
        ("到2025年，税收亿元楼达到80幢", "到2025年，税收亿元楼达到300幢", "changed", "a goal as an office may put it"),
        ("到2025年，规模以上工业企业研发活动覆盖率达到50%", "到2025年，工业企业研发活动覆盖率达到45%", "changed", "a goal as an office may put it"),
        ("到2025年，消费增长贡献率达到60%", "到2025年，消费贡献率达到55%", "tightened", "增长 of what it contributes to, and no growth"),
    ],
)  # fmt: skip
def test_which_way_is_the_better(local: str, superior: str, change: str, reason: str) -> None:
    assert change in _changes(local, superior), reason
    assert set(_changes(local, superior)) == {change}, reason


@pytest.mark.parametrize(
    ("local", "superior", "reason"),
    [
        ("到2025年，数字经济核心产业增加值年均增长10%", "到2025年，数字经济核心产业增加值占地区生产总值比重达到10%", "growth"),
        ("到2025年，数字经济规模年均增长15%以上", "到2025年，数字经济规模达到500亿元", "growth"),
        ("到2025年，绿色建筑面积达到500万平方米", "到2025年，绿色建筑面积占新建建筑面积比例达到100%", "a goal as it was read before"),
        ("到2025年，一般工业固体废物综合利用率达到98%", "到2025年，一般工业固体废物产生强度下降98%", "a goal as it was read before"),
        ("到2025年，旅游总收入翻一番", "到2025年，旅游总收入年均增长15%", "twice as much"),
        ("到2025年，森林覆盖率提高2个百分点", "到2025年，森林覆盖率达到20%", "a goal as it was read before"),
        ("到2025年，装配式建筑占新建建筑面积的比例达到40%", "到2025年，装配式建筑面积达到500万平方米", "an amount, a growth and a share are three things"),
        ("到2025年，新建绿色建筑面积300万平方米", "到2025年，绿色建筑占新建建筑面积比例100%", "an amount, a growth and a share are three things"),
        ("到2025年，90%以上的公共机构建成节约型机关", "到2025年，建成节约型机关100家", "an amount, a growth and a share are three things"),
        ("到2025年，数字经济核心产业增加值占比提高到15%", "到2025年，数字经济核心产业增加值占比提高3个百分点", "an amount, a growth and a share are three things"),
        ("到2025年，高新技术企业数量年均增长10%以上", "到2025年，高新技术企业数量达到500家", "an amount, a growth and a share are three things"),
        ("到2025年，技术合同成交额比2020年翻一番", "到2025年，技术合同成交额比2020年增长50%", "an amount, a growth and a share are three things"),
    ],
)  # fmt: skip
def test_figures_of_unlike_things_are_two_goals(local: str, superior: str, reason: str) -> None:
    assert set(_changes(local, superior)) <= {"missing"}, reason


@pytest.mark.parametrize(
    ("local", "superior", "answers", "reason"),
    [
        ("公共供水管网漏损率低于8%", "公共供水管网漏损率低于9%", True, "bounds of one name"),
        ("建成区公共建筑绿化覆盖率不低于42%", "建成区公共建筑绿地覆盖率不低于40%", False, "0.87: planted and green are two"),
        ("社区公共服务用房配建比例不低于5%", "社区服务用房配建比例不低于4%", False, "0.86: public ones and all"),
        ("幼儿园班额不超过25人", "幼儿园班额不低于20人", False, "a ceiling and a floor"),
    ],
)  # fmt: skip
def test_bounds_of_one_name_answer_each_other_whatever_their_sentences(
    local: str, superior: str, answers: bool, reason: str
) -> None:
    here, there = _document("上海市静安区人民政府", local), _document("上海市人民政府", superior)
    assert bool(target_comparisons(here.targets, there.targets, ())) is answers, reason


@pytest.mark.parametrize(
    "words",
    [
        "应当在9:00至17:00开放",
        "比赛时间为10:30",
        "比分达到3:1的队伍晋级",
        "1:500地形图全部更新",
        "经三分之二以上业主同意",
        "与去年相比9:30前到岗",
    ],
)
def test_a_time_of_day_a_scale_and_a_quorum_are_no_figures_to_reach(words: str) -> None:
    assert not [
        each for each in _document("上海市人民政府", words).targets if ":" in each.value or each.unit == "%"
    ]


_FLOORS = "到2025年，县道和村道年均养护工程比例分别不低于13%和8%"


@pytest.mark.parametrize(
    ("local", "superior", "missing"),
    [
        ("年均养护工程按里程比例县道不低于13%、村道不低于8%", _FLOORS, 0),
        (
            "教室采光达标率小学不低于90%、初中不低于85%",
            "到2025年，小学和初中教室采光达标率分别不低于90%和85%",
            0,
        ),
        (
            "节能改造比例新建建筑不低于50%、既有建筑不低于20%",
            "到2025年，新建和既有建筑节能改造比例分别不低于50%和20%",
            0,
        ),
        (
            "处理率生活污水不低于95%、餐厨废水不低于80%",
            "到2025年，生活污水和餐厨废水处理率分别不低于95%和80%",
            0,
        ),
        (
            "垃圾分类达标率中心城区不低于95%、郊区不低于85%",
            "到2025年，中心城区和郊区垃圾分类达标率分别不低于95%和85%",
            0,
        ),
        ("自来水普及率城镇不低于98%、农村不低于90%", "到2025年，城镇和农村自来水普及率分别不低于98%和90%", 0),
        ("年均养护工程按里程比例县道不低于13%，开展村道安全检查", _FLOORS, 1),
        ("年均养护工程按里程比例县道不低于13%、省道不低于8%", _FLOORS, 1),
        ("年均养护工程按里程比例县道不低于13%、村道不高于8%", _FLOORS, 1),
        ("公园绿地率不低于40%，游客满意度不低于90%", "到2025年，公园绿地率不低于40%，养护合格率不低于90%", 1),
    ],
)
def test_a_bound_of_a_derived_sentence_under_a_shortened_name_is_not_missing(
    local: str, superior: str, missing: int
) -> None:
    assert _changes(local, superior).count("missing") == missing
