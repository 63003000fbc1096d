"""`kontor indicators` from outside: numbers that one can compute anew, states of a result, and everything that can be asked wrongly.

    indicators_test.py KONTOR
"""
import argparse
import csv
import io
import json
import math
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import outside

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ["indicator", "region", "sector", "partner", "year", "measure", "term", "value", "unit"]


class Test:
    def __init__(self, kontor, folder):
        self.kontor, self.folder, self.problems = kontor, Path(folder), []

    def call(self, *words, code=0):
        done = outside.call([self.kontor, *map(str, words)], self.folder)
        if done.returncode != code:
            self.problems.append(f"{' '.join(map(str, words))}: exits {done.returncode}, not {code}: {done.stderr.decode()[:300]}")
        return done

    def hold(self, what, condition):
        if not condition:
            self.problems.append(what)

    def rows(self, *words):
        text = self.call("indicators", *words, "--csv").stdout.decode()
        table = list(csv.DictReader(io.StringIO(text)))
        self.hold(f"{words}: nine columns", text.splitlines()[0].split(",") == COLUMNS)
        return table

    def refused(self, words, code, *patterns):
        done = self.call(*words, code=code)
        text = done.stderr.decode()
        self.hold(f"{words}: a message of ours: {text[:200]}", re.match(r"(error|warning)\[[a-z0-9-]+\]", text))
        for pattern in patterns:
            self.hold(f"{words}: the message says '{pattern}': {text[:300]}", re.search(pattern, text))
        self.hold(f"{words}: no number is printed", not done.stdout)


def multipliers():
    """Column sums of the inverse of I - A, by elimination on plain lists."""
    cells = [("L", "1"), ("L", "2"), ("M", "1"), ("M", "2")]
    flow, output = {}, dict.fromkeys(cells, 0.0)
    for row in csv.DictReader(io.StringIO(outside.FLOWS)):
        seller, value = (row["from_region"], row["from_sector"]), float(row["value"])
        output[seller] += value
        if row["to_sector"] != "FD":
            flow[seller, (row["to_region"], row["to_sector"])] = value
    n = len(cells)
    # m (I - A) = 1: the transposed system
    m = [[(1.0 if i == j else 0.0) - flow[cells[j], cells[i]] / output[cells[i]] for j in range(n)] + [1.0] for i in range(n)]
    for k in range(n):
        for i in range(n):
            if i != k:
                factor = m[i][k] / m[k][k]
                m[i] = [x - factor * y for x, y in zip(m[i], m[k])]
    return {cell: m[i][n] / m[i][i] for i, cell in enumerate(cells)}


def near(x, y, relative=1e-9):
    return math.isclose(float(x), float(y), rel_tol=relative)


def numbers(t):
    expected = multipliers()
    every = t.rows("accounts", "output_multiplier")
    found = [row for row in every if row["sector"] and row["term"] == ""]
    t.hold("a row a cell", len(found) == 4)
    t.hold("the part at home is listed and no larger", all(float(row["value"]) <= float(next(
        whole["value"] for whole in every if whole["term"] == "" and (whole["region"], whole["sector"]) == (row["region"], row["sector"])))
        for row in every if row["term"] == "own"))
    for row in found:
        t.hold(f"multiplier of {row['region']}.{row['sector']}", near(row["value"], expected[row["region"], row["sector"]]))
        t.hold("year and unit", row["year"] == "2020" and row["unit"] == "ratio" and row["measure"] == row["term"] == "")
    printed = t.call("indicators", "accounts", "output_multiplier")
    t.hold("the table says unit, source and page", all(word in printed.stdout.decode() for word in ("output_multiplier (ratio", "source:", "page:")))
    t.hold("nothing but the table where nobody looks", printed.stderr == b"")
    as_json = json.loads(t.call("indicators", "accounts", "output_multiplier", "--json").stdout)
    t.hold("JSON holds the numbers of the CSV", [repr(float(r["value"])) for r in every] == [repr(r["value"]) for r in as_json])
    t.hold("JSON has the nine columns", all(list(r) == COLUMNS for r in as_json))
    one = t.rows("accounts", "output_multiplier", "--region", "M", "--sector", "2")
    t.hold("region and sector choose", {(r["region"], r["sector"]) for r in one} == {("M", "2")})


def lists(t):
    listed = json.loads(t.call("indicators", "--list", "--json").stdout)
    t.hold("the list has rows", listed)
    text = t.call("indicators", "--list").stdout.decode()
    for row in listed:
        t.hold(f"{row['name']} is listed", re.search(rf"^  {row['name']} ", text, re.MULTILINE))
        words = t.call("indicators", "--list", row["name"]).stdout.decode()
        t.hold(f"{row['name']} tells formula and page", "formula" in words and f"docs/methods/{row['page']}.md" in words)
        for column in ("name", "family", "unit", "meaning", "formula", "source", "page"):
            t.hold(f"{row['name']} has {column}", row[column])
    t.hold("no line is too wide", all(len(line) <= 130 for line in text.splitlines()))
    return listed


def states(t):
    by = {}
    for row in t.rows("result", "output_multiplier", "--closure", "leontief"):
        if not row["sector"] or "own" in row["term"]:
            continue
        t.hold("year of the horizon's end", row["year"] == "2024")
        by[row["region"], row["sector"], row["term"]] = float(row["value"])
    t.hold("before, after and change of four cells", len(by) == 12)
    expected = multipliers()
    for (region, sector), value in expected.items():
        before, after, change = (by[region, sector, state] for state in ("before", "after", "change"))
        t.hold("before is the accounts", near(before, value))
        t.hold("change is after less before", math.isclose(change, after - before, abs_tol=1e-15))
    t.hold("new final demand moves no coefficient", all(abs(v) < 1e-9 for k, v in by.items() if k[2] == "change"))
    own = t.rows("result", "output_multiplier")
    t.hold("prices do", any(abs(float(r["value"])) > 1e-6 for r in own if r["term"] == "change"))
    for row in own:
        if row["term"] == "before" and row["sector"]:
            t.hold("the solved baseline is the accounts", near(row["value"], expected[row["region"], row["sector"]]))
    t.hold("every year", {r["year"] for r in t.rows("result", "output_multiplier", "--year", "all")} == {"2021", "2022", "2023", "2024"})
    alone = t.rows("result", "output_multiplier", "--measure", "M1")
    t.hold("one measure is all of them here", [r["value"] for r in alone] == [r["value"] for r in own])
    t.hold("the row names it", {r["measure"] for r in alone} == {"M1"})
    text = t.call("indicators", "result", "output_multiplier").stdout.decode()
    t.hold("states side by side, and what they are", re.search(r"before +after +change", text) and "No growth" in text)
    t.refused(["indicators", "result", "output_multiplier", "--year", "2030"], 2, "2021 to 2024")
    t.refused(["indicators", "result", "output_multiplier", "--measure", "M2"], 2, "M2", "M1")
    t.refused(["indicators", "result", "output_multiplier", "--closure", "leontieff"], 2, "did you mean .leontief")


def kept_accounts(t):
    t.call("run", "programme.toml", "--out", "again", "--accounts-after", "2024:after")
    t.call("check", "after")
    after = {(r["region"], r["sector"]): r["value"] for r in t.rows("again", "output_multiplier") if r["term"] == "after"}
    for row in t.rows("after", "output_multiplier"):
        if row["term"]:
            continue  # a part of it
        t.hold("the kept accounts are those of the state", near(row["value"], after[row["region"], row["sector"]], 1e-12))
    t.hold("they say what they are", "Not observed" in (t.folder / "after" / "datapackage.json").read_text())
    t.refused(["run", "programme.toml", "--out", "again", "--force", "--accounts-after", "2024"], 2, "YEAR:FOLDER")
    t.refused(["run", "programme.toml", "--out", "third", "--accounts-after", "2024:after"], 5, "exists")
    t.hold("nothing is written then", not (t.folder / "third").exists())
    t.refused(["run", "programme.toml", "--out", "third", "--accounts-after", "2040:later"], 2, "2021 to 2024")
    t.hold("nothing is written for a wrong year", not (t.folder / "third").exists() and not (t.folder / "later").exists())


def moved(t):
    """Accounts elsewhere, other accounts, other programme."""
    expected = [r["value"] for r in t.rows("result", "output_multiplier")]
    (t.folder / "away").mkdir()
    (t.folder / "accounts").rename(t.folder / "away" / "accounts")
    t.refused(["indicators", "result", "output_multiplier"], 3, "accounts", "--accounts")
    found = t.rows("result", "output_multiplier", "--accounts", "away/accounts")
    t.hold("the same where they are told", [r["value"] for r in found] == expected)
    (t.folder / "other.csv").write_text(outside.FLOWS.replace("L,1,L,FD,50", "L,1,L,FD,51"))
    outside.must(outside.import_command(t.kontor, "other.csv", "accounts"), t.folder)
    t.refused(["indicators", "result", "output_multiplier"], 3, "hash")
    shutil.rmtree(t.folder / "accounts")
    (t.folder / "away" / "accounts").rename(t.folder / "accounts")
    shutil.copytree(t.folder / "result", t.folder / "passed-on")
    (t.folder / "passed-on" / "run.log").unlink()
    t.hold("found beside the result without its log", [r["value"] for r in t.rows("passed-on", "output_multiplier")] == expected)
    programme = t.folder / "passed-on" / "programme.toml"
    programme.write_text(programme.read_text().replace("4e6", "5e6"))
    t.refused(["indicators", "passed-on", "output_multiplier"], 3, "programme")


def wrong_questions(t, listed):
    ask = ["indicators", "accounts", "output_multiplier"]
    t.refused(["indicators", "accounts", "output_multiplyer"], 2, "did you mean .output_multiplier")
    t.refused(["indicators", "accounts"], 2, "--list")
    t.refused(["indicators", "nowhere", "output_multiplier"], 5)
    t.refused(["indicators", "--list", "output_multiplyer"], 2, "did you mean")
    t.refused([*ask, "--region", "Mm"], 2, "unknown region", "did you mean .M")
    t.refused([*ask, "--sector", "11"], 2, "unknown sector", "did you mean .1")
    t.refused([*ask, "--bloc", "B=L,Q"], 2, "unknown region", "Q")
    t.refused([*ask, "--bloc", "B=L,M,L"], 2, "twice")
    t.refused([*ask, "--bloc", "L=M"], 2, "region of the accounts")
    t.refused([*ask, "--bloc", "B=L", "--bloc", "B=M"], 2, "twice")
    t.refused([*ask, "--bloc", "B"], 2, "NAME=A,B,C")
    t.refused([*ask, "--bloc", "NORTH=L", "--region", "NORD"], 2, "did you mean .NORTH")
    t.refused([*ask, "--with", "methode"], 2, "key=value")
    t.refused([*ask, "--with", "no=1"], 2, "no")
    t.refused([*ask, "--partner", "M"], 2, "--partner")
    for flag, value in (("--year", "2024"), ("--measure", "M1"), ("--closure", "leontief"), ("--accounts", "accounts")):
        t.refused([*ask, flag, value], 2, flag, "result")
    for row in listed:
        for setting in row["settings"]:
            if setting["name"] == "method":
                t.refused(["indicators", "accounts", row["name"], "--with", "method=no_such_method"], 2, "no_such_method")
            if setting["name"] in ("satellite", "row"):
                t.refused(["indicators", "accounts", row["name"], "--with", f"{setting['name']}=jobbs"], 2, "jobbs")


def missing_satellites(t, listed):
    """Without satellites an indicator of them says so; it never prints a zero."""
    for row in listed:
        done = t.call("indicators", "accounts", row["name"], "--csv", *(["--partner", "all"] if row["partner"].startswith("by partner") else []))
        for found in csv.DictReader(io.StringIO(done.stdout.decode())):
            if "persons" in found["unit"] or "jobs" in found["term"]:
                t.hold(f"{row['name']}: not available is empty, not {found['value']}", found["value"] == "")


def listens(pid):
    """Whether the process takes SIGINT itself: it blocks it and waits for it in a thread of its own."""
    try:
        blocked = re.search(r"^SigBlk:\s*([0-9a-f]+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except OSError:
        return False
    return bool(blocked) and int(blocked.group(1), 16) >> (signal.SIGINT - 1) & 1 == 1


def interrupted(t, listed):
    """Ctrl-C ends a long job at once, with its own exit code and without half a table."""
    outside.must([t.kontor, "run", ROOT / "examples" / "finland-full" / "programme.toml", "--out", "long"], t.folder)
    names = [row["name"] for row in listed]
    job = subprocess.Popen([t.kontor, "indicators", "long", *names, "--year", "all", "--csv"], cwd=t.folder, env=outside.environment(),
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while job.poll() is None and not listens(job.pid):  # before, a signal is the shell's business
        time.sleep(0.01)
    time.sleep(0.1)
    job.send_signal(signal.SIGINT)
    started = time.monotonic()
    printed, _ = job.communicate(timeout=60)
    t.hold("it ends within five seconds", time.monotonic() - started < 5.0 or job.returncode == 0)
    t.hold(f"exit code 130, not {job.returncode}", job.returncode in (130, 0))
    t.hold("no half table", job.returncode == 0 or printed == b"")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("kontor")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="kontor-indicators-") as name:
        t = Test(str(Path(options.kontor).resolve()), name)
        (t.folder / "flows.csv").write_text(outside.FLOWS)
        (t.folder / "programme.toml").write_text(outside.PROGRAMME)
        outside.must(outside.import_command(t.kontor), t.folder)
        outside.must(outside.run_command(t.kontor), t.folder)
        numbers(t)
        listed = lists(t)
        states(t)
        kept_accounts(t)
        moved(t)
        wrong_questions(t, listed)
        missing_satellites(t, listed)
        interrupted(t, listed)
    print("\n".join(t.problems) or "indicators answer, and refuse what is wrong")
    sys.exit(1 if t.problems else 0)


if __name__ == "__main__":
    main()
