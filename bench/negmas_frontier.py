"""Frontiers by NegMAS: one JSON line in for each problem, one out with CPU seconds and points.

A problem: {"method": "sampler" | "enumeration", "issues": [options of each], "parties": [[[points]]]}.
"""

import json
import sys
import time

from negmas.outcomes import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.ops import pareto_frontier
from negmas.preferences.pareto_sampler import MOBANOSParetoSampler


def utility(points, issues, space):
    tables = [{f"o{k}": value for k, value in enumerate(own)} for own in points]
    return LinearAdditiveUtilityFunction(
        values=tables, weights=[1.0] * len(issues), outcome_space=space, reserved_value=0.0
    )


for line in sys.stdin:
    problem = json.loads(line)
    issues = [
        make_issue(name=f"i{k}", values=[f"o{o}" for o in range(count)])
        for k, count in enumerate(problem["issues"])
    ]
    space = make_os(issues)
    parties = [utility(points, issues, space) for points in problem["parties"]]
    started = time.process_time()
    if problem["method"] == "sampler":
        sampler = MOBANOSParetoSampler(max_pareto_size=10_000_000)
        sampler.init(ufun=parties[0], opponent_ufun=parties[1])
        points = len(sampler._pareto_front)
    else:
        points = len(pareto_frontier(parties, issues=issues)[0])
    print(json.dumps({"cpuMs": (time.process_time() - started) * 1000, "points": points}), flush=True)
