"""What Jing'an took from Shanghai's directive, as a page a person can check against both texts.

After a wanted change: `UPDATE_GOLDEN=1 python -m pytest tests/comparison/test_golden.py`, then read the difference.
"""

import os
from pathlib import Path

from policydiff.comparison.compare import compare_documents
from policydiff.model import Band, Comparison
from tests.comparison.documents import document
from tests.conftest import CORPUS

GOLDEN = Path(__file__).parent / "golden" / "jingan-from-shanghai.txt"


def _newest_text(name: str) -> str:
    return max((CORPUS / "documents" / name).glob("*/text.txt")).read_text(encoding="utf-8")


def _page(comparison: Comparison) -> str:
    lines = []
    for found in comparison.sentences:
        if found.band is not Band.UNLIKELY:
            source = found.sources[0]
            lines.append(f"{found.score:.1f} {found.relation.value} {found.clause}: {found.text[:40]}")
            lines.append(f"    {source.clause}: {source.text[:40]}")
    lines.extend(
        f"{target.change.value}: {target.local.text if target.local else '-'}"
        f" | {target.superior.text if target.superior else '-'}"
        for target in comparison.targets
    )
    pairs = sorted({pair for found in comparison.responsibilities for pair in found.counterparts})
    lines.extend(f"{own} = {theirs}" for own, theirs in pairs)
    return "\n".join(lines) + "\n"


def test_what_jingan_took_from_shanghai() -> None:
    local = document(_newest_text("shanghai/jingan/life-health-2021"))
    superior = document(_newest_text("shanghai/health-services-2018"))
    page = _page(compare_documents(local, superior))
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(page, encoding="utf-8")
    assert page == GOLDEN.read_text(encoding="utf-8")
