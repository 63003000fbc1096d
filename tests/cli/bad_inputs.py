"""Bad inputs: a wrong file never yields a number.

    bad_inputs.py KONTOR [--only ID...]

Every case: the exit code is right, the message is one of ours and names place and remedy, no output appears, nothing that
stood is changed, in bounded time and memory. The tables come from the folder of shared data (reliability/fixtures) where
there is one; programmes and command lines are made here from the tiny world of outside.py.
"""
import argparse
import gzip
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import outside
from outside import FLOWS, PROGRAMME, import_command, run_command

SECONDS = 5 if not outside.SANITIZED else 60
MEGABYTES = 512
FOREIGN = re.compile(r"std::|bad_alloc|basic_string|stoi|stod|terminate called|Assertion|0x[0-9a-f]{8}|nlohmann|toml\+\+|CLI::|runtime error")
OURS = re.compile(r"^(error|warning|note)\[[a-z0-9-]+\]")


def fixtures():
    set_by_user = os.environ.get("KONTOR_DATA")
    shared = Path(set_by_user) if set_by_user else Path(__file__).resolve().parents[3] / "shared"
    folder = shared / "reliability" / "fixtures"
    return folder if folder.is_dir() else None


# Tables. (file of the fixtures, exit codes, patterns, further options)
TABLES = [
    ("T01-empty.csv", 3, ["empty"]),
    ("T02-header-only.csv", 3, ["no data rows|no rows"]),
    ("T03-missing-column.csv", 3, [":1:", "value", "from_region"]),
    ("T04-duplicate-header.csv", 3, [":1"]),
    ("T05-short-row-9.csv", 3, [":9", "4", "5"]),
    ("T06-long-row-9.csv", 3, [":9", "6", "5", "quote"]),
    ("T07-text-cell-row-5.csv", 3, [":5:.*value", "--na"]),
    ("T08-nan-row-5.csv", 3, [":5:.*value", "--na"]),
    ("T10-overflow-row-5.csv", 3, [":5", "range|large"]),
    ("T11-decimal-comma-semicolon.csv", (0, 3), ["decimal"]),
    ("T11-decimal-comma-semicolon.csv", 0, ["decimal|delimiter|separator"], ["--decimal-comma"]),
    ("T12-thousands-nbsp-row-3.csv", 3, [":3"]),
    ("T13-tab-delimited.csv", 0, ["tab|delimiter|separator"]),
    ("T14-bom.csv", 0, []),
    ("T15-crlf.csv", 0, []),
    ("T17-cp1251.csv", 3, [":2", "UTF-8", "--encoding"]),
    ("T17-cp1251.csv", 0, [], ["--encoding", "cp1251"]),
    ("T18-bad-utf8.csv", 3, ["UTF-8", r":\d+"]),
    ("T19-nul-byte.csv", 3, [r":\d+"]),
    ("T20-truncated.csv.gz", 3, ["ends early|truncated|cut"]),
    ("T22-open-quote-row-4.csv", 3, [":4"]),
    ("T24-duplicate-cell-row-32.csv", 3, [":32", "5", "--duplicates"]),
    ("T25-label-trailing-space-row-8.csv", 3, [":8", "`L`"]),
    ("T26-cyrillic-lookalike-row-20.csv", 3, [":20", r"U\+041C", r"U\+004D"]),
    ("T27-missing-region-block.csv", 3, ["M", "L", "--missing"]),
    ("T27-missing-region-block.csv", 0, [], ["--missing", "zero"]),
    ("T28-zero-output-with-inputs.csv", 3, ["output"]),
    ("T29-zero-output-unused-ok.csv", 0, []),
    ("T30-negative-flow-row-5.csv", 3, [":5", "--allow-negative"]),
    ("T30-negative-flow-row-5.csv", 0, [], ["--allow-negative"]),
    ("T33-column-over-one.csv", 0, ["column sum|sum of"]),
    ("T39-formula-label-row-2.csv", 0, []),
    ("T40-html-label.csv", 0, []),
    ("ok.csv", 0, []),
    ("ok-cyrillic-utf8.csv", 0, []),
    ("ok.csv.gz", 0, []),
]

# Tables made here: (name, text, exit code, patterns, further options)
MADE_TABLES = [
    ("T09-inf", FLOWS.replace("L,1,M,1,5\n", "L,1,M,1,inf\n"), 3, [":4:.*value", "--na"]),
    ("T10b-underflow", FLOWS.replace("L,1,M,1,5\n", "L,1,M,1,1e-400\n"), 0, []),
    ("T12b-ambiguous", FLOWS.replace(",", ";").replace("M;1;L;2;10", "M;1;L;2;1,234"), 3, ["decimal"]),
    ("T16-mixed-line-ends", FLOWS.replace("\n", "\r\n", 5), 0, []),
    ("T23-line-break-in-label", FLOWS.replace("M,", '"M\nM",'), 0, []),
    ("T31-negative-inventories", FLOWS + "M,1,L,FD:inventories,-2\n", 0, []),
    ("T36-folder", None, 5, ["folder|directory"]),
    ("T38-long-label", FLOWS.replace("M,", "M" * 10000 + ","), 3, ["long|limit|characters"]),
]


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def changed(old, new):
    """The programme with one passage changed, and the line of the change."""
    assert old in PROGRAMME, old
    return PROGRAMME.replace(old, new, 1), str(line_of(PROGRAMME, old))


# Programmes: (name, old passage, new passage, exit code, patterns); {line} is the line of the change.
PROGRAMMES = [
    ("M01-unknown-key", 'title = "Works', 'titel = "Works', 3, [":{line}", "titel", "did you mean .title.|Did you mean .title."]),
    ("M02-unknown-region", 'region = "M"', 'region = "N"', 3, [":{line}", "`N`"]),
    ("M02-unknown-sector", 'sector = "2"', 'sector = "3"', 3, [":{line}", "`3`"]),
    ("M02-unknown-kind", 'kind = "contract"', 'kind = "contact"', 3, [":{line}", "contract"]),
    ("M03-negative-money", "total = 4e6", "total = -4e6", 3, [":{line}", "money.total", "-4"]),
    ("M03-shares-over-one", "domestic = 0.5", "domestic = 0.7", 3, [":{line}", "replaces", "1.2"]),
    ("M04-percent-as-number", "additional = 0.5", "additional = 5", 3, [":{line}", "additional", "0.05|5 %|0 to 1"]),
    ("M05-no-currency", 'currency = "EUR"\n', "", 3, ["currency"]),
    ("M05-no-price-year", "price_year = 2020\n", "", 3, ["price_year"]),
    ("M05-other-currency", 'currency = "EUR"', 'currency = "USD"', 3, ["USD", "deflator"]),
    ("M06-end-before-start", '"2021-01", "2024-12"', '"2024-12", "2021-01"', 3, [":{line}", "period"]),
    ("M06-outside-horizon", '"2021-01", "2024-12"', '"2031-01", "2034-12"', 3, [":{line}", "horizon"]),
    ("M06-horizon-reversed", "[2021, 2024]", "[2024, 2021]", 3, [":{line}", "horizon"]),
    ("M07-same-id-twice", "[[measure]]", '[[measure]]\nid = "M1"\nkind = "contract"\nseller = { region = "L", sector = "2" }\n'
     'buyer = { region = "M", use = "household" }\nmoney = { total = 1e6 }\n[[measure]]', 3, ["M1"]),
    ("M08-key-twice", "price_year = 2020", "price_year = 2020\nprice_year = 2021", 3, ["price_year"]),
    ("M09-deep-keys", 'title = "Works from L for M"', ".".join(["a"] * 100000) + " = 1", 3, ["64|deep|nest"]),
    ("M09-deep-lists", 'title = "Works from L for M"', "title = " + "[" * 100000, 3, ["64|deep|nest"]),
    ("M10-address", 'accounts = "accounts"', 'accounts = "https://example.org/accounts"', 3, [":{line}", "accounts"]),
    ("M11-leading-zero", "base_year = 2020", "base_year = 02020", 3, [":{line}"]),
    ("M11-text-for-number", "total = 4e6", 'total = "4e6"', 3, [":{line}", "money.total"]),
    ("M12-no-kind", 'kind = "contract"\n', "", 3, ["kind", "M1"]),
    ("unknown-closure", 'base_year = 2020', 'base_year = 2020\nclosure = "shortrun"', 3, ["closure", "did you mean .short_run."]),
    ("payers-not-one", 'base_year = 2020', 'base_year = 2020\nclosure = { budget = "transfer", payers = { L = 0.5, M = 0.4 } }', 3,
     ["closure.payers", "0.9", "sum to 1"]),
    ("elasticity-missing", "trade_elasticity = 5", "scale = 0", 3, ["trade_elasticity.1", "no trade elasticity", "--gross-only"]),
    ("elasticity-zero", "trade_elasticity = 5", "trade_elasticity = 0", 3, ["parameters.trade_elasticity", "above 0"]),
    ("elasticity-negative", "trade_elasticity = 5", "trade_elasticity.1 = -4", 3,
     ["parameters.trade_elasticity.1", "-4", "above 0"]),
    ("unknown-parameter", "trade_elasticity = 5", "trade_elastisity = 4", 3, ["did you mean .trade_elasticity."]),
    ("no-base-rates", "[[measure]]", '[[measure]]\nid = "M0"\nkind = "integration"\nmembers = ["L", "M"]\n'
     'tariff = { to = 0.0 }\n[[measure]]', 3, ["no tariff for", "never assumed"]),
    ("target-above-one", "[[measure]]", '[[measure]]\nid = "M0"\nkind = "import_substitution"\nproduct = { sector = "1" }\n'
     'users = ["L"]\nfrom = ["M"]\ntarget = { share = 1.5, by = 2022 }\nproduced_in = { L = 1 }\n[[measure]]', 3,
     ["target.share", "1.5", "0 to 1"]),
    ("target-met", "[[measure]]", '[[measure]]\nid = "M0"\nkind = "import_substitution"\nproduct = { sector = "1" }\n'
     'users = ["L"]\nfrom = ["M"]\ntarget = { share = 0.01, by = 2022 }\nproduced_in = { L = 1 }\n[[measure]]', 3,
     ["target.share", "above the present share"]),
    ("no-capital", "[[measure]]", '[[measure]]\nid = "M0"\nkind = "joint_venture"\nhost = { region = "L", sector = "1" }\n'
     'equity = { L = 1 }\ncapex = { total = 1e6, years = [2021], sectors = { 2 = 1 } }\noutput = { capacity = 1e6, start = 2022 }\n[[measure]]',
     3, ["no primary row with role capital", "mixed_labour_share"]),
    ("accounts-missing", 'accounts = "accounts"', 'accounts = "nowhere"', 5, ["nowhere"]),
    ("more-than-the-cell-sells", "total = 4e6", "total = 4e12", 3, ["M1|money"]),
]

# Command lines on the tiny world: (name, arguments, exit code, patterns)
COMMANDS = [
    ("C01-unknown-flag", ["run", "programme.toml", "--out", "new", "--fource"], 2, ["--fource"]),
    ("C01-unknown-verb", ["rnu", "programme.toml"], 2, ["rnu"]),
    ("C01-no-verb", [], 2, []),
    ("C01-missing-argument", ["run"], 2, []),
    ("C02-threads-0", ["run", "programme.toml", "--out", "new", "--threads", "0"], 2, ["threads"]),
    ("C02-threads-negative", ["run", "programme.toml", "--out", "new", "--threads", "-1"], 2, ["threads"]),
    ("C02-threads-text", ["run", "programme.toml", "--out", "new", "--threads", "abc"], 2, ["threads"]),
    ("C02-threads-huge", ["run", "programme.toml", "--out", "new", "--threads", "99999999999999999999"], 2, ["threads"]),
    ("C03-output-exists", ["run", "programme.toml", "--out", "result"], 5, ["result", "--force"]),
    ("C03-accounts-exist", ["import", "flows.csv", "--format", "long_csv", "--year", "2020", "--currency", "EUR", "--scale", "1e6",
                            "--out", "accounts"], 5, ["accounts", "--force"]),
    ("C04-output-is-input", ["run", "programme.toml", "--out", "accounts", "--force"], (2, 5), ["accounts"]),
    ("C04-output-is-source", ["import", "flows.csv", "--format", "long_csv", "--year", "2020", "--currency", "EUR", "--scale", "1e6",
                              "--out", "flows.csv", "--force"], 2, ["flows.csv"]),
    ("force-spares-other-folders", ["run", "programme.toml", "--out", "precious", "--force"], (2, 5), ["precious"]),
    ("unknown-format", ["import", "flows.csv", "--format", "lnog_csv", "--out", "new"], 2, ["lnog_csv", "long_csv"]),
    ("missing-source", ["import", "nothing.csv", "--format", "long_csv", "--year", "2020", "--currency", "EUR", "--out", "new"], 5, ["nothing.csv"]),
    ("missing-programme", ["run", "nothing.toml", "--out", "new"], 5, ["nothing.toml"]),
    ("check-what-is-not-there", ["check", "nothing"], 5, ["nothing"]),
    ("unknown-region", ["describe", "accounts", "--region", "N"], (2, 3), ["`N`"]),
]


def measure(command, folder):
    """(exit code, output, messages, seconds, megabytes) of a command; the peak is the kernel's own count."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, cwd=folder, env=outside.environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        while True:
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() - start > 4 * SECONDS:
                process.kill()
            time.sleep(0.002)
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode("utf-8", "replace"))
        return process.returncode, *texts, time.monotonic() - start, usage.ru_maxrss / 1024


def judge(name, command, folder, exits, patterns, out="new"):
    """What is wrong with the answer to a bad input; empty if nothing is."""
    before = {p.name: outside.content(p) for p in folder.iterdir() if p.is_dir()}
    code, printed, text, seconds, megabytes = measure(command, folder)
    allowed = exits if isinstance(exits, tuple) else (exits,)
    wrong = []
    if code not in allowed:
        wrong.append(f"exit {code}, not {exits}")
    wrong += [f"no '{p}' in the message" for p in patterns if not re.search(p, text + printed)]
    if FOREIGN.search(text):
        wrong.append(f"speaks of '{FOREIGN.search(text).group(0)}'")
    if code not in (0, 2) and not any(OURS.match(line) for line in text.splitlines()):
        wrong.append("no line of the form error[code] place: ...")
    if 0 not in allowed and (folder / out).exists() and out not in before:
        wrong.append("an output was made")
    if any(outside.content(folder / name) != files for name, files in before.items()):
        wrong.append("something that stood was changed")
    if any(".tmp-" in p.name for p in folder.iterdir()):
        wrong.append("a temporary file was left behind")
    if seconds > SECONDS:
        wrong.append(f"took {seconds:.1f} s")
    if megabytes > MEGABYTES and not outside.SANITIZED:
        wrong.append(f"took {megabytes:.0f} MiB")
    return f"{name}: {'; '.join(wrong)}\n    {text.strip()[:600]}" if wrong else ""


def table_cases(kontor, folder):
    shared = fixtures()
    if shared is None:
        print("  skipped: tables of reliability/fixtures (no shared data folder; set KONTOR_DATA)")
    for name, exits, patterns, *more in TABLES if shared else []:
        yield name, import_command(kontor, shared / name, "new") + (more[0] if more else []), exits, patterns
    for name, text, exits, patterns in MADE_TABLES:
        source = folder / f"{name}.csv"
        if text is None:
            source.mkdir()
        else:
            source.write_bytes(text.encode())
        yield name, import_command(kontor, source.name, "new"), exits, patterns
    with (folder / "T37.csv").open("wb") as endless:
        endless.truncate(1 << 30)  # sparse: a line of 1 GiB that takes no room on the disk
    for form in ("long_csv", "wiod"):
        command = [part if part != "long_csv" else form for part in import_command(kontor, "T37.csv", "new")]
        yield f"T37-endless-line-{form}", command, 3, [r"T37\.csv:1", "line of more than"]
    (folder / "T37.csv").unlink()
    member = gzip.compress(bytes(64 << 20))
    (folder / "bomb.csv.gz").write_bytes(gzip.compress(FLOWS.encode()) + member * 16)
    yield "T21-gzip-bomb", import_command(kontor, "bomb.csv.gz", "new"), 3, ["limit|expand|100"]


def programme_cases(kontor, folder):
    for name, old, new, exits, patterns in PROGRAMMES:
        text, line = changed(old, new)
        (folder / f"{name}.toml").write_text(text)
        yield name, run_command(kontor, f"{name}.toml", "new"), exits, [p.replace("{line}", line) for p in patterns]
    (folder / "M12-empty.toml").write_text(PROGRAMME[: PROGRAMME.index("[[measure]]")])
    yield "M12-no-measures", run_command(kontor, "M12-empty.toml", "new"), 0, ["no measures"]


def command_cases(kontor, folder):
    (folder / "precious").mkdir()
    (folder / "precious" / "thesis.txt").write_text("years of work\n")
    for name, arguments, exits, patterns in COMMANDS:
        yield name, [kontor, *arguments], exits, patterns


def check_closed_pipe(kontor, folder):
    """C07: a reader that goes away ends the program quietly."""
    done = subprocess.run(["bash", "-c", f"'{kontor}' describe accounts --csv | true; exit ${{PIPESTATUS[0]}}"], cwd=folder,
                          env=outside.environment(), capture_output=True, timeout=60)
    return f"C07-closed-pipe: exit {done.returncode}: {done.stderr.decode()}" if done.stderr or done.returncode not in (0, 141) else ""


def check_interrupt(kontor, folder):
    """C06: Ctrl-C ends within a second, with 130 and no partial output (or the run was over before)."""
    for delay in (0.0, 0.005, 0.01, 0.02):
        process = subprocess.Popen(run_command(kontor, "programme.toml", "new"), cwd=folder, env=outside.environment(),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        start = time.monotonic()
        errors = process.communicate(timeout=30)[1].decode()
        allowed = (0, 130, -signal.SIGINT)  # the last: before the program had installed anything
        if process.returncode not in allowed or time.monotonic() - start > (1 if not outside.SANITIZED else 10):
            return f"C06-interrupt after {delay} s: exit {process.returncode} in {time.monotonic() - start:.1f} s: {errors}"
        if process.returncode != 0 and (folder / "new").exists():
            return "C06-interrupt: a partial output"
        clean(folder)
        for leftover in folder.glob("*.tmp-*"):
            if process.returncode == 130:
                return f"C06-interrupt: left {leftover.name} behind"
            subprocess.run(["rm", "-rf", leftover], check=True)
    return ""


def check_locale(kontor, folder):
    """C08: a locale with a decimal comma changes no byte."""
    for locale in ("de_DE.UTF-8", "C.UTF-8"):
        done = subprocess.run(run_command(kontor, "programme.toml", "new"), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                              env=dict(outside.environment(), LC_ALL=locale, LC_NUMERIC=locale))
        content = outside.content(folder / "new")
        clean(folder)
        if done.returncode != 0 or content != outside.content(folder / "result"):
            return f"C08-locale {locale}: exit {done.returncode}, or other bytes"
    return ""


def wide_sheet(path, regions=100, sectors=30):
    """A balanced wide sheet of 3000 cells: 72 MB as numbers."""
    names = [f"r{i:03d}" for i in range(regions)]
    codes = [f"c{i + 1}" for i in range(sectors)]
    row = ",".join(["1"] * (regions * sectors) + ["40"] * regions) + f",{regions * (sectors + 40)}\n"
    with path.open("w") as file:
        file.write(",," + ",".join([r for r in names for _ in codes] + names) + ",\n")
        file.write("region,industry," + ",".join(codes * regions + ["c37"] * regions) + ",GO\n")
        file.writelines(f"{r},{c},{row}" for r in names for c in codes)


def check_memory(kontor, folder):
    """C09: an address space too small for the table is an answer, never a crash; the tiny world fits or is refused likewise."""
    if outside.SANITIZED:
        return ""  # the sanitizer takes terabytes of addresses for itself
    wide_sheet(folder / "wiot_2011.csv")
    wide = [kontor, "import", "wiot_2011.csv", "--format", "wiod", "--out", "new"]
    tiny = run_command(kontor, "programme.toml", "new")
    asked = [(wide, size, (5,)) for size in (64, 96, 128, 192, 256)] + [(wide, size, (0, 5)) for size in (320, 384, 512)]
    asked += [(tiny, size, (0, 5)) for size in (64, 72, 80, 96, 128, 192, 256)]
    for command, megabytes, exits in asked:
        limited = ["bash", "-c", 'ulimit -v "$1"; shift; exec "$@"', "bash", str(megabytes * 1024), *command]
        done = subprocess.run(limited, cwd=folder, env=outside.environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        text = done.stderr.decode()
        where = f"C09-memory: `{' '.join(command[1:3])}` in {megabytes} MiB"
        if done.returncode not in exits:
            return f"{where}: exit {done.returncode}: {text}"
        if done.returncode == 5 and (not re.search("enough memory", text) or not OURS.match(text) or FOREIGN.search(text)):
            return f"{where}: the message is not ours: {text}"
        if done.returncode == 5 and ((folder / "new").exists() or any(".tmp-" in p.name for p in folder.iterdir())):
            return f"{where}: something was left behind"
        clean(folder)
    (folder / "wiot_2011.csv").unlink()
    return ""


def clean(folder):
    subprocess.run(["rm", "-rf", folder / "new"], check=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("kontor")
    arguments.add_argument("--only", nargs="*", default=[])
    options = arguments.parse_args()
    kontor = str(Path(options.kontor).resolve())
    wrong, asked = [], 0
    with tempfile.TemporaryDirectory(prefix="kontor-bad-") as name:
        folder = Path(name)
        (folder / "flows.csv").write_text(FLOWS)
        (folder / "programme.toml").write_text(PROGRAMME)
        outside.must(import_command(kontor), folder)
        outside.must(run_command(kontor), folder)
        for family in (table_cases, programme_cases, command_cases):
            for case, command, exits, patterns in family(kontor, folder):
                if not options.only or any(case.startswith(o) for o in options.only):
                    asked += 1
                    wrong.append(judge(case, command, folder, exits, patterns))
                    clean(folder)
        for check in (check_closed_pipe, check_interrupt, check_locale, check_memory):
            if not options.only:
                asked += 1
                wrong.append(check(kontor, folder))
    wrong = [w for w in wrong if w]
    print("\n".join(wrong))
    print(f"{asked} bad inputs, {len(wrong)} answered wrongly")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
