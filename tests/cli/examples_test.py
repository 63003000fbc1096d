"""Every example runs, and what it writes is whole: five lines of answer, nine columns, sixteen sections, no number that is none.

    examples_test.py KONTOR

A sanitized program runs two of them, one with every kind of measure: the others take minutes and go the same ways.
"""
import csv
import html.parser
import json
import re
import sys
import tempfile
from pathlib import Path

import outside

ROOT = Path(__file__).resolve().parents[2]
SANITIZED_ENOUGH = {"1-one-contract", "finland-full"}
COLUMNS = ["indicator", "region", "sector", "partner", "year", "measure", "term", "value", "unit"]
NO_NUMBER = re.compile(r"\b[-+]?(nan|inf|infinity)\b", re.IGNORECASE)


class Page(html.parser.HTMLParser):
    """Sections of a page, and the text of its tables."""

    def __init__(self, text):
        super().__init__()
        self.sections, self.cells, self.within = [], [], 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "section":
            self.sections.append(dict(attributes).get("id"))
        if tag in ("td", "th"):
            self.within += 1

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.within -= 1

    def handle_data(self, data):
        if self.within:
            self.cells.append(data)


def accounts_of(programme):
    named = re.search(r'^accounts\s*=\s*"([^"]+)"', programme.read_text(), re.MULTILINE)
    return programme.parent / named.group(1) if named else None


def check_rows(path):
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    if rows[0] != COLUMNS:
        yield f"effects.csv has the columns {rows[0]}"
    if len(rows) < 2:
        yield "effects.csv has no rows"
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(COLUMNS):
            yield f"effects.csv:{number}: {len(row)} fields"
        elif NO_NUMBER.search(row[7]):
            yield f"effects.csv:{number}: value {row[7]}"
        elif not row[0] or (row[7] and float(row[7]) != float(row[7])):
            yield f"effects.csv:{number}: no indicator, or no number"


def check_result(folder):
    lines = (folder / "summary.txt").read_text().splitlines()
    numbered = [line for line in lines if re.match(r"\s*[1-9]\. ", line)]
    if [line.split(".")[0].strip() for line in numbered] != list("12345"):
        yield f"summary.txt has {len(numbered)} numbered lines, not five"
    yield from (f"summary.txt: {line}" for line in lines if NO_NUMBER.search(line))
    yield from check_rows(folder / "effects.csv")
    page = Page((folder / "report.html").read_text())
    if len(page.sections) != 16 or len(set(page.sections)) != 16:
        yield f"report.html has the sections {page.sections}"
    yield from (f"report.html: a table cell says {cell!r}" for cell in page.cells if NO_NUMBER.search(cell))
    certificate = json.loads((folder / "certificate.json").read_text())
    if certificate.get("outcome") != "solved":
        yield f"certificate.json: outcome {certificate.get('outcome')}"
    if not outside.is_whole(folder):
        yield "not a whole data package"


def main():
    kontor = str(Path(sys.argv[1]).resolve())
    problems, ran = [], 0
    with tempfile.TemporaryDirectory(prefix="kontor-examples-") as name:
        folder = Path(name)
        for programme in sorted((ROOT / "examples").glob("*/programme.toml")):
            accounts, example = accounts_of(programme), programme.parent.name
            if outside.SANITIZED and example not in SANITIZED_ENOUGH:
                continue
            if accounts is None or not (accounts / "datapackage.json").is_file():
                print(f"skipped: {example} (its accounts are not there)")
                continue
            done = outside.call(outside.run_command(kontor, str(programme), example), folder, timeout=300)
            ran += 1
            if done.returncode != 0:
                problems.append(f"{example}: exit {done.returncode}: {done.stderr.decode()}")
                continue
            problems += [f"{example}: {problem}" for problem in check_result(folder / example)]
    print("\n".join(problems))
    print(f"{ran} examples, {len(problems)} problems")
    sys.exit(1 if problems or ran < (len(SANITIZED_ENOUGH) if outside.SANITIZED else 5) else 0)


if __name__ == "__main__":
    main()
