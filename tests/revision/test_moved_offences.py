"""Fines compared by offence, a term told once, and a validity that is prolonged."""

import pytest

from policydiff import diff, parse
from policydiff.model import Genre, RevisionDiff
from policydiff.revision.substantial import said_once
from policydiff.substance.signalling import signals_between

_HEAD = "某市摊点管理条例\n第一条 为了加强管理，制定本条例。\n第二条 摊点应当备案并建立台账。\n第三条 摊点应当保持整洁。\n"


def _told(old: str, new: str) -> set[str]:
    return {
        f"{each.type.value} {each.direction.value}" for each in signals_between(old, new, genre=Genre.STATUTE)
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("未办理备案或者未建立台账的，处五千元以上二万元以下的罚款。",
         "未办理备案的，处五千元以上二万元以下的罚款。\n未建立台账的，处一千元以上三千元以下的罚款。", {"amount lower"}),
        ("未办理备案或者未建立台账的，处一千元以上三千元以下的罚款。",
         "未办理备案的，处一千元以上三千元以下的罚款。\n未建立台账的，处五千元以上二万元以下的罚款。", {"amount higher"}),
        ("擅自占用道路、乱贴广告的，责令改正，处一万元以上五万元以下的罚款。",
         "擅自占用道路的，责令改正，处一万元以上五万元以下的罚款。\n乱贴广告的，责令改正，处五百元以上一千元以下的罚款。", {"amount lower"}),
        ("有下列行为之一的，处一万元以上五万元以下的罚款：\n（一）擅自占用道路的；\n（二）乱贴广告的。",
         "有下列行为之一的，处一万元以上五万元以下的罚款：\n（一）擅自占用道路的。\n乱贴广告的，处五百元以上一千元以下的罚款。", {"amount lower"}),
        ("拒绝调查，或者隐匿资料的，责令改正，处2万元以上10万元以下的罚款。",
         "拒绝调查，或者隐匿资料的，责令改正，处2万元以下的罚款；情节严重的，处2万元以上10万元以下的罚款。", {"amount lower", "condition looser"}),
        ("未办理备案的，处五千元罚款。",
         "未办理备案的，处五千元罚款。\n未建立台账的，处一千元罚款。", {"paragraph_added stricter", "sanction stricter"}),
        ("未办理备案或者未建立台账的，处五千元罚款。",
         "未办理备案的，处五千元罚款。\n未建立台账的，处五千元罚款，并吊销许可证。", {"condition narrower", "sanction stricter"}),
        ("未办理备案的，处五千元罚款。", "未办理备案的，处五千元罚款；逾期不改的，处一万元罚款。", {"sanction stricter"}),
    ],
)  # fmt: skip
def test_a_fine_is_compared_with_the_old_fine_of_the_same_offence(old: str, new: str, said: set[str]) -> None:
    """Conduct that was punished before is no new offence where it stands in a paragraph of its own; other sanctions are told."""
    assert said <= _told(old, new)
    if "amount lower" in said:
        assert not {"sanction stricter", "paragraph_added stricter", "condition narrower"} & _told(old, new)


def _diffed(old: str, new: str) -> RevisionDiff:
    return diff(parse(_HEAD + old), parse(_HEAD + new))


def test_a_new_offence_stays_a_new_sanction() -> None:
    found = _diffed(
        "第四条 违反本条例规定，未办理备案的，由公安机关处五千元罚款。",
        "第四条 违反本条例规定，未办理备案的，由公安机关处五千元罚款。\n第五条 违反本条例规定，乱贴广告的，由公安机关处一千元罚款。",
    )
    told = {
        f"{each.type.value} {each.direction.value}" for change in found.changes for each in change.signals
    }
    assert told == {"article_added stricter", "sanction stricter"}


def _with_term(term: str, articles: int) -> str:
    rules = [
        f"第{'四五六七八'[n]}条 {term}应当{what}。"
        for n, what in enumerate(("公示价格", "保持整洁", "建立台账", "接受检查", "按时收摊"))
    ]
    return "\n".join(rules[:articles])


@pytest.mark.parametrize(("articles", "once"), [(2, False), (3, True), (5, True)])
def test_a_term_replaced_throughout_is_told_with_its_weight_once(articles: int, once: bool) -> None:
    """Two clauses may be chance; of three and more the first names all, the others weigh the least of substance."""
    found = _diffed(_with_term("摊贩", articles), _with_term("设摊人", articles))
    signals = [each for change in found.changes for each in change.signals]
    assert len(signals) == articles
    heavy = [each for each in signals if each.weight > 0.3]
    assert len(heavy) == (1 if once else articles)
    if once:
        labels = "、".join(f"第{'四五六七八'[n]}条" for n in range(articles))
        assert heavy[0].detail == f"replaced in {labels}"
        assert {each.detail for each in signals[1:]} == {"replaced throughout"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "本办法自发布之日起施行。",
            "本办法自发布之日起施行。\n本办法有效期延长至2027年12月31日。",
            {"deadline later"},
        ),
        ("本办法自发布之日起施行。", "本办法自发布之日起施行，2027年底前继续有效。", {"deadline later"}),
        ("本办法有效期至2025年12月31日。", "本办法有效期延长至2027年12月31日。", {"deadline later"}),
        ("本办法有效期延长至2027年12月31日。", "本办法有效期至2025年12月31日。", {"deadline earlier"}),
        ("本办法有效期为3年。", "本办法有效期延长至5年。", {"period higher"}),
        (
            "本办法有效期延长至2027年12月31日。\n本办法由某局解释。",
            "本办法由某局解释。",
            {"deadline earlier"},
        ),
    ],
)
def test_a_validity_that_is_prolonged_is_a_later_day_and_no_new_paragraph(
    old: str, new: str, said: set[str]
) -> None:
    assert _told(old, new) == said


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("下列事项，应当办理会计手续，进行核算。", "各单位应当对下列事项办理会计手续，进行核算。", "duty"),
        ("职工死亡的，应当终止审理，并公告。", "职工死亡的，法院应当对死亡的职工终止审理，并公告。", "duty"),
        ("部门应当加强检查。", "部门应当加强检查，各部门应当加强监督检查协作。", "instrument"),
    ],
)
def test_a_duty_that_another_part_holds_now_did_not_go(old: str, new: str, gone: str) -> None:
    found = signals_between(old, new, genre=Genre.STATUTE)
    assert not any(each.type.value == gone and None in (each.old, each.new) for each in found)


def test_a_duty_that_nothing_holds_is_told_as_gone() -> None:
    assert "duty looser" in _told("下列事项，应当办理会计手续，进行核算。", "下列事项，进行核算。")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("伪造凭证的，罚款。\n会计人员五年内不得从业。\n销毁凭证的，罚款。\n会计人员五年内不得从业。",
         "伪造凭证的，罚款。\n会计人员五年内不得从业。\n销毁凭证的，罚款。\n"),
        ("处五千元罚款；情节严重的，吊销。\n处五千元罚款；停业的，吊销证照。", "处五千元罚款；情节严重的，吊销。\n停业的，吊销证照。"),
        ("吊销执照。\n吊销执照。", "吊销执照。\n吊销执照。"),
        ("处五千元罚款。\n处六千元罚款。", "处五千元罚款。\n处六千元罚款。"),
    ],
)  # fmt: skip
def test_what_clauses_that_became_one_said_alike_is_looked_for_once(text: str, left: str) -> None:
    """The length stays, for places are counted in it; sentences up to five characters are alike by chance."""
    once = said_once(text)
    assert len(once) == len(text)
    assert once.replace(" ", "") == left
