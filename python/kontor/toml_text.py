"""A programme as a dict of Python, written as the TOML that kontor reads."""
from __future__ import annotations

import datetime
import json
import numbers
import os
import re
from collections.abc import Mapping
from typing import Any

from .errors import wrong_argument

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: Any) -> str:
    return str(name) if _BARE.match(str(name)) else _text(str(name))


def _value(value: Any, place: str) -> str:
    if hasattr(value, "tolist"):  # numpy
        value = value.tolist()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, os.PathLike)):
        return _text(os.fspath(value))
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        return repr(float(value))
    if isinstance(value, datetime.date):
        return _text(value.isoformat())
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v, f'{place}.{k}')}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(one, f"{place}[{k}]") for k, one in enumerate(value)) + "]"
    raise wrong_argument(place, f"a {type(value).__name__}", "text, number, true or false, date, list or dict",
                         "leave the key out where there is no value")


def _table(header: str, table: Mapping[str, Any], place: str) -> list[str]:
    return [header, *(f"{_key(name)} = {_value(value, f'{place}.{name}')}" for name, value in table.items()), ""]


def to_toml(programme: Mapping[str, Any]) -> str:
    """The text of a programme: one table for each dict, one `[[NAME]]` for each dict of a list. Keys stay in their order.

    `kontor.run` does this with a dict; messages then name lines of this text, as `programme.toml:LINE`. Raises UsageError for a
    value that TOML cannot hold, naming its key.
    """
    single, tables = [], []
    for name, part in programme.items():
        if isinstance(part, Mapping):
            tables += _table(f"[{_key(name)}]", part, str(name))
        elif isinstance(part, (list, tuple)) and part and all(isinstance(one, Mapping) for one in part):
            for k, one in enumerate(part):
                tables += _table(f"[[{_key(name)}]]", one, f"{name}[{k}]")
        else:
            single.append(f"{_key(name)} = {_value(part, str(name))}")
    return "\n".join(single + tables)
