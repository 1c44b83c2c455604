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


AT_LEAST, AT_MOST, TERM = "at_least", "at_most", "term"
"""Values of `Signal.detail` that tell which way a value binds: a time that has to last (longer is stricter), a ceiling or a size
from which a rule binds (lower is stricter), the term of a text or an office (neither)."""

ANOTHER_KIND = 0.6
"""Weight if a party outside the offices replaced an office, or the reverse (由政府承担 → 由个人承担); more than office for office."""


def weight_of(
    kind: SignalType, *, factor: float = 1.0, sanction: bool = False, rank: int = 6, covered: bool = False
) -> float:
    """Return the weight (0…1) of a signal of a kind.

    `factor` (1 or more) is the ratio of the two values: a fine cut to a tenth weighs more. `sanction`
    marks words among sanctions. `rank` (0 to 6) is the gravity of the sanction or instrument. `covered` marks
    a change of the persons that the whole text binds (事业单位也适用本办法), on which every other rule
    depends.
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
"""Deduction from the weight of a lighter sanction or instrument, by rank: licence (5) and fine before acceptance test
and certificate (4, 3), before filing, inspection and report (2 and less), before an order to correct (0)."""


PART_REWRITTEN = 0.42
"""Likeness (0…1, share of common characters in order) from which two parts between the same neighbours are one rewritten
part: 「经公安机关审查同意」 and 「应当向公安机关备案」 (0.44) are one, 「吊销许可证」 and 「并处罚款」 (0.2) are two."""

MOVED_PART = 0.62
"""Likeness (0…1) from which two parts at different places are one moved part; by chance two short duties reach 0.5."""

CONTAINED = 4
"""Least number of characters of a part that is searched for inside the opposite words: 的除外 stands everywhere."""

LONGEST_ACTOR = 16
"""Characters of the longest name of an actor searched for after 由: 县级以上地方人民政府有关主管部门 has 16."""

ELSEWHERE = 14
"""Least number of characters of a part that counts as moved to another clause of the document; shorter words
such as 「由主管部门责令限期改正」 (11) recur in many clauses."""

MOVED_LINE = 6
"""Least number of characters of a moved whole paragraph or item: 「身份证明复印件」 (7) moved to another list, 「申请书」 (3) is in many lists."""

OF_SUBSTANCE = 0.3
"""Weight from which a signal is a change of substance: a half-sentence (0.4) is one, a citation renumbered by hand (0.25) is not."""

WORDING = 0.2
"""Weight of words that drafters exchange freely (损失, 损害) or that lay down nothing: shown, but below substance (0.3)."""

SAME_LABEL = 0.1
"""Addition to the likeness of two lines with the same number: a half-rewritten item （一） stays item （一）, although the
old item （二） shares a few words more. After a deletion the numbers shift, and any unchanged line outweighs 0.1."""

BESIDE = 3
"""Most characters between two edits of a part that count as one difference: 「农业、林业」 → 「农业农村、林业草原」."""

REWORDED = 0.5
"""Share of a part's words from which the whole part counts as reworded; all its edits are then one difference."""

WHOLE_PART = 200
"""Most characters between two edits of a reworded part; more than a part has, so that all edits are joined."""

ONE_THING = 0.55
"""Likeness (0…1) of two parts without their values, from which the values belong to one object: 「机构应当在三十日内答复」 and
「机关应当在六十日内书面答复」 (0.8) do, 「增加值占生产总值6%」 and 「税收占全区税收7%」 (0.5) are one figure gone and one come."""

BARE_VALUE = 4
"""Most characters of a part that holds nothing but its value (到2035年); its sentence then names the object of the value."""

VALUE_ELSEWHERE = 0.6
"""Likeness (0…1) of the words around two values in different parts, from which one value replaced the other:
「处1万元以上3万元以下的罚款」 and 「处3万元以上10万元以下的罚款」 (0.9) are one fine; a fine and a subsidy (0.3) are two amounts."""

SOFT = 0.25
"""Greatest weight of a difference that districts make in most provisions which they merely localise: shown,
and below substance (0.3). A half-sentence or a scope is such a difference, a sanction is not."""

NEAR_COPY = 0.6
"""Likeness (0…1) of superior and local passage without place names, from which the local passage is a copy. Words
missing from a copy were left out on purpose; words missing from a reworded provision (0.4) may stand elsewhere."""

HELD = 0.85
"""Share (0…1) of the shorter passage's characters that the longer one has in the same order, from which the longer holds it
whole: 12 of the 14 of 「不得在楼道内为电动自行车充电」 (0.857) inside a ban of two acts do; 11 (0.786) mean other words."""

LEAST_HELD = 12
"""Characters of the shorter passage from which `HELD` applies: all eleven of a slogan (要加强组织领导明确责任) may stand in any sentence."""

NEW_CHARACTERS = 6
"""Most one-sided characters of two parts with exchanged parties (甲应当告知乙 → 乙应当书面告知甲: two); with
more, words besides the parties changed, and these are shown."""

LONGEST_EDIT = 12
"""Most characters edited in a copy that are read as edits: 「县级以上」 → 「设区的市级以上」 has 7; longer
edits are provisions of their own, shown by the parts of a passage."""

LEAST_KEPT = 4
"""Least characters that two parts share around an edit to be copies: 「双方应当＿承担费用」 (4 and more) is one, 「由甲＿」 is not."""

EFFECT_SURE = 0.6
"""Joint probability of both answers of `substance.effects` from which an effect carries no mark of doubt. On documents left
out of training the reader agreed with four of five unmarked effects, and with little more than half of the marked ones."""

LEAST_COPIED = 3
"""Least length of an exact copy, in multiples of its one edit: 「持有驾驶本的可申请」 (9) with three
characters exchanged (居住证) is one, 「持驾驶本的可申请」 (8) is not and may as well be reworded."""

LEAST_FRAME = 5
"""Characters around one edit from which an exchanged object makes an exact copy too: 「免费发放＿＿。」 (5) names the object given out,
「加强＿＿。」 (3) is any sentence."""

WORD_FOR_WORD = 0.93
"""Likeness (0…1) of source and local provision without place names, from which the local one is word for word: a long sentence that
lost one 将 has 0.945, 「推进安全隐患整治」 for 「并加强农村公路安全隐患整治」 among 60 equal characters 0.926. The same share of the
character pairs (without names of bodies and laws, basis and fillers) suffices too, because signals show a changed order of words."""

REORDERED = 0.98
"""Likeness (0…1) of the sorted characters of both, for reordered words: 「要适当给予奖励」 and 「要给予适当奖励」
have 1, a sentence of forty characters without one of them 0.99, with a word of two characters exchanged 0.95."""

LEAST_SAID = 3
"""Least number of character pairs of words that may recur elsewhere in another order; fewer recur by chance."""

SAID_AGAIN = 0.8
"""Share (0…1) of these pairs in the other passage: 「规划管理由区规划局负责」 in 「区规划局负责本区风貌的规划管理」 has 0.83 (the pair at the
seam is new)."""
