#!/usr/bin/env python3
"""Checks that every layer includes only itself and the layers to its left.

    scripts/check_layers.py [ROOT]

Reads the #include lines of src/, include/, cli/, python/ and web/. One line per violation:
FILE:LINE: what it includes; the rule. Exit 1 if there is any.
"""
import re
import sys
from pathlib import Path

LAYERS = ["base", "accounts", "network", "trade", "read", "programme", "model", "indicators", "report"]
OUTSIDE = ["cli", "python", "web"]  # callers: public headers only
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
SUFFIXES = {".h", ".hpp", ".cpp", ".cc", ".inc"}
ORDER = " < ".join(LAYERS)


def includes(file):
    """(line, path) of every #include."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1)


def source_files(folder):
    if folder.is_dir():
        yield from sorted(f for f in folder.rglob("*") if f.suffix in SUFFIXES and "node_modules" not in f.parts)


def target_of(root, file, path):
    """('public' or 'private' or '', layer) of an included path; '' for the system, packages and neighbours in callers' folders."""
    parts = Path(path).parts
    if parts[0] == "kontor":
        return "public", parts[1] if len(parts) > 2 else ""
    beside = (file.parent / path).resolve()
    private = root / "src" if (root / "src") in beside.parents else None
    if beside.is_file() and private is None:
        return "", ""
    inside = beside.relative_to(private).parts if private and beside.is_file() else parts
    if len(inside) > 1 and (inside[0] in LAYERS or (root / "src" / inside[0]).is_dir()):
        return "private", inside[0]
    if len(inside) == 1 and (root / "src" / inside[0]).is_file() and not beside.is_file():
        return "private", ""
    return "", ""


def check_layer_file(root, file, layer, is_public):
    """Violations of one file that belongs to a layer."""
    if layer not in LAYERS:
        yield 1, f"'{layer}' is no layer; folders are {ORDER}"
        return
    allowed = LAYERS[: LAYERS.index(layer) + 1]
    for line, path in includes(file):
        kind, target = target_of(root, file, path)
        if kind == "public" and target == "":
            yield line, f'includes "{path}", which stands above all layers; a layer includes its own headers and those to its left ({ORDER})'
        elif is_public and kind == "private":
            yield line, f'includes "{path}" of src/; a public header includes public headers only'
        elif kind and target not in allowed:
            yield line, f'includes "{path}" of {target}; {layer} includes only itself and the layers to its left ({ORDER})'


def check(root):
    """All violations as 'FILE:LINE: text'."""
    root = root.resolve()
    found = []

    def report(file, violations):
        found.extend(f"{file.relative_to(root)}:{line}: {text}" for line, text in violations)

    for folder, is_public in ((root / "src", False), (root / "include" / "kontor", True)):
        for file in source_files(folder):
            inside = file.relative_to(folder).parts
            if len(inside) > 1:  # src/kontor.cpp and include/kontor/kontor.h see everything
                report(file, check_layer_file(root, file, inside[0], is_public))
            elif is_public:
                report(file, ((line, f'includes "{path}" of src/; a public header includes public headers only')
                              for line, path in includes(file) if target_of(root, file, path)[0] == "private"))
    for name in OUTSIDE:
        for file in source_files(root / name):
            report(file, ((line, f'includes "{path}" of src/; {name}/ uses the public headers in include/kontor only')
                          for line, path in includes(file) if target_of(root, file, path)[0] == "private"))
    return found


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    found = check(root)
    print("\n".join(found) if found else "layers: every include points to its own layer or to the left")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
