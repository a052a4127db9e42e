"""PyPI `team-formation`, the way its documentation shows it: form teams by CP-SAT, or judge somebody's teams.

    python cp_sat_teams.py ROSTER RULES SIZE solve SECONDS     forms teams; prints their cost
    python cp_sat_teams.py ROSTER RULES SIZE judge TEAMS       TEAMS: a team number for each row, a line each

The cost is what its own evaluation says each team missed, times the weights of the rules.
"""

import json
import sys
import time
from pathlib import Path

import pandas
from team_formation.team_assignment import TeamAssignment


def main() -> None:
    roster, rules, size, what, how = sys.argv[1:6]
    people = pandas.read_csv(roster)
    for name in people.columns:
        if name.endswith("_list"):
            people[name] = people[name].map(lambda text: text.split(";"))
    wanted = pandas.read_csv(rules)
    task = TeamAssignment(people, wanted, int(size))
    began = time.monotonic()
    if what == "solve":
        task.solve(max_time_in_seconds=float(how))
    else:
        task.participants["team_num"] = [int(line) for line in Path(how).read_text().split()]
        task.solution_found = True
    took = time.monotonic() - began
    missed = task.evaluate_teams()
    weights = dict(zip(wanted["attribute"], wanted["weight"], strict=True))
    parts = {name: float(missed[name].sum()) * float(weight) for name, weight in weights.items()}
    print(
        json.dumps({"cost": sum(parts.values()), "parts": parts, "seconds": took, "sizes": task.team_sizes})
    )


if __name__ == "__main__":
    main()
