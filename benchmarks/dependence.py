"""Baseline of benchmarks/dependence.cpp: the same numbers in plain numpy, with an explicit inverse and a new one for each extraction."""
import gzip
import sys
import time

import numpy as np

with gzip.open(sys.argv[1], "rt") as f:
    rows = [line.rstrip("\n").split(",") for line in f]
head, body = rows[:2], rows[2:]
values = np.array([r[2:] for r in body], dtype=float)
regions = [r[0] for r in body]
n = len(regions)
Z, Y, x = values[:, :n], values[:, n:-1], values[:, -1]
names = sorted(set(regions), key=regions.index)
R, S = len(names), n // len(names)
E = np.array([[r == name for r in regions] for name in names], dtype=float)  # regions x cells
product = np.arange(n) % S
Yplus = np.maximum(Y, 0.0).reshape(n, R, -1).sum(axis=2)
gap = x - Z.sum(axis=1) - Y.sum(axis=1)
inverse_x = np.divide(1.0, x, out=np.zeros_like(x), where=x > 0)
v = np.where(x > 0, 1 - Z.sum(axis=0) * inverse_x, 0.0)


def look_through():
    A = Z * inverse_x[None, :]
    L = np.linalg.inv(np.eye(n) - A)
    W = (E * v) @ L  # value added by origin
    T = E @ L  # output by origin
    own = np.empty((R, S))
    for r in range(R):
        value = W * Yplus[:, r]
        by_product = value.reshape(R, R, S).sum(axis=1)
        with np.errstate(invalid="ignore"):  # products that a region does not buy
            own[r] = by_product[r] / by_product.sum(axis=0)
    own_total = np.array([(W[r] * Yplus[:, r]).sum() / (W * Yplus[:, r]).sum() for r in range(R)])
    need = (T - E) * x  # regions x cells
    inputs = np.array([1 - need[r, E[r] > 0].sum() / need[:, E[r] > 0].sum() for r in range(R)])
    absorbed = L @ Yplus
    markets = np.array([1 - absorbed[E[r] > 0, r].sum() / absorbed[E[r] > 0].sum() for r in range(R)])
    bought = Z @ E.T + Yplus
    origin = W @ bought
    hhi = ((origin / origin.sum(axis=0)) ** 2).sum(axis=0)
    for r in range(R):  # by product too, as the rows of kontor have it
        by_product = (W * bought[:, r]).reshape(R, R, S).sum(axis=1)
        with np.errstate(invalid="ignore"):
            ((by_product / by_product.sum(axis=0)) ** 2).sum(axis=0)
    return own_total, inputs, markets, hhi


def border(r):
    A = Z * inverse_x[None, :]
    inside = E[r] > 0
    cross = np.not_equal.outer(inside, inside)
    y = Y.reshape(n, R, -1).sum(axis=2)
    mine = np.arange(R) == r
    kept = np.where(np.equal.outer(inside, mine), y, 0.0).sum(axis=1)
    after = np.linalg.inv(np.eye(n) - np.where(cross, 0.0, A)) @ (kept + gap)  # the gap of a row stands in its own region
    return x - after


def supplier(r):
    A = Z * inverse_x[None, :]
    others = E[r] == 0
    y = x - Z.sum(axis=1)
    after = np.linalg.inv(np.eye(others.sum()) - A[np.ix_(others, others)]) @ y[others]
    return x[others] - after


def median_ms(work, runs):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[len(times) // 2]


deu = names.index("DEU")
own, inputs, markets, hhi = look_through()
print(f"DEU: own {own[deu]:.12f}, inputs {inputs[deu]:.12f}, markets {markets[deu]:.12f}, concentration {hhi[deu]:.12f}, "
      f"border {border(deu).sum():.6f}, supplier {supplier(deu).sum():.6f}")
print(f"numpy_look_through_all_ms {median_ms(look_through, 5):.1f}")
print(f"numpy_border_new_inverse_ms {median_ms(lambda: border(deu), 5):.1f}")
