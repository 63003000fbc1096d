"""kontor: what would a programme of co-operation between regions do?

    import kontor
    accounts = kontor.read_accounts("data/finland-2014")
    result = kontor.run("examples/finland-full/programme.toml")
    print("\\n".join(result.answer))
    result.rows(indicator="real_income", sector="", year=2035)
"""
from __future__ import annotations

import json
from typing import Any

from . import _kontor
from ._kontor import Finding, thread_count, use_threads
from .accounts import Accounts, Satellites, read_accounts
from .draws import draw_part, merge
from .errors import DataError, EnvironmentProblem, Error, NoAnswer, UsageError
from .publishers import import_accounts
from .result import Comparison, Explanation, Result, compare, read_result, run, scan
from .table import Table
from .toml_text import to_toml

__version__: str = _kontor.version()

__all__ = ["Accounts", "Comparison", "DataError", "EnvironmentProblem", "Error", "Explanation", "Finding", "NoAnswer", "Result", "Satellites",
           "Table", "UsageError", "compare", "draw_part", "formats", "import_accounts", "indicators", "measures", "merge", "models",
           "programme_tables", "read_accounts", "read_result", "run", "scan", "thread_count", "to_toml", "use_threads"]


def indicators(name: str | None = None) -> Any:
    """All indicators, or the one of that name: a dict with meaning, unit, formula, source, terms and settings.

    Raises UsageError with the nearest names where there is none.
    """
    every = json.loads(_kontor.indicator_list_json())
    if name is None:
        return every
    _kontor.indicator_words(name)  # raises with the nearest names
    return next(one for one in every if one["name"] == name)


def measures() -> list[dict[str, Any]]:
    """The kinds of measure, each with its fields: name, what it holds in words, choices, whether it is required, and meaning."""
    return json.loads(_kontor.measures_json())


def programme_tables() -> list[dict[str, Any]]:
    """The other tables of a programme file with their fields, in the same way."""
    return json.loads(_kontor.programme_tables_json())


def models() -> list[dict[str, Any]]:
    """The models and what each can represent."""
    return json.loads(_kontor.models_json())


def formats() -> list[dict[str, Any]]:
    """The formats that `import_accounts` reads or joins: name, source, what each was tried on, and its settings."""
    return json.loads(_kontor.formats_json())
