"""Draws from outside: one process and four give the same bytes, an interrupted run goes on, bad requests are refused.

    draws_test.py KONTOR
"""
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import outside

DRAWS = 220
MEASURES = outside.PROGRAMME.replace("trade_elasticity = 5", "trade_elasticity = { low = 3, mid = 5, high = 9 }").replace(
    "additional = 0.5", "additional = { low = 0.2, mid = 0.5, high = 0.9 }")
PROGRAMME = MEASURES + '\n[uncertainty]\nseed = 7\nvary = ["trade_elasticity", "measure_ranges", "accounts"]\n'


def main():
    kontor, problems = str(Path(sys.argv[1]).resolve()), []

    def check(holds, what):
        if not holds:
            problems.append(what)

    with tempfile.TemporaryDirectory(prefix="kontor-draws-") as name:
        folder = Path(name)
        (folder / "flows.csv").write_text(outside.FLOWS)
        (folder / "programme.toml").write_text(PROGRAMME)
        outside.must(outside.import_command(kontor), folder)
        run = outside.run_command(kontor)

        def result(out, *more):
            outside.must(outside.run_command(kontor, out=out) + list(more), folder)
            return outside.content(folder / out)

        whole = result("whole", "--draws", str(DRAWS), "--threads", "1")
        check(whole == result("two", "--draws", str(DRAWS), "--threads", "2"), "one thread and two: other bytes")
        check(not (folder / "whole.draws").exists(), "finished draws are left behind")
        check("draws.csv" in whole and len((folder / "whole/draws.csv").read_text().splitlines()) == DRAWS + 1, "not one line a draw")
        check("How sure" in (folder / "whole/report.html").read_text(), "no section in the report")

        ranges = [(1, 40), (41, 97), (98, 150), (151, DRAWS)]
        for k, (first, last) in enumerate(ranges):
            outside.must(outside.run_command(kontor, out=f"part{k}") + ["--draws", f"{first}:{last}"], folder)
        outside.must([kontor, "merge", "part2", "part0", "part3", "part1", "--out", "merged"], folder)
        check(outside.content(folder / "merged") == whole, "four processes: other bytes than one")
        for parts, code in ((["part0", "part2"], "gap"), (["part0", "part0"], "overlap"), (["part1"], "gap"), (["accounts"], "not-a-part")):
            done = outside.call([kontor, "merge", *parts, "--out", "bad"], folder)
            check(done.returncode == 3 and code.encode() in done.stderr, f"merge of {parts}: {done.returncode} {done.stderr.decode()}")

        # Ctrl-C keeps finished draws; --resume goes on with them to the same bytes.
        process = subprocess.Popen(run + ["--draws", str(DRAWS)], cwd=folder, env=outside.environment(), stderr=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL)
        kept = folder / "result.draws"
        for _ in range(3000):
            if process.poll() is not None or any(kept.glob("draws-*.csv")):
                break
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        code = process.wait()
        if code == 130:
            check(any(kept.glob("draws-*.csv")), "an interrupt lost finished draws")
            check(not (folder / "result").exists(), "an interrupted run left a result")
            done = outside.call(run + ["--draws", str(DRAWS)], folder)
            check(done.returncode == 5 and b"--resume" in done.stderr, "unfinished draws are overwritten unasked")
            outside.must(run + ["--draws", str(DRAWS), "--resume"], folder)
        check(outside.content(folder / "result") == whole, "a resumed run: other bytes")
        shutil.rmtree(kept, ignore_errors=True)

        # Two programmes with the same draws: the difference has a range of its own.
        (folder / "more.toml").write_text(PROGRAMME.replace("total = 4e6", "total = 5e6"))
        outside.must([kontor, "run", "more.toml", "--draws", str(DRAWS), "--out", "more"], folder)
        compared = outside.must([kontor, "compare", "whole", "more", "--csv"], folder).stdout.decode()
        check("difference p95" in compared, "no range of the difference")
        (folder / "seed.toml").write_text(PROGRAMME.replace("seed = 7", "seed = 8"))
        outside.must([kontor, "run", "seed.toml", "--draws", "20", "--out", "seed"], folder)
        done = outside.call([kontor, "compare", "whole", "seed", "--csv"], folder)
        check(b"other-draws" in done.stderr and b"difference p95" not in done.stdout, "draws of another seed are compared")

        for arguments, code in ((["--draws", "0"], 3), (["--draws", "-5"], 2), (["--draws", "x"], 2), (["--draws", "5:2"], 2), (["--resume"], 2),
                                (["--draws", "9", "--gross-only"], 2)):
            done = outside.call(outside.run_command(kontor, out="bad") + arguments, folder)
            check(done.returncode == code, f"{arguments}: exits {done.returncode}, not {code}: {done.stderr.decode()}")
        (folder / "idea.toml").write_text(PROGRAMME.replace('status = "signed"', 'status = "idea"'))
        done = outside.call([kontor, "run", "idea.toml", "--draws", "9", "--out", "bad"], folder)
        check(done.returncode == 3 and b"no-headline" in done.stderr, f"nothing agreed: {done.returncode} {done.stderr.decode()}")
    print("\n".join(problems) or "same draws")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
