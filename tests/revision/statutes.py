"""Small statutes for the tests of this folder, and the two sides of a wording."""

from collections.abc import Iterable

from policydiff.lexicon.numerals import to_chinese
from policydiff.model import Document, Wording, WordingOp
from policydiff.parsing import parse_text


def statute(*articles: str, title: str = "某市管理办法") -> Document:
    """Return a parsed statute with these articles, numbered through."""
    lines = [f"第{to_chinese(number)}条　{text}" for number, text in enumerate(articles, start=1)]
    return parse_text("\n".join([title, *lines]))


def side(wording: Iterable[Wording], *, new: bool) -> str:
    """Return the text of one side of a wording."""
    left_out = WordingOp.DELETE if new else WordingOp.INSERT
    return "".join(run.text for run in wording if run.op is not left_out)


FEES = "收费项目和收费标准由市价格主管部门会同市财政部门制定，并向社会公布。"
PERMIT = "从事经营活动应当向区卫生行政部门申请许可证，许可证有效期为三年。"
REPORT = "经营者发现安全隐患的，应当在二十四小时内向所在地公安机关报告。"
FINE = "违反本办法规定的，由区卫生行政部门责令改正，处一千元以上五千元以下的罚款。"
TRAINING = "经营者应当每年组织从业人员参加职业技能培训，培训时间不少于四十学时。"
START = "本办法自2015年3月1日起施行。"
