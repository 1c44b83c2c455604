"""Order sentences in the forms that amending decisions print, each carried out on one regulation: read, refused, wrong.

`benchmarks/gold/order_forms.json` holds a regulation and sixty-one orders. The text that each must make is given by hand:
lines in place of lines (`edits`), words in place of words (`words`), and numbers of articles that shift (`shift`: first
article, by how many, last article), which the references in the text follow. It was written before the program read
any of the orders; the half marked `held_back` was not looked at while the rules were mended.

    python -m benchmarks.order_forms
"""

import json
import re
import sys
from collections import Counter
from typing import Any

from benchmarks.sources import ROOT
from policydiff.amendment import Outcome, apply_amendment
from policydiff.lexicon.numerals import to_chinese, to_int
from policydiff.parsing import parse_text

_GOLD = ROOT / "benchmarks/gold/order_forms.json"
_ARTICLE = re.compile("第([一二三四五六七八九十百]+)条")


def main() -> int:
    gold: dict[str, Any] = json.loads(_GOLD.read_text("utf-8"))
    lines: list[str] = gold["text"]
    act = parse_text("\n".join(lines))
    counts: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for form in gold["forms"]:
        result = apply_amendment(act, form["order"], title=lines[0])
        made, wanted = _bare("\n".join(result.text.splitlines())), _bare("\n".join(_wanted(lines, form)))
        if result.outcome is Outcome.COMPLETE:
            verdict = "right" if made == wanted else "WRONG"
        else:
            verdict = "refused"
        counts[form["held_back"]][verdict] += 1
        if verdict != "right" and not (form["held_back"] and "--quiet" in sys.argv):
            reasons = "; ".join(str(each.reason) for each in (*result.unapplied, *result.doubts)[:2])
            print(f"  {verdict:8} {form['order'][:60]!r} ({form['why']}) {reasons[:100]}")
    for held, counted in counts.items():
        print(
            f"{'held back' if held else 'looked at'}: {sum(counted.values())} orders, right {counted['right']}, "
            f"refused {counted['refused']}, wrong {counted['WRONG']}"
        )
    return 1 if any(counted["WRONG"] for counted in counts.values()) else 0


def _bare(text: str) -> str:
    return re.sub(r"[ \u3000]", "", text)


def _wanted(lines: list[str], form: dict[str, Any]) -> list[str]:
    """Return the lines that an order must make."""
    edits: dict[str, list[str]] = dict(form["edits"])
    first, by, last = (*(form["shift"] or (10_000, 0)), 10_000)[:3]
    out: list[str] = []
    for line in lines:
        given = next((new for beginning, new in edits.items() if line.startswith(beginning)), None)
        if given is not None:
            out.extend(given)
            continue
        told = line
        for old, new, beginnings in form["words"]:
            if beginnings is None or line.startswith(tuple(beginnings)):
                told = told.replace(old, new)
        out.append(_ARTICLE.sub(lambda found: _shifted(found, first, by, last), told))
    return out


def _shifted(found: re.Match[str], first: int, by: int, last: int) -> str:
    number = to_int(found[1])
    return found[0] if number is None or not first <= number <= last else f"第{to_chinese(number + by)}条"


if __name__ == "__main__":
    sys.exit(main())
