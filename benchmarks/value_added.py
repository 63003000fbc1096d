"""Baseline of benchmarks/value_added.cpp: what exvatools does, in plain numpy. Borin-Mancini: for each exporter A without its
intermediate exports and a new inverse; KWW: one inverse, then blocks. Terms by exporting sector, summed over partners."""
import gzip
import sys
import time

import numpy as np


def read(path):
    with gzip.open(path, "rt") as f:
        rows = [line.rstrip("\n").split(",") for line in f]
    values = np.array([r[2:] for r in rows[2:]], dtype=float)
    return values, [r[0] for r in rows[2:]]


values, regions = read(sys.argv[1])
n = len(regions)
names = sorted(set(regions), key=regions.index)
block = {r: slice(regions.index(r), regions.index(r) + regions.count(r)) for r in names}
Z, Y = values[:, :n], values[:, n:-1].reshape(n, len(names), -1).sum(axis=2)
x = Z.sum(axis=1) + Y.sum(axis=1)
Y[x < 0] = 0.0
x[x < 0] = 0.0


def system():
    inverse_x = np.divide(1.0, x, out=np.zeros_like(x), where=x > 0)
    A = Z * inverse_x[None, :]
    return A, np.linalg.inv(np.eye(n) - A), np.where(x > 0, 1.0 - A.sum(axis=0), 0.0)


def local_inverses(A):
    return {r: np.linalg.inv(np.eye(block[r].stop - block[r].start) - A[block[r], block[r]]) for r in names}


def borin_mancini(only=None):
    A, L, v = system()
    H = local_inverses(A)
    X = L @ Y
    result = {}
    for s, name in enumerate(names):
        if only and name not in only:
            continue
        own, others = block[name], np.ones(n, dtype=bool)
        others[own] = False
        cut = A.copy()
        cut[own, others] = 0.0
        extracted = np.linalg.inv(np.eye(n) - cut)
        domestic, foreign = v[own] @ extracted[own, own], v[others] @ extracted[others, own]
        terms = {k: np.zeros(own.stop - own.start) for k in
                 ("EXGR", "VAX1", "VAX2", "VAX3", "VAX4", "REF1", "REF2", "DDC", "FVA1", "FVA2", "FVA3", "FVA4", "FDC")}
        all_domestic = v[own] @ L[own, own]
        all_foreign = v[others] @ L[others, own]
        for r, partner in enumerate(names):
            if r == s:
                continue
            there, a = block[partner], A[own, block[partner]]
            rest = [k for k in range(len(names)) if k not in (s, r)]
            direct = a @ (H[partner] @ Y[there, r])
            third = a @ (H[partner] @ Y[there][:, rest].sum(axis=1))
            back = a @ (H[partner] @ Y[there, s])
            home, whole = a @ X[there, s], a @ X[there].sum(axis=1)
            exports = Y[own, r] + whole
            parts = {"1": Y[own, r], "2": direct, "3": third, "4": whole - home - direct - third}
            for k, value in parts.items():
                terms["VAX" + k] += domestic * value
            terms["REF1"] += domestic * back
            terms["REF2"] += domestic * (home - back)
            for k, value in (("1", Y[own, r]), ("2", direct), ("3", third + back), ("4", whole - direct - third - back)):
                terms["FVA" + k] += foreign * value
            terms["DDC"] += (all_domestic - domestic) * exports
            terms["FDC"] += (all_foreign - foreign) * exports
            terms["EXGR"] += exports
        result[name] = terms
    return result


def kww():
    A, L, v = system()
    H = local_inverses(A)
    result = {}
    for s, name in enumerate(names):
        own = block[name]
        dc = v[own] @ L[own, own]
        fc = 1.0 - dc
        h = v[own] @ H[name]
        terms = np.zeros((9, own.stop - own.start))
        for r, partner in enumerate(names):
            if r == s:
                continue
            there, a = block[partner], A[own, block[partner]]
            final, local = Y[own, r], H[partner] @ Y[there, r]
            abroad = [t for t in range(len(names)) if t != s]
            home = sum(L[there, block[names[t]]] @ Y[block[names[t]], t] for t in abroad)
            third = sum(L[there, block[names[t]]] @ (Y[block[names[t]]].sum(axis=1) - Y[block[names[t]], t] - Y[block[names[t]], s])
                        for t in abroad)
            back = sum(L[there, block[names[t]]] @ Y[block[names[t]], s] for t in abroad)
            own_use = L[there, own] @ Y[own, s]
            out = L[there, own] @ (Y[own].sum(axis=1) - Y[own, s])
            terms[0] += dc * final
            for k, value in ((1, home), (2, third), (3, back), (4, own_use)):
                terms[k] += h * (a @ value)
            terms[5] += h * (a @ out) + (dc - h) * (a @ x[there])
            terms[6] += fc * final
            terms[7] += fc * (a @ local)
            terms[8] += fc * (a @ (x[there] - local))
        result[name] = terms
    return result


def median_ms(work, runs):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[len(times) // 2]


germany = borin_mancini(only=("DEU",))["DEU"]
dva = sum(germany[k].sum() for k in ("VAX1", "VAX2", "VAX3", "VAX4", "REF1", "REF2"))
assert abs(dva - 1144491.32234075) <= 1e-10 * dva, dva
assert abs(germany["FDC"].sum() - 8738.56627347274) <= 1e-10 * dva, germany["FDC"].sum()
terms = kww()["DEU"].sum(axis=1)
assert abs(terms[6] + terms[7] - 322874.124494128) <= 1e-10 * dva, terms
print(f"numpy_bm_source_all_regions_ms {median_ms(borin_mancini, 1):.0f}")
print(f"numpy_kww_all_regions_ms {median_ms(kww, 3):.0f}")
