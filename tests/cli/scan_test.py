"""`kontor scan` from outside: nine columns, the same bytes for one thread and two, and clear messages for what is wrong.

    scan_test.py KONTOR
"""
import csv
import io
import json
import re
import sys
import tempfile
from pathlib import Path

import outside
from outside import FLOWS, PROGRAMME

COLUMNS = ["indicator", "region", "sector", "partner", "year", "measure", "term", "value", "unit"]
OURS = re.compile(r"^(error|warning|note)\[[a-z0-9-]+\]", re.MULTILINE)
COSTS = "candidate,cost,step\nM1,2e6,\ntrade_cost:L:M:2,1e6,5\nproductivity:M:1,5e5,2\n"


def wrong_commands():
    """Arguments after `scan`, the exit code, and what the message must hold."""
    yield ["programme.toml", "--goal", "real_incme:L"], 3, ["unknown-goal", "real_income"]
    yield ["programme.toml", "--goal", "real_income:LL"], 2, ["unknown-region", "LL"]
    yield ["programme.toml", "--goal", "real_income:L=much"], 3, ["goal-weight", "much"]
    yield ["programme.toml", "--goal", "jobs:L"], 3, ["no-jobs", "satellite"]
    yield ["programme.toml", "--lever", "tarif"], 2, ["unknown-lever", "tariff"]
    yield ["programme.toml", "--sector", "9"], 2, ["unknown-sector", "9"]
    yield ["programme.toml", "--region", "Q"], 2, ["unknown-region", "Q"]
    yield ["programme.toml", "--closure", "shortrun"], 2, ["--closure", "short_run"]
    yield ["programme.toml", "--closure", "labour=free"], 2, ["--closure", "real_wage"]
    yield ["programme.toml", "--closure", "budget=transfer"], 2, ["payers"]
    yield ["programme.toml", "--step", "-1%"], 2, ["--step", "above 0"]
    yield ["programme.toml", "--top", "0"], 2, ["--top", "1 to"]
    yield ["programme.toml", "--year", "2030"], 2, ["--year", "2021 to 2024"]
    yield ["accounts", "--year", "2021"], 2, ["--year", "programme"]
    yield ["programme.toml", "--budget", "5e6"], 3, ["no-costs", "--costs"]
    yield ["programme.toml", "--costs", "costs.csv"], 3, ["no-budget", "--budget"]
    yield ["programme.toml", "--budget", "-5", "--costs", "costs.csv"], 3, ["budget", "above 0"]
    yield ["programme.toml", "--budget", "5e6", "--costs", "nowhere.csv"], 5, ["nowhere.csv"]
    yield ["programme.toml", "--budget", "5e6", "--costs", "unknown.csv"], 3, ["unknown-candidate", "unknown.csv:2", "unknown-lever", "trade_cost"]
    yield ["programme.toml", "--budget", "5e6", "--costs", "negative.csv"], 3, ["not-a-number", "negative.csv:2", "above 0"]
    yield ["programme.toml", "--budget", "5e6", "--costs", "signed.csv"], 3, ["committed", "signed.csv:2"]
    yield ["programme.toml", "--distances", "nowhere.csv"], 5, ["nowhere.csv"]
    yield ["programme.toml", "--distances", "far.csv"], 3, ["no-pairs", "far.csv"]
    yield ["programme.toml", "--goal", "self_sufficiency_look_through:L", "--lever", "tariff"], 3, ["no-slope", "sourcing"]
    yield ["programme.toml", "--nobody-loses", "--tolerance", "0"], 2, ["--tolerance"]


def main():
    kontor = str(Path(sys.argv[1]).resolve())
    problems = []
    with tempfile.TemporaryDirectory(prefix="kontor-scan-") as name:
        folder = Path(name)
        (folder / "flows.csv").write_text(FLOWS)
        outside.must(outside.import_command(kontor), folder)
        second = PROGRAMME.split("[[measure]]")[1].replace('"M1"', '"M2"').replace('"signed"', '"proposed"')
        second = second.replace('region = "L", sector = "2"', 'region = "M", sector = "1"').replace('region = "M", use', 'region = "L", use')
        (folder / "programme.toml").write_text(PROGRAMME + "\n[[measure]]" + second)
        (folder / "costs.csv").write_text(COSTS.replace("M1", "M2"))
        (folder / "unknown.csv").write_text("candidate,cost\nM9,1\ntrade_csot:L:M:1,1\n")
        (folder / "negative.csv").write_text("candidate,cost\nM2,-1\n")
        (folder / "signed.csv").write_text("candidate,cost\nM1,1\n")
        (folder / "far.csv").write_text("iso_o,iso_d,distw\nABW,AFG,1000\n")
        scan = [kontor, "scan", "programme.toml", "--goal", "real_income:L"]
        printed = {}
        for form in ([], ["--csv"], ["--json"], ["--csv", "--threads", "1"], ["--csv", "--threads", "2"]):
            done = outside.call(scan + form, folder)
            printed[" ".join(form)] = done.stdout
            if done.returncode != 0:
                problems.append(f"scan {form}: exit {done.returncode}: {done.stderr.decode()}")
        rows = list(csv.DictReader(io.StringIO(printed["--csv"].decode())))
        if not rows or list(rows[0]) != COLUMNS:
            problems.append(f"columns {list(rows[0]) if rows else rows}")
        if len(json.loads(printed["--json"])) != len(rows):
            problems.append("JSON and CSV differ in their number of rows")
        if printed["--csv"] != printed["--csv --threads 1"] or printed["--csv"] != printed["--csv --threads 2"]:
            problems.append("the number of threads changes bytes")
        if not any(r["indicator"] == "opportunity_exact" for r in rows):
            problems.append("nothing was solved again")
        done = outside.call(scan + ["--budget", "3e6", "--costs", "costs.csv", "--csv"], folder)
        portfolio = {r["indicator"]: float(r["value"]) for r in csv.DictReader(io.StringIO(done.stdout.decode())) if not r["measure"]}
        if done.returncode != 0 or not 0 < portfolio.get("portfolio_gain", 0) <= portfolio.get("portfolio_bound", 0) * (1 + 1e-9):
            problems.append(f"portfolio: exit {done.returncode}, {portfolio}, {done.stderr.decode()}")
        before = sorted(p.name for p in folder.iterdir())
        for arguments, code, parts in wrong_commands():
            done = outside.call([kontor, "scan", *arguments], folder)
            text = done.stderr.decode()
            if done.returncode != code or not OURS.search(text) or any(part not in text for part in parts) or done.stdout:
                problems.append(f"scan {' '.join(arguments)}: exit {done.returncode} for {code}: {text}")
        if sorted(p.name for p in folder.iterdir()) != before:
            problems.append("something was written")
    print("\n".join(problems) or "scan: lists, portfolio and messages")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
