"""What goes wrong, by kind: each error carries its findings, with place and next step."""
from __future__ import annotations

from collections.abc import Sequence

from ._kontor import Finding


class Error(Exception):
    """The run cannot go on. `findings` holds everything that was collected until then."""

    exit_code = 1  # of the command line

    def __init__(self, findings: Sequence[Finding] = ()) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings) or "kontor cannot go on")

    def __reduce__(self) -> tuple:
        return (_again, (type(self), [_parts(finding) for finding in self.findings]))


class UsageError(Error, ValueError):
    """An argument is wrong (exit code 2 of the command line)."""

    exit_code = 2


class DataError(Error, ValueError):
    """Data or programme are wrong (exit code 3)."""

    exit_code = 3


class NoAnswer(Error, ArithmeticError):
    """There is no trustworthy answer (exit code 4)."""

    exit_code = 4


class EnvironmentProblem(Error, OSError):
    """Something around kontor: a file that is not there, an output that exists, a full disk (exit code 5)."""

    exit_code = 5

    def __str__(self) -> str:
        return Exception.__str__(self)


_PARTS = ("severity", "code", "file", "row", "column", "found", "expected", "remedy")


def _parts(finding: Finding) -> dict[str, str]:
    return {name: getattr(finding, name) for name in _PARTS}


def _again(kind: type[Error], findings: list[dict[str, str]]) -> Error:
    return kind([Finding(**parts) for parts in findings])


def _as_argument(finding: Finding) -> Finding:
    """A flag of the command line under the name that it has here: `--capital-step` is capital_step, `--with type` is type."""
    if finding.file or not finding.column.startswith("--"):
        return finding
    name = finding.column.removeprefix("--with ").removeprefix("--").replace("-", "_")
    return Finding(**{**_parts(finding), "column": name})


def error_of(exit_code: int, findings: Sequence[Finding]) -> Error:
    """The error of an exit code; the compiled part calls this."""
    kinds = {kind.exit_code: kind for kind in (UsageError, DataError, NoAnswer, EnvironmentProblem)}
    return kinds.get(exit_code, Error)([_as_argument(finding) for finding in findings])


def wrong_argument(argument: str, found: str, expected: str, remedy: str) -> UsageError:
    return UsageError([Finding(code="usage", column=argument, found=found, expected=expected, remedy=remedy)])
