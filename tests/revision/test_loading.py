"""What a diff loads: importing costs more than comparing two short texts."""

import subprocess
import sys

import pytest

TEXTS = "old = parse('某市办法\\n第一条　为了规范管理，制定本办法。\\n第二条　许可证有效期为三年。')"


@pytest.mark.parametrize(
    ("statements", "unwanted", "why"),
    [
        (
            "import policydiff",
            {"pydantic", "rjieba", "policydiff.model"},
            "a public name loads when it is first used",
        ),
        (
            f"from policydiff import diff, parse; {TEXTS}; diff(old, old)",
            {"rjieba", "policydiff.comparison", "policydiff.amendment", "policydiff.store"},
            "equal clauses need no words, a diff no comparison, amendment or store",
        ),
    ],
)
def test_what_is_not_needed_is_not_loaded(statements: str, unwanted: set[str], why: str) -> None:
    script = f"import sys; {statements}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not unwanted & set(done.stdout.splitlines()), why
