"""Frontiers by NegMAS: one JSON line in for each task, one out with CPU seconds and the efficient vectors.

A task: {"method": "sampler" | "enumeration", "issues": [options of each], "parties": [[[points]]]}, or
{"method": "files", "folder": a GENIUS domain with its profiles}: read, enumerated, and the packages chosen.
Each is done as often as `calls` says; the time is the median.
"""

import json
import statistics
import sys
import time

from negmas.inout import Scenario
from negmas.outcomes import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.ops import kalai_points, max_welfare_points, nash_points, pareto_frontier

try:
    from negmas.preferences.pareto_sampler import MOBANOSParetoSampler
except ImportError:  # versions before 0.16
    MOBANOSParetoSampler = None


def utility(points, issues, space):
    tables = [{f"o{k}": value for k, value in enumerate(own)} for own in points]
    return LinearAdditiveUtilityFunction(
        values=tables, weights=[1.0] * len(issues), outcome_space=space, reserved_value=0.0
    )


def prepared(task):
    if task["method"] == "files":
        return lambda: from_files(task["folder"])
    issues = [
        make_issue(name=f"i{k}", values=[f"o{o}" for o in range(count)])
        for k, count in enumerate(task["issues"])
    ]
    space = make_os(issues)
    parties = [utility(points, issues, space) for points in task["parties"]]
    if task["method"] == "enumeration":
        return lambda: pareto_frontier(parties, issues=issues)[0]
    return lambda: by_sampler(parties)


def by_sampler(parties):
    if MOBANOSParetoSampler is None:
        sys.exit("this version has no MOBANOS sampler")
    sampler = MOBANOSParetoSampler(max_pareto_size=10_000_000)
    sampler.init(ufun=parties[0], opponent_ufun=parties[1])
    return [[party(outcome) for party in parties] for outcome in sampler._pareto_front]


def from_files(folder):
    scenario = Scenario.from_genius_folder(folder)
    space = scenario.outcome_space
    points = list(pareto_frontier(scenario.ufuns, issues=space.issues)[0])
    for choose in (nash_points, kalai_points, max_welfare_points):
        choose(scenario.ufuns, points, outcome_space=space)
    return points


for line in sys.stdin:
    task = json.loads(line)
    run = prepared(task)
    times = []
    for _ in range(task["calls"]):
        started = time.process_time()
        vectors = run()
        times.append((time.process_time() - started) * 1000)
    vectors = [[round(float(value), 6) for value in vector] for vector in vectors]
    print(json.dumps({"cpuMs": statistics.median(times), "vectors": vectors}), flush=True)
