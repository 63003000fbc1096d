#!/usr/bin/env python3
"""Checks that no two types of the project share a name.

    scripts/check_names.py [ROOT]

Two different `struct Labels` in namespace kontor are one type to the linker: it keeps the destructor of either, and the
other one's objects are freed by it. Neither compiler nor linker says a word. Types that only one .cpp needs go into an
anonymous namespace, which this script leaves alone. One line per second definition: FILE:LINE; exit 1 if there is any.
"""
import re
import sys
from pathlib import Path

TYPE = re.compile(r"^(?:template <[^>]*>\s*)?(?:struct|class|union|enum class|enum) (\w+)\b(?!::)(?: final)?(?:\s*:[^:{;]*[^;]*)?\s*\{")
FOLDERS = ("src", "include", "cli", "web")


def types(file):
    """(line, name) of every type that a file defines at namespace scope, outside anonymous namespaces."""
    hidden = False
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if re.match(r"namespace\s*\{", line):
            hidden = True
        elif hidden and re.match(r"\}\s*(//\s*namespace\s*)?$", line) and "namespace" in line:
            hidden = False
        match = TYPE.match(line)  # members and local types are indented
        if match and not hidden:
            yield number, match.group(1)


def check(root):
    first, found = {}, []
    for folder in FOLDERS:
        for file in sorted(f for f in (root / folder).rglob("*") if f.suffix in {".h", ".cpp"}):
            for line, name in types(file):
                place = f"{file.relative_to(root)}:{line}"
                if name in first:
                    found.append(f"{place}: a second type '{name}'; the first is at {first[name]}; "
                                 "give one another name, or an anonymous namespace if one .cpp alone needs it")
                else:
                    first[name] = place
    return found


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    found = check(root.resolve())
    print("\n".join(found) if found else "names: every type has its own")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
