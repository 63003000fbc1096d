"""Same input, same bytes: again and again, with one thread and with two, in a locale with a decimal comma.

    same_bytes_test.py KONTOR [--runs N]
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import outside

ROOT = Path(__file__).resolve().parents[2]
PROGRAMMES = ("finland-full", "world-neighbours")


def call(command, folder, threads, **surroundings):
    done = subprocess.run([*map(str, command), "--threads", str(threads)], cwd=folder, env=dict(outside.environment(), **surroundings),
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nexits {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def different(expected, found):
    """Names of the files whose bytes differ or that one side lacks."""
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))


def comma_locale():
    """A locale with a decimal comma that is installed here; otherwise one that is asked for in vain."""
    installed = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split() if shutil.which("locale") else []
    return next((name for name in installed if name.split(".")[0] in ("de_DE", "fr_FR", "ru_RU", "fi_FI")), "de_DE.UTF-8")


def check_command(what, command, folder, out, runs):
    """Problems of one command whose output folder is `out`, over several runs and surroundings."""
    locale = comma_locale()
    surroundings = [(1 + i % 2, {}) for i in range(runs)]
    surroundings += [(2, {"LC_ALL": locale, "LC_NUMERIC": locale, "LANG": locale}), (1, {"TZ": "Asia/Tokyo", "HOME": "/nowhere"})]
    expected, problems = None, []
    for threads, more in surroundings:
        printed = call([*command, "--out", out, "--force"], folder, threads, **more)
        found = outside.content(folder / out)
        if not outside.is_whole(folder / out):
            problems.append(f"{what}: not a whole data package")
        found["(printed)"] = printed
        if expected is None:
            expected = found
        elif found != expected:
            problems.append(f"{what} with {threads} threads {more or ''}: other bytes in {', '.join(different(expected, found))}")
    return problems


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("kontor")
    arguments.add_argument("--runs", type=int, default=5)
    options = arguments.parse_args()
    if outside.SANITIZED:
        print("skipped: what a thread changes the release build shows as well, in a tenth of the time")
        sys.exit(outside.SKIP)
    kontor = str(Path(options.kontor).resolve())
    problems = []
    with tempfile.TemporaryDirectory(prefix="kontor-bytes-") as name:
        folder = Path(name)
        for programme in PROGRAMMES:
            command = [kontor, "run", ROOT / "examples" / programme / "programme.toml"]
            problems += check_command(f"run {programme}", command, folder, programme, options.runs)
        shared = Path(os.environ.get("KONTOR_DATA") or ROOT.parent / "shared")
        table = shared / "data" / "wiod2013" / "wiot_2011.csv.gz"
        if table.is_file():
            problems += check_command("import of WIOD 2011", [kontor, "import", table, "--format", "wiod"], folder, "wiod", min(options.runs, 6))
        else:
            print("skipped: import of WIOD (no shared data folder; set KONTOR_DATA)")
    print("\n".join(problems) or "same bytes")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
