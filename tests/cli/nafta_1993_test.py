"""The NAFTA example from the publisher's tables to real income: every region as an independent solution has it.

    nafta_1993_test.py KONTOR
"""
import csv
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import outside

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE = 1e-7  # per cent: the two solutions agree to 1e-9 of an income


def main():
    kontor = str(Path(sys.argv[1]).resolve())
    shared = Path(os.environ.get("KONTOR_DATA", ROOT.parent / "shared")).resolve()
    golden = shared / "golden" / "cp2015-nafta" / "computed_nafta_zero_deficit_regions.csv"
    if not golden.is_file():
        print(f"skipped: {golden} is not there (set KONTOR_DATA)")
        sys.exit(outside.SKIP)
    with golden.open(newline="") as file:
        expected = {row["region"]: float(row["real_income_pct"]) for row in csv.DictReader(file)}
    with tempfile.TemporaryDirectory(prefix="kontor-nafta-") as name:
        folder = Path(name)
        environment = dict(os.environ, KONTOR=kontor, KONTOR_DATA=str(shared))
        subprocess.run([ROOT / "scripts" / "make-nafta-1993", folder], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        shutil.copy(ROOT / "examples" / "nafta-1993" / "programme.toml", folder)
        done = outside.call(outside.run_command(kontor, "programme.toml", "result"), folder, timeout=300)
        if done.returncode != 0:
            print(f"exit {done.returncode}: {done.stderr.decode()}")
            sys.exit(1)
        with (folder / "result" / "effects.csv").open(newline="") as file:
            found = {row["region"]: float(row["value"]) for row in csv.DictReader(file)
                     if row["indicator"] == "real_income" and row["region"] and not row["measure"] and not row["term"]}
    wrong = [f"{region}: {found.get(region)} instead of {value}" for region, value in expected.items()
             if not abs(found.get(region, float("nan")) - value) <= TOLERANCE]
    print("\n".join(wrong) or f"{len(expected)} regions as expected")
    sys.exit(1 if wrong or len(expected) != 31 else 0)


if __name__ == "__main__":
    main()
