"""`kontor explain` from outside: trees that add up at every node, the numbers of effects.csv, and everything asked wrongly.

    explain_test.py KONTOR
"""
import argparse
import csv
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

import outside

SECOND = """
[[measure]]
id = "M2"
kind = "corridor"
status = "signed"
title = "Road from L to M"
trade_cost = [ { from = "L", to = "M", change = -0.05, both_ways = true } ]
opens = 2022
"""


class Test:
    def __init__(self, kontor, folder):
        self.kontor, self.folder, self.problems = kontor, Path(folder), []

    def hold(self, what, condition):
        if not condition:
            self.problems.append(what)

    def explain(self, *words, code=0):
        done = outside.call([self.kontor, "explain", *map(str, words)], self.folder)
        self.hold(f"{words}: exits {done.returncode}, not {code}: {done.stderr.decode()[:300]}", done.returncode == code)
        return done

    def tree(self, *words):
        return json.loads(self.explain(*words, "--json").stdout)

    def refused(self, words, code, *patterns):
        done = self.explain(*words, code=code)
        text = done.stderr.decode()
        self.hold(f"{words}: a message of ours: {text[:200]}", re.match(r"error\[[a-z0-9-]+\]", text))
        for pattern in patterns:
            self.hold(f"{words}: the message says '{pattern}': {text[:300]}", re.search(pattern, text))
        self.hold(f"{words}: no number is printed", not done.stdout)


def nodes(node):
    yield node
    for part in node.get("parts", []):
        yield from nodes(part)


def trees(t):
    """Parts sum to their node, the root is the row of effects.csv, and what a method leaves is next to nothing."""
    with open(t.folder / "result" / "effects.csv", newline="") as file:
        rows = {(r["indicator"], r["region"]): float(r["value"]) for r in csv.DictReader(file)
                if r["year"] == "2024" and not (r["sector"] or r["partner"] or r["measure"] or r["term"])}
    for indicator in ("real_income", "equivalent_variation", "value_added_net", "output_net", "gdp", "gni", "exports_net", "imports_net",
                      "value_added", "output"):
        for region in ("L", "M"):
            answer = t.tree("result", "--indicator", indicator, "--region", region, "--top", 2)
            root = answer["tree"]
            size = max(abs(n["value"]) for n in nodes(root))
            t.hold(f"{indicator} {region}: measures stand below it", len([p for p in root["parts"] if p["kind"] == "measure"]) > 0)
            for n in nodes(root):
                gap = n["value"] - sum(p["value"] for p in n["parts"]) if "parts" in n else 0.0
                t.hold(f"{indicator} {region}: {n['name']} is the sum of its parts, but for {gap}", abs(gap) <= 1e-9 * size)
                if n["kind"] == "remainder":
                    t.hold(f"{indicator} {region}: a remainder of {n['value']}", abs(n["value"]) <= 1e-7 * size)
            cells = [c for n in nodes(root) for c in n.get("cells", [])]
            t.hold(f"{indicator} {region}: cells of the accounts carry it", cells and all(c["value"] != 0 for c in cells))
            t.hold(f"{indicator} {region}: the number of effects.csv", abs(root["value"] - rows[indicator, region]) <= 1e-6 * size)
    text = t.explain("result", "--indicator", "gdp", "--region", "M").stdout.decode()
    t.hold("the text names the measures", "M1 Works from L for M" in text and "M2 Road from L to M" in text)
    one, two = (t.explain("result", "--indicator", "gni", "--json", "--threads", n).stdout for n in (1, 2))
    t.hold("the same bytes for any number of threads", one == two)


def wrong(t):
    t.refused(["result"], 2, "no number is named")
    t.refused(["result", "--indicator", "real_incme"], 2, "real_income")
    t.refused(["result", "--indicator", "gdp", "--region", "N"], 2, "unknown region")
    t.refused(["result", "--indicator", "output", "--sector", "7"], 2, "unknown sector")
    t.refused(["result", "--indicator", "gdp", "--sector", "1"], 2, "not told apart by sector")
    t.refused(["result", "--indicator", "gdp", "--year", "2030"], 2, "2021 to 2024")
    t.refused(["result", "--indicator", "gdp", "--year", "soon"], 2, "a year of the horizon")
    t.refused(["result", "--indicator", "gdp", "--closure", "leontief"], 2, "unknown closure")
    t.refused(["result", "--indicator", "gdp", "--top", "0"], 2, "a whole number")
    t.refused(["accounts", "--indicator", "gdp"], 3, "not-a-result")
    t.refused(["nowhere", "--indicator", "gdp"], 3, "not-a-result")
    shutil.copytree(t.folder / "result", t.folder / "other")
    with open(t.folder / "other" / "programme.toml", "a") as file:
        file.write("# another\n")
    t.refused(["other", "--indicator", "gdp"], 3, "hash is another")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("kontor")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="kontor-explain-") as name:
        t = Test(str(Path(options.kontor).resolve()), name)
        (t.folder / "flows.csv").write_text(outside.FLOWS)
        (t.folder / "programme.toml").write_text(outside.PROGRAMME + SECOND)
        outside.must(outside.import_command(t.kontor), t.folder)
        outside.must(outside.run_command(t.kontor), t.folder)
        trees(t)
        wrong(t)
        outside.must([*outside.run_command(t.kontor), "--attribution", "shapley", "--force"], t.folder)
        t.hold("Shapley's rows stand in the result", ",shapley," in (t.folder / "result" / "effects.csv").read_text())
        done = outside.call([*outside.run_command(t.kontor), "--attribution", "shaply", "--force"], t.folder)
        t.hold("an unknown rule is refused with the one that is meant", done.returncode == 2 and b"shapley" in done.stderr)
    print("\n".join(t.problems) or "numbers are explained, and what is wrong is refused")
    sys.exit(1 if t.problems else 0)


if __name__ == "__main__":
    main()
