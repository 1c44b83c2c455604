"""Which change a client hears of first: by weight, and of a law made anew each kind of rule before the next of the same kind."""

from policydiff import parse
from policydiff.model import Change
from policydiff.revision.diffing import diff_documents
from policydiff.revision.substantial import MADE_ANEW, WHOLE_RULE, new_chapters, ranked

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


def first_three(*added: str) -> list[str]:
    changes = diff_documents(parse(law(*KEPT)), parse(law(*KEPT, *added))).changes
    return [change.new[0].text.split("　", 1)[-1] for change in ranked(changes)[:3]]


def test_a_new_ban_and_a_new_right_stand_behind_the_first_of_many_penalties() -> None:
    told = first_three(*penalties(22), BAN, RIGHT, DUTY)
    assert "罚款" in told[0]
    assert any(BAN in each for each in told)
    assert sum("罚款" in each for each in told) <= 2


def test_up_to_twenty_changes_their_weights_alone_rank_them() -> None:
    few, more = (first_three(*penalties(count - 1), BAN) for count in (MADE_ANEW, MADE_ANEW + 1))
    assert all("罚款" in each for each in few)
    assert any(BAN in each for each in more)


def test_what_lays_down_a_new_topic_comes_before_its_like() -> None:
    topic = [
        "电子秤应当经检定合格，电子秤的显示屏应当面向消费者，电子秤不得调校。",
        "开办者应当登记电子秤。",
        "市场监管部门抽查电子秤。",
        "消费者可以要求复核电子秤。",
    ]
    told = first_three("经营者不得占道经营。", *penalties(20), *topic)
    assert any("电子秤应当经检定合格" in each for each in told)


def test_a_word_of_two_clauses_is_no_topic() -> None:
    """Two may be chance; three are a topic."""
    topic = ["电子秤应当检定，电子秤不得调校。", "开办者登记电子秤。", "消费者可以要求复核电子秤。"]
    places = []
    for count in (2, 3):
        changes = diff_documents(
            parse(law(*KEPT)), parse(law(*KEPT, BAN, *penalties(20), *topic[:count]))
        ).changes
        order = [change.new[0].text for change in ranked(changes)]
        places.append(next(place for place, text in enumerate(order) if "电子秤应当检定" in text))
    assert places[1] < places[0]


def test_changes_without_a_signal_come_last() -> None:
    changes = diff_documents(parse(law(*KEPT, BAN)), parse(law(*KEPT, *penalties(22), BAN))).changes
    signalled: list[Change] = [change for change in ranked(changes) if change.signals]
    assert ranked(changes)[: len(signalled)] == signalled


def test_the_second_penalty_stands_with_the_first_ban_and_behind_it() -> None:
    """Of two penalties of 0.9 the second counts 0.1 less, as much as the first ban; between equals the order of weight holds."""
    told = first_three(*penalties(22), BAN)
    assert "罚款" in told[0]
    assert "罚款" in told[1]
    assert BAN in told[2]


def test_of_two_topics_the_one_of_more_clauses_is_heard_first_up_to_six() -> None:
    """The ban of a topic counts 0.1 more at six clauses, a sixth of it less with each clause fewer, and no more with further ones."""
    uses = [
        "入场登记{}。",
        "{}由场内统一保管。",
        "{}每年抽查。",
        "{}面向消费者。",
        "{}存放在入口。",
        "{}按月清点。",
    ]

    def first(one: int, two: int) -> str:
        topics = [
            [f"禁止出租{name}，禁止拆卸{name}。", *(use.format(name) for use in uses[: count - 1])]
            for name, count in (("电子秤", one), ("消毒液", two))
        ]
        told = first_three(*penalties(22), *topics[0], *topics[1])
        return next(name for each in told for name in ("电子秤", "消毒液") if f"拆卸{name}" in each)

    assert first(5, 6) == "消毒液"
    assert first(6, 7) == "电子秤"


def test_one_word_of_a_rule_stands_behind_a_whole_new_rule() -> None:
    kept = ("本条例适用于本市集市。", "经营者变更名称的，应当经主管部门审批。")
    word = (kept[0], "经营者变更名称的，应当向主管部门备案。")
    order = [
        change.new[0].text
        for change in ranked(
            diff_documents(parse(law(*kept)), parse(law(*word, *penalties(20), DUTY))).changes
        )
    ]
    at = {name: next(i for i, each in enumerate(order) if name in each) for name in ("备案", "清扫")}
    assert at["清扫"] < at["备案"]


def test_eight_characters_are_a_rule_of_their_own() -> None:
    assert WHOLE_RULE == 8
    orders = []
    for ban in ("不得售活禽。", "不得在场内售活禽。"):  # 5 characters, and 8
        kept, changed = ("经营者应当亮照经营。", f"经营者应当亮照经营，{ban}")
        changes = diff_documents(
            parse(law(*KEPT, kept)), parse(law(*KEPT, changed, *penalties(20), DUTY))
        ).changes
        order = [change.new[0].text for change in ranked(changes)]
        orders.append(
            next(i for i, each in enumerate(order) if "活禽" in each)
            < next(i for i, each in enumerate(order) if DUTY in each)
        )
    assert orders == [False, True]


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
