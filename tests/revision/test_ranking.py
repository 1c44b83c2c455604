"""Which change a client hears of first: by weight, in a law made anew also by how much of it is new, and a penalty with its rule."""

import pytest

from policydiff import parse
from policydiff.model import Change
from policydiff.revision.diffing import diff_documents
from policydiff.revision.substantial import MADE_ANEW, new_chapters, ranked, themes

_NUMBERS = "一二三四五六七八九十"


def numeral(number: int) -> str:
    """Return 二十三 for 23."""
    tens, ones = divmod(number, 10)
    return (_NUMBERS[tens - 1] if tens > 1 else "") + "十" * (tens > 0) + (_NUMBERS[ones - 1] if ones else "")


def law(*articles: str) -> str:
    return "\n".join(
        ["某市集市管理条例", *(f"第{numeral(at)}条　{text}" for at, text in enumerate(articles, 1))]
    )


KEPT = ("为了加强集市管理，制定本条例。", "本条例适用于本市集市。")
BAN = "经营者不得销售活禽。"
DUTY = "开办者应当每日清扫场地。"
RIGHT = "消费者有权要求复秤。"


def penalties(count: int) -> list[str]:
    """Return penalties of one weight, each for other conduct."""
    goods = [
        "水果",
        "蔬菜",
        "鲜花",
        "衣物",
        "家具",
        "茶叶",
        "皮具",
        "文具",
        "玩具",
        "灯具",
        "餐具",
        "布料",
        "粮食",
        "种子",
        "书刊",
        "首饰",
        "乐器",
        "陶器",
        "竹器",
        "木器",
        "铁器",
        "药材",
        "食盐",
        "水产",
    ]
    return [f"私自抬高{name}价格的，处五千元罚款。" for name in goods[:count]]


def order_of(old: str, new: str) -> list[str]:
    """Return the words of the new clauses in the order in which they are told."""
    changes = ranked(diff_documents(parse(old), parse(new)).changes)
    return [change.new[0].text for change in changes if change.new and change.signals]


def test_a_rule_without_a_forerunner_precedes_many_penalties_in_old_words() -> None:
    """In a long list the new matter counts: 23 penalties differ in the name of the goods alone."""
    rule = "直播间运营者应当核验主播身份，留存直播回放三年。"
    assert rule in order_of(law(*KEPT, *penalties(1)), law(*KEPT, *penalties(23), rule))[0]


def test_up_to_twenty_changes_their_weights_alone_rank_them() -> None:
    rule, old = "直播间运营者应当核验主播身份，留存直播回放三年。", law(*KEPT, *penalties(1))
    few, more = (order_of(old, law(*KEPT, *penalties(count), rule)) for count in (MADE_ANEW, MADE_ANEW + 1))
    assert "罚款" in few[0]
    assert rule in few[-1]
    assert rule in more[0]


def test_a_figure_is_news_though_its_characters_are_old() -> None:
    """Another sum stands among new penalties, another day of the week behind them; 五千元 and 一万元 are elsewhere in the old text."""
    kept = (*KEPT, *penalties(1), "摊位费每月五千元。", "押金为一万元。")
    old = law(*kept, "未亮照经营的，处五千元罚款。")
    new = law(*KEPT, *penalties(24), *kept[3:], "未亮照经营的，处一万元罚款。")
    order = order_of(old, new)
    assert next(at for at, text in enumerate(order) if "未亮照" in text) < 3


def test_matter_of_a_removed_clause_counts_by_what_stayed() -> None:
    """Where most articles stayed a removal is news; where all went it is none beside the new rules."""
    gone, stays = (
        "外地商户凭介绍信领取临时摊位牌。",
        [f"第{name}类摊位由开办者管理。" for name in "甲乙丙丁戊己庚辛"],
    )
    partial = law(*KEPT, *stays, *penalties(1), gone), law(*KEPT, *stays, *penalties(22))
    anew = law("旧集市由供销社开办。", *penalties(1), gone), law(*penalties(22)[1:])
    places = []
    for old, new in (partial, anew):
        changes = ranked(diff_documents(parse(old), parse(new)).changes)
        places.append(
            next(at for at, change in enumerate(changes) if change.old and gone in change.old[0].text)
        )
    assert places[0] == 0
    assert places[1] >= 20


def test_changes_without_a_signal_come_last() -> None:
    changes = diff_documents(parse(law(*KEPT, BAN)), parse(law(*KEPT, *penalties(22), BAN))).changes
    signalled: list[Change] = [change for change in ranked(changes) if change.signals]
    assert ranked(changes)[: len(signalled)] == signalled


PUNISHED = "第三条"
"""The number of the first article behind KEPT."""


@pytest.mark.parametrize(
    ("penalty", "is_told_with_the_rule"),
    [
        (f"违反本条例{PUNISHED}规定的，处五千元罚款。", True),
        (f"违反{PUNISHED}规定的，没收违法所得。", True),
        (f"有本条例{PUNISHED}所列行为的，吊销营业执照。", True),
        (f"违反本条例第一条、{PUNISHED}规定的，处五千元罚款。", True),  # article 1 did not change
        (f"不遵守本条例{PUNISHED}第一款的，责令停业，并处三万元以下罚款。", True),
        (f"违反本条例第{numeral(3)}条第（一）项的，给予警告。", True),
        ("私自抬高水果价格的，处五千元罚款。", False),  # names no article
        (f"违反《动物防疫法》{PUNISHED}规定的，处五千元罚款。", False),  # an article of another law
        ("违反本条例第二条规定的，处五千元罚款。", False),  # a rule that did not change
        ("违反本条例第九条规定的，处五千元罚款。", False),  # no such article
        (f"本条例{PUNISHED}所称活禽，包括活鸡、活鸭。", False),  # cites the rule, punishes nothing
        (f"开办者依照本条例{PUNISHED}建立台账。", False),
    ],
)
def test_a_penalty_is_told_with_the_rule_that_it_punishes(penalty: str, is_told_with_the_rule: bool) -> None:
    changes = diff_documents(parse(law(*KEPT)), parse(law(*KEPT, BAN, DUTY, penalty))).changes
    theme = next(each for each in themes(changes) if each[0].new[0].text == BAN)
    assert [change.new[0].text for change in theme[1:]] == [penalty] * is_told_with_the_rule


def test_of_several_rules_the_newest_one_carries_the_penalty() -> None:
    rule = "直播间运营者应当核验主播身份，留存直播回放三年。"
    penalty = "违反本条例第三条、第四条规定的，处五千元罚款。"
    changes = diff_documents(parse(law(*KEPT)), parse(law(*KEPT, BAN, rule, penalty))).changes
    told = {theme[0].new[0].text: len(theme) for theme in themes(changes)}
    assert told[rule] == 2
    assert told[BAN] == 1


def test_every_change_is_told_once() -> None:
    """Also where a penalty cites another penalty, and that one a rule."""
    added = (
        BAN,
        "违反本条例第三条的，处五千元罚款。",
        "有本条例第四条情形，情节严重的，吊销营业执照。",
        "依照本条例第六条没收的，上缴国库，逾期的处三千元罚款。",
        RIGHT,
    )
    changes = list(diff_documents(parse(law(*KEPT)), parse(law(*KEPT, *added))).changes)
    told = [id(change) for theme in themes(changes) for change in theme]
    assert sorted(told) == sorted(map(id, changes))


def chapters(second: str, *articles: str) -> str:
    head = [
        "某市集市管理条例",
        "第一章　总则",
        *(f"第{numeral(at)}条　{text}" for at, text in enumerate(KEPT, 1)),
    ]
    return "\n".join(
        [*head, f"第二章　{second}", *(f"第{numeral(at)}条　{text}" for at, text in enumerate(articles, 3))]
    )


def test_a_chapter_of_its_own_is_named_with_its_articles() -> None:
    old = parse(law(*KEPT))
    new = parse(chapters("活禽交易", BAN, DUTY, RIGHT))
    ((heading, below),) = new_chapters(diff_documents(old, new).changes)
    assert heading.new[0].text == "活禽交易"
    assert [each.new[0].label for each in below] == ["第三条", "第四条", "第五条"]


def test_an_old_chapter_with_new_articles_is_no_new_one() -> None:
    """Half of the articles below an added heading are new: a chapter; fewer: the old one under another name."""
    others = ("开办者应当公示收费标准。", "开办者应当配备公平秤。", "开办者应当建立档案。")
    old = parse(law(*KEPT, *others))
    for added, told in (((BAN, DUTY, RIGHT), 1), ((BAN, DUTY), 0)):
        new = parse(chapters("活禽交易和卫生防疫", *added, *others))
        assert len(new_chapters(diff_documents(old, new).changes)) == told
