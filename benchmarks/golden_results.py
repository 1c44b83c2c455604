"""Results over all texts at hand, as hashes: a threshold that moves any of them cannot pass unseen.

`python -m benchmarks.golden_results` says what differs from `tests/golden/*.tsv`, `--write` rewrites the files (look at
the difference before it is committed). A line is the pair, the summary of the result, and the SHA-256 of its JSON.
Pairs whose texts are not in this checkout keep their lines.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import policydiff

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
SHARED = ROOT.parent / "shared" / "data"
KINDS = ("diffs", "comparisons")


def rows(kind: str, *, shared: bool) -> Iterator[tuple[str, str, str]]:
    """Yield pair, summary and hash of the results of a kind, over the repository's texts or the shared ones."""
    verb: Any = policydiff.diff if kind == "diffs" else policydiff.compare
    for name, first, second in _shared_pairs(kind) if shared else _corpus_pairs(kind):
        result = verb(policydiff.parse(first), policydiff.parse(second))
        summary = ", ".join(
            f"{value} {key}" for key, value in result.summary if isinstance(value, int) and value
        )
        yield name, summary, hashlib.sha256(result.to_json().encode()).hexdigest()[:16]


def _corpus_pairs(kind: str) -> Iterator[tuple[str, str, str]]:
    with policydiff.Store.open(ROOT / "corpus") as store:
        texts = {each.identity.id: store.text(each.identity.id) for each in store.documents()}
    for one, other in permutations(sorted(texts), 2):
        yield f"{one} {other}", texts[one], texts[other]
    if kind == "diffs":
        for name, text in sorted(texts.items()):
            yield f"{name} edited", text, edited(text)


def edited(text: str) -> str:
    """Return a text with every seventh line dropped, every fifth doubled with other figures, and duties weakened."""
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        if number % 7 == 0:
            continue
        changed = line.replace("应当", "可以") if number % 3 == 0 else line
        lines.append(changed.replace("50", "80") if number % 4 == 0 else changed)
        if number % 5 == 0:
            lines.append(line.translate(str.maketrans("123456789", "234567891")))
    return "\n".join(lines)


def _shared_pairs(kind: str) -> Iterator[tuple[str, str, str]]:
    if kind == "diffs":
        for folder in sorted((SHARED / "revisions").iterdir()):
            versions = sorted(folder.glob("*.md")) + sorted(folder.glob("*.txt"))
            if len(versions) > 1:
                texts = [path.read_text("utf-8") for path in versions]
                yield f"revisions/{folder.name}", texts[0], texts[1]
        return
    for local in sorted((SHARED / "adoption-texts").glob("*-local.md")):
        superior = local.with_name(local.name.replace("-local", "-superior"))
        yield local.stem.removesuffix("-local"), local.read_text("utf-8"), superior.read_text("utf-8")


def written(kind: str) -> dict[str, tuple[str, str]]:
    """Return what the file of a kind holds: pair to summary and hash."""
    path = GOLDEN / f"{kind}.tsv"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return {pair: (summary, digest) for pair, summary, digest in (line.split("\t") for line in lines)}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--write", action="store_true", help="rewrite the files")
    write = options.parse_args().write
    differs = 0
    for kind in KINDS:
        known = written(kind)
        found: dict[str, tuple[str, str]] = {}
        for shared in (False, True) if SHARED.is_dir() else (False,):
            found |= {pair: (summary, digest) for pair, summary, digest in rows(kind, shared=shared)}
        for pair, row in found.items():
            if known.get(pair) != row:
                differs += 1
                print(f"{kind}: {pair}: {known.get(pair, ('nothing',))[0]} -> {row[0]}")
        if write:
            GOLDEN.mkdir(exist_ok=True)
            lines = [f"{pair}\t{row[0]}\t{row[1]}\n" for pair, row in sorted((known | found).items())]
            (GOLDEN / f"{kind}.tsv").write_text("".join(lines), "utf-8")
    print(f"{differs} results differ from the golden ones")
    return 0 if write else int(differs > 0)


if __name__ == "__main__":
    sys.exit(main())
