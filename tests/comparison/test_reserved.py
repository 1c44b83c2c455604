"""Licences: asked of somebody who is governed, or only named, held, hired, or between offices."""

import pytest

from policydiff.comparison.burden_rows import asks_licence
from policydiff.model import Genre, InstrumentKind
from policydiff.substance.provisions import read_provision

ROWS = [
    ("管理单位认为确需设置景观照明设施的，经区人民政府批准后，由管理单位设置。", True, "经…批准后 with the applicant before it"),
    ("对不可移动文物实施修缮、迁移等保护工程的，其所有人或受托单位应当按照国家规定，根据不可移动文物的级别，报文物行政部门批准。", True, "an applicant far before the office"),
    ("其工程设计方案未经文物行政部门同意的；", True, "未经…同意 is an offence"),
    ("施工单位未取得文物保护工程资质证书，擅自从事文物修缮的。", True, "未取得 is one too"),
    ("居民装修占用楼道的，应当报物业所在地街道办事处批准。", True, "the office's name is read with 应当报"),
    ("取得许可证的企业应当建立台账。", False, "an attribute of whom is bound"),
    ("经区人民政府批准，成立领导小组。", False, "what the government does itself"),
    ("经营者应当取得卫生许可证。", True, "plain"),
    ("开办托老所，应当经区民政部门批准。", True, "nobody named, a duty"),
    ("从事餐饮服务的，取得食品经营许可证后，方可营业。", True, "方可 behind it"),
    ("企业设置广告，须报街道办事处审批。", True, "须报"),
    ("个人占用道路，应当向区城管部门申请办理临时占道许可。", True, "向…申请办理"),
    ("未经市容部门批准，任何单位和个人不得摆设摊位。", True, "a ban without it"),
    ("养老机构扩建的，应报区民政局核准。", True, "养老机构 is no office"),
    ("非居住房屋的停产停业损失补偿标准按核准确认的建筑面积每平方米100元补偿。", False, "核准确认的 is an attribute"),
    ("原征收基地的征地房屋补偿方案已获批准的，按原批准补偿方案执行。", False, "approved already"),
    ("区发展改革委：负责公园绿地等建设项目的审批、投资政策制定等工作。", False, "the task of an office"),
    ("强化项目方案审批，加大对各类公园的监管力度。", False, "a task of all"),
    ("建设单位应按照批复的设计方案要求，组织设计单位编制施工图设计文件。", False, "批复的 is an attribute"),
    ("区规划资源局应当制定遴选方案，上报区政府同意，并报市规划资源局。", False, "an office asks its government"),
    ("区规划资源局组织专家对有效申请人的能力进行综合评审，形成遴选结果报区政府同意后确定实施主体。", False, "whom an office judges is no applicant"),
    ("由区建设用地事务所委托具有相应资质的评估机构评估。", False, "资质 of whom one hires"),
    ("被补偿人在规定的期限内不腾退房屋的，由区规划资源局完成催告后，组织材料报请区政府同意依法启动强制执行。", False, "the office acts that stands last"),
    ("通过施工图审查并取得施工许可证后，建设、设计、施工等相关单位应按照绿色低碳内容组织施工交底。", False, "a time"),
    ("按照批准的控详规划，更新项目采取差别化的土地供应方式。", False, "held to"),
    ("作为方案审批依据。", False, "part of a name"),
    ("申请奖励的项目应提交项目申请表、立项文件、施工许可证。", False, "a paper shown"),
    ("日前，专项规划已获市政府批复同意。", False, "a fact"),
    ("组织编制机关应当将经批准的景观照明规划向社会公布。", False, "经批准的"),
    ("应当征得相邻业主同意。", False, "the consent of a neighbour"),
    ("被征地镇（街道）核准征收土地预公告时，确认可建未建的房屋面积。", False, "an office approves at that time"),
    ("优化注册消防工程师注册审批服务。", False, "a service"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "asked", "why"), ROWS, ids=[row[2] for row in ROWS])
def test_who_needs_a_licence(sentence: str, asked: bool, why: str) -> None:
    found = read_provision(sentence, genre=Genre.POLICY).instruments
    permits = [each.span for each in found if each.kind is InstrumentKind.PERMIT]
    assert any(asks_licence(sentence, start, end) for start, end in permits) is asked, why
