"""Numbers in long form: one a row, always the same columns, as a dict that pandas takes as it is."""
from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from ._html import table_html
from .errors import wrong_argument

COLUMNS = ("indicator", "region", "sector", "partner", "year", "measure", "term", "value", "unit")


class Table(dict[str, np.ndarray]):
    """Columns by name, all of one length: `pandas.DataFrame(table)` works as it stands.

    Columns: `indicator, region, sector, partner, measure, term, unit` (str, empty where one does not apply),
    `year` (int64, 0 where none applies) and `value` (float64 in `unit`, NaN where not available).
    `text` is the same for people, `notes` are rules that were applied and gaps.
    """

    def __init__(self, columns: dict[str, np.ndarray], text: str = "", notes: Iterable[str] = ()) -> None:
        super().__init__(columns)
        self.text = text
        self.notes = list(notes)

    @property
    def row_count(self) -> int:
        """Number of rows. `len(table)` is the number of columns, as for any dict."""
        return len(self["value"])

    def rows(self, **where: Any) -> Table:
        """The rows in which each named column equals the value, or one of the values of a list.

        A column that is not named may hold anything: name `sector=""` for totals over sectors, `measure=""` for all measures
        together. Raises UsageError for a column that does not exist.
        """
        keep = np.ones(self.row_count, dtype=bool)
        for name, wanted in where.items():
            if name not in self:
                raise wrong_argument(name, f"no column `{name}`", "a column: " + ", ".join(self), "see the keys of the table")
            values = list(wanted) if isinstance(wanted, (list, tuple, set, frozenset, range, np.ndarray)) else [wanted]
            keep &= np.isin(self[name], values) if name in ("year", "value") else np.fromiter(
                (cell in values for cell in self[name]), dtype=bool, count=self.row_count)
        return Table({name: column[keep] for name, column in self.items()}, notes=self.notes)

    def value(self, **where: Any) -> float:
        """The one value of the rows that match, in the row's unit; NaN if there is none.

        Columns that are not named must be empty, but for `year` and `unit`, which may hold anything. Raises UsageError where
        several rows match.
        """
        empty = {name: "" for name in ("region", "sector", "partner", "measure", "term") if name in self and name not in where}
        found = self.rows(**empty, **where)
        if found.row_count > 1:
            raise wrong_argument("rows", f"{found.row_count} rows match", "one row", "name further columns, e.g. year=")
        return float(found["value"][0]) if found.row_count else math.nan

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows one by one, as plain dicts of str, int and float."""
        lists = {name: column.tolist() for name, column in self.items()}
        for k in range(self.row_count):
            yield {name: column[k] for name, column in lists.items()}

    def __str__(self) -> str:
        return self.text or f"{self.row_count} rows of {', '.join(self)}"

    def __repr__(self) -> str:
        return f"<kontor.Table, {self.row_count} rows>"

    def _repr_html_(self) -> str:
        return table_html(self, self.row_count, self.notes)
