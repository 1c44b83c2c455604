"""Which text an order is for: bundles name the texts they amend in many ways."""

import pytest

from policydiff.amendment.amending import apply_amendment
from policydiff.amendment.named_texts import same_act
from policydiff.model.amended import Outcome, Reason
from policydiff.parsing import parse_text

MARKETS = parse_text(
    "某市市容管理条例\n"
    "第一条　为了加强市容管理，制定本条例。\n"
    "第二条　本条例适用于本市。\n"
    "第三条　市容管理局负责市容管理。\n"
    "第四条　市容管理局可以处一千元罚款。\n"
    "第五条　市容管理局处一千元罚款，没收工具。\n"
)
OTHER = "将第二条修改为：“绿化。”\n删去第四条。"
OURS = "将第五条中的“一千元”修改为“二千元”。"
GREEN, TOWN = "《某市绿化条例》", "《某市市容管理条例》"

PART = "某市关于修改部分地方性法规的决定\n对下列地方性法规作出修改：\n"

BUNDLES = [
    (f"一、对{GREEN}作出修改\n{OTHER}\n二、对{TOWN}作出修改\n{OURS}", "对…作出修改"),
    (f"一、修改{GREEN}\n{OTHER}\n二、修改{TOWN}\n{OURS}", "修改…"),
    (f"{GREEN}作如下修改：\n{OTHER}\n{TOWN}作如下修改：\n{OURS}", "…作如下修改："),
    (f"将{GREEN}作如下修改：\n{OTHER}\n将{TOWN}作如下修改：\n{OURS}", "将…作如下修改："),
    (f"一、关于{GREEN}\n{OTHER}\n二、关于{TOWN}\n{OURS}", "关于…"),
    (f"一、{GREEN}的修改内容\n{OTHER}\n二、{TOWN}的修改内容\n{OURS}", "…的修改内容"),
    (f"一、{GREEN}\n{OTHER}\n二、{TOWN}\n{OURS}", "the name alone"),
    (f"（一）{GREEN}\n1.{OTHER}\n（二）{TOWN}\n1.{OURS}", "（一）the name, orders numbered below"),
    (f"第一条 对{GREEN}作出修改：\n{OTHER}\n第二条 对{TOWN}作出修改：\n{OURS}", "第一条 对…"),
    (
        f"一、将{GREEN}第二条修改为：“绿化。”\n二、将{TOWN}第五条中的“一千元”修改为“二千元”。",
        "each order names its text",
    ),
    (
        f"1.{GREEN}第二条修改为：“绿化。”\n2.{TOWN}第五条中的“一千元”修改为“二千元”。",
        "name and place without 将",
    ),
    (
        f"删去{GREEN}第四条。\n第二条中的“本市”修改为“全市”。\n将{TOWN}第五条中的“一千元”修改为“二千元”。",
        "a name holds",
    ),
    (
        f"将{GREEN}第二条修改为：“绿化。”；将{TOWN}第五条中的“一千元”修改为“二千元”。",
        "two texts in one sentence",
    ),
    (
        f"附件\n决定修改的规章\n一、{GREEN}（2001年市政府令第3号）\n{OTHER}\n二、{TOWN}（2015年市政府令第5号）\n{OURS}",
        "annex",
    ),
    (f"某市关于修改{GREEN}{TOWN}的决定\n一、{GREEN}\n{OTHER}\n二、{TOWN}\n{OURS}", "two names in the title"),
    (f"{TOWN}作出修改如下：\n{OURS}\n{GREEN}作出修改如下：\n{OTHER}", "ours first"),
    (
        f"一、{TOWN}作以下修改：\n{OURS}\n二、废止《某市道路条例》。\n三、{GREEN}作以下修改：\n{OTHER}",
        "a repeal between",
    ),
    (
        f"某市关于修改部分地方性法规的决定\n对下列地方性法规作出修改：\n1.{GREEN}\n{OTHER}\n2.{TOWN}\n{OURS}",
        "title without names",
    ),
    (
        f"一、废止《某市道路条例》。\n二、对下列地方性法规作出修改\n（一）{GREEN}\n{OTHER}\n（二）{TOWN}\n{OURS}",
        "a numbered lead-in names no text",
    ),
    (
        f"关于修改部分规章的决定\n一、修改下列规章\n（一）{GREEN}\n1. 删去第四条。\n（二）{TOWN}\n1. {OURS}\n二、废止下列规章\n（一）《某市道路办法》",
        "numbered lead-ins above both lists",
    ),
    (f"**{GREEN}**\n{OTHER}\n**{TOWN}**\n{OURS}", "names in bold"),
    (f"★{GREEN}★\n{OTHER}\n★{TOWN}★\n{OURS}", "names among ornaments"),
    (f"附：{GREEN}（节选）\n{OTHER}\n附：{TOWN}（节选）\n{OURS}", "a name that fills most of its line"),
    (f"【某市绿化条例】\n{OTHER}\n【某市市容管理条例】\n{OURS}", "names in other brackets"),
    (f"一、某市绿化条例\n{OTHER}\n二、某市市容管理条例\n{OURS}", "names without marks, in no bundle"),
    (
        f"某市关于修改{TOWN}的决定\n一、{OURS}\n二、将《某市处罚基准》第二条作相应修改。",
        "what another text needs besides",
    ),
    (
        f"（一）对2008年公布的{GREEN}作如下修改：\n{OTHER}\n（二）对2009年公布的{TOWN}作如下修改：\n{OURS}",
        "the year before the name",
    ),
    (f"一、市园林局负责的{GREEN}\n{OTHER}\n二、市容局负责的{TOWN}\n{OURS}", "the office before the name"),
    (f"删去{GREEN}第四条，{OURS.replace('第五条', f'{TOWN}第五条')}", "two texts parted by a comma"),
    (f"将{GREEN}第二条修改为：“绿化。”，并{OURS.replace('第五条', f'{TOWN}第五条')}", "并将"),
    (f"一、{GREEN}：第二条修改为“绿化”；第四条删去。\n二、{TOWN}：{OURS}", "two orders behind the name"),
    (f"Ⅰ、{GREEN}\n{OTHER}\nⅡ、{TOWN}\n{OURS}", "Roman numbers"),
    (f"——{GREEN}\n{OTHER}\n——{TOWN}\n{OURS}", "dashes"),
    (f"附件\n一、{GREEN}修正案\n{OTHER}\n二、{TOWN}修正案\n{OURS}", "the name of an amendment as heading"),
    (f"一、在{GREEN}中作如下修改\n1.删去第四条。\n二、在{TOWN}中作如下修改\n1.{OURS}", "在…中"),
    (f"一、{GREEN}：{OTHER}\n二、{TOWN}：{OURS}", "name, colon and order in one line"),
    (f"（一）对{GREEN}的修改。{OTHER}\n（二）对{TOWN}的修改。{OURS}", "heading and order in one line"),
    (f"序号|法规|修改内容\n1|{GREEN}|删去第四条。\n2|{TOWN}|{OURS}", "rows of a table"),
    (f"1\t{GREEN}\t删去第四条。\n2\t{TOWN}\t{OURS}", "rows with tabs"),
    (f"1.{GREEN}　删去第四条。\n2.{TOWN}　{OURS}", "a blank between name and order"),
    (
        f"某局关于修改{GREEN}等文件的通知\n{GREEN}：第四条删除；\n{TOWN}：第五条中“一千元”改为“二千元”；",
        "one line a text, the first one named in the title",
    ),
    (f"将{GREEN}、{TOWN}中的“没收工具”统一修改为“收缴工具”。", "a change all through several texts"),
    (f"{PART}一、“某市绿化条例”\n{OTHER}\n二、“某市市容管理条例”\n{OURS}", "names in quotes"),
    (f"{PART}一、〈某市绿化条例〉\n{OTHER}\n二、〈某市市容管理条例〉\n{OURS}", "names in single brackets"),
    (
        f"{PART}一、某市绿化条例修正案\n{OTHER}\n二、某市市容管理条例修正案\n{OURS}",
        "numbered names of amendments",
    ),
    (
        f"{PART}一、对{GREEN}，作如下修正：\n{OTHER}\n二、对{TOWN}，作如下修正：\n{OURS}",
        "a comma behind the name",
    ),
    (
        f"{PART}（一）某市绿化条例（2009年3月1日通过）\n1.{OTHER}\n（二）某市市容管理条例（2009年第3号公告公布）\n1.{OURS}",
        "a bare name with its passing",
    ),
    (f"一、{GREEN}若干内容另行规定\n{OTHER}\n二、{TOWN}\n{OURS}", "a heading in words of no set phrase"),
]


@pytest.mark.parametrize(("bundle", "form"), [pytest.param(*row, id=row[1]) for row in BUNDLES])
def test_only_the_orders_for_this_text_are_carried_out(bundle: str, form: str) -> None:
    result = apply_amendment(MARKETS, bundle)
    assert result.outcome is Outcome.COMPLETE, form
    assert result.modified == ("5",)
    assert not result.deleted
    assert "本条例适用于本市" in result.text
    assert result.elsewhere >= 1


@pytest.mark.parametrize(
    ("amendment", "reason"),
    [
        pytest.param(
            f"某市关于修改{GREEN}的决定\n{OTHER}", Reason.OTHER_TEXT, id="a decision on another text"
        ),
        pytest.param(
            f"关于修改{GREEN}等三件法规的决定\n一、{GREEN}\n{OTHER}\n二、《某市水条例》\n{OURS}",
            Reason.OTHER_TEXT,
            id="not in the bundle",
        ),
        pytest.param(
            f"决定对{GREEN}作如下修改：\n{OTHER}", Reason.OTHER_TEXT, id="named in the introduction"
        ),
        pytest.param(
            f"一、将{GREEN}第五条中的“一千元”修改为“二千元”。", Reason.OTHER_TEXT, id="named in the order"
        ),
        pytest.param(
            "中华人民共和国刑法修正案（十三）\n一、将刑法第五条修改为：“略。”",
            Reason.OTHER_TEXT,
            id="amendment of a law",
        ),
        pytest.param(
            "将《某市市容管理条例实施细则》第五条修改为：“略。”", Reason.OTHER_TEXT, id="a longer name"
        ),
        pytest.param(
            "将《市容管理条例》第五条修改为：“略。”", Reason.OTHER_TEXT, id="the name of another city's text"
        ),
        pytest.param(f"一、废止{TOWN}。", Reason.REPEALED, id="the text is ended"),
    ],
)
def test_an_amendment_of_other_texts_is_refused(amendment: str, reason: Reason) -> None:
    result = apply_amendment(MARKETS, amendment)
    assert result.outcome is Outcome.REFUSED
    assert [each.kind for each in result.unapplied] == [reason]
    assert result.text == apply_amendment(MARKETS, "").text


@pytest.mark.parametrize(
    "line",
    [
        "为贯彻国家新颁布的《城乡环境法》，决定修改如下：",
        "根据《中华人民共和国环境保护法》有关规定",
        "依照《立法法》的规定，现予修改。",
        "为落实省政府制定的《环境整治方案》",
        "经《某市人大工作规则》规定的程序审议",
        "结合本市制定的《环境整治方案》实施情况",
        "落实省政府印发的《清理方案》要求",
        "（根据《清理方案》拟订）",
        "第五条与省人大新修订的《环境条例》不一致，现作修改。",
    ],
)
def test_a_text_that_a_decision_goes_by_is_not_the_one_it_amends(line: str) -> None:
    result = apply_amendment(MARKETS, f"某市关于修改{TOWN}的决定\n{line}\n一、{OURS}")
    assert result.modified == ("5",), (line, result.unapplied)


@pytest.mark.parametrize(
    "order",
    [
        f"删去{GREEN}{TOWN}中的“一万元，”。",
        f"{GREEN}和{TOWN}有关“市容管理局”的表述予以规范。",
        f"将{GREEN}、{TOWN}第五条中的“一千元”修改为“三千元”。",
        f"将{GREEN}第二条、{TOWN}有关条款中的“一千元”提高到“三千元”。",
        "第三条、第六条有关“市容”的表述另行规定。",
    ],
)
def test_an_order_that_names_this_text_among_others_is_never_passed_over(order: str) -> None:
    result = apply_amendment(MARKETS, f"{order}\n一、{GREEN}\n{OTHER}\n二、{TOWN}\n{OURS}")
    assert result.outcome is Outcome.PARTIAL
    assert len(result.unapplied) == 1


def test_a_text_without_a_title_is_not_guessed() -> None:
    nameless = parse_text("第一条　收费一元。\n第二条　自公布之日起施行。\n")
    decision = f"决定对{TOWN}作如下修改：\n将第一条修改为：“收费二元。”"
    assert apply_amendment(nameless, decision).outcome is Outcome.REFUSED
    assert apply_amendment(nameless, decision, title="某市市容管理条例").outcome is Outcome.COMPLETE


def test_the_closing_sentence_numbers_the_named_text_through() -> None:
    decision = f"决定对{TOWN}作如下修改：\n删去第二条。\n{TOWN}根据本决定作相应修改并对条文顺序作相应调整，重新公布。"
    result = apply_amendment(MARKETS, decision)
    assert result.outcome is Outcome.COMPLETE
    assert result.renumbered == (("3", "2"), ("4", "3"), ("5", "4"))


@pytest.mark.parametrize(
    ("name", "title", "same"),
    [
        ("刑法", "中华人民共和国刑法", True),
        (
            "最高人民法院关于适用〈中华人民共和国保险法〉若干问题的解释（四）",
            "最高人民法院关于适用《中华人民共和国保险法》若干问题的解释（四）",
            True,
        ),
        ("关于审理矿业权纠纷案件的解释", "最高人民法院关于审理矿业权纠纷案件的解释", True),
        ("某市绿化条例", "某市绿化条例（2019年修正）", True),
        ("解释（三）", "最高人民法院关于适用《公司法》的解释（三）", False),
        ("保险法解释（三）", "保险法解释（四）", False),
        ("绿化条例", "某市绿化条例实施办法", False),
        ("绿化条例", "城市绿化条例", False),
    ],
)
def test_names_of_one_text(name: str, title: str, *, same: bool) -> None:
    assert same_act(name, title) is same


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ("一、园林绿化领域", "a field of work above the orders"),
        ("一、绿化、市容领域的法规", "several fields"),
        ("一、第一批修改的法规", "a batch"),
        ("", "no heading at all"),
    ],
)
def test_orders_of_a_bundle_that_name_no_text_are_not_carried_out(head: str, form: str) -> None:
    result = apply_amendment(MARKETS, f"{PART}{head}\n{OTHER}")
    assert result.outcome is Outcome.REFUSED, form
    assert Reason.OTHER_TEXT in {each.kind for each in result.unapplied}
