#!/usr/bin/env python3
"""Checks that the documentation is true.

    scripts/check_docs.py [--root ROOT] [--kontor PROGRAM]

Links: every relative link in README.md, CONTRIBUTING.md, CHANGELOG.md, docs/ and examples/ leads to a file, and to a heading where it names one.
Commands: in blocks fenced as ```console, every line that begins with "$ kontor" is run in a temporary copy of
examples/ and data/ (one copy a page, so a command may use what an earlier one made). It must exit with 0, or with
the code that a comment "# exits 3" states. Lines below a command must stand in its output, in that order; a line
"..." skips any number of lines, and "..." inside a line any text.
Programmes: all blocks of a page that are fenced as ```toml are one programme, which `kontor check` must read and compile without an error
(exit 0). The accounts that it names are looked for from the copy's root and from each folder of examples/.
Lists: every measure and model of the program has a page in docs/methods/, every format a section in docs/formats.md.

Without --kontor only the links are checked. One line per problem: FILE:LINE: what; exit 1 if there is any.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
EXITS = re.compile(r"#\s*exits\s+(\d+)\s*$")
COMMAND_SECONDS = 300  # longer than any documented command takes, sanitizers included


def pages(root):
    found = [root / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    return [page for page in found if page.is_file()] + [page for name in ("docs", "examples") for page in sorted((root / name).rglob("*.md"))]


def fences(lines):
    """(first line number, word after the fence, [(line number, text)]) of every fenced block."""
    block = None
    for number, line in enumerate(lines, 1):
        mark = line.strip()
        if block is None and mark.startswith("```"):
            block = (number, mark[3:].strip(), [])
        elif block is not None and mark == "```":
            yield block
            block = None
        elif block is not None:
            block[2].append((number, line))


def outside_fences(lines):
    inside = {n for first, _, body in fences(lines) for n in [first, first + len(body) + 1] + [b[0] for b in body]}
    return [(n, line) for n, line in enumerate(lines, 1) if n not in inside]


def anchor(heading):
    """The name that a heading gets in a link: lower case, punctuation dropped, spaces to hyphens."""
    text = re.sub(r"[`*]", "", heading.lstrip("#").strip()).lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def headings(page):
    return [line for _, line in outside_fences(page.read_text(encoding="utf-8").splitlines()) if line.startswith("#")]


def check_links(root, page):
    for number, line in outside_fences(page.read_text(encoding="utf-8").splitlines()):
        for target in LINK.findall(re.sub(r"`[^`]*`", "", line)):
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue  # an address elsewhere
            name, _, place = target.partition("#")
            file = (page.parent / name).resolve() if name else page
            if root not in [file, *file.parents]:
                yield number, f"link '{target}' leads out of the project"
            elif not file.exists():
                yield number, f"link '{target}' leads nowhere"
            elif place and file.suffix == ".md" and place not in [anchor(h) for h in headings(file)]:
                yield number, f"link '{target}': there is no such heading in {file.relative_to(root)}"


def commands(page):
    """(line number, command, expected exit code, expected lines) of every '$ kontor' of a page."""
    for _, word, body in fences(page.read_text(encoding="utf-8").splitlines()):
        if word != "console":
            continue
        current = None
        continued = False
        for number, line in body:
            if continued:
                current[1] += "\n" + line
            elif line.startswith("$ "):
                if current and current[1].startswith("kontor"):
                    yield tuple(current)
                current = [number, line[2:], 0, []]
            elif current:
                current[3].append(line.rstrip())
            continued = bool(current) and not current[3] and current[1].endswith("\\")
            stated = current and EXITS.search(current[1])
            if stated:
                current[2] = int(stated.group(1))
        if current and current[1].startswith("kontor"):
            yield tuple(current)


def missing_line(expected, output):
    """The first expected line that does not stand in the output after those before it; None if all do."""
    at = 0
    for line in expected:
        if not line.strip() or line.strip() == "...":
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in line.strip().split("...")) + r"\s*$")
        while at < len(output) and not pattern.match(output[at].strip()):
            at += 1
        if at == len(output):
            return line
        at += 1
    return None


def programme_of(page):
    """The text of a page with nothing but its TOML: a line of the programme is the line of the page. None if there is none."""
    lines = page.read_text(encoding="utf-8").splitlines()
    kept = {number: text for _, word, body in fences(lines) if word == "toml" for number, text in body}
    return "".join(kept.get(number, "") + "\n" for number in range(1, len(lines) + 1)) if kept else None


class Copy:
    """A temporary copy of what commands may use, with the program on the path."""

    def __init__(self, root, kontor):
        self.temporary = tempfile.TemporaryDirectory(prefix="kontor-docs-")
        self.folder = Path(self.temporary.name)
        for name in ("examples", "data"):
            if (root / name).is_dir():
                shutil.copytree(root / name, self.folder / name)
        path = self.folder / ".bin"
        path.mkdir()
        (path / "kontor").symlink_to(kontor)
        self.environment = dict(os.environ, PATH=f"{path}:{os.environ['PATH']}", LC_ALL="C.UTF-8")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.temporary.cleanup()

    def run(self, command):
        """Exit code and lines of output; no exit code if it took too long."""
        try:
            done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=COMMAND_SECONDS)
        except subprocess.TimeoutExpired:
            return None, []
        return done.returncode, done.stdout.decode("utf-8", "replace").splitlines()


def check_commands(page, copy):
    for number, command, code, expected in commands(page):
        exit_code, output = copy.run(command)
        if exit_code is None:
            yield number, f"'{command}' took longer than {COMMAND_SECONDS} s"
            continue
        if exit_code != code:
            yield number, f"'{command}' exits {exit_code}, not {code}: {' / '.join(output[-3:])}"
        line = missing_line(expected, output)
        if line is not None:
            yield number, f"'{command}' does not print the line '{line.strip()}'"


def check_programme(page, copy):
    """After the page's commands: they may have made the accounts."""
    text = programme_of(page)
    if text is None:
        return
    first = next(number for number, line in enumerate(text.splitlines(), 1) if line.strip())
    named = re.search(r'^accounts\s*=\s*"([^"]+)"', text, re.MULTILINE)
    if not named:
        yield first, "TOML without a [programme] that names accounts: nothing can check it"
        return
    folders = [copy.folder] + sorted(file for file in (copy.folder / "examples").glob("*") if file.is_dir())
    folder = next((f for f in folders if (f / named.group(1) / "datapackage.json").is_file()), None)
    if folder is None:
        yield first, f"the programme's accounts '{named.group(1)}' are neither at the root nor beside an example"
        return
    (folder / "page.toml").write_text(text, encoding="utf-8")
    exit_code, output = copy.run(f"kontor check '{(folder / 'page.toml').relative_to(copy.folder)}'")
    if exit_code == 0:
        return
    errors = [line for line in output if line.startswith("error")]
    for line in errors or [f"'kontor check' of the page's programme gives no exit code 0: {' / '.join(output[-3:])}"]:
        place = re.search(r"page\.toml:(\d+)", line)
        yield int(place.group(1)) if place else first, line


def listed_rows(kontor, *what):
    """The rows that `kontor WHAT --json` prints: a list of objects, bare or as the one list of an object."""
    done = subprocess.run([kontor, *what, "--json"], capture_output=True, text=True, timeout=COMMAND_SECONDS)
    if done.returncode != 0:
        raise ValueError(f"'kontor {' '.join(what)} --json' exits {done.returncode}")
    rows = json.loads(done.stdout)
    if isinstance(rows, dict):
        rows = next((value for value in rows.values() if isinstance(value, list)), [])
    if not rows:
        raise ValueError(f"'kontor {' '.join(what)} --json' lists nothing")
    return rows


def listed(kontor, what):
    return [row["name"] for row in listed_rows(kontor, what)]


def check_indicators(root, kontor):
    """Families share a page: it holds every one of its indicators by name."""
    for row in listed_rows(kontor, "indicators", "--list"):
        page = root / "docs" / "methods" / f"{row['page']}.md"
        if not page.is_file():
            yield f"docs/methods/{row['page']}.md: missing; '{row['name']}' of 'kontor indicators --list' names it"
        elif not re.search(rf"(?<![a-z_]){re.escape(row['name'])}(?![a-z_])", page.read_text(encoding="utf-8")):
            yield f"docs/methods/{row['page']}.md: does not name '{row['name']}', which stands in 'kontor indicators --list'"


def check_lists(root, kontor):
    for what in ("measures", "models"):
        for name in listed(kontor, what):
            if not (root / "docs" / "methods" / f"{name}.md").is_file():
                yield f"docs/methods/{name}.md: missing; '{name}' stands in 'kontor {what}'"
    page = root / "docs" / "formats.md"
    titles = [h.replace("`", "") for h in headings(page)] if page.is_file() else []
    for name in listed(kontor, "formats"):
        if not any(re.search(rf"(^|[\s#]){re.escape(name)}($|[\s:,(])", title) for title in titles):
            yield f"docs/formats.md: no section named '{name}', which stands in 'kontor formats'"


def check(root, kontor):
    found = []
    for page in pages(root):
        problems = list(check_links(root, page))
        if kontor and (programme_of(page) or next(commands(page), None)):
            with Copy(root, kontor) as copy:
                problems += list(check_commands(page, copy)) + list(check_programme(page, copy))
        found += [f"{page.relative_to(root)}:{number}: {text}" for number, text in sorted(problems)]
    if kontor:
        try:
            found += list(check_lists(root, kontor)) + list(check_indicators(root, kontor))
        except (ValueError, KeyError, TypeError) as problem:
            found.append(f"kontor: {problem}")
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    arguments.add_argument("--kontor", type=Path)
    options = arguments.parse_args()
    if options.kontor and not os.access(options.kontor, os.X_OK):
        print(f"{options.kontor}: no such program; build it first")
        return 1
    found = check(options.root.resolve(), options.kontor.resolve() if options.kontor else None)
    print("\n".join(found) if found else f"docs: {len(pages(options.root))} pages hold what they say")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
