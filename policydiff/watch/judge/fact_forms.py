"""The form of words around a text: a fact of a document, other words amended, or a count of the site.

Words that are none of these are names, whatever they say: of other texts, news, offers, tools, the site itself.
"""

import re
from difflib import SequenceMatcher

from policydiff.lexicon.bodies import place_and_office
from policydiff.lexicon.document_numbers import DocumentNumber
from policydiff.lexicon.examples import simplified
from policydiff.lexicon.furniture import names_a_text
from policydiff.watch.judge.core import DATE, NAMES_TEXT, lays_down, says_ended
from policydiff.watch.judge.page_runs import STATE


def state_of(words: str) -> str:
    """Return one word for each state that a document can be in, empty where the words say none."""
    return next((state for state, pattern in _STATES.items() if pattern.search(simplified(words))), "")


_STATES = {
    "失效": re.compile(
        r"废止|失效|停止|暂停|暂缓|停用|无效|过期|作废|失去效力|丧失效力|届满|撤销|终止|中止|不再|替代|取代|已(?:经)?(?:截止|结束)|^否$|repeal|expired|supersede|revoke|rescind|abolish|withdrawn|cancel|suspend|replaced|no ?longer|invalid|lapsed|annulled",
        re.IGNORECASE,
    ),
    "修改": re.compile(r"修改|修订|修正|amended|revised|modified|updated", re.IGNORECASE),
    "未生效": re.compile(r"尚未|未生效|未施行|未实施|not ?yet", re.IGNORECASE),
    "有效": re.compile(
        r"有效|是|现行|执行|生效|施行|实施|(?:征集|申报|受理|进行)中|in ?force|effective|valid", re.IGNORECASE
    ),
}
"""The words of each state, looked for in this order: 未生效 holds 生效."""


def has_form_of_fact(words: str) -> bool:
    """Say whether squeezed words have the form of a fact of a document, whatever they say: a state, a number, a day, a body, a label, an amount, a sentence.

    The other words around a text are names: of other texts, news, offers, tools, the site itself.
    """
    said = simplified(words)
    if state_of(said) and (DATE.search(words) or WHOLE_DAY.search(words)):
        return True  # 根据2023年6月1日《关于修改部分文件的决定》修正
    if names_a_text(said) and not any(mark in said for mark in "。:"):
        return says_ended(said)
    return (
        lays_down(words)
        or _labelled(words)
        or any(map(STATE.fullmatch, _IN_BRACKETS.findall(said)))
        or bool(
            STATE.fullmatch(said) or state_of(said) == "失效" or says_ended(said) or NAMES_TEXT.search(said)
        )
        or bool(DATE.fullmatch(words) or DocumentNumber.parse(words) or GAZETTED.search(said))
        or _UNIT.search(words) is not None
        or _PROVIDES.search(words) is not None
        or place_and_office(words) is not None
    )


def _labelled(words: str) -> bool:
    """Say whether a line is a label with its value (解读单位：法规处), or opens something (各区人民政府：)."""
    label, colon, value = words.lstrip("([【").partition(":")
    is_label = (
        bool(colon and value) and 2 <= len(label) <= _LONGEST_LABEL and not any(map(str.isdigit, label))
    )
    return words.endswith(":") or is_label


def is_count(old: str, new: str) -> bool:
    """Say whether words differ from others in a count or a time of the site alone: no amount with its unit, no day, no number of a document."""
    if FIGURED.fullmatch(old) and FIGURED.fullmatch(new) and not DATE.fullmatch(new):
        return True
    said = simplified(new)
    is_of_text = (
        _UNIT.search(new)
        or _CODE.search(new)
        or DATE.search(new)
        or WHOLE_DAY.search(new)
        or DocumentNumber.parse(said)
        or GAZETTED.search(said)
    )
    return _FIGURE.sub("#", old) == _FIGURE.sub("#", new) and not is_of_text


def amends(old: str, new: str) -> bool:
    """Say whether new words are the old ones amended, and no others in their place: half of their signs stay, and more than a count differs.

    Titles of other texts resemble each other by their form (某区…办法) and are no amended words.
    """
    shorter, longer = sorted((old, new), key=len)
    is_suffix = longer.startswith(shorter) and _SUFFIX.fullmatch(longer[len(shorter) :]) is not None
    if old != new and (is_suffix or _NUMBER.sub("", old) == _NUMBER.sub("", new) != ""):
        return True
    if old == new or names_a_text(simplified(old)) or names_a_text(simplified(new)):
        return False
    return not is_count(old, new) and SequenceMatcher(None, old, new, autojunk=False).ratio() >= _LEAST_KEPT


def are_facts(old: str, new: str) -> bool:
    """Say whether both of two values are states, or both are numbers of documents."""
    said = simplified(old), simplified(new)
    return all(map(STATE.fullmatch, said)) or all(
        GAZETTED.search(each) or DocumentNumber.parse(each) for each in said
    )


GAZETTED = re.compile(
    r"第\d+[A-Z]?/\d{4}号|令第?\d+号|(?:19|20)\d\dNo\.?\d+|(?:No|LN|SI|Act|Order)\.?\d{1,4}(?:of|/)(?:19|20)\d\d|L\.N\.\d{1,4}of(?:19|20)\d\d"
)
"""The number of a circular or an order in a gazette, whatever stands before it."""
_IN_BRACKETS = re.compile(r"(?<=[(（【\[,，])[^()（）【】\[\],，]{2,12}(?=[)）】\],，])")
_PROVIDES = re.compile(r"应当|必须|不得|严禁|可以|适用|(?i:must|shall|maynot|appl(?:y|ies)to)")
_UNIT = re.compile(
    r"(?<![\d.])\d[\d,.]*(?:个?工作日|日内|天内?|个月|小时|分钟|周岁?|岁|万?元|亿元|平方米|公里|公斤|吨)|[$£€¥]\d"
    r"|^\d{1,2}次$|\d(?:calendar|working|business)?(?:days?|weeks?|months?|years?|hours?)(?![a-z])",
    re.IGNORECASE,
)
"""An amount with the unit of a provision: people, times and files are counted by sites."""
_CODE = re.compile(r"(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{8,}")
"""A code of capitals and figures: of a matter, a form, a standard."""
_SUFFIX = re.compile(r"[（(【\[]\D{1,20}[)）】\]]")
_NUMBER = re.compile(r"[〔\[(【]\d{4}[〕\])】]\d+号")
_FIGURE = re.compile(r"\d[\d,.]*")
FIGURED = re.compile(
    r"(?:[\d\W_年月日时分秒点周第]|星期[一二三四五六日天]|周[一二三四五六日]|[上下]午|[AP]M|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
    r"|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)*",
    re.IGNORECASE,
)
"""Figures alone, a day or a time: without a label they count or date the page."""
_LONGEST_LABEL = 24
_LEAST_KEPT = 0.4
"""Share of the signs of two names that both have, from which the one is the other amended: 失业保险处 and 就业促进处 have it, 某县：党旗飘扬 and 某县：头雁领航 have a third."""
WHOLE_DAY = re.compile(r"\d{4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d")
"""A day with its year, in digits: 2024-05-01, 2024年5月1日, 02/05/2024."""
