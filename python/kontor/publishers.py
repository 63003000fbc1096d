"""Accounts out of a publisher's files, and files of one's own joined onto accounts."""
from __future__ import annotations

import os
from typing import Any

from . import _kontor
from .accounts import Accounts, PathLike
from .progress import Progress, shown


def import_accounts(source: PathLike, format: str, /, *, into: Accounts | PathLike | None = None, gross_output: str = "",
                    duplicates: str = "error", missing: str = "", na: str = "", decimal_comma: bool = False, encoding: str = "utf-8",
                    allow_negative: bool = False, year: int = 0, currency: str = "", scale: float = 0.0, title: str = "",
                    progress: Progress = None, **settings: Any) -> Accounts:
    """Reads a file or folder of a publisher, or joins one onto accounts, as `kontor import` does: to the same bytes.

    `format`: a name of `kontor.formats()`; the formats satellite, border_costs, distances and regions are joined onto the accounts
    `into`, which stay as they are. `gross_output`: reported, row_sums, column_sums. `duplicates`: error, sum, first. `missing`:
    "zero" where absent flows are zero. `na`: text that means not available. `encoding`: utf-8, cp1251. `allow_negative`: keep
    negative intermediate flows. `year`, `currency`, `scale` (units of currency in one number, 1e6 for millions): where the source
    does not say. Further keywords are the format's own settings. What is odd stands in `findings` of the accounts.

    Raises DataError with everything that is wrong, by file and line; nothing is guessed and nothing repaired. UsageError for a
    format or a setting that does not exist, EnvironmentProblem where the source is not there.
    """
    held = into._held if isinstance(into, Accounts) and into.folder is None else None
    folder = "" if into is None or held else os.fspath(into.folder if isinstance(into, Accounts) else into)
    said = {key: ("no", "yes")[value] if isinstance(value, bool) else str(value) for key, value in settings.items()}
    with shown(progress) as tell:
        return Accounts(*_kontor.import_source(os.fspath(source), format, folder, held, gross_output, duplicates, missing, na, decimal_comma,
                                               encoding, allow_negative, year, currency, float(scale), title, said, tell))
