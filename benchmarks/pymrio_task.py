"""The footprint of every region: kontor beside a plain numpy transcription of what pymrio's calc_all does for one extension.

    PYTHONPATH=build/release/python /usr/bin/python3 benchmarks/pymrio_task.py ACCOUNTS...

pymrio is not among Debian's packages and was not run. The transcription follows its formulas as its documentation gives them: the
coefficients, the whole inverse L, the multipliers S L, and the accounts from L times the final use of each region spread over its
products. Both are timed in this one process, best of five, numpy on every core; the answers must agree.
"""
import sys
import time

import numpy as np

import kontor


def final_use_by_region(accounts, regions):
    """Y with one column a region."""
    Y = np.zeros((len(regions), len(accounts.x)))
    np.add.at(Y, [regions.index(region) for region, _ in accounts.final_uses], accounts.Y.T)
    return Y.T


def as_pymrio(Z, Y, F):
    """Consumption-based accounts of one extension, by region. Every region has the same products in the same order."""
    n, regions = Y.shape
    products = n // regions
    x = Z.sum(axis=1) + Y.sum(axis=1)
    per_output = np.divide(1.0, x, out=np.zeros_like(x), where=x != 0)
    A = Z * per_output
    L = np.linalg.inv(np.eye(n) - A)
    S = F * per_output
    multipliers = S @ L
    spread = np.zeros((n, n))  # final use of a region by product, wherever it was made
    for k in range(n):
        spread[k, k % products::products] = Y[k]
    output = L @ spread
    return (S @ output).reshape(regions, products).sum(axis=1), multipliers


def as_kontor(accounts):
    rows = accounts.indicators("footprint", satellite="value_added").rows(term="consumption", sector="")
    return dict(zip(rows["region"], rows["value"]))


def best(work, times=5):
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - start)
    return min(seconds), answer


def main():
    for folder in sys.argv[1:]:
        accounts = kontor.read_accounts(folder)
        regions = list(dict.fromkeys(region for region, _ in accounts.cells))
        Z, Y, F = np.array(accounts.Z), final_use_by_region(accounts, regions), accounts.value_added
        theirs, (footprint, _) = best(lambda: as_pymrio(Z, Y, F))
        ours, found = best(lambda: as_kontor(kontor.read_accounts(folder)))
        gap = max(abs(found[region] - value) for region, value in zip(regions, footprint)) / np.abs(footprint).max()
        print(f"{folder}: n = {len(F)}; transcription {theirs * 1000:.0f} ms, kontor {ours * 1000:.0f} ms, opening included; "
              f"{theirs / ours:.1f} x; largest gap {gap:.0e} of the largest footprint")
        if not gap < 1e-9:
            sys.exit("the answers do not agree")


if __name__ == "__main__":
    main()
