#!/usr/bin/env python3
"""Question: how long does a publisher's wide sheet take from file to numbers, beside numpy?

    benchmarks/import_wide.py BUILD/benchmarks/import_wide [N]

Reads the same files with numpy.loadtxt (compiled since numpy 1.23) and with numpy.genfromtxt, and prints
how many times longer they take. The sums of all numbers must agree. Inputs: a made-up N x N sheet (default
3500) and WIOD 2011 where the shared data are there (KONTOR_DATA, or ../shared).
"""
import os
import subprocess
import sys
import tempfile
import time

import numpy

SLOWEST_FOR_GENFROMTXT = 1500  # columns; beyond that it takes minutes


def ours(program, file):
    words = subprocess.run([program, file], capture_output=True, text=True, check=True).stdout.split()
    return float(words[1]), float(words[-1])


def theirs(read, file, columns):
    begin = time.perf_counter()
    numbers = read(file, delimiter=",", skiprows=2, usecols=range(2, columns)) if read is numpy.loadtxt else \
        read(file, delimiter=",", skip_header=2, usecols=range(2, columns))
    return time.perf_counter() - begin, float(numbers.sum())


def compare(program, name, file):
    with (__import__("gzip").open(file, "rt") if file.endswith(".gz") else open(file)) as lines:
        columns = next(lines).count(",") + 1
    seconds, total = ours(program, file)
    for read in (numpy.loadtxt, numpy.genfromtxt):
        if read is numpy.genfromtxt and columns > SLOWEST_FOR_GENFROMTXT + 300:
            continue
        their_seconds, their_total = theirs(read, file, columns)
        agree = abs(total - their_total) <= 1e-9 * abs(total)
        print(f"{name}: kontor {seconds:.3f} s, numpy.{read.__name__} {their_seconds:.3f} s, "
              f"ratio {their_seconds / seconds:.1f}, sums {'agree' if agree else 'DIFFER'}")
        if not agree:
            sys.exit(1)


def main():
    program, n = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3500
    shared = os.environ.get("KONTOR_DATA") or os.path.join(os.path.dirname(__file__), "..", "..", "shared")
    wiod = os.path.join(shared, "data", "wiod2013", "wiot_2011.csv.gz")
    with tempfile.TemporaryDirectory() as folder:
        made = os.path.join(folder, "made.csv")
        subprocess.run([program, "--make", made, str(n)], check=True)
        compare(program, f"{n} x {n}", made)
    if os.path.exists(wiod):
        compare(program, "WIOD 2011 (gz)", wiod)
        print("whole import of WIOD 2011:", subprocess.run([program, "--wiod", wiod], capture_output=True, text=True, check=True).stdout.strip())
    else:
        print("WIOD 2011 skipped: no shared data folder (set KONTOR_DATA)")


if __name__ == "__main__":
    main()
