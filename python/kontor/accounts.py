"""Accounts: who bought what from whom, in one year, one currency and one valuation."""
from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Union

import numpy as np

from . import _kontor
from ._html import pairs
from ._kontor import Finding
from .errors import wrong_argument
from .progress import Progress, shown
from .table import Table
from .words import finding_in_python, in_python

Names = Union[str, Sequence[str], None]
PathLike = Union[str, "os.PathLike[str]"]
#: A CSV file (from, to[, weight][, name]), or {from: to}, or {from: {to: weight}}; None: all stay.
Concordance = Union[str, "os.PathLike[str]", Mapping[str, Union[str, Mapping[str, float]]], None]


def names(value: Names) -> list[str]:
    """None, one name or several, as a list."""
    return [] if value is None else [value] if isinstance(value, str) else [str(one) for one in value]


def indicator_names(value: Names) -> list[str]:
    """One name or several; none is a mistake."""
    if not (found := names(value)):
        raise wrong_argument("name", "no indicator is named", "a name of `kontor.indicators()`", "e.g. output_multiplier")
    return found


class Satellites(Mapping[str, np.ndarray]):
    """Rows of numbers beside the money, by code: `accounts.satellites["jobs"]`, n numbers, NaN where a cell has none."""

    def __init__(self, rows: list[tuple], block: np.ndarray) -> None:
        self._rows = {row[0]: (k, row) for k, row in enumerate(rows)}
        self._block = block

    def __getitem__(self, code: str) -> np.ndarray:
        return self._block[self._rows[code][0]]

    def __iter__(self):
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def about(self, code: str) -> dict[str, Any]:
        """Name, unit, whether it is an estimate, and the source."""
        return dict(zip(("code", "name", "unit", "estimate", "source"), self._rows[code][1]))

    def __repr__(self) -> str:
        return "<satellites " + ", ".join(f"{code} ({row[2]})" for code, (_, row) in self._rows.items()) + ">"


class Accounts:
    """n cells (region, sector that exists), m columns of final use, p primary rows, k rows of imports.

    Blocks are read-only numpy views (float64, row-major) onto the mapped file: nothing is copied, a page of the file is read
    when it is looked at, and an array keeps the file open after the accounts are gone. Money is in `scale` units of `currency` a
    year, at basic prices of `price_year`:

        sum_j Z[i, j] + sum_k Y[i, k]                    = x[i]      uses of what cell i makes
        sum_i Z[i, j] + sum_m M[m, j] + sum_p V[p, j]    = x[j]      costs of cell j
    """

    def __init__(self, held: _kontor.Accounts, findings: Sequence[Finding] = ()) -> None:
        self._held = held
        self._findings = [finding_in_python(finding) for finding in findings]

    # --- what it is ---

    @property
    def title(self) -> str:
        """Title of the accounts."""
        return self._held.title

    @property
    def year(self) -> int:
        """The year whose flows these are."""
        return self._held.year

    @property
    def price_year(self) -> int:
        """The year whose prices they are in."""
        return self._held.price_year

    @property
    def currency(self) -> str:
        """ISO 4217 where there is a code, e.g. EUR."""
        return self._held.currency

    @property
    def scale(self) -> float:
        """Units of the currency that a number of 1 stands for: 1e6 for millions."""
        return self._held.scale

    @property
    def valuation(self) -> str:
        """Prices of the flows: basic, purchasers'."""
        return self._held.valuation

    @property
    def kind(self) -> str:
        """table: every buyer has origins of its own; trade_model: all buyers of a region share them."""
        return self._held.kind

    @property
    def notes(self) -> list[str]:
        """Assumptions and gaps that a reader of any result must know."""
        return self._held.notes

    @property
    def folder(self) -> Path | None:
        """The folder that was opened; None for accounts that were computed."""
        return self._held.folder

    @property
    def findings(self) -> list[Finding]:
        """What the import found odd, warnings and notes; none for accounts that came in another way. `check` asks the accounts."""
        return list(self._findings)

    # --- labels ---

    @property
    def regions(self) -> list[str]:
        """Codes of regions, nations that have regions and external regions included."""
        return [row[0] for row in self._held.regions]

    @property
    def region_names(self) -> dict[str, str]:
        """Names of regions by code."""
        return {row[0]: row[1] for row in self._held.regions}

    @property
    def parents(self) -> dict[str, str]:
        """The region that each belongs to, by code; empty at the top."""
        return {row[0]: row[2] for row in self._held.regions}

    @property
    def sectors(self) -> list[str]:
        """Codes of sectors."""
        return [row[0] for row in self._held.sectors]

    @property
    def sector_names(self) -> dict[str, str]:
        """Names of sectors by code."""
        return {row[0]: row[1] for row in self._held.sectors}

    @property
    def cells(self) -> list[tuple[str, str]]:
        """(region, sector) of each row and column of Z: n."""
        return self._held.cells

    @property
    def final_uses(self) -> list[tuple[str, str]]:
        """(region, category) of each column of Y: m."""
        return self._held.final_uses

    @property
    def primary_rows(self) -> list[str]:
        """Codes of the rows of V: p."""
        return [row[0] for row in self._held.primary_rows]

    @property
    def imports(self) -> list[tuple[str, str]]:
        """(external region, product) of each row of M: k."""
        return self._held.imports

    # --- numbers ---

    @property
    def Z(self) -> np.ndarray:
        """Intermediate flows, n x n: seller's cell by buyer's cell, money a year."""
        return self._held.Z

    @property
    def Y(self) -> np.ndarray:
        """Final use, n x m, money a year."""
        return self._held.Y

    @property
    def x(self) -> np.ndarray:
        """Gross output, n, money a year."""
        return self._held.x

    @property
    def V(self) -> np.ndarray:
        """Primary rows (wages, operating surplus, taxes), p x n, money a year."""
        return self._held.V

    @property
    def V_final(self) -> np.ndarray:
        """Taxes and margins paid on final use, p x m; 0 x 0 where the accounts hold none."""
        return self._held.V_final

    @property
    def M(self) -> np.ndarray:
        """Imports from external regions by cells, k x n, money a year."""
        return self._held.M

    @property
    def M_final(self) -> np.ndarray:
        """Imports from external regions by final uses, k x m, money a year."""
        return self._held.M_final

    @property
    def F(self) -> np.ndarray:
        """Satellites, s x n, each row in its own unit; NaN where a cell has no number."""
        return self._held.F

    @property
    def F_Y(self) -> np.ndarray:
        """Satellites of final users themselves, s x m; 0 x 0 where the accounts hold none."""
        return self._held.F_Y

    @property
    def distance(self) -> np.ndarray:
        """Regions x regions, km, NaN where unknown; 0 x 0 where the accounts hold none."""
        return self._held.distance

    @property
    def value_added(self) -> np.ndarray:
        """Sum of the primary rows that count as value added, n, money a year. Computed, so no view."""
        return self._held.value_added()

    @property
    def satellites(self) -> Satellites:
        """The rows of F by code, as views."""
        return Satellites(self._held.satellites, self._held.F)

    # --- what can be asked of it ---

    def check(self, *, hashes: bool = True, progress: Progress = None) -> list[Finding]:
        """All that is wrong, odd or worth knowing, each with place and remedy: identities, negative and idle cells, outliers.

        With `hashes` every block is held against the SHA-256 of the manifest first. Raises DataError where a file differs.
        """
        with shown(progress) as tell:
            return [finding_in_python(finding) for finding in self._held.check(hashes, tell)]

    def indicators(self, name: str | Sequence[str], *, region: Names = None, partner: Names = None, sector: Names = None,
                   bloc: Mapping[str, Sequence[str]] | None = None, setting: Mapping[str, Any] | None = None, progress: Progress = None,
                   **settings: Any) -> Table:
        """One indicator, or several, of these accounts.

        `region`, `partner`: codes of regions, nations or blocs (default: every region; no partner; partner="all" for each).
        `sector`: these sectors only. `bloc`: {"NAME": [members]}, regions that are looked at as one. Further keywords are the
        indicator's own settings, as `kontor.indicators()` lists them; one that is called like a keyword here stands in
        `setting`: {"sector": "16"}. Unit and source: `kontor.indicators(name)`.
        Raises UsageError for names and settings that do not exist, NoAnswer where the table has no inverse.
        """
        question = (names(region), names(partner), names(sector), blocs_of(bloc), settings_of(setting, settings))
        with shown(progress) as tell:
            return table_of([_kontor.indicator(self._held, one, *question, tell) for one in indicator_names(name)])

    def aggregate(self, *, regions: Concordance = None, sectors: Concordance = None, title: str = "", progress: Progress = None) -> Accounts:
        """Coarser accounts: cells are added up by weighted concordances of regions and sectors, as `kontor aggregate` does.

        Each concordance is a CSV file, or a dict {"10": "food"} or {"10": {"food": 0.9, "other": 0.1}}, in which every region with
        cells, or every sector, is named. Money keeps its unit, satellites theirs. Raises DataError for labels that are unknown or
        missing and for weights that do not sum to 1.
        """
        (region_file, region_text), (sector_file, sector_text) = _file_and_text(regions), _file_and_text(sectors)
        with shown(progress) as tell:
            return Accounts(_kontor.aggregate(self._held, region_file, sector_file, region_text, sector_text, title, tell))

    def write(self, folder: PathLike, *, force: bool = False) -> None:
        """Writes an accounts folder, whole or not at all. Raises EnvironmentProblem where it exists and `force` is not said."""
        self._held.write(os.fspath(folder), force)

    def __repr__(self) -> str:
        return f"<kontor.Accounts {self.title}, {self.year}: {len(self.cells)} cells>"

    def _repr_html_(self) -> str:
        cells = self.cells
        rows = [("year", str(self.year)), ("cells", f"{len(cells):,}"), ("regions with cells", f"{len({c[0] for c in cells}):,}"),
                ("sectors", f"{len(self.sectors):,}"), ("final uses", f"{len(self.final_uses):,}"),
                ("money in", f"{self.scale:,.15g} {self.currency}, {self.valuation} prices of {self.price_year}"),
                ("output", float(self.x.sum())), ("value added", float(self.value_added.sum())),
                ("satellites", ", ".join(self.satellites) or "none")]
        return pairs([("accounts", self.title), *rows])


def _file_and_text(concordance: Concordance) -> tuple[str, str]:
    """A concordance as the compiled part takes it: the name of a file, or the text of one."""
    if concordance is None:
        return "", ""
    if not isinstance(concordance, Mapping):
        return os.fspath(concordance), ""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("from", "to", "weight"))
    for old, new in concordance.items():
        for code, weight in new.items() if isinstance(new, Mapping) else [(new, 1.0)]:
            lines.writerow((old, code, repr(float(weight))))
    return "", text.getvalue()


def blocs_of(bloc: Mapping[str, Sequence[str]] | None) -> dict[str, list[str]]:
    """Blocs with one name or several as their members."""
    return {key: names(members) for key, members in (bloc or {}).items()}


def settings_of(setting: Mapping[str, Any] | None, settings: Mapping[str, Any]) -> dict[str, str]:
    """Settings as texts, true and false as the command line has them."""
    return {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in {**(setting or {}), **settings}.items()}


def table_of(answers: Sequence[tuple[dict[str, np.ndarray], list[str], str]]) -> Table:
    """Answers (columns, notes, text) of several indicators as one table."""
    columns = [answer[0] for answer in answers]
    joined = columns[0] if len(columns) == 1 else {key: np.concatenate([c[key] for c in columns]) for key in columns[0]}
    notes = list(dict.fromkeys(in_python(note) for answer in answers for note in answer[1]))
    return Table(joined, "\n".join(in_python(answer[2]) for answer in answers), notes)


def read_accounts(folder: PathLike) -> Accounts:
    """Opens an accounts folder by mapping its blocks: instant at any size.

    Manifest and file sizes are checked, hashes only by `check` and `run`. Raises EnvironmentProblem where it is not there,
    DataError where it is damaged.
    """
    return Accounts(_kontor.read_accounts(os.fspath(folder)))
