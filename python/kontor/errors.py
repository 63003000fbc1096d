"""What goes wrong, by kind: each error carries its findings, with place and next step."""
from __future__ import annotations

from collections.abc import Sequence

from ._kontor import Finding
from .words import finding_in_python, parts_of


class Error(Exception):
    """The run cannot go on. `findings` holds everything that was collected until then."""

    exit_code = 1  # of the command line

    def __init__(self, findings: Sequence[Finding] = ()) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings) or "kontor cannot go on")

    def __reduce__(self) -> tuple:
        return (_again, (type(self), [parts_of(finding) for finding in self.findings]))


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


def _again(kind: type[Error], findings: list[dict[str, str]]) -> Error:
    return kind([Finding(**parts) for parts in findings])


def error_of(exit_code: int, findings: Sequence[Finding]) -> Error:
    """The error of an exit code; the compiled part calls this."""
    kinds = {kind.exit_code: kind for kind in (UsageError, DataError, NoAnswer, EnvironmentProblem)}
    return kinds.get(exit_code, Error)([finding_in_python(finding) for finding in findings])


def wrong_argument(argument: str, found: str, expected: str, remedy: str) -> UsageError:
    return UsageError([Finding(code="usage", column=argument, found=found, expected=expected, remedy=remedy)])
