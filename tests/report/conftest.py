"""The documents most renderers are tried on."""

from datetime import date

import pytest

from policydiff.model import (
    Clause,
    ClauseKind,
    Comparison,
    Dates,
    Document,
    Responsibility,
    RevisionDiff,
    Span,
    Target,
)

from .factories import clause, compared, every_kind, revised


def measure(name: str, heading: str, text: str) -> Clause:
    return clause(name, f"{heading}。{text}", kind=ClauseKind.MEASURE, heading=heading)


def target(place: str, metric: str, value: str, unit: str, deadline: str) -> Target:
    return Target(
        clause=place,
        metric=metric,
        value=value,
        unit=unit,
        qualifier="左右",
        deadline=deadline,
        text=f"{metric}达到{value}{unit}左右",
        span=Span(0, 1),
    )


def duty(place: str, *bodies: str) -> Responsibility:
    return Responsibility(
        clause=place,
        lead=bodies,
        label="责任部门",
        text=f"（责任部门：{'、'.join(bodies)}）",
        span=Span(0, 1),
    )


@pytest.fixture(scope="session")
def superior() -> Document:
    return Document(
        title="上海市人民政府关于推进本市健康服务业高质量发展加快建设一流医学中心城市的若干意见",
        document_number="沪府发〔2018〕25号",
        issuing_bodies=("上海市人民政府",),
        dates=Dates(issued=date(2018, 7, 24)),
        clauses=(
            clause("para_1", "健康服务业以维护和促进人民群众身心健康为目标。", kind=ClauseKind.PARAGRAPH),
            clause(
                "lvl_1",
                "明确总体要求",
                clause(
                    "lvl_1__lvl_1",
                    "推动健康服务业集聚化、融合化、特色化、高质量发展，优化营商环境。到2020年，增加值占全市生产总值比重力争达到6%左右。",
                    label="（一）",
                ),
                label="一、",
                heading="明确总体要求",
            ),
            clause(
                "lvl_2",
                "加快重点领域发展",
                clause("lvl_2__lvl_1", "支持社会力量举办高水平医疗机构。", label="（一）"),
                clause(
                    "lvl_2__lvl_2", "鼓励发展第三方医学检验中心、病理诊断中心、医学影像中心。", label="（二）"
                ),
                label="二、",
                heading="加快重点领域发展",
            ),
        ),
        targets=(target("lvl_1__lvl_1", "增加值占全市生产总值比重", "6", "%", "2020"),),
        responsibilities=(duty("lvl_2__lvl_1", "市卫生健康委"),),
    )


@pytest.fixture(scope="session")
def local() -> Document:
    return Document(
        title="静安区关于促进生命健康产业发展的实施意见",
        document_number="静府发〔2021〕17号",
        issuing_bodies=("上海市静安区人民政府",),
        drafting_body="区发展改革委",
        dates=Dates(issued=date(2021, 11, 29)),
        clauses=(
            clause(
                "lvl_1",
                "总体要求",
                clause(
                    "lvl_1__lvl_1",
                    "优化有利于生命健康产业发展的营商环境，推动生命健康产业集聚化、融合化、特色化、高质量发展。"
                    "到2023年，税收占全区税收总收入的比重达到7%左右。",
                    label="（一）",
                ),
                label="一、",
                heading="总体要求",
            ),
            clause(
                "lvl_2",
                "重点任务",
                measure(
                    "lvl_2__measure_1",
                    "鼓励高端医疗健康服务发展",
                    "鼓励第三方血液透析中心、病理诊断中心、检验影像中心等健康服务机构发展。",
                ),
                measure("lvl_2__measure_2", "加快龙头企业总部集聚", "引导投资型总部在静安集聚更多实体业务。"),
                label="二、",
                heading="重点任务",
            ),
        ),
        targets=(
            target("lvl_1__lvl_1", "税收占全区税收总收入的比重", "7", "%", "2023"),
            target("lvl_1__lvl_1", "总部型企业", "10", "家", "2023"),
        ),
        responsibilities=(
            duty("lvl_2__measure_1", "区卫生健康委", "区科委"),
            duty("lvl_2__measure_2", "区科委", "区投资办"),
        ),
    )


@pytest.fixture(scope="session")
def report(local: Document, superior: Document) -> Comparison:
    return compared(local, superior)


def statute(title: str, *articles: tuple[str, str, str]) -> Document:
    return Document(
        title=title,
        clauses=tuple(
            clause(name, text, label=label, kind=ClauseKind.ARTICLE) for name, label, text in articles
        ),
    )


@pytest.fixture(scope="session")
def revision() -> RevisionDiff:
    changes = every_kind()
    old = {ref.id: ref for change in changes for ref in change.old}
    new = {ref.id: ref for change in changes for ref in change.new}
    ordered = [
        statute(title, *((ref.id, ref.label or "", ref.text) for _, ref in sorted(refs.items())))
        for title, refs in (("某条例", old), ("某条例（修订）", new))
    ]
    return revised(changes, *ordered)
