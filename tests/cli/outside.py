"""What the tests of the program from outside share: a tiny world, its commands, and an independent look at folders.

The world is the one of tests/support.h: regions L and M, sectors 1 and 2, numbers one can redo on paper.
"""
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

SANITIZED = os.environ.get("KONTOR_SANITIZED") == "1"
SKIP = 77  # exit code by which ctest knows a test that could not run here

FLOWS = """from_region,from_sector,to_region,to_sector,value
L,1,L,1,10
L,1,L,2,20
L,1,M,1,5
L,1,M,2,5
L,2,L,1,20
L,2,L,2,30
L,2,M,1,10
L,2,M,2,10
M,1,L,1,5
M,1,L,2,10
M,1,M,1,20
M,1,M,2,15
M,2,L,1,5
M,2,L,2,10
M,2,M,1,15
M,2,M,2,20
L,1,L,FD,50
L,1,M,FD,10
L,2,L,FD,100
L,2,M,FD,30
M,1,L,FD,10
M,1,M,FD,40
M,2,L,FD,10
M,2,M,FD,40
"""

PROGRAMME = """[programme]
id = "tiny"
title = "A programme of one contract"
accounts = "accounts"
base_year = 2020
horizon = [2021, 2024]
currency = "EUR"
price_year = 2020

[parameters]
trade_elasticity = 5

[[measure]]
id = "M1"
kind = "contract"
status = "signed"
title = "Works from L for M"
seller = { region = "L", sector = "2" }
buyer = { region = "M", use = "household" }
money = { total = 4e6, basis = "basic" }
period = ["2021-01", "2024-12"]
additional = 0.5
replaces = { domestic = 0.5, nothing = 0.5 }
"""


def environment(**more):
    """The surroundings of every command: no colours, no locale; LeakSanitizer cannot work under strace."""
    return dict(os.environ, LC_ALL="C.UTF-8", OPENBLAS_NUM_THREADS="1", ASAN_OPTIONS="detect_leaks=0", **more)


def import_command(kontor, source="flows.csv", out="accounts"):
    return [kontor, "import", source, "--format", "long_csv", "--year", "2020", "--currency", "EUR", "--scale", "1e6", "--out", out]


def run_command(kontor, programme="programme.toml", out="result"):
    return [kontor, "run", programme, "--out", out]


def call(command, folder, timeout=120, **more):
    return subprocess.run(command, cwd=folder, env=environment(**more), stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)


def must(command, folder):
    """A command that has to work before the test can ask its question."""
    done = call(command, folder)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nexits {done.returncode}: {done.stdout.decode()}{done.stderr.decode()}")
    return done


def content(folder):
    """SHA-256 of every file below a folder by name; None if there is no folder. run.log may differ between runs."""
    folder = Path(folder)
    if not folder.is_dir():
        return None
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest()
            for f in sorted(folder.rglob("*")) if f.is_file() and f.name != "run.log"}


def is_whole(folder):
    """True if the folder is a data package that holds every file it lists, with the bytes it was written with."""
    try:
        manifest = json.loads((Path(folder) / "datapackage.json").read_text())
        return all(hashlib.sha256((Path(folder) / r["path"]).read_bytes()).hexdigest() == r["hash"].removeprefix("sha256:")
                   for r in manifest["resources"])
    except (OSError, ValueError, KeyError):
        return False


class World:
    """A folder in which every step alternates between an old and a new version of its input.

    `prepare(step, version)` lays the input; `expected[step][version]` is the output folder's content by an undisturbed run.
    """

    STEPS = ("import", "run")
    OUTPUT = {"import": "accounts", "run": "result"}

    def __init__(self, kontor, folder):
        self.kontor, self.folder = str(Path(kontor).resolve()), Path(folder)
        self.command = {"import": import_command(self.kontor) + ["--force"], "run": run_command(self.kontor) + ["--force"]}
        self.expected = {step: {} for step in self.STEPS}
        for version in (1, 0):  # 0 last: the accounts that the programme is run on
            for step in self.STEPS:
                self.prepare(step, version)
                must(self.command[step], self.folder)
                self.expected[step][version] = content(self.output(step))
        self.prepare("import", 0)
        for version in (1, 0):  # once more: results on accounts of version 0
            self.prepare("run", version)
            must(self.command["run"], self.folder)
            self.expected["run"][version] = content(self.output("run"))
        for step in self.STEPS:
            assert self.expected[step][0] != self.expected[step][1], "old and new must differ, or the test asks nothing"
            assert is_whole(self.output(step)), f"{self.output(step)} is not a data package"

    def output(self, step):
        return self.folder / self.OUTPUT[step]

    def prepare(self, step, version):
        if step == "import":
            (self.folder / "flows.csv").write_text(FLOWS.replace("L,1,L,FD,50", f"L,1,L,FD,{50 + version}"))
        else:
            (self.folder / "programme.toml").write_text(PROGRAMME.replace("total = 4e6", f"total = {4 + version}e6"))

    def version(self, step):
        """Which version stands under the final name; None if it is neither."""
        now = content(self.output(step))
        return next((v for v, files in self.expected[step].items() if files == now), None)

    def leftovers(self):
        return sorted(p for p in self.folder.iterdir() if ".tmp-" in p.name)

    def strangers(self):
        """Names that are neither inputs, outputs nor temporary."""
        known = {"flows.csv", "programme.toml", "accounts", "result"}
        return sorted(p.name for p in self.folder.iterdir() if p.name not in known and ".tmp-" not in p.name)
