"""The weight of every kind of difference, in the order in which a lawyer would report them to a client.

Every threshold of this package is defined here with its unit, its reason and a pair of inputs on either side of it; the
pairs are tests (`tests/substance/test_thresholds.py`).
"""

from policydiff.model import SignalType

_WEIGHTS = {
    SignalType.SANCTION: 0.85, SignalType.INSTRUMENT: 0.85, SignalType.PROHIBITION: 0.8,
    SignalType.PERMISSION: 0.75, SignalType.DUTY: 0.75, SignalType.AMOUNT: 0.75, SignalType.PERCENTAGE: 0.7,
    SignalType.CONDITION: 0.65, SignalType.EXCEPTION: 0.65, SignalType.PERIOD: 0.65,
    SignalType.DEADLINE: 0.6, SignalType.FREQUENCY: 0.6, SignalType.NUMBER: 0.6, SignalType.AREA: 0.6,
    SignalType.ARTICLE_REMOVED: 0.6, SignalType.ARTICLE_ADDED: 0.55, SignalType.ITEM_REMOVED: 0.55,
    SignalType.ITEM_ADDED: 0.5, SignalType.PARAGRAPH_REMOVED: 0.55, SignalType.PARAGRAPH_ADDED: 0.5,
    SignalType.TABLE_ROW_REMOVED: 0.5, SignalType.TABLE_ROW_ADDED: 0.5, SignalType.DEFINITION: 0.5,
    SignalType.BODY: 0.5, SignalType.SCOPE: 0.5, SignalType.PART_REMOVED: 0.4, SignalType.PART_ADDED: 0.35,
    SignalType.REFERENCE: 0.3,
}  # fmt: skip


ANOTHER_KIND = 0.6
"""Weight of somebody who is no office in place of an office, or the reverse (由政府承担, 由个人承担): more than of one office in place of another."""


def weight_of(
    kind: SignalType, *, factor: float = 1.0, sanction: bool = False, rank: int = 6, covered: bool = False
) -> float:
    """Return the weight of a signal of a kind.

    `factor` (1 or more) is how many times the one value is the other: a fine that falls to a tenth weighs more.
    `sanction` holds for words among sanctions; `rank` (0 to 6) is how heavy the sanction or instrument is for who
    is bound; `covered` holds where a whole text binds more or fewer (事业单位也适用本办法), on which all else hangs.
    """
    if covered and kind in (SignalType.SCOPE, SignalType.BODY, SignalType.CONDITION, SignalType.EXCEPTION):
        return _WEIGHTS[SignalType.INSTRUMENT]
    weight = _WEIGHTS[kind] - next(less for least, less in _LIGHTER if rank >= least)
    if sanction:
        weight += 0.05
    if factor >= 2:
        weight += 0.05
    if factor >= 5:
        weight += 0.05
    return round(min(weight, 1.0), 2)


_LIGHTER = ((5, 0.0), (3, 0.1), (0, 0.2))
"""What a lighter sanction or instrument weighs less: a client hears of a licence (5) and a fine before an acceptance test or a
certificate (3 and 4), and of these before a filing, an inspection, a report (2 and less) or an order to correct (0)."""


PART_REWRITTEN = 0.42
"""Likeness (0…1, share of common characters in order) from which two parts between the same neighbours are one part
rewritten. 「经公安机关审查同意」 and 「应当向公安机关备案」 (0.44) are; 「吊销许可证」 and 「并处罚款」 (0.2) are two."""

MOVED_PART = 0.62
"""Likeness from which two parts at different places are one part moved: a chance likeness of two short duties reaches 0.5."""

CONTAINED = 4
"""Characters from which a part is looked for inside the words of the other side: 的除外 stands everywhere."""

LONGEST_ACTOR = 16
"""Characters of the longest name of who acts that is looked for behind 由: 县级以上地方人民政府有关主管部门 has 16."""

ELSEWHERE = 14
"""Characters from which a part that left a clause and stands in another clause of the document is taken as moved;
「由主管部门责令限期改正」 (11) is said of many things."""

MOVED_LINE = 6
"""The same of a whole paragraph or item, which is known by its ends too: 「身份证明复印件」 (7) went to another list, 「申请书」 (3) is in many."""

OF_SUBSTANCE = 0.3
"""Weight from which a signal is a change of substance: a citation renumbered by hand (0.25) is not, a half-sentence (0.4) is."""

WORDING = 0.2
"""Weight of words that a drafter takes for others in the same text (损失, 损害), or that lay down nothing: told, and no change of substance (0.3)."""

SAME_LABEL = 0.1
"""What the same number adds to the likeness of two lines: item （一） that was rewritten half stays item （一） although the
old item （二） shares a few words more; after a deletion the numbers shift, and 0.1 is outweighed by any line kept."""

BESIDE = 3
"""Characters between two edits of one part up to which they are one difference: 「农业、林业」 → 「农业农村、林业草原」 is one."""

REWORDED = 0.5
"""Share of the words of a part from which it was put in other words as a whole: all its edits are one difference then."""

WHOLE_PART = 200
"""Characters between two edits of a part put in other words; more than a part has."""

ONE_THING = 0.55
"""Likeness of two parts, values apart, from which their values are of one thing: 「增加值占生产总值6%」 and 「税收占全区税收7%」
(0.5) are two figures, one gone and one come; 「机构应当在三十日内答复」 and 「机关应当在六十日内书面答复」 (0.8) are one."""

BARE_VALUE = 4
"""Characters up to which a part says nothing but its value (到2035年); what the value is of stands in its sentence then."""

VALUE_ELSEWHERE = 0.6
"""Likeness of the words around two values of unlike parts from which the one took the place of the other:
「处1万元以上3万元以下的罚款」 and 「处3万元以上10万元以下的罚款」 (0.9) are one fine; a fine and a subsidy (0.3) are two amounts."""

SOFT = 0.25
"""Most that a difference weighs, between a superior and a local passage, which districts make in most provisions that they only
make their own: shown, and below what counts as substance (0.3). A half-sentence or a scope is one, a sanction is none."""

NEAR_COPY = 0.6
"""Likeness of a superior and a local passage, names of places struck, from which the local one is a copy: a half-sentence
left out of a copy was left out on purpose, of a provision put in other words (0.4) it may stand elsewhere."""

HELD = 0.85
"""Share of the characters of the shorter passage that the other has in the same order, from which the longer one says all of it and more: of
「不得在楼道内为电动自行车充电」 (14) a ban of two acts has 12 (0.857); with 11 of them (0.786) it is put in other words."""

LEAST_HELD = 12
"""Characters of the shorter passage from which that share counts: of a slogan of eleven (要加强组织领导明确责任) all may stand in any sentence."""

NEW_CHARACTERS = 6
"""Characters that one side alone has, up to which two parts may be the same words with the parties exchanged (甲应当告知乙,
乙应当书面告知甲: two); beyond, other words than the parties changed, and these are told."""

LONGEST_EDIT = 12
"""Characters of the edits of a copy up to which these are read as edits: 「设区的市级以上」 for 「县级以上」 has 7; longer ones are
other provisions, which the parts of a passage tell."""

LEAST_KEPT = 4
"""Characters that two parts share around an edit, from which they are a copy: 「双方应当＿承担费用」 (4 and more) is one, 「由甲＿」 none."""

EFFECT_SURE = 0.6
"""Probability of both answers of `substance.effects` together from which an effect is given without a mark. On documents left
out of the training such effects were the reader's in four of five provisions, the others in little more than half."""

LEAST_COPIED = 3
"""How many times as long as its one edit a local passage is, from which it is an exact copy of its source: 「持有驾驶本的可申请」 (9) is with
three characters for three (居住证), 「持驾驶本的可申请」 (8) is not, and may as well be put in other words."""

LEAST_FRAME = 5
"""Characters around one edit that put a wholly other thing in a thing's place, from which that suffices too: 「免费发放＿＿。」 (5) says what is given out, 「加强＿＿。」 (3) is any sentence."""

WORD_FOR_WORD = 0.93
"""Likeness of a source and a local provision, names of places struck, from which the one is the other word for word: a long sentence without
one of its 将 has 0.945, 「推进安全隐患整治」 for 「并加强农村公路安全隐患整治」 among 60 equal characters 0.926. So it is where that share of the
pairs of characters of either stands in the other, names of bodies and laws, basis and fillers aside: the order of words is a matter of signals."""

REORDERED = 0.98
"""The same with all characters of either sorted, for words in another order: 「要适当给予奖励」 and 「要给予适当奖励」 have 1, a sentence of
forty characters without one of them 0.99, with one word of two for another 0.95."""

LEAST_SAID = 3
"""Pairs of characters from which words may be said again elsewhere in another order; of fewer a chance likeness is as good."""

SAID_AGAIN = 0.8
"""Share of them that the other passage has: 「规划管理由区规划局负责」 in 「区规划局负责本区风貌的规划管理」 has 0.83 (one across the seam is new)."""
