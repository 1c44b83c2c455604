"""Words that lay down nothing decide no effect: who acts, in what spirit, by which remit, in which order; what looks like them and binds, does.

Each row: superior, local, reason. The tables of a kind are as long on either side.
"""

import pytest

from policydiff.model import Effect
from policydiff.substance.effects import judge_effect
from policydiff.substance.weighing import OF_SUBSTANCE

LOOSENED, TIGHTENED = Effect.LOOSENED, Effect.TIGHTENED
ACTOR = (
    ("区民政部门指定的机构应当公开收费标准，接受检查。", "区养老服务中心应当公开收费标准，接受检查。", "whom an office designates, by name"),
    ("区人民政府确定的部门负责日常检查和统计工作。", "区城管执法局负责日常检查和统计工作。", "确定的"),
    ("区人民政府指定的征收机构具体实施征收补偿工作。", "区征收机构具体实施征收补偿工作。", "the designation is done"),
    ("审查合格后，依法向申请人颁发不动产权证书。", "审查合格后，由不动产登记机构依法向申请人颁发不动产权证书。", "who issues"),
    ("逾期不改正的，依法作出处理并告知当事人。", "逾期不改正的，由街道办事处依法作出处理并告知当事人。", "who acts, of a street"),
    ("县级以上人民政府中医药主管部门负责本行政区域的中医药管理工作。", "卫生健康部门（以下称中医药主管部门）负责本行政区域的中医药管理工作。", "a name in short"),
    ("项目承担者未提交报告的，由组织实施项目的政府有关部门、管理机构责令改正。", "项目承担者未提交报告的，由项目主管部门责令改正。", "offices in general"),
    ("市民政局负责本市救助工作的统筹协调，区民政局负责本辖区救助工作的组织实施。", "区民政局负责本区救助工作的统筹协调，各街道办事处负责本辖区救助工作的组织实施。", "one level down"),
    ("县级以上人民政府住房城乡建设主管部门负责房屋使用安全监督管理工作。", "市房产主管部门负责全市房屋使用安全监督管理工作。", "an office that is two elsewhere"),
    ("项目承担者未提交报告的，由有关部门责令改正。", "项目承担者未提交报告的，由区科委责令改正。", "one office for any"),
    ("林业主管部门负责古树名木保护的监督管理工作。", "绿化市容部门负责古树名木保护的监督管理工作。", "the same of trees"),
    ("省、自治区、直辖市人民政府建立地方代表性项目名录，将本行政区域内的项目列入名录予以保护。", "市和区、县人民政府建立本级代表性项目名录，将本行政区域内的项目列入名录予以保护。", "levels listed"),
    ("城市人民政府市容主管部门负责本行政区域的城市市容管理工作。", "市、县（市、区）市容主管部门负责本行政区域内市容管理工作。", "城市 is whose level it is"),
)  # fmt: skip
NOT_ACTOR = (
    ("在政府指定的地点倾倒建筑垃圾，不得抛洒。", "可以在任何地点倾倒建筑垃圾，不得抛洒。", "a place is designated"),
    ("由具有资质的机构出具检测报告，并公开结果。", "由机构出具检测报告，并公开结果。", "what the body has to have"),
    ("由公安机关责令改正，可以处二百元以下罚款。", "由文化旅游部门责令改正，可以处二百元以下罚款。", "a body of another field"),
    ("民政部门会同财政部门制定具体办法。", "民政部门制定具体办法。", "one body asked less"),
    ("由监护人陪同，进入场所活动。", "进入场所活动。", "no office"),
    ("经消防救援机构检查合格后，方可投入使用。", "方可投入使用。", "an approval"),
    ("县级以上人民政府应当编制规划。", "县级以下人民政府应当编制规划。", "the level excluded"),
    ("居民委员会和物业服务企业应当建立议事制度。", "居民委员会应当建立议事制度。", "one of those bound"),
    ("向所在单位报告，并说明理由。", "并说明理由。", "to whom it is reported"),
    ("各级人民政府和军事机关应当依法履行征兵工作职责。", "军事机关应当依法履行征兵工作职责。", "a government among those bound"),
    ("由省、自治区、直辖市人民政府公安机关在十五日内作出决定。", "由省、直辖市人民政府公安机关在十五日内作出决定。", "one of three levels gone"),
    ("业主大会决定的事项，业主应当执行。", "业主委员会决定的事项，业主应当执行。", "who decides, of people"),
    ("水行政主管部门负责河道的监督管理工作。", "教育主管部门负责河道的监督管理工作。", "an office that holds no such field"),
)  # fmt: skip
FRAME = (
    ("为了规范照明管理，改善夜间景观，根据《市容条例》，制定本办法。", "为规范照明管理，提升夜景品质，塑造城市形象，根据《照明办法》，结合本区实际，制定本意见。", "purposes"),
    ("为加快两型社会建设，提高城镇化质量，根据《条例》，制订本办法。", "为改善城市环境，根据《条例》，制订本办法。", "fewer purposes"),
    ("以习近平新时代中国特色社会主义思想为指导，坚持党建引领，创新方式方法，满足群众向往。", "以习近平新时代中国特色社会主义思想为指导，贯彻党的二十大精神，统筹发展和安全。", "guiding thought"),
    ("《方案》已经市政府同意，现印发给你们，请认真按照执行。", "现将《方案》印发给你们，请认真按照执行。", "who agreed to the letter"),
    ("《方案》已经市政府同意，现印发给你们，请认真按照执行。", "《方案》已经区政府常务会议审议通过，现印发给你们，请认真贯彻落实。", "in a meeting"),
    ("为推进养老服务发展，结合本市实际，现提出如下实施意见：", "为推进养老服务发展，满足老年人需求，经区政府同意，现提出如下实施意见：", "an opinion"),
    ("为做好防汛工作，现将有关事项通知如下：", "为做好防汛工作，保障群众生命财产安全，现就有关事项通知如下：", "a notice"),
    ("有关部门按照各自职责，负责与志愿服务有关的工作。", "有关部门应当在各自职责范围内，做好与志愿服务有关的工作。", "each by its remit"),
    ("国务院科技部门、其他有关部门依照规定的职责，管理、指导和协调转化工作。", "市科技、教育、财政、农业农村等部门应当依照各自工作职责，做好转化相关工作。", "offices named"),
    ("部门应当在各自职责范围内加强对养老机构的检查，公布结果。", "部门应当加强对养老机构的检查，公布结果。", "the remit left out"),
)  # fmt: skip
NO_FRAME = (
    ("为保障安全，机构应当制定应急预案，定期演练。", "为保障安全，机构应当制定应急预案。", "a duty with its purpose"),
    ("制定落实针对性防控措施，依托第三方服务机构开展评估。", "制定落实针对性防控措施。", "measures that are made"),
    ("有关部门按照各自职责，做好检查工作，并每年公布结果。", "有关部门按照各自职责，做好检查工作。", "a duty beside the remit"),
    ("为规范收费，收费标准不得超过每月五十元。", "为规范收费，收费标准不得超过每月八十元。", "a figure with its purpose"),
    ("部门应当依照职责作出处罚决定，并在三日内送达。", "部门应当依照职责作出处罚决定，并在十日内送达。", "a term"),
    ("经区人民政府同意，可以延长三十日。", "可以延长三十日。", "an approval that is no letter's"),
    ("根据需要可以组织听证，听取居民意见。", "根据需要可以组织听证。", "who is heard"),
    ("以公开方式确定建设单位，并每年评估。", "以公开方式确定建设单位。", "以 of a manner"),
    ("制定本单位应急预案，并报消防部门备案。", "制定本单位应急预案。", "制定本单位"),
    ("在运营期限内，运营单位应当免费开放场馆。", "运营单位应当免费开放场馆。", "a term is no remit"),
)  # fmt: skip
AGAIN = (
    ("区规划部门负责本辖区历史风貌区的规划管理。", "历史风貌区的规划管理由区规划局负责。", "the passive"),
    ("行政机关不得继续实施或者变相实施已取消的许可。", "已取消的许可，不得继续实施、变相实施。", "the object first"),
    ("沿海人民政府海洋部门，负责本行政区毗邻海域使用的监督管理。", "沿海人民政府海洋部门负责本行政区域毗邻海域使用的监督管理。", "本行政区"),
    ("由民政部门会同卫生健康部门负责养老机构的综合监管。", "养老机构的综合监管由民政部门会同卫生健康部门负责。", "two bodies"),
    ("照明管理遵循统筹规划、分类管理的原则。", "照明管理遵循统筹规划、部门协同、分类管理的原则。", "one principle more"),
    ("坚持政府主导、部门协作、社会参与的原则，推进治理。", "坚持政府主导、社会参与的原则，推进治理。", "one principle less"),
    ("倡导经营主体自律自治，推动形成良好格局。", "倡导经营主体自律自治、共建共享，推动形成良好格局。", "a slogan in a list"),
    ("加强队伍建设，明确工作职责，强化责任意识。", "加强队伍建设，明确工作职责。", "awareness"),
    ("应当补偿搬家费，具体标准由区人民政府制定。", "应当补偿搬家费。", "what the local text settles itself"),
    ("区农业农村部门负责本辖区农药使用的监督管理。", "农药使用的监督管理由区农业农村局负责。", "another passive"),
    ("坚持绿色发展、便民利民的理念，开展活动。", "坚持绿色发展、便民利民、共建共享的理念，开展活动。", "one idea more"),
    ("镇人民政府支持学前教育发展。", "镇人民政府支持学前教育发展，做好学前教育工作。", "a task of the same name"),
    ("建立工作机制，研究解决重大问题。", "由区政府牵头，建立工作机制，研究解决重大问题。", "who leads where nobody did"),
)  # fmt: skip
NOT_AGAIN = (
    ("申请材料齐备的，予以登记，并通知申请人；不齐备的，不予登记，书面通知申请人并告知理由。", "申请材料齐备的，予以登记；不齐备的，不予登记，书面通知申请人并告知理由。", "said of another case"),
    ("可以安排未成年被告人与合适成年人会见。", "可以安排未成年被告人与合适未成年人会见。", "a word that stands there of somebody else"),
    ("民政部门应当告知申请人，申请人应当提供材料。", "民政部门应当告知申请人。", "a duty whose words are not all there"),
    ("机构不得收取押金，可以收取会员费。", "机构可以收取押金、会员费。", "the ban is gone, its words are there"),
    ("企业应当在十日内报告，逾期报告的处一万元罚款。", "企业应当在十日内报告。", "a fine"),
    ("经营者应当公示价格，不得变相涨价。", "经营者应当公示价格。", "a ban in few words"),
    ("照明设施包括灯具、电缆。", "照明设施包括灯具、控制柜、电缆。", "a list of things"),
    ("应当按照消防安全、食品安全的要求经营。", "应当按照食品安全的要求经营。", "a requirement is no principle"),
    ("倡导经营主体自律自治，定期公布名单。", "倡导经营主体自律自治。", "a task beside a slogan"),
    ("加强队伍建设，明确工作职责，每年考核。", "加强队伍建设，明确工作职责。", "every year"),
    ("养老机构方可办理手续。", "经民政部门审查同意后，养老机构方可办理手续。", "an approval comes"),
    ("项目予以公示。", "经消防部门审核的项目，予以公示。", "a review without a decision behind it"),
    ("应当对所有人补偿搬家补助费、临时安置费，并及时公示结果，具体标准由区人民政府制定。", "应当对所有人补偿搬家补助费，并及时公示结果。", "a fee beside it"),
)  # fmt: skip
OF_SUBSTANCE_TOO = (
    ("由民政部门会同财政部门制定资金管理办法，报本级人民政府批准后实施。", "由区民政局制定资金管理办法，报区人民政府批准后实施。", LOOSENED, "a body asked less"),
    ("绿化市容部门应当会同有关部门编制设置规划，经市人民政府批准后实施。", "区绿化市容局应当编制本区设置规划，经区人民政府批准后实施。", LOOSENED, "offices in general asked less"),
    ("规划部门编制方案，征求街道办事处意见后报批。", "规划部门编制方案后报批。", LOOSENED, "consultation"),
    ("企业发现损坏或者接到企业损坏报告的，应在1个工作日内以书面形式告知管理中心，并及时维护。", "企业发现损坏或者接到损坏报告的，应在1个工作日内告知管理中心，并及时维护。", LOOSENED, "in writing, beside another edit"),
    ("学校应当每学期开展一次应急演练，并做好记录。", "学校应当定期开展应急演练，并做好记录。", LOOSENED, "a school's term"),
    ("学校应当每学年组织一次体检。", "学校应当每学期组织一次体检。", TIGHTENED, "a school's year"),
    ("对各街镇共享利用工作进行年度考核。", "对各街镇共享利用工作进行季度考核。", None, "yearly, quarterly"),
    ("运营单位应当提交季度报告，并抄送财政部门。", "运营单位应当提交年度报告，并抄送财政部门。", None, "the other way"),
    ("除应急抢修外，不得在夜间进行产生噪声的施工作业。", "除应急抢修和重点工程外，不得在夜间进行产生噪声的施工作业。", LOOSENED, "an exception widened"),
    ("除教师和医师外，不得兼职领取报酬。", "除教师外，不得兼职领取报酬。", TIGHTENED, "an exception narrowed"),
    ("老年人凭身份证件免费乘坐公共汽车。", "本市户籍老年人凭身份证件免费乘坐公共汽车。", None, "registered here"),
    ("申请人可以申请公共租赁住房，并提供收入证明。", "本区常住申请人可以申请公共租赁住房，并提供收入证明。", None, "living here"),
)  # fmt: skip


@pytest.mark.parametrize(("superior", "local", "effect", "why"), OF_SUBSTANCE_TOO)
def test_how_and_for_whom_is_of_substance(superior: str, local: str, effect: Effect | None, why: str) -> None:
    said = judge_effect(superior, local)
    assert said.effect not in (Effect.SAME, Effect.LOCALISED), why
    assert effect is None or said.effect is effect, (why, said)


@pytest.mark.parametrize(("superior", "local", "why"), [*ACTOR, *FRAME, *AGAIN])
def test_what_is_only_spoken_of_decides_nothing(superior: str, local: str, why: str) -> None:
    said = judge_effect(superior, local)
    assert said.effect in (Effect.SAME, Effect.LOCALISED), why
    assert not [each for each in said.signals if each.weight >= OF_SUBSTANCE], why


@pytest.mark.parametrize(("superior", "local", "why"), [*NOT_ACTOR, *NO_FRAME, *NOT_AGAIN])
def test_what_binds_is_of_substance(superior: str, local: str, why: str) -> None:
    assert any(each.weight >= OF_SUBSTANCE for each in judge_effect(superior, local).signals), why


def test_the_tables_are_as_long_on_either_side() -> None:
    assert len(ACTOR) == len(NOT_ACTOR) > 10
    assert len(FRAME) == len(NO_FRAME) >= 10
    assert len(AGAIN) == len(NOT_AGAIN) > 10
