"""Draws that are computed apart, by several processes or machines, and joined to one result."""
from __future__ import annotations

import numbers
import os
from collections.abc import Sequence
from pathlib import Path

from . import _kontor
from .accounts import Accounts, PathLike
from .errors import wrong_argument
from .progress import Progress, shown
from .result import MOST_DRAWS, Result, folder_of


def draw_part(programme: PathLike, first: int, last: int, folder: PathLike, *, accounts: Accounts | PathLike | None = None,
              force: bool = False, progress: Progress = None) -> Path:
    """Computes draws `first` to `last` (both included, counted from 1) of a programme file alone and writes them into a folder.

    As `kontor run --draws A:B`; a draw's number decides what is drawn, so parts need not know of each other. Raises UsageError for
    another range, DataError for a programme in which nothing is agreed, EnvironmentProblem where the folder exists.
    """
    if not all(isinstance(n, numbers.Integral) for n in (first, last)) or not 1 <= first <= last <= MOST_DRAWS:
        raise wrong_argument("first", f"draws {first!r} to {last!r}", f"a range within 1 to {MOST_DRAWS}", "e.g. first=1, last=500")
    with shown(progress) as tell:
        _kontor.draw_part(os.fspath(programme), int(first), int(last), os.fspath(folder), folder_of(accounts), force, tell)
    return Path(folder)


def merge(parts: Sequence[PathLike], *, programme: PathLike = "", accounts: Accounts | PathLike | None = None,
          progress: Progress = None) -> Result:
    """The result of all draws, of which each folder holds a part: to the bytes that one run of all of them gives, as `kontor merge`.

    `programme` and `accounts`: where they no longer lie as the first part says. Raises DataError where the parts are of different
    runs, overlap or leave a gap, and as `kontor.run` does.
    """
    with shown(progress) as tell:
        return Result(_kontor.merge([os.fspath(part) for part in parts], os.fspath(programme), folder_of(accounts), tell))
