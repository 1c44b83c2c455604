"""What is listed as not taken up within measures: sentences of measures that were taken, and nothing of the letter around them."""

import policydiff

_SUPERIOR = """上海市人民政府关于促进养老产业发展的若干意见

为促进养老产业发展，现提出如下意见：

一、主要任务
（一）扩大服务供给。到2025年，全市养老床位达到17万张。支持国有企业利用闲置厂房举办养老机构。
（二）发展智慧养老。支持企业研发智能照护设备，建设20个智慧养老示范场景。
"""
_LOCAL = """静安区人民政府关于促进养老产业发展的实施意见

为贯彻落实《上海市人民政府关于促进养老产业发展的若干意见》，结合本区实际，制定本实施意见。

一、主要任务
1.扩大服务供给。到2025年，全区养老床位达到1.2万张。
"""


def test_the_letter_around_measures_is_no_sentence_left_out() -> None:
    answer = policydiff.compare(policydiff.parse(_LOCAL), policydiff.parse(_SUPERIOR))
    listed = answer.to_markdown(lang="zh").split("已承接、部分涉及举措中的未见承接语句")[1].split("\n\n")[1]
    assert listed.startswith("- 支持国有企业利用闲置厂房举办养老机构")
    assert "现提出如下意见" not in listed


def test_a_measure_that_is_taken_up_and_undone_says_so_beside_its_coverage() -> None:
    above = policydiff.parse(
        _SUPERIOR.replace("支持国有", "各区应当保留社区养老服务站。支持国有").replace("全市", "全区")
    )
    here = policydiff.parse(
        _LOCAL.replace(
            "1.2万张。", "17万张。各区应当撤销社区养老服务站。支持国有企业利用闲置厂房举办养老机构。"
        )
    )
    page = policydiff.compare(here, above).to_markdown(lang="zh")
    row = next(line for line in page.splitlines() if line.startswith("| 一（一） 扩大服务供给。"))
    assert row.split("|")[2].strip() == "**已承接**<br>**变动**<br>举措"
    assert "各区应当<del>保留</del><ins>撤销</ins>社区养老服务站" in page
