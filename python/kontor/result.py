"""Runs and results."""
from __future__ import annotations

import json
import numbers
import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from . import _kontor
from ._html import lines, pairs
from ._kontor import Finding
from .accounts import Accounts, Names, PathLike, blocs_of, indicator_names, names, settings_of, table_of
from .errors import wrong_argument
from .progress import Progress, shown
from .table import Table
from .toml_text import to_toml
from .words import finding_in_python, in_python

MOST_DRAWS = 1_000_000


class Explanation:
    """One number as a tree. `tree` is nested dicts (kind, name, value, parts, cells): the parts of every node sum to its value."""

    def __init__(self, about: dict[str, Any], text: str) -> None:
        self.about = about
        self.text = text

    @property
    def tree(self) -> dict[str, Any]:
        """The number itself and below it its parts."""
        return self.about["tree"]

    @property
    def value(self) -> float:
        """The number that is explained, in `unit`."""
        return self.tree["value"]

    @property
    def unit(self) -> str:
        """Unit of every value of the tree."""
        return self.about["unit"]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<kontor.Explanation of {self.value:.6g} {self.unit}>"

    def _repr_html_(self) -> str:
        from html import escape
        return f"<pre>{escape(self.text)}</pre>"


class Result:
    """What one run found. `answer` says it in five lines, `table` holds every number."""

    def __init__(self, held: _kontor.Result) -> None:
        self._held = held

    @property
    def id(self) -> str:
        """Id of the programme."""
        return self._held.id

    @property
    def title(self) -> str:
        """Title of the programme."""
        return self._held.title

    @property
    def programme_text(self) -> str:
        """The programme as it was run, TOML."""
        return self._held.programme_text

    @property
    def years(self) -> range:
        """The horizon."""
        return range(self._held.first_year, self._held.last_year + 1)

    @property
    def folder(self) -> Path | None:
        """Where it was read from; None if it was run here."""
        return self._held.folder

    @property
    def answer(self) -> list[str]:
        """The answer in five lines; one line with the reason if there is no trustworthy answer."""
        return self._held.answer

    @cached_property
    def table(self) -> Table:
        """Every number of the run in long form, as `effects.csv`. Money is in the accounts' currency and scale, a year."""
        return Table(self._held.columns())

    @property
    def effects(self) -> Table:
        """The same as `table`, under the name of its file."""
        return self.table

    def rows(self, **where: Any) -> Table:
        """The rows in which each named column equals the value (or one of a list): `rows(indicator="real_income", sector="")`."""
        return self.table.rows(**where)

    def value(self, indicator: str, **where: Any) -> float:
        """One number, in the row's unit; NaN if there is none. Columns that are not named must be empty, `year` is the last."""
        return self.table.value(indicator=indicator, **{"year": self.years[-1], **where})

    @property
    def units(self) -> dict[str, str]:
        """Names of the numbers it holds, with their units, in the order of the table."""
        return dict(zip(self.table["indicator"], self.table["unit"]))

    @property
    def dependence(self) -> Table:
        """Who depends on whom before and after, in the last year: the rows of the report's page of that name.

        Their `term` is before, after or change, or ends in one of them ("face_value/after"); amounts of `building_purchases` have
        none. Notes (of a run, not of a folder) are the rules that were applied. `indicators` asks any other indicator, year or measure.
        """
        rows = self.rows(indicator=_kontor.dependence_indicators())
        return Table(dict(rows), notes=[finding.found for finding in self.findings if finding.code == "dependence"])

    def indicators(self, name: str | Sequence[str], *, region: Names = None, partner: Names = None, sector: Names = None,
                   bloc: Mapping[str, Sequence[str]] | None = None, year: int | str | Sequence[int] | None = None, measure: str = "",
                   closure: str = "", setting: Mapping[str, Any] | None = None, accounts: PathLike = "", progress: Progress = None,
                   **settings: Any) -> Table:
        """Indicators of the accounts before and after the programme, and their change: the rows of `kontor indicators RESULT`.

        `term` is before, after or change, or ends in one of them ("own/after"); `change` is after less before, NaN where one side
        has no number. `name`, `region`, `partner`, `sector`, `bloc`, `setting` and further keywords as in `Accounts.indicators`;
        blocs of the programme are known. `year`: one or several of the horizon, or "all"; else the last. `measure`: this one
        alone, else all that are agreed. `closure`: leontief (fixed prices), short_run, long_run, else the programme's own.
        `accounts`: of a result that was read, where they have moved. The programme is solved again for it.
        Raises UsageError for names that do not exist, NoAnswer where the model has none.
        """
        years = "" if year is None else year if isinstance(year, str) else ",".join(str(y) for y in (year if np.iterable(year) else [year]))
        with shown(progress) as tell:
            return table_of(self._held.indicators(indicator_names(name), names(region), names(partner), names(sector), blocs_of(bloc),
                                                  settings_of(setting, settings), years, measure, closure, os.fspath(accounts), tell))

    @property
    def certificate(self) -> dict[str, Any]:
        """Outcome, criterion, backward error, condition, digits guaranteed and residuals, as `certificate.json`."""
        return json.loads(self._held.certificate_json())

    @property
    def findings(self) -> list[Finding]:
        """Errors, warnings and notes about accounts and programme."""
        return [finding_in_python(finding) for finding in self._held.findings]

    @property
    def assumptions(self) -> list[str]:
        """What the equilibrium model assumes, in words."""
        return self._held.assumptions

    @property
    def parameters_used(self) -> list[str]:
        """Elasticities and shares with their sources."""
        return self._held.parameters_used

    @property
    def defaults(self) -> list[dict[str, Any]]:
        """Every default that was used because the programme is silent."""
        return [dict(zip(("measure", "field", "value", "why"), row)) for row in self._held.defaults]

    @property
    def not_counted(self) -> list[dict[str, Any]]:
        """Changes that no model of the run represents."""
        return [dict(zip(("measure", "change", "why", "first_year", "last_year"), row)) for row in self._held.not_counted]

    @property
    def summary(self) -> str:
        """The answer in plain text, with what is proven and what is not."""
        return self._from_folder("summary.txt") or self._held.summary_text()

    @property
    def report_html(self) -> str:
        """The whole report: one page without script, which needs no network."""
        return self._from_folder("report.html") or self._held.report_html()

    def _from_folder(self, name: str) -> str | None:
        return (self.folder / name).read_text(encoding="utf-8") if self.folder else None

    def write(self, folder: PathLike, *, force: bool = False) -> Path:
        """Writes a result folder, whole or not at all, and gives its path: the same bytes as `kontor run`.

        Raises EnvironmentProblem where it exists and `force` is not said, UsageError for a result that was read from a folder.
        """
        if self.folder:
            raise wrong_argument("folder", f"this result lies in {self.folder} already", "a result that was run here", "copy the folder")
        self._held.write(os.fspath(folder), force)
        return Path(folder)

    def explain(self, indicator: str, region: str = "", *, sector: str = "", year: int | None = None, closure: str = "", most: int = 5,
                levels: int = 4, shapley: bool = False, accounts: PathLike = "", progress: Progress = None) -> Explanation:
        """Why one number is what it is: by measure, channel, partner and sector, down to cells of the accounts.

        `region`: region, nation or bloc, empty for all together. `year`: of the horizon, else the last. `most`: parts at each
        node, the others together. `levels`: of the tree that `text` shows. `accounts`: of a result that was read, where they
        have moved. Raises UsageError for what does not exist, NoAnswer where the model has none.
        """
        with shown(progress) as tell:
            about, text = self._held.explain(indicator, region, sector, year or 0, closure, most, shapley, levels, os.fspath(accounts), tell)
        return Explanation(json.loads(about), text)

    def accounts_after(self, year: int | None = None, *, accounts: PathLike = "", progress: Progress = None) -> Accounts:
        """The accounts as they are after the programme in a year of the horizon, else the last. Raises UsageError for another."""
        with shown(progress) as tell:
            return Accounts(self._held.accounts_after(self.years[-1] if year is None else year, os.fspath(accounts), tell))

    def __repr__(self) -> str:
        return f"<kontor.Result {self.id}, {self.years[0]} to {self.years[-1]}: {self.table.row_count} rows>"

    def _repr_html_(self) -> str:
        held = self._held
        about = [("accounts", f"{held.accounts_title}, {held.accounts_year}"), ("outcome", self.certificate.get("outcome", ""))]
        worth = [str(finding) for finding in self.findings if finding.severity != "note"]
        return pairs([("programme", f"{self.title} ({self.id})"), *about]) + lines("The answer", self.answer, "ol") + lines("Findings", worth)


class Comparison(Table):
    """Two results side by side: `value` is b less a, `a` and `b` stand beside it. `findings`: what to know before comparing."""

    def __init__(self, columns: dict, text: str, findings: list[Finding]) -> None:
        self.findings = [finding_in_python(finding) for finding in findings]
        super().__init__(columns, text, [str(finding) for finding in self.findings])


def _text_and_name(programme: Any) -> tuple[str, Path]:
    """The text of a programme that is no file, and the file that messages and relative paths see."""
    if isinstance(programme, Mapping):
        return to_toml(programme) or "\n", Path("programme.toml")  # no text at all would mean the file
    if isinstance(programme, str) and "\n" in programme:
        return programme, Path("programme.toml")
    if isinstance(programme, (str, os.PathLike)):
        return "", Path(programme)
    raise wrong_argument("programme", f"a {type(programme).__name__}", "a path, the text of a programme or a dict", "see kontor.run")


def folder_of(accounts: Accounts | PathLike | None) -> str:
    """The folder of accounts that were named; empty where none were."""
    if accounts is None:
        return ""
    if not isinstance(accounts, Accounts):
        return os.fspath(accounts)
    if accounts.folder is None:
        raise wrong_argument("accounts", "accounts that lie in no folder", "accounts that were read", "write them first, accounts.write(FOLDER)")
    return str(accounts.folder)


def run(programme: Mapping[str, Any] | PathLike, accounts: Accounts | PathLike | None = None, *, draws: int | bool = 0,
        attribution: str = "path", gross_only: bool = False, strict: bool = False, progress: Progress = None) -> Result:
    """What a programme of co-operation does to every region and sector.

    `programme`: a file, the text of one, or a dict (`to_toml` shows how it is read); paths in text and dict are seen from the
    working folder. `accounts`: instead of those that it names. `draws`: how sure, by that many draws of what [uncertainty] varies;
    True: as many as it says. `attribution`: path, shapley or none. `gross_only`: fixed prices alone. `strict`: a change that no
    model counts is an error. Ctrl-C stops it within a second.

    Raises DataError with every mistake in the programme, UsageError for a wrong argument, NoAnswer where nothing can be trusted.
    """
    text, file = _text_and_name(programme)
    if not isinstance(draws, numbers.Integral) or not 0 <= draws <= MOST_DRAWS:
        raise wrong_argument("draws", repr(draws), f"a number of draws from 0 to {MOST_DRAWS}, or True", "leave it out for the central case")
    if draws and gross_only:
        raise wrong_argument("draws", "draws with gross_only", "draws are of the net effect", "leave one of the two out")
    wanted = None if draws is True else int(draws)
    with shown(progress) as tell:
        return Result(_kontor.run(file, text, folder_of(accounts), gross_only, strict, attribution, wanted, tell))


def read_result(folder: PathLike) -> Result:
    """A result folder that `kontor run` or `Result.write` wrote. Raises EnvironmentProblem or DataError."""
    return Result(_kontor.read_result(os.fspath(folder)))


def compare(a: Result | PathLike, b: Result | PathLike, *, everything: bool = False) -> Comparison:
    """Two results side by side: region totals of all measures together, or `everything`."""
    held = [one if isinstance(one, Result) else read_result(one) for one in (a, b)]
    return Comparison(*_kontor.compare(held[0]._held, held[1]._held, everything))


def _text_of(value: Any) -> str:
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def scan(target: Accounts | PathLike, *, accounts: Accounts | PathLike | None = None, goal: Names = None, lever: Names = None,
         region: Names = None, sector: Names = None, bloc: Mapping[str, Sequence[str]] | None = None, closure: str = "",
         top: int | None = None, step: float | None = None, capital_step: float | None = None, nobody_loses: bool = False,
         tolerance: float | None = None, only_new: bool = False, distances: PathLike = "", year: int | None = None,
         budget: float | None = None, costs: PathLike = "", progress: Progress = None) -> Table:
    """What nobody has written down yet: levers ranked by what they would bring, the best solved again.

    `target`: accounts, or a programme file (then on top of what is agreed). `goal`: "real_income:REGION=WEIGHT", several.
    `lever`: trade_cost, tariff, productivity, capital, sourcing. Steps and tolerance in per cent. `budget` (single units of money)
    with `costs` (CSV: candidate,cost,step): the best portfolio. Raises UsageError, DataError or NoAnswer.
    """
    question = _kontor.ScanQuestion()
    question.target = folder_of(target) if isinstance(target, Accounts) else os.fspath(target)
    question.accounts = folder_of(accounts)
    question.goals, question.levers, question.regions, question.sectors = names(goal), names(lever), names(region), names(sector)
    question.blocs = [f"{name}={','.join(names(members))}" for name, members in (bloc or {}).items()]
    question.closure, question.distances, question.costs = closure, os.fspath(distances), os.fspath(costs)
    question.top, question.year = _text_of(top), _text_of(year)
    question.step, question.capital_step, question.tolerance = _text_of(step), _text_of(capital_step), _text_of(tolerance)
    question.budget = _text_of(budget)
    question.nobody_loses, question.only_new = nobody_loses, only_new
    with shown(progress) as tell:
        columns, notes, text, findings = _kontor.scan(question, tell)
    return Table(columns, in_python(text), [*map(in_python, notes), *(str(finding_in_python(finding)) for finding in findings)])
