"""How accounts, tables and results show themselves in a notebook. Whatever came from a file is escaped."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

MOST_ROWS = 20  # of a table that are shown


def cell(value: Any) -> str:
    if isinstance(value, float):
        return "n/a" if value != value else f"{value:,.6g}"
    return escape(str(value))


def grid(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join("<tr>" + "".join(f"<td>{cell(value)}</td>" for value in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def pairs(rows: Iterable[tuple[str, Any]]) -> str:
    return "<table>" + "".join(f"<tr><th>{escape(name)}</th><td>{cell(value)}</td></tr>" for name, value in rows) + "</table>"


def lines(title: str, texts: Iterable[str], tag: str = "ul") -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<p>{escape(title)}</p><{tag}>{items}</{tag}>" if items else ""


def table_html(columns: Mapping[str, Any], count: int, notes: Iterable[str]) -> str:
    """The first rows, without the columns that are empty throughout."""
    shown = {name: column[:MOST_ROWS].tolist() for name, column in columns.items()}
    names = [name for name, column in shown.items() if name == "value" or any(value not in ("", 0) for value in column)]
    rows = zip(*(["" if name == "year" and value == 0 else value for value in shown[name]] for name in names))
    more = f"<p>{MOST_ROWS} of {count:,} rows</p>" if count > MOST_ROWS else ""
    return grid(names, rows) + more + lines("Notes", notes)
