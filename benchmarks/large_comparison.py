"""One comparison of two files in a process of its own: `python -m benchmarks.large_comparison LOCAL SUPERIOR`.

Prints processor seconds of reading and comparing, peak memory of the process in MiB, and what of it stood before comparing.
`write_texts` makes two texts of n articles for it.
"""

import random
import re
import resource
import sys
import tarfile
import time
from pathlib import Path

from benchmarks.sources import SHARED
from policydiff.annotate import annotate
from policydiff.comparison.compare import compare_documents
from policydiff.lexicon.numerals import to_chinese
from policydiff.model import Document
from policydiff.parsing import parse_text

_ARTICLE = re.compile(r"^第[一二三四五六七八九十百千零〇]+条[ \u3000](.+)$", re.MULTILINE)
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


def main() -> None:
    """Compare and print."""
    local, superior = (Path(name).read_text(encoding="utf-8") for name in sys.argv[1:3])
    start = time.process_time()
    one, other = _document(local), _document(superior)
    base = _peak()
    compare_documents(one, other)
    print(f"{time.process_time() - start:.2f} {_peak():.1f} {base:.1f}")


def write_texts(size: int, folder: Path) -> list[str]:
    """Write a text of so many articles and a changed one; return their paths, the changed one first."""
    chance = random.Random(3)
    articles = _articles(size, chance)
    texts = {
        "local": _law("乙市综合条例", _changed(articles, chance)),
        "superior": _law("甲省综合条例", articles),
    }
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}-{size}.md"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return paths


def _articles(size: int, chance: random.Random) -> list[str]:
    found: list[str] = []
    with tarfile.open(SHARED / "laws.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() and member.name.endswith(".md") else None
            if file is not None:
                found.extend(_ARTICLE.findall(file.read().decode("utf-8").split("<!-- INFO END -->")[-1]))
            if len(found) > 8 * size:
                break
    chance.shuffle(found)
    return found[:size]


def _changed(articles: list[str], chance: random.Random) -> list[str]:
    """Return the articles, a quarter of them reworded or cut, one in thirty left out."""
    changed = []
    for article in articles:
        draw = chance.random()
        if draw < 0.12:
            changed.append(article.replace("应当", "必须").replace("可以", "应当"))
        elif draw < 0.25:
            changed.append(f"{article[: len(article) // 2]}。{article[-20:]}")
        elif draw > 0.28:
            changed.append(article)
    return changed


def _law(title: str, articles: list[str]) -> str:
    return "\n".join(
        [title, *(f"第{to_chinese(place)}条 {words}" for place, words in enumerate(articles, 1)), ""]
    )


def _document(text: str) -> Document:
    return annotate(parse_text(text), text)


def _peak() -> float:
    """Return the peak of this process in MiB; where the system tells it only of a process and whoever started it, that."""
    status = Path("/proc/self/status")
    found = _PEAK.search(status.read_text(encoding="ascii")) if status.is_file() else None
    return (int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


if __name__ == "__main__":
    main()
