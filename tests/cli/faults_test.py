"""A full disk at any system call: exit 5, the old output intact, nothing half-written under a final name.

    faults_test.py KONTOR [--error ENOSPC]

Every call that writes is made to fail in turn: one undisturbed run under strace lists the calls, then one run for each,
in which strace makes that call fail. After the last rename the new output stands; then that counts as well.
"""
import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import outside

CALLS = ("openat", "mkdir", "mkdirat", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "renameat", "renameat2")


def strace(world, step, options, log):
    """One thread: what several do at the same time comes in another order every time, and a call is told by its number."""
    return outside.call(["strace", "-f", "-o", str(log), *options, *world.command[step], "--threads", "1"], world.folder)


def writing_calls(log):
    """(call, N) for every call of the first thread that makes or changes a file: the N-th call of its kind."""
    lines = log.read_text(errors="replace").splitlines()
    first = lines[0].split()[0]
    counts, found = {}, []
    for line in lines:
        match = re.match(r"(\d+)\s+(\w+)\((.*)", line)
        if not match or match.group(1) != first:
            continue
        call, rest = match.group(2), match.group(3)
        counts[call] = counts.get(call, 0) + 1
        to_terminal = call == "write" and re.match(r"[012],", rest)
        only_reads = call == "openat" and "O_CREAT" not in rest
        if not to_terminal and not only_reads:
            found.append((call, counts[call]))
    return found


def check_fault(world, step, call, number, error, log):
    old = world.version(step)
    new = 1 - old
    world.prepare(step, new)
    done = strace(world, step, ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}"], log)
    where = f"`kontor {step}` with {error} at {call} {number}"
    if "(INJECTED)" not in log.read_text(errors="replace"):
        return f"{where}: the call was not reached"
    text = done.stderr.decode(errors="replace")
    if done.returncode != 5:
        return f"{where}: exit {done.returncode}, not 5: {text}"
    if not any(line.startswith("error[") for line in text.splitlines()) or "std::" in text:
        return f"{where}: the message is not one of ours: {text}"
    if world.version(step) not in (old, new):
        return f"{where}: the output is neither the old nor the new version"
    if world.leftovers():
        return f"{where}: left behind {[p.name for p in world.leftovers()]}"
    if world.strangers():
        return f"{where}: unknown files {world.strangers()}"
    outside.must(world.command[step], world.folder)
    return None


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("kontor")
    arguments.add_argument("--error", default="ENOSPC")
    options = arguments.parse_args()
    if not shutil.which("strace"):
        print("skipped: strace is not installed")
        sys.exit(outside.SKIP)
    if outside.SANITIZED:
        # They probe memory by writing to a pipe of their own, a varying number of times: no call could be told by its number.
        print("skipped: the sanitizers of this build make system calls of their own; the release build answers")
        sys.exit(outside.SKIP)
    probe = subprocess.run(["strace", "-f", "-e", "inject=mkdir:error=EIO:when=9", "true"], capture_output=True)
    if probe.returncode != 0:
        print("skipped: strace may not trace here: " + probe.stderr.decode(errors="replace").strip())
        sys.exit(outside.SKIP)
    with tempfile.TemporaryDirectory(prefix="kontor-faults-") as folder, tempfile.TemporaryDirectory() as logs:
        world, log = outside.World(options.kontor, folder), Path(logs) / "trace"
        wrong, asked = [], 0
        for step in world.STEPS:
            strace(world, step, ["-e", "trace=" + ",".join(CALLS)], log)
            calls = writing_calls(log)
            if not any(call.startswith("rename") for call, _ in calls) or not any("fsync" in call for call, _ in calls):
                wrong.append(f"`kontor {step}` does not sync and rename its output")
            for call, number in calls:
                problem = check_fault(world, step, call, number, options.error, log)
                asked += 1
                if problem:
                    wrong.append(problem)
                    for leftover in world.leftovers():
                        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
                    outside.must(world.command[step], world.folder)  # a sound start for the next one
            world.prepare(step, 0)
            outside.must(world.command[step], world.folder)
    print("\n".join(wrong))
    print(f"{asked} faults, {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
