"""The library speaks of its command line: here its flags and verbs become the arguments and functions that they are in Python."""
from __future__ import annotations

import re

from ._kontor import Finding

PARTS = ("severity", "code", "file", "row", "column", "found", "expected", "remedy")

_VERBS = {
    "aggregate": "accounts.aggregate", "check": "accounts.check()", "formats": "kontor.formats()", "import": "kontor.import_accounts",
    "import --format satellite": 'kontor.import_accounts(FILE, "satellite")', "import --list": "kontor.formats()",
    "indicators --list": "kontor.indicators()", "indicators --list NAME": "kontor.indicators(NAME)", "measures": "kontor.measures()",
    "measures parameters": "kontor.programme_tables()", "run --draws": "kontor.run(draws=...)",
    "run PROGRAMME --draws A:B": "kontor.draw_part", "scan": "kontor.scan",
}
_VERB = re.compile("kontor (" + "|".join(sorted(map(re.escape, _VERBS), key=len, reverse=True)) + r")(?![\w-])")
_FLAGS = ("accounts allow-negative attribution bloc budget capital-step closure costs currency decimal-comma distances draws duplicates encoding "
          "force format goal gross-only gross-output indicator into lever measure missing na nobody-loses only-new out partner programme "
          "region resume scale sector step strict title tolerance top year").split()
_SWITCHES = {"force", "decimal_comma", "allow_negative", "gross_only", "strict", "nobody_loses", "only_new", "resume"}
_SETTING = re.compile(r"--with\s+([a-z_]+)(?:=([^\s`;,)]+))?")
# A value looks like one: it has a capital, a digit or a sign in it, or it is one of the words that flags take.
_VALUE = r"[A-Z0-9][\w:=,./-]*\w|[A-Z0-9]|\w+[:=][\w:=,./-]*\w|[a-z]+_[a-z_]+|[a-z]+\d+|sum|first|zero|all|reported|sourcing"
_FLAG = re.compile(rf"--({'|'.join(_FLAGS)})(?![\w-])(?: ({_VALUE})(?![\w-]))?")


def _said(name: str, value: str) -> str:
    stands_for_itself = re.fullmatch(r"[A-Z]+|-?[0-9.]+(e[0-9]+)?", value)
    return f"{name}={value}" if stands_for_itself else f'{name}="{value}"'


def _flag(match: re.Match[str]) -> str:
    name, value = match[1].replace("-", "_"), match[2]
    if name == "out":
        return f"folder {value}" if value else "folder"
    if name == "draws" and value and (part := re.fullmatch(r"(\w+):(\w+)", value)):
        return f"draws={part[1]} to {part[2]}"
    if name == "bloc" and value and (bloc := re.fullmatch(r"(\w+)=([\w,]+)", value)):
        return f'bloc={{"{bloc[1]}": ["' + bloc[2].replace(",", '", "') + '"]}'
    return _said(name, value) if value else f"{name}=True" if name in _SWITCHES else name


def in_python(text: str) -> str:
    """A sentence of the library, its `--flag value` as `flag=value` and its verbs as functions."""
    if "--" not in text and "kontor " not in text:
        return text
    text = _VERB.sub(lambda match: _VERBS[match[1]], text)
    text = _SETTING.sub(lambda match: _said(match[1], match[2]) if match[2] else match[1], text)
    return _FLAG.sub(_flag, text)


def parts_of(finding: Finding) -> dict[str, str]:
    """The texts of a finding, by name."""
    return {name: getattr(finding, name) for name in PARTS}


def finding_in_python(finding: Finding) -> Finding:
    """The finding in these words; a flag that is its place is the argument: `--capital-step` is capital_step, `--with type` type."""
    said = parts_of(finding)
    for name in ("found", "expected", "remedy"):
        said[name] = in_python(said[name])
    if not finding.file and finding.column.startswith("--"):
        said["column"] = finding.column.removeprefix("--with ").removeprefix("--").replace("-", "_")
    return finding if said == parts_of(finding) else Finding(**said)
