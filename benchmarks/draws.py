"""Baseline of benchmarks/draws.cpp: draws of the NAFTA elasticities in plain numpy, each solved before and after the agreement by the
damped passes of benchmarks/equilibrium.py, powers taken out. A few draws are solved and the time of 1000 is extrapolated from them.

    draws.py FOLDER
"""
import math
import time

import numpy as np

import equilibrium as e

DRAWS = 4
ERROR = 0.25  # standard error over the estimate, lognormal
sigma = math.sqrt(math.log1p(ERROR ** 2))
central = e.theta.copy()
random = np.random.default_rng(1)
start = time.perf_counter()
gains = []
for _ in range(DRAWS):
    e.theta = central * np.exp(sigma * random.standard_normal(len(central)) - sigma ** 2 / 2)
    e.th = e.theta[:, None, None]
    before, _ = e.solve(e.tables, e.old)
    after, _ = e.solve(e.tables, e.new)
    gains.append(100 * (after / before - 1)[e.at["Mexico"]])
seconds = (time.perf_counter() - start) / DRAWS
assert all(np.isfinite(gains))
print(f"numpy_s_a_draw {seconds:.2f}  1000 draws, extrapolated from {DRAWS}: {1000 * seconds:.0f} s")
