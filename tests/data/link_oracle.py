"""Makes link_oracle.json: stratified tables with values from other programs, for the exact test of links.

    python -m venv venv && venv/bin/pip install numpy scipy statsmodels && venv/bin/python link_oracle.py

Mantel-Haenszel ratios come from statsmodels' StratifiedTable, conditional estimates from its ConditionalLogit on one
row per day (and, for single tables, from scipy.stats.contingency.odds_ratio), p-values and limits from whole-number
polynomials and bisection in 50-digit decimals written here, which shares no formula with the program under test. The
polynomials are themselves held against scipy: its exact (not mid-P) limits and its hypergeometric tails.

A stratum is [days, exposed days, onsets, exposed onsets].
"""

import json
import pathlib
import sys
from decimal import Decimal, getcontext
from fractions import Fraction
from math import comb

import numpy as np
import scipy
import scipy.stats as stats
import statsmodels
from scipy.stats.contingency import odds_ratio
from statsmodels.discrete.conditional_models import ConditionalLogit
from statsmodels.stats.contingency_tables import StratifiedTable

getcontext().prec = 50
sys.setrecursionlimit(20000)  # ConditionalLogit walks its days by recursion


def cells(s):
    n, k, c, a = s
    return a, c - a, k - a, n - k - (c - a)


def from_cells(a, b, c, d):
    return [a + b + c + d, a + c, a + b, a]


def polynomial(strata):
    """Coefficients of T's distribution as whole numbers, and the lowest T."""
    total, lowest = [1], 0
    for n, k, c, _ in strata:
        low, high = max(0, c - (n - k)), min(c, k)
        ways = [comb(k, x) * comb(n - k, c - x) for x in range(low, high + 1)]
        new = [0] * (len(total) + len(ways) - 1)
        for i, x in enumerate(total):
            for j, y in enumerate(ways):
                new[i + j] += x * y
        total, lowest = new, lowest + low
    return total, lowest


def upper(weights, index, psi, half):
    terms = [Decimal(w) * psi**i for i, w in enumerate(weights)]
    return (sum(terms[index + 1 :]) + terms[index] * half) / sum(terms)


def solve(weights, index, share, half):
    low, high = Decimal("1e-12"), Decimal("1e12")
    for _ in range(150):
        middle = (low * high).sqrt()
        if upper(weights, index, middle, half) < share:
            low = middle
        else:
            high = middle
    return float(low)


def mean_solve(weights, index):
    low, high = Decimal("1e-12"), Decimal("1e12")
    for _ in range(150):
        middle = (low * high).sqrt()
        terms = [Decimal(w) * middle**i for i, w in enumerate(weights)]
        if sum(i * x for i, x in enumerate(terms)) / sum(terms) < index:
            low = middle
        else:
            high = middle
    return float(low)


def days(strata):
    y, x, g = [], [], []
    for i, s in enumerate(strata):
        for count, onset, exposed in zip(cells(s), (1, 1, 0, 0), (1, 0, 1, 0)):
            y += [onset] * count
            x += [exposed] * count
            g += [i] * count
    return np.array(y), np.array(x, float)[:, None], np.array(g)


def case(name, strata):
    weights, lowest = polynomial(strata)
    t = sum(s[3] for s in strata) - lowest
    top = len(weights) - 1
    every = Fraction(sum(weights))
    above = (sum(weights[t + 1 :]) + Fraction(weights[t], 2)) / every
    below = (sum(weights[:t]) + Fraction(weights[t], 2)) / every
    half = Decimal("0.5")
    out = {
        "name": name,
        "strata": strata,
        "expected": float(sum(Fraction(c * k, n) for n, k, c, _ in strata)),
        "one_sided": float(above),
        "p_mid": float(min(Fraction(1), 2 * min(above, below))),
        "best_attainable_p": float(min(Fraction(weights[0]), Fraction(weights[-1])) / every),
        "low": 0.0 if t == 0 else solve(weights, t, Decimal("0.025"), half),
        "high": None if t == top else solve(weights, t, Decimal("0.975"), half),
        "informative_strata": sum(1 for s in strata if max(0, s[2] - s[0] + s[1]) < min(s[2], s[1])),
        "estimate": None,
        "mantel_haenszel": None,
    }
    if 0 < t < top:
        y, x, g = days(strata)
        by_logit = float(np.exp(ConditionalLogit(y, x, groups=g).fit(method="nm", xtol=1e-10, ftol=1e-13, disp=0).params[0]))
        by_polynomial = mean_solve(weights, t)
        assert abs(by_logit / by_polynomial - 1) < 2e-4, (name, by_logit, by_polynomial)
        out["estimate"] = by_polynomial
        out["estimate_by_conditional_logit"] = by_logit
    tables = [np.array([[a, b], [c, d]], float) for a, b, c, d in map(cells, strata)]
    if sum(b * c / (a + b + c + d) for a, b, c, d in map(cells, strata)) > 0:
        out["mantel_haenszel"] = float(StratifiedTable(tables).oddsratio_pooled)
    if len(strata) == 1:
        n, k, c, a = strata[0]
        low = lowest
        tail = stats.hypergeom.sf(t + low, n, k, c) + stats.hypergeom.pmf(t + low, n, k, c) / 2
        assert abs(tail / out["one_sided"] - 1) < 1e-9
        if 0 < t < top:
            ca, cb, cc, cd = cells(strata[0])
            single = odds_ratio(np.array([[ca, cb], [cc, cd]]))
            assert abs(single.statistic / out["estimate"] - 1) < 1e-6
            exact = single.confidence_interval(0.95)
            assert abs(solve(weights, t, Decimal("0.025"), Decimal(1)) / exact.low - 1) < 1e-5
            assert abs(solve(weights, t, Decimal("0.975"), Decimal(0)) / exact.high - 1) < 1e-5
    return out


def main():
    random = np.random.default_rng(20260304)
    cases = [
        case("rabbits", [from_cells(*r) for r in [(0, 6, 0, 5), (3, 3, 0, 6), (6, 0, 2, 4), (5, 1, 6, 0), (2, 0, 5, 0)]]),
        case("pairs", [from_cells(1, 0, 0, 1)] * 10 + [from_cells(0, 1, 1, 0)] * 3),
        case("single", [from_cells(9, 3, 20, 60)]),
        case("all exposed", [[100, 20, 2, 2], [120, 30, 1, 1]]),
        case("none exposed", [[100, 20, 2, 0], [120, 30, 3, 0]]),
        case("more onsets than unexposed days", [[12, 9, 8, 6], [40, 10, 3, 1]]),
    ]
    for i in range(30):
        strata = []
        for _ in range(int(random.integers(1, 9))):
            n = int(random.integers(10, 183))
            k = int(random.integers(0, n + 1))
            c = int(random.integers(0, min(n, 6) + 1))
            a = int(random.hypergeometric(k, n - k, c)) if n else 0
            if random.random() < 0.4:
                a = min(c, k) if random.random() < 0.5 else a
            strata.append([n, k, c, a])
        cases.append(case(f"random {i}", strata))
    for i, scale in enumerate([500, 1500]):
        strata = [[scale * 4, scale, 20 + 5 * j, 8 + 2 * j] for j in range(3)]
        cases.append(case(f"long {i}", strata))
    made_with = {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}
    lines = ",\n".join("  " + json.dumps(c) for c in cases)
    text = f'{{"made_with": {json.dumps(made_with)},\n "cases": [\n{lines}\n]}}\n'
    pathlib.Path(__file__).with_suffix(".json").write_text(text)


if __name__ == "__main__":
    main()
