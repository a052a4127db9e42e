"""From enrolled people to cohorts with dates and invitations."""

from collections.abc import Callable
from functools import partial
from typing import Any

from deploy.tools.api import Api, ApiProblem, await_that
from deploy.tools.story.setting_up import StoryBroke

Said = Callable[[str], None]


def form_and_commit(admin: Api, program: dict[str, Any], say: Said, seed: int = 1) -> dict[str, Any]:
    """Return the committed formation, with its groups."""
    started = admin.post(f"/v1/programs/{program['id']}/formations", {"seed": seed})
    path = f"/v1/formations/{started['id']}"
    found = await_that(lambda: _unless(admin, path, "searching", say), "the end of the search", 300)
    if found["standing"] != "found":
        raise StoryBroke(f"the search ended {found['standing']}")
    admin.post(f"{path}/commit")
    return await_that(lambda: _when(admin, path, "committed"), "the end of the commit", 300)


def cohorts_of(admin: Api, program: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the program's cohorts."""
    return list(admin.every("/v1/cohorts", program_id=program["id"]))


def dates_of(admin: Api, cohorts: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return cohort id -> its sessions, once sessions knows all of them."""

    def planned(cohort: dict[str, Any]) -> list[dict[str, Any]] | None:
        try:
            sessions = list(admin.every(f"/v1/cohorts/{cohort['id']}/sessions"))
        except ApiProblem as problem:
            if problem.status == 404:  # sessions has not heard of the cohort yet
                return None
            raise
        return sessions if len(sessions) == cohort["session_count"] else None

    return {one["id"]: await_that(partial(planned, one), "the cohorts' dates", 180) for one in cohorts}


def _unless(admin: Api, path: str, standing: str, say: Said) -> dict[str, Any] | None:
    shown = admin.get(path)
    if shown["standing"] != standing:
        return shown
    progress = shown["progress"]
    placed, tried = (
        f"{progress['placed']} of {progress['people']}",
        f"{progress['tried']} of {progress['planned']}",
    )
    say(f"  {placed} placed, {tried} moves")
    return None


def _when(admin: Api, path: str, standing: str) -> dict[str, Any] | None:
    shown = admin.get(path)
    return shown if shown["standing"] == standing else None
