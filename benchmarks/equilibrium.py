"""Baseline of benchmarks/equilibrium.cpp: the NAFTA exercise in plain numpy, all unknowns updated at once and damped by half,
as the R package cp2015 of P. F. Oliveira does (c, X and w; norm of all residuals below 1e-7). Two forms: shares and powers per
pair of regions in every pass, and powers taken out so that a pass is products of tables.

    equilibrium.py FOLDER
"""
import csv
import sys
import time
from pathlib import Path

import numpy as np

folder = Path(sys.argv[1])


def rows(name):
    with (folder / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


regions = [r["region"] for r in rows("regions")]
sectors = [r["sector"] for r in rows("sectors")]
theta = np.array([float(r["theta"]) for r in rows("sectors")])
N, J = len(regions), len(sectors)
at, of = {r: i for i, r in enumerate(regions)}, {s: j for j, s in enumerate(sectors)}
va, inputs, final = np.zeros((N, J)), np.zeros((N, J, J)), np.zeros((N, J))
trade, old, new = np.zeros((J, N, N)), np.zeros((J, N, N)), np.zeros((J, N, N))  # product, importer, exporter
for r in rows("value_added"):
    va[at[r["region"]], of[r["sector"]]] = float(r["value"])
for r in rows("intermediate_use"):
    inputs[at[r["region"]], of[r["input"]], of[r["sector"]]] = float(r["value"])
for r in rows("final_demand"):
    final[at[r["region"]], of[r["sector"]]] = float(r["value"])
members = {"Canada", "Mexico", "USA"}
for r in rows("trade"):
    k = of[r["sector"]], at[r["importer"]], at[r["exporter"]]
    trade[k], old[k] = float(r["value"]), float(r["tariff_1993"])
    new[k] = float(r["tariff_2005"]) if {r["importer"], r["exporter"]} <= members else old[k]
gross = trade * (1 + old)
spent = gross.sum(2, keepdims=True)
pi = np.divide(gross, spent, out=np.zeros_like(gross), where=spent > 0)
output = va + inputs.sum(1)
gva = np.divide(va, output, out=np.ones_like(va), where=output > 0)
g = np.divide(inputs, output[:, None, :], out=np.zeros_like(inputs), where=output[:, None, :] > 0)
alpha = final / final.sum(1, keepdims=True)
income = va.sum(1)
th = theta[:, None, None]


def pairs(tariff, kappa):
    """A pass that forms every share: J N N powers for prices, and again for shares."""
    def sweep(c, X):
        price = (pi * (kappa * c.T[:, None, :]) ** -th).sum(2) ** (-1 / theta[:, None])
        share = pi * (kappa * c.T[:, None, :] / price[:, :, None]) ** -th
        net = share / (1 + tariff) * X.T[:, :, None]
        return price.T, net.sum(1).T, (tariff * net).sum((0, 2))
    return sweep


def tables(tariff, kappa):
    """A pass as products of two tables made once."""
    A = pi * kappa ** -th
    B = A / (1 + tariff)
    def sweep(c, X):
        u = c.T ** -theta[:, None]
        phi = np.matmul(A, u[:, :, None])[:, :, 0]
        y = X.T / phi
        kept = np.matmul(B, u[:, :, None])[:, :, 0] * y
        sold = u * np.matmul(y[:, None, :], B)[:, 0, :]
        return (phi ** (-1 / theta[:, None])).T, sold.T, (X.T - kept).sum(0)
    return sweep


def solve(form, tariff, tolerance=1e-7):
    sweep = form(tariff, (1 + tariff) / (1 + old))
    w, c, X = np.ones(N), np.ones((N, J)), np.maximum(spent[:, :, 0].T, 1.0)
    for step in range(1, 10001):
        price, Y, revenue = sweep(c, X)
        spending = w * income + revenue
        res_c = c - w[:, None] ** gva * np.exp(np.einsum("nkj,nk->nj", g, np.log(price)))
        scale = np.maximum(X, 1.0)
        res_X = (X - (np.einsum("njk,nk->nj", g, Y) + alpha * spending[:, None])) / scale
        res_w = w - (gva * Y).sum(1) / income
        res_w[-1] = (w * income).sum() / income.sum() - 1
        norm = np.sqrt((res_c ** 2).sum() + (res_X ** 2).sum() + (res_w ** 2).sum())
        if norm < tolerance:
            break
        c, X, w = c - 0.5 * res_c, X - 0.5 * res_X * scale, w - 0.5 * res_w
    return spending / np.exp((alpha * np.log(price)).sum(1)), step


if __name__ == "__main__":
    for name, form in (("pairs", pairs), ("tables", tables)):
        before, first = solve(form, old)
        start = time.perf_counter()
        after, second = solve(form, new)
        seconds = time.perf_counter() - start
        mexico = 100 * (after / before - 1)[at["Mexico"]]
        assert abs(mexico - 0.00732316054192772) < 1e-4, mexico
        print(f"numpy_{name}_ms {1e3 * seconds:.1f}  ({first} and {second} passes to 1e-7; Mexico's real income {mexico:.7f} %)")
