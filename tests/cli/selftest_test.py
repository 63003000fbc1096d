"""`kontor selftest` works from any folder, says what it did in three forms, and leaves nothing behind.

    selftest_test.py KONTOR
"""
import csv
import io
import json
import sys
import tempfile
from pathlib import Path

import outside


def main():
    kontor = str(Path(sys.argv[1]).resolve())
    problems = []
    with tempfile.TemporaryDirectory(prefix="kontor-selftest-") as folder:
        forms = {}
        for form in ("", "--json", "--csv", "--quiet"):
            done = outside.call([kontor, "selftest", *filter(None, [form])], folder)
            forms[form] = done.stdout.decode()
            if done.returncode != 0 or done.stderr:
                problems.append(f"selftest {form}: exit {done.returncode}: {done.stderr.decode()}")
        cases = json.loads(forms["--json"])
        rows = list(csv.DictReader(io.StringIO(forms["--csv"])))
        if len(cases) < 25 or len(rows) != len(cases):
            problems.append(f"{len(cases)} cases in JSON, {len(rows)} in CSV")
        for case in cases:
            if not case["ok"] or not abs(case["got"] - case["expected"]) <= case["tolerance"] or not case["source"]:
                problems.append(f"not reproduced: {case}")
        if f"{len(cases)} of {len(cases)} known answers reproduced" not in forms[""] or forms["--quiet"]:
            problems.append("the printed summary is wrong")
        if list(Path(folder).iterdir()):
            problems.append("something was written")
    print("\n".join(problems) or f"{len(cases)} known answers")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
