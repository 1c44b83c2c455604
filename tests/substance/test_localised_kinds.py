"""What a local text changes where it only makes a provision its own is no signal of substance; what stands near it and differs is one.

Each row: superior, local, reason. The tables of a kind are as long on either side.
"""

import pytest

from policydiff.model import SignalType
from policydiff.substance.effects import dropped, judge_effect
from policydiff.substance.local_signals import local_signals
from policydiff.substance.weighing import OF_SUBSTANCE

LEVEL = (
    ("地方各级人民政府应当加强领导，落实经费。", "市、区人民政府应当加强领导，落实经费。", "each level by its name"),
    ("国务院和县级以上地方各级人民政府应当加强对安全生产工作的领导。", "市、区人民政府应当加强对安全生产工作的领导。", "the state beside the others"),
    ("县级以上地方各级人民政府应急管理部门应当定期统计分析事故情况。", "应急管理部门应当定期统计分析事故情况。", "the office alone"),
    ("县级以上人民政府应当组织编制防治规划，并向社会公布。", "市、区县（自治县）人民政府应当组织编制防治规划，并向社会公布。", "a level in brackets"),
    ("县级以上人民政府民政部门负责监督检查。", "区（市）民政部门负责监督检查。", "the same of an office"),
    ("县级以上地方各级人民政府司法行政部门监督管理法律援助工作。", "市和区、县（市）司法行政部门监督管理法律援助工作。", "two levels"),
    ("预案应当与所在地县级以上地方人民政府组织制定的预案相衔接。", "预案应当与市、区人民政府组织制定的预案相衔接。", "所在地"),
    ("列入市重点工程计划。", "列入区重点工程计划。", "the plan of the district"),
    ("评为市示范社区。", "评为区示范社区。", "a title that the district gives"),
    ("景观照明集中控制系统对所纳入的照明实行统一控制。", "区级景观照明集中控制系统对所纳入的照明实行统一控制。", "of the district"),
    ("地方人民政府应当建立活动场所和设施，并加强管理。", "市、区人民政府应当建立活动场所和设施，并加强管理。", "地方 alone"),
    ("市辖区的人民政府对居民委员会的工作给予指导、支持和帮助。", "不设区的市、市辖区人民政府对居民委员会的工作给予指导、支持和帮助。", "市辖区"),
    ("本条例适用于在中华人民共和国境内开展的志愿服务活动。", "本条例适用于在本省行政区域内开展的志愿服务活动。", "the whole state"),
    ("县级以上人民政府生态环境主管部门对大气污染防治实施统一监督管理。", "生态环境主管部门对大气污染防治实施统一监督管理。", "no level at all"),
    ("城市人民政府市容环境卫生行政主管部门负责管理工作。", "市、县（市、区）市容环境卫生主管部门负责管理工作。", "市容 is no level"),
    ("居民委员会成员可以兼任下属的委员会的成员。", "居民委员会的成员可以兼任下属委员会的成员。", "no body of a name of its own"),
)  # fmt: skip
OTHER_LEVEL = (
    ("园区重点项目优先供地。", "重点项目优先供地。", "园区 names no level"),
    ("评为市示范社区。", "评为市先进社区。", "another title"),
    ("县级以上人民政府应当编制规划。", "县级以下人民政府应当编制规划。", "以上, 以下"),
    ("经上级人民政府批准，可以延期。", "经本级人民政府批准，可以延期。", "who stands above"),
    ("应当向省级以上人民政府报告。", "应当向县级以上人民政府报告。", "the province"),
    ("机构应当向本级人民政府备案。", "机构应当向上一级人民政府备案。", "the next level"),
    ("农村居民可以申请补贴。", "城市居民可以申请补贴。", "no level of government"),
    ("在境内从事经营活动的，应当登记。", "在境外从事经营活动的，应当登记。", "境内, 境外"),
    ("县级以上人民政府可以给予补贴。", "区人民政府应当给予补贴。", "a duty beside the level"),
    ("县级人民政府应当在二十四小时内报告。", "区人民政府应当在四十八小时内报告。", "a term beside the level"),
    ("县级以上人民政府公安机关应当公布办事指南，并接受监督。", "区文化旅游部门应当公布办事指南，并接受监督。", "another office"),
    ("地方各级人民政府应当落实经费，并公布使用情况。", "市、区人民政府应当落实经费。", "a half-sentence gone"),
    ("地方各级人民政府及其公安机关应当落实经费。", "市、区人民政府应当落实经费。", "who else is bound"),
    ("县级以上人民政府每年检查一次。", "区人民政府每两年检查一次。", "how often"),
    ("城市居民应当缴纳费用。", "农村居民应当缴纳费用。", "城市 before no government"),
    ("公安机关、民政部门应当协助调查，并提供材料。", "公安机关应当协助调查。", "what has to be given"),
)  # fmt: skip
BASIS = (
    ("行政执法机关应当按照国家有关规定，全面落实行政执法公示制度。", "行政执法机关应当全面落实行政执法公示制度。", "按照…规定 behind the duty"),
    ("有关部门应当按照鼓励创新的原则，制定监管规则和标准。", "有关部门应当制定监管规则和标准。", "a principle"),
    ("学校应当合理安排学生的学习时间。", "学校应当按照国家和本市规定，合理安排学生的学习时间。", "put in"),
    ("学校应当开展青春期教育。", "学校应当根据未成年学生身心发展特点，开展青春期教育。", "根据…特点"),
    ("布局各具特色的场地、场馆。", "以绿廊和水街等绿化空间为载体，布局各具特色的场地、场馆。", "以…为载体"),
    ("严格落实消防安全责任。", "按照“谁审批谁监管”原则，严格落实消防安全责任。", "a principle of a policy"),
    ("应当结合自身实际，组织开展健身活动。", "应当组织开展健身活动。", "结合…实际"),
    ("生产经营单位未建立台账的，处一万元罚款。", "生产经营单位违反本条例第三十六条第二款规定，未建立台账的，处一万元罚款。", "the offence with its article"),
    ("围绕改革目标，推进机构设置。", "推进机构设置。", "围绕…目标"),
    ("各部门要根据职责分工，建立台账。", "各部门要建立台账。", "职责分工"),
    ("以行业管理标准化为基础，建立检查制度。", "建立检查制度。", "以…为基础"),
    ("密切接触未成年人的单位违反本法第六十二条规定，未履行查询义务的，处五万元以下罚款。", "密切接触未成年人的单位违反本条例第三十三条规定的，处五万元以下罚款。", "the offence by its article"),
)  # fmt: skip
NO_BASIS = (
    ("机关应当按照国家有关规定，公开目录。", "机关公开目录。", "the duty went with the basis"),
    ("机构应当按照强制性标准，建设无障碍设施。", "机构应当建设无障碍设施。", "a standard is no basis"),
    ("经营者按照合同约定，退还押金。", "经营者退还押金。", "what was agreed"),
    ("企业应当按照规定报告事故，并组织救援。", "企业应当组织救援。", "a report"),
    ("应当根据评估结果，调整补贴。", "应当调整补贴。", "a result"),
    ("以书面形式为准的，应当重新登记。", "应当重新登记。", "a condition"),
    ("符合规定条件的，可以申请补贴。", "可以申请补贴。", "a condition of a benefit"),
    ("违反规定，情节严重的，处一万元罚款。", "违反规定的，处一万元罚款。", "how grave"),
    ("按照不低于百分之十的比例，提取经费。", "提取经费。", "a share"),
    ("应当按照职责分工，每年检查一次。", "应当检查一次。", "how often"),
    ("应当按照规定，在三十日内缴纳费用。", "应当按照规定缴纳费用。", "a term"),
    ("未经批准，不得按照原方案施工。", "不得按照原方案施工。", "an approval"),
)  # fmt: skip
CUT = (
    ("有关部门的工作人员有下列情形之一的，由上级机关责令改正。", "有关部门的工作人员，有下列情形之一的，由上级机关责令改正。", "before 有下列"),
    ("利用设施应当与主体工程同步设计。", "利用设施，应当与主体工程同步设计。", "before a duty"),
    ("任何单位和个人，不得侵占公路用地。", "任何单位和个人不得侵占公路用地。", "before a ban"),
    ("居民委员会的下属组织，可以接受业务指导。", "居民委员会的下属组织可以接受业务指导。", "before a permission"),
    ("优秀历史建筑的保护，由房屋管理部门负责。", "优秀历史建筑的保护由房屋管理部门负责。", "before who acts"),
    ("各级各类学校要把应急知识纳入教学内容。", "各级各类学校，要把应急知识纳入教学内容。", "before 要"),
    ("设施的所有人必须定期检修设施。", "设施的所有人，必须定期检修设施。", "before 必须"),
    ("工会、共青团、妇联应当组织健身活动。", "工会、共产主义青年团、妇女联合会，应当组织健身活动。", "names in short"),
    ("残联应当维护残疾人的权益。", "残疾人联合会应当维护残疾人的权益。", "残联"),
    ("专业社会工作者应当定期随访。", "专业社工应当定期随访。", "社工"),
)  # fmt: skip
NOT_CUT = (
    ("拆除设施的，应当报经批准。", "拆除设施应当报经登记。", "a filing for an approval"),
    ("利用设施应当与主体工程同步设计。", "利用设施，可以与主体工程同步设计。", "a duty lowered"),
    ("任何单位和个人，不得侵占公路用地。", "任何单位不得侵占公路用地。", "who is bound"),
    ("房屋的保护，由房屋管理部门负责，并接受监督。", "房屋的保护由房屋管理部门负责。", "a half-sentence gone"),
    ("学校，要把应急知识纳入教学内容。", "学校鼓励把应急知识纳入教学内容。", "a duty lowered"),
    ("设施的所有人必须定期检修设施。", "设施的所有人，必须检修设施。", "定期"),
    ("工会、共青团、妇联应当组织健身活动。", "工会、共青团，应当组织健身活动。", "one body fewer"),
    ("残联应当维护残疾人的权益。", "残联，不得维护残疾人的权益。", "a ban for a duty"),
    ("社工应当每月随访一次。", "社会工作者应当每季度随访一次。", "how often"),
    ("居民应当在三十日内，办理登记。", "居民应当在六十日内办理登记。", "a term"),
)  # fmt: skip


@pytest.mark.parametrize(("superior", "local", "why"), [*LEVEL, *BASIS, *CUT])
def test_it_is_made_its_own(superior: str, local: str, why: str) -> None:
    heavy = [each for each in judge_effect(superior, local).signals if each.weight >= OF_SUBSTANCE]
    assert not heavy, why
    assert not dropped(superior, local), why


@pytest.mark.parametrize(("superior", "local", "why"), [*LEVEL, *CUT])
def test_the_level_and_the_cut_are_no_signal_at_all(superior: str, local: str, why: str) -> None:
    assert not judge_effect(superior, local).signals, why


@pytest.mark.parametrize(("superior", "local", "why"), [*OTHER_LEVEL, *NO_BASIS, *NOT_CUT])
def test_what_stands_near_it_is_told(superior: str, local: str, why: str) -> None:
    assert any(each.weight >= OF_SUBSTANCE for each in judge_effect(superior, local).signals), why


def test_the_tables_are_as_long_on_either_side() -> None:
    assert len(LEVEL) == len(OTHER_LEVEL)
    assert len(BASIS) == len(NO_BASIS)
    assert len(CUT) == len(NOT_CUT)


GOVERNMENTS_APART = (
    ("新建项目应当经省级人民政府批准。", "新建项目应当经县级人民政府批准。", "a province, a county"),
    ("新建项目应当经省级主管部门批准。", "新建项目应当经区级主管部门批准。", "offices of the two"),
    ("变更用途的，报省人民政府备案。", "变更用途的，报县人民政府备案。", "without 级"),
    ("由县级以上人民政府责令改正。", "由乡镇人民政府责令改正。", "a town is not above a county"),
    ("由设区的市级人民政府组织验收。", "由县级人民政府组织验收。", "a prefecture, a county"),
    ("报自治区人民政府审定。", "报乡人民政府审定。", "a region, a township"),
    ("由县人民政府给予补助。", "由乡（镇）人民政府给予补助。", "brackets within a level"),
    ("由省级以上公安机关认定。", "由县级以上公安机关认定。", "both with all above them"),
    ("经市人民政府同意，可以延长。", "经镇人民政府同意，可以延长。", "a city is no town"),
    ("由市级财政部门核定。", "由乡级财政部门核定。", "of offices too"),
    ("由县级人民政府提出，报省级人民政府批准。", "由市、区人民政府提出，报县级人民政府批准。", "the one before approval, of one and two"),
    ("应当报省级人民政府备案。", "区人民政府应当报县级人民政府备案。", "one more is named"),
)  # fmt: skip
GOVERNMENTS_LOCALISED = (
    ("应当报省人民政府批准。", "应当报市人民政府批准。", "Shanghai is a province"),
    ("应当报市人民政府批准。", "应当报区人民政府批准。", "a district carries out its city's rule"),
    ("由县级人民政府责令改正。", "由区人民政府责令改正。", "a district is of a county's level"),
    ("由县级以上人民政府责令改正。", "由市人民政府责令改正。", "one of those meant"),
    ("由县级以上人民政府责令改正。", "由区人民政府责令改正。", "another of those meant"),
    ("由设区的市级人民政府组织验收。", "由市人民政府组织验收。", "the same by another name"),
    ("由设区的市级人民政府组织验收。", "由区人民政府组织验收。", "a district of a municipality is of that level"),
    ("由市级财政部门核定。", "由区级财政部门核定。", "the district's own"),
    ("由县级人民政府给予补助。", "由市人民政府给予补助。", "a city of a county's level"),
    ("在园区级平台登记。", "在园区级平台登记。", "no level at all"),
    ("由县级人民政府提出，报省级人民政府批准。", "由区人民政府提出，报市人民政府批准。", "each by its own"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("superior", "local"), [row[:2] for row in GOVERNMENTS_APART], ids=[row[2] for row in GOVERNMENTS_APART]
)
def test_a_government_of_another_level_is_shown(superior: str, local: str) -> None:
    assert [each.type for each in local_signals(superior, local)] == [SignalType.BODY]


@pytest.mark.parametrize(
    ("superior", "local"),
    [row[:2] for row in GOVERNMENTS_LOCALISED],
    ids=[row[2] for row in GOVERNMENTS_LOCALISED],
)
def test_a_level_that_localisation_explains_is_not(superior: str, local: str) -> None:
    assert not local_signals(superior, local)


@pytest.mark.parametrize(
    ("superior", "local", "effect"),
    [
        ("家庭人均月收入低于规定标准。", "家庭人均月收入低于四千二百元。", "localised"),
        ("按照规定标准给予补助。", "按照每人每月三百元的标准给予补助。", "localised"),
        ("按照服务人口给予补助，具体标准由各市确定。", "按照服务人口每人每年八元给予补助。", "localised"),
        ("应当在规定期限内完成整改。", "应当在三十日内完成整改。", "localised"),
        ("安排一定比例的资金用于培训。", "安排百分之五的资金用于培训。", "localised"),
        ("推动建设一批社区食堂。", "建设三十家社区食堂。", "localised"),
        ("每年评选一批先进个人。", "每年评选二十名先进个人。", "localised"),
        ("对困难家庭给予适当补贴。", "对困难家庭给予每户二百元补贴。", "tightened"),  # left to nobody
        ("设置若干个流动服务点。", "设置八个流动服务点。", "localised"),
        ("提取一定比例的保证金。", "提取百分之三的保证金。", "localised"),
        ("设置流动服务点。", "设置八个流动服务点。", "tightened"),  # nothing was left open
        ("给予三百元补贴。", "给予二百元补贴。", "loosened"),
        ("对行动不便的老人提供上门服务。", "对行动不便的老人每周提供上门服务。", "tightened"),
        ("补贴标准由各区自行确定。", "补贴标准由各区自行确定，逾期不申请的每日加收百分之一。", "tightened"),
        (
            "消防救援机构应当对停放充电场所进行监督抽查。",
            "区消防救援支队应当对停放充电场所进行监督抽查。",
            "localised",
        ),
        ("消防救援机构应当组织演练。", "区消防救援大队应当组织演练。", "localised"),
        ("由乡镇人民政府、街道办事处组织实施。", "由各街道办事处组织实施。", "localised"),
        ("由乡镇人民政府、街道办事处组织实施。", "由各镇人民政府组织实施。", "localised"),
        ("街道办事处、乡镇人民政府应当设立服务站。", "镇政府应当设立服务站。", "localised"),
        ("各街道、乡镇每季度报送情况。", "各镇每季度报送情况。", "localised"),
        (
            "由街道办事处会同公安机关开展巡查。",
            "由街道办事处开展巡查。",
            "loosened",
        ),  # another office is gone
        ("运营单位每年进行水质检测。", "运营单位每年进行水质检测并公布结果。", "tightened"),
        ("运营单位每年进行水质检测并公布结果。", "运营单位每年进行水质检测。", "loosened"),
        ("窗口当场受理申请。", "窗口当场受理申请并出具回执。", "tightened"),
        ("开展食堂从业人员培训。", "开展食堂从业人员培训并组织考试。", "tightened"),
        ("物业企业制止违规停放行为。", "物业企业制止违规停放行为并报告街道。", "tightened"),
        ("养老机构建立健康档案并每年更新。", "养老机构建立健康档案。", "loosened"),
        ("区级部门汇总情况。", "区级部门汇总情况并通报。", "tightened"),
    ],
)
def test_figures_left_open_are_filled_in_and_further_acts_are_more(
    superior: str, local: str, effect: str
) -> None:
    assert judge_effect(superior, local).effect.value == effect
