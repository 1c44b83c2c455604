"""Which change a client hears of first: by weight, and of a law made anew each kind of rule before the next of the same kind."""

from policydiff import parse
from policydiff.model import Change
from policydiff.revision.diffing import diff_documents
from policydiff.revision.substantial import MADE_ANEW, ranked

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
