"""Elements of meaning by kind: citations inside an article, duties that fall away, bodies of one field in a list, bounds and lists in other words."""

import pytest

from policydiff.model import Genre
from policydiff.substance.following import Numbering
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

_TWO = "单位应当公示。\n个人应当登记。\n"
_ITEMS = "有下列情形的，不得登记：\n（一）未成年的；\n（二）失信的。\n"
_MORE = "有下列情形的，不得登记：\n（一）未成年的；\n（二）停业的；\n（三）失信的。\n"


def _said(old: str, new: str) -> list[tuple[str, str]]:
    found = signals_between(old, new, genre=Genre.STATUTE, numbering=Numbering({}))
    return [(signal.type.value, signal.direction.value) for signal in found]


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("违反第一款规定的，责令改正。", "违反第七款规定的，责令改正。", True, "another paragraph"),
        (_TWO + "违反本条第二款规定的，处罚款。", _TWO + "违反本条第一款规定的，处罚款。", True, "none of the two moved"),
        (_TWO + "违反第二款规定的，处罚款。", "机构应当备案。\n" + _TWO + "违反第三款规定的，处罚款。", False, "one came before it"),
        (_TWO + "违反第二款规定的，处罚款。", "机构应当备案。\n" + _TWO + "违反第一款规定的，处罚款。", True, "one came, and it cites another still"),
        (_ITEMS + "有前款第二项情形的，予以公示。", _MORE + "有前款第三项情形的，予以公示。", False, "the item bears another number now"),
        (_ITEMS + "有前款第二项情形的，予以公示。", _MORE + "有前款第一项情形的，予以公示。", True, "another item"),
        ("有第一款第（二）项行为的，处罚款。", "有第一款第（三）项行为的，处罚款。", True, "another item of the paragraph"),
        ("有第一款第（二）项行为的，处罚款。", "有第一款第二项行为的，处罚款。", False, "another writing"),
        ("违反第一款、第二款规定的，处罚款。", "违反第二款规定的，处罚款。", True, "one of two paragraphs gone"),
        ("违反第一、二项规定的，处罚款。", "违反第一、三项规定的，处罚款。", True, "a list of items"),
        ("违反第一款规定的，责令改正。", "违反前款规定的，责令改正。", False, "the paragraph before may be the first"),
        ("违反前款规定的，责令改正。", "违反前两款规定的，责令改正。", True, "one more paragraph"),
        (_TWO + "违反前款规定的，处罚款。", _TWO + "违反第一款规定的，处罚款。", True, "the second is before it"),
        (_TWO + "违反前款规定的，处罚款。", _TWO + "违反本条第二款规定的，处罚款。", False, "the second is before it, named in full"),
        (_TWO + "除前款规定外，处罚款。", _TWO + "除第三款规定外，处罚款。", True, "the paragraph before, and a later one"),
        (_TWO + "有前款第一项行为的，处罚款。", _TWO + "有第二款第（一）项行为的，处罚款。", False, "the same item of the same paragraph"),
        (_TWO + "有前款第一项行为的，处罚款。", _TWO + "有第二款第（三）项行为的，处罚款。", True, "another item of the same paragraph"),
        (_TWO + "违反前两款规定的，处罚款。", _TWO + "违反第一款、第二款规定的，处罚款。", False, "two before it, by number"),
        (_ITEMS + "违反前款规定的，处罚款。", _ITEMS + "违反第一款规定的，处罚款。", False, "items are no paragraphs"),
        (_ITEMS + "违反前款规定的，处罚款。", _ITEMS + "违反第二款规定的，处罚款。", True, "it would be the one itself"),
        ("依照前款规定给予处分。", "依照第三款规定给予处分。", True, "a passage without one before it: the first is meant"),
        ("不适用第二款的规定。", "不适用前款的规定。", True, "the same, turned round"),
        ("前项所列费用由企业承担。", "第三项所列费用由企业承担。", True, "another item"),
        ("前项所列费用由企业承担。", "第一项所列费用由企业承担。", False, "the item before may be the first"),
        ("没有前款规定的机关或者前款规定的机关不起诉的，可以起诉。", "没有前两款规定的机关或者前款规定的机关不起诉的，可以起诉。", True, "one of two in the same words"),
        ("违反第九条第一款、第二款规定的，处罚款。", "违反第九条第一款和第二款规定的，处罚款。", False, "paragraphs of an article named there"),
    ],
)  # fmt: skip
def test_another_paragraph_or_item_is_told(old: str, new: str, *, told: bool, why: str) -> None:
    assert ("reference" in [kind for kind, _ in _said(old, new)]) is told, why


def test_of_a_comparison_the_paragraphs_are_its_own() -> None:
    assert (
        signals_between("违反第一款规定的，责令改正。", "违反第二款规定的，责令改正。", genre=Genre.STATUTE)
        == ()
    )


@pytest.mark.parametrize("word", ["不必", "无需", "无须", "毋须", "毋需", "不需要"])
@pytest.mark.parametrize("rule", ["业主{}公示收支。", "转让公房前，转让人{}补足维修资金。"])
def test_a_duty_that_falls_away_is_looser_and_the_reverse_stricter(word: str, rule: str) -> None:
    assert _said(rule.format("应当"), rule.format(word)) == [("duty", "looser")]
    assert _said(rule.format(word), rule.format("应当")) == [("duty", "stricter")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("中级人民法院、基层人民法院应当设立窗口。", "中级人民法院应当设立窗口。"),
        ("最高人民法院、高级人民法院应当公开裁判。", "高级人民法院应当公开裁判。"),
        ("专门人民法院和中级人民法院可以受理。", "中级人民法院可以受理。"),
        ("铁路公安局、民航公安局应当巡查。", "民航公安局应当巡查。"),
        ("地方海关、直属海关应当核查。", "直属海关应当核查。"),
        ("省教育厅、市教育局应当编制计划。", "市教育局应当编制计划。"),
        ("高级人民法院应当公开裁判。", "中级人民法院应当公开裁判。"),
        ("由基层人民法院管辖。", "由中级人民法院管辖。"),
        ("由人民法院管辖。", "由中级人民法院管辖。"),
        ("县级人民政府、乡镇人民政府应当编制计划。", "县级人民政府应当编制计划。"),
    ],
)
def test_of_two_bodies_of_one_field_the_one_that_went_is_told(old: str, new: str) -> None:
    assert {kind for kind, _ in _said(old, new)} & {"body", "scope"}
    assert {kind for kind, _ in _said(new, old)} & {"body", "scope"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("但不得超过一个月。", "但不准超过一个月。"),
        ("记录保存不得少于二年。", "记录保存不许少于二年。"),
        ("宽度不得低于三米。", "宽度不准低于3米。"),
        ("每班不得多于四十五人。", "每班不许多于45人。"),
        ("慈善组织可以采取基金会等形式。", "慈善组织可采取基金会等形式。"),
        ("学校可以采购教学设备。", "学校可采购教学设备。"),
        ("机构可以采用电子签名。", "机构可采用电子签名。"),
        ("联名的，也可以推荐候选人。", "联名的，也可推荐候选人。"),
        ("应当符合下列条件：\n（一）成年。", "应当符合以下条件：\n（一）成年。"),
        ("有下列情形之一的，不予登记。", "有如下情形之一的，不予登记。"),
        ("为其办理终止或解除劳动关系的证明，终止、解除的，告知其权利。", "为其办理终止或者解除劳动关系的证明，终止、解除的，告知其权利。"),
    ],
)  # fmt: skip
def test_bounds_permissions_and_lists_in_other_words_say_the_same(old: str, new: str) -> None:
    assert _said(old, new) == _said(new, old) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("不得超过一个月。", "不得超过两个月。"),
        ("不准超过一个月。", "不得少于一个月。"),
        ("可采取强制措施。", "应当采取强制措施。"),
        ("处五万元以下罚款。", "处五万元以上罚款。"),
        ("资源可采储量为零。", "资源储量为零。"),
    ],
)
def test_what_stands_near_them_differs(old: str, new: str) -> None:
    assert _said(old, new) != []


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("建设单位应当在取得许可证前选聘企业。", "监理单位应当在取得许可证前选聘企业。", "scope"),
        ("施工单位应当在开工前组织检查。", "设计单位应当在开工前组织检查。", "scope"),
        ("未经建设单位同意的，不得开工。", "未经监理单位同意的，不得开工。", "condition"),
        ("因施工影响通行的，应当公告。", "因养护影响通行的，应当公告。", "condition"),
    ],
)
def test_who_is_bound_is_no_condition(old: str, new: str, kind: str) -> None:
    assert kind in {said for said, _ in _said(old, new)}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("雇主應於七日內通知勞工。", "雇主得於七日內通知勞工。", ("duty", "looser")),
        ("主管機關得廢止其許可。", "主管機關應廢止其許可。", ("duty", "stricter")),
        ("申請人不得轉讓。", "申請人得轉讓。", ("prohibition", "looser")),
        ("違反規定者，處新臺幣一萬元以上五萬元以下罰鍰。", "違反規定者，處新臺幣一萬元以上九萬元以下罰鍰。", ("amount", "higher")),
        ("持牌人須於14天內通知署長。", "持牌人須於28天內通知署長。", ("period", "higher")),
        ("設置攤架應經主管機關許可。", "設置攤架應報主管機關備查。", ("instrument", "looser")),
        ("年滿十八歲而無不良紀錄者，得應試。", "年滿二十歲而無不良紀錄者，得應試。", ("number", "higher")),
        ("業者應於每年辦理訓練。", "業者應於每二年辦理訓練。", ("frequency", "lower")),
        ("違反前條規定者，處罰鍰。", "違反前條規定者，處罰鍰，並沒收器材。", ("sanction", "stricter")),
        ("任何人不得在公眾地方擺賣，經批准者除外。", "任何人不得在公眾地方擺賣。", ("exception", "stricter")),
    ],
)  # fmt: skip
def test_traditional_characters_are_read_and_shown_as_printed(
    old: str, new: str, told: tuple[str, str]
) -> None:
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert told in [(signal.type.value, signal.direction.value) for signal in found]
    for signal in found:
        for words, span, text in ((signal.old, signal.old_span, old), (signal.new, signal.new_span, new)):
            assert words is None or (span is not None and words == text[slice(*span)])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("申請人取得執照後，應開業。", "申請人取得執照後，應當開業。"),
        ("處新臺幣一萬元罰鍰，並得公布其姓名。", "處新臺幣10000元罰鍰，並得公布其姓名。"),
        ("雇主應於七日內通知勞工。", "雇主應於7日內通知勞工。"),
        ("有下列情形之一者，應廢止登記。", "有左列情形之一者，應廢止登記。"),
    ],
)  # fmt: skip
def test_traditional_passages_that_say_the_same(old: str, new: str) -> None:
    assert signals_between(old, new, genre=Genre.STATUTE) == ()


_MADE = "为了加强水资源管理，{}促进可持续利用，根据国家有关规定，制定本条例{}。"


@pytest.mark.parametrize(
    ("between", "behind", "kind"),
    [
        ("但因不可抗力造成的除外，", "", "exception"),
        ("", "，但因不可抗力造成的除外", "exception"),
        ("除军事设施外，", "", "exception"),
        ("", "，法律另有规定的，从其规定", "exception"),
        ("", "，但不适用于农村居民自用的水井", "exception"),
        ("不得收取押金，", "", "prohibition"),
        ("", "，用水单位应当安装水表", "duty"),
        ("", "，农村居民可以取用少量地下水", "permission"),
        ("结合本市实际，", "", None),
        ("推进生态文明建设，", "", None),
        ("保障供水安全，", "", None),
        ("加快建设节水型城市，", "", None),
    ],
)
def test_a_rule_between_the_reasons_of_a_text_is_told(between: str, behind: str, kind: str | None) -> None:
    plain, more = _MADE.format("", ""), _MADE.format(between, behind)
    for old, new in ((plain, more), (more, plain)):
        kinds = [said for said, _ in _said(old, new)]
        assert (kind in kinds) if kind else not kinds


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("违反本条例规定，构成犯罪的，依法追究刑事责任。", "违反本条例规定，依法追究刑事责任。", "condition"),
        ("违反本条例规定，构成犯罪的，依法追究刑事责任。", "违反本条例规定的，依法追究刑事责任。", "condition"),
        ("伪造证件，触犯刑律的，追究刑事责任。", "伪造证件的，追究刑事责任。", "condition"),
        ("伪造证件，构成犯罪的，追究刑事责任；尚不构成犯罪的，处罚款。", "伪造证件，构成犯罪的，追究刑事责任；处罚款。", "condition"),
        ("盗窃文物，尚不够刑事处罚的，处罚款。", "盗窃文物的，处罚款。", "condition"),
        ("滥用职权的，给予处分；构成犯罪的，追究刑事责任。", "滥用职权的，给予处分。", "sanction"),
        ("构成犯罪的，依法追究刑事责任。", "触犯刑律的，依法追究刑事责任。", None),
        ("尚不构成犯罪的，处罚款。", "尚未构成犯罪的，处罚款。", None),
        ("尚不够刑事处罚的，处罚款。", "尚不构成犯罪的，处罚款。", None),
        ("尚不构成犯罪的，处罚款。", "构成犯罪的，处罚款。", "condition"),
        ("违反本条例规定，伪造证件的，处罚款。", "伪造证件的，处罚款。", None),
        ("违反本办法有关规定，构成犯罪的，追究刑事责任。", "构成犯罪的，追究刑事责任。", None),
    ],
)  # fmt: skip
def test_whether_an_act_has_to_be_a_crime_is_told(old: str, new: str, kind: str | None) -> None:
    for one, other in ((old, new), (new, old)):
        kinds = [said for said, _ in _said(one, other)]
        assert (kind in kinds) if kind else not kinds


_SENT = "办法已经市政府同意，现印发给你们{}。"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("，请认真贯彻执行", False),
        ("，请遵照执行", False),
        ("，请结合本地实际，认真组织实施", False),
        ("，请各地区、各有关部门结合工作实际抓好贯彻落实", False),
        ("，请认真学习宣传贯彻", False),
        ("。特此通知", False),
        ("，请于三十日内贯彻执行", True),
        ("，请各市按月报送并认真落实", True),
        ("，请严格执行收费标准", True),
        ("，请各部门制定实施细则", True),
        ("，不再执行", True),
        ("，执行中的问题请报市财政局", True),
    ],
)
def test_set_phrases_that_send_a_text_out_are_no_provision(more: str, *, told: bool) -> None:
    plain, longer = _SENT.format(""), _SENT.format(more)
    assert [bool(_said(plain, longer)), bool(_said(longer, plain))] == [told, told]


def test_a_charge_of_an_office_is_told_without_an_adverb() -> None:
    assert _said("部门应当拟订规划，组织实施。", "部门应当拟订规划。") != []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("养老机构除法律另有规定外，应当公开信息。", "养老机构应当公开信息。", {"exception"}),
        ("停车场除应急情形外，不得收取押金。", "停车场不得收取押金。", {"exception"}),
        ("业主委员会除特殊情况外，应当每年公布收支。", "业主委员会应当每年公布收支。", {"exception"}),
        ("用人单位除劳动者同意外，不得安排加班。", "用人单位不得安排加班。", {"exception"}),
        ("经营者在开业前，应当公开信息。", "经营者应当公开信息。", {"condition"}),
        ("经营者除另有约定的外，应当退还押金。", "服务者应当退还押金。", {"exception", "scope"}),
        ("经营者会同业主，应当公开信息。", "经营者会同业主，经营者应当公开信息。", {"scope"}),
        ("经营者除另有约定外，应当公开信息。", "除另有约定外，经营者应当公开信息。", set()),
    ],
)
def test_who_is_bound_stays_where_the_exception_behind_goes(old: str, new: str, told: set[str]) -> None:
    assert {kind for kind, _ in _said(old, new)} == told
    assert {kind for kind, _ in _said(new, old)} == told


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("情节严重的，撤销其从业资格。", "情节严重的，处罚款，撤销其从业资格。", [("sanction", "stricter")], "a fine beside it"),
        ("违反规定的，处罚款，并可以暂停其任职资格。", "违反规定的，处罚款。", [("sanction", "looser")], "the pause gone, which was at discretion"),
        ("逾期不改正的，取消其检验资格。", "逾期不改正的，暂停其检验资格。", [("sanction", "looser")], "a pause for the end"),
        ("情节严重的，由省级主管部门停止其申报资格。", "情节严重的，由省级主管部门取消其申报资格。", [("sanction", "stricter")], "the end for a pause"),
        ("撤销其证券从业资格。", "撤销其基金从业资格。", [("sanction", "changed")], "of another trade"),
        ("撤销其检验资格。", "撤销检验资格。", [], "whose it is need not be said"),
        ("被取消资格的，可以申诉。", "被撤销资格的，可以申诉。", [], "a case, and one word for another"),
        ("将其列入失信名单。", "将其列入失信名单，并处罚款。", [("sanction", "stricter")], "a fine beside the list"),
        ("违反规定的，责令改正，并列入严重失信主体名单。", "违反规定的，责令改正。", [("sanction", "looser")], "no list any more"),
        ("人民法院应当公开。", "人民法院应当公开，并删除失信信息。", [("part_added", "stricter")], "to delete is no sanction"),
        ("被纳入失信名单的，可以申请纠正，也可以申请复议。", "被纳入失信名单的，可以申请纠正。", [("permission", "stricter")], "who is on the list has a right less"),
        ("推动建设信用体系。", "推动建设信用体系，完善失信信息公示。", [("part_added", "changed")], "a task of offices"),
    ],
)  # fmt: skip
def test_the_end_of_a_licence_is_a_sanction_and_the_name_of_a_list_is_none(
    old: str, new: str, told: list[tuple[str, str]], why: str
) -> None:
    assert _said(old, new) == told, why


@pytest.mark.parametrize(
    ("bound", "bare"),
    [
        ("用人单位应当在合同期满前通知劳动者。", "用人单位在合同期满前通知劳动者。"),
        ("单位必须建立台账。", "单位建立台账。"),
        ("采购应当由采购人委托代理机构进行。", "采购由采购人委托代理机构进行。"),
        ("经营者应当公示价格，并接受监督。", "经营者公示价格，并接受监督。"),
        ("许可机关应当自受理之日起十日内作出决定。", "许可机关自受理之日起十日内作出决定。"),
    ],
)
def test_a_statute_that_loses_its_one_word_of_duty_is_told(bound: str, bare: str) -> None:
    assert _said(bound, bare) == [("duty", "looser")]
    assert _said(bare, bound) == [("duty", "stricter")]
    assert signals_between(bound, bare, genre=Genre.POLICY) == ()  # plans say what is done without it


@pytest.mark.parametrize(
    ("bound", "bare"),
    [
        ("申请人应当对材料的真实性负责。", "申请人对材料的真实性负责。"),
        ("业主应当依法承担责任。", "业主依法承担责任。"),
        ("注册资本应当为实缴资本。", "注册资本为实缴资本。"),
        ("引用条款应当依照前条规定。", "引用条款依照前条规定。"),
        ("产品必须是合格产品。", "产品是合格产品。"),
    ],
)
def test_words_that_charge_by_themselves_bind_without_it(bound: str, bare: str) -> None:
    assert _said(bound, bare) == []


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("由住房城乡建设部门牵头，会同财政部门制定细则。", "住房城乡建设部门会同财政部门制定细则。", True),
        ("市教委牵头，会同市财政局、市人社局制定方案。", "市教委会同市财政局、市人社局制定方案。", True),
        ("由发展改革部门负责，会同价格部门定价。", "发展改革部门会同价格部门定价。", True),
        ("由县人民政府牵头负责，会同有关部门处置。", "县人民政府会同有关部门处置。", True),
        ("由水务局牵头，会同农业农村局编制规划。", "农业农村局会同水务局编制规划。", False),
        ("市教委牵头，会同市财政局制定方案。", "市教委制定方案。", False),
        ("市交通委牵头，会同公安机关整治。", "市交通委、公安机关整治。", False),
        ("由市教委牵头，会同市财政局制定方案。", "由市财政局牵头，会同市教委制定方案。", False),
    ],
)
def test_who_leads_is_who_asks_the_others_to_join(old: str, new: str, *, same: bool) -> None:
    assert (_said(old, new) == []) is same
    assert (_said(new, old) == []) is same


@pytest.mark.parametrize(
    ("lead", "way"),
    [
        ("人民法院受理下列案件：", "wider"),
        ("下列案件由军事法院管辖：", "wider"),
        ("本办法适用于下列活动：", "wider"),
        ("公共设施包括：", "wider"),
        ("规划应当包括下列内容：", "stricter"),
        ("不得有下列行为：", "stricter"),
        ("申请人可以选择下列方式：", "looser"),
    ],
)
def test_an_item_goes_the_way_of_what_leads_its_list(lead: str, way: str) -> None:
    one, two = (
        f"{lead}\n（一）房屋买卖；\n（二）房屋租赁。",
        f"{lead}\n（一）房屋买卖；\n（二）房屋租赁；\n（三）土地使用。",
    )
    back = {"wider": "narrower", "stricter": "looser", "looser": "stricter"}[way]
    assert _said(one, two) == [("item_added", way)]
    assert _said(two, one) == [("item_removed", back)]


@pytest.mark.parametrize(
    ("pair", "one", "equal"),
    [
        ("企业应当建立并执行安全管理制度。", "企业应当建立安全管理制度。", "企业应当建立、执行安全管理制度。"),
        ("企业应当建立并严格执行台账制度。", "企业应当建立台账制度。", "企业应当建立并执行台账制度。"),
        ("经营者应当建立并实施追溯制度。", "经营者应当建立追溯制度。", "经营者应当建立和实施追溯制度。"),
        ("学校应当编制并组织实施应急预案。", "学校应当编制应急预案。", "学校应当编制应急预案并组织实施。"),
        ("市人民政府应当制定和公布权力清单。", "市人民政府应当制定权力清单。", "市人民政府应当制定并公布权力清单。"),
        ("企业应当制定并落实整改方案。", "企业应当制定整改方案。", "企业应当制定、落实整改方案。"),
        ("单位应当组织编制和实施规划。", "单位应当组织编制规划。", "单位应当组织编制并实施规划。"),
        ("生产者应当制定和执行操作规程。", "生产者应当制定操作规程。", "生产者应当制订和执行操作规程。"),
        ("机构应当记录并保存交易信息。", "机构应当记录交易信息。", "机构应当记录、保存交易信息。"),
        ("医院应当设置并维护警示标志。", "医院应当设置警示标志。", "医院应当设置和维护警示标志。"),
        ("主管部门负责审批以及监督实施。", "主管部门负责审批。", "主管部门负责审批和监督实施。"),
    ],
)  # fmt: skip
def test_one_of_two_acts_left_out_is_told(pair: str, one: str, equal: str) -> None:
    for old, new in ((pair, one), (one, pair)):
        assert any(weight >= OF_SUBSTANCE for weight in _weights(old, new))
    assert not any(weight >= OF_SUBSTANCE for weight in _weights(pair, equal))


def test_a_noun_that_begins_as_an_act_is_none() -> None:
    told = signals_between("经理、执行董事应当报告。", "经理应当报告。", genre=Genre.STATUTE)
    assert [signal.old for signal in told] == ["董事"]


def _weights(old: str, new: str) -> list[float]:
    return [signal.weight for signal in signals_between(old, new, genre=Genre.STATUTE)]
