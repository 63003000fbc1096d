"""Baseline of benchmarks/leontief.cpp: what pymrio does, in plain numpy (inverse, then full products)."""
import gzip
import sys
import time

import numpy as np


def read(path):
    with gzip.open(path, "rt") as f:
        rows = [line.rstrip("\n").split(",") for line in f]
    values = np.array([r[2:] for r in rows[2:]], dtype=float)
    regions = [r[0] for r in rows[2:]]
    return values, regions


values, regions = read(sys.argv[1])
n = len(regions)
Z, Y, x = values[:, :n], values[:, n:-1], values[:, -1]
names = sorted(set(regions), key=regions.index)
members = np.array([[r == name for r in regions] for name in names], dtype=float)
Yr = Y.reshape(n, len(names), -1).sum(axis=2)
F = (x - Z.sum(axis=0))[None, :]


def system():
    inverse_x = np.divide(1.0, x, out=np.zeros_like(x), where=x > 0)
    return Z * inverse_x[None, :], inverse_x


def accounts():
    A, inverse_x = system()
    L = np.linalg.inv(np.eye(n) - A)
    S = F * inverse_x[None, :]
    M = S @ L
    consumption = np.empty((1, len(names)))
    for r in range(len(names)):
        consumption[:, r] = (M * Yr[:, r][None, :]).sum(axis=1)
    full = (S[0][:, None] * L) @ np.diag(Yr.sum(axis=1))  # origin x final product, as pymrio's calc_accounts forms it
    total = L @ Yr
    return L, M, consumption, full, total


def measure():
    A, _ = system()
    A2 = A.copy()
    k = 7 * 35 + 13
    moved = A2[k] * 0.1
    A2[k] -= moved
    A2[0] += moved
    return np.linalg.inv(np.eye(n) - A2) @ Yr.sum(axis=1)


def median_ms(work, runs):
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[len(times) // 2]


L, M, *_ = accounts()
largest = L.sum(axis=0).max()
assert abs(largest - 3.628669) < 0.5e-6, largest
print(f"numpy_accounts_ms {median_ms(accounts, 5):.1f}")
print(f"numpy_measure_new_inverse_ms {median_ms(measure, 5):.1f}")
