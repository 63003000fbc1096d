"""The accounts that ship are what their script makes of the publisher's files, byte for byte.

    world_2011_test.py KONTOR
"""
import os
import sys
import tempfile
from pathlib import Path

import outside

ROOT = Path(__file__).resolve().parents[2]


def main():
    kontor = str(Path(sys.argv[1]).resolve())
    shared = Path(os.environ.get("KONTOR_DATA") or ROOT.parent / "shared").resolve()
    if not (shared / "data" / "wiod2013").is_dir():
        print("skipped: no shared data folder (set KONTOR_DATA)")
        sys.exit(outside.SKIP)
    with tempfile.TemporaryDirectory(prefix="kontor-world-") as folder:
        out = Path(folder) / "world-2011"
        done = outside.call([str(ROOT / "scripts" / "make-world-2011"), str(out)], ROOT, timeout=300, KONTOR=kontor, KONTOR_DATA=str(shared))
        if done.returncode != 0:
            sys.exit(f"scripts/make-world-2011 exits {done.returncode}: {done.stderr.decode()}")
        shipped, made = outside.content(ROOT / "data" / "world-2011"), outside.content(out)
    different = sorted(name for name in shipped.keys() | made.keys() if shipped.get(name) != made.get(name))
    print(f"other bytes: {', '.join(different)}" if different else "same bytes")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
