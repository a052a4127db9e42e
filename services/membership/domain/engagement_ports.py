"""What the use cases of what people take on beside a cohort ask of the outside."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.kit.clock import Clock
from services.membership.domain.dedications import Dedication
from services.membership.domain.enrollment_ports import AllEnrollments
from services.membership.domain.experiments import Experiment
from services.membership.domain.form_names import FormNames
from services.membership.domain.people_ports import Cohorts, Kept, People, Programs
from services.membership.domain.profile_ports import Profiles
from services.membership.domain.quests import Quest
from services.membership.domain.seats import Advice, Seating
from services.membership.domain.stakes import Stake


class Seatings(Kept[Seating], Protocol):
    """One a program; `of_program` returns an empty one where nobody ever had a seat."""

    def of_program(self, network: str, program_id: str) -> Seating: ...
    def of_person(self, network: str, person_id: str) -> list[Seating]: ...


class Advices(Kept[Advice], Protocol):
    def of_program(self, network: str, program_id: str, limit: int, after: str | None) -> Any: ...
    def of_person(self, network: str, person_id: str) -> list[Advice]: ...


@dataclass(frozen=True)
class SeatPorts:
    """The stores and the clock."""

    seatings: Seatings
    advices: Advices
    programs: Programs
    people: People
    enrollments: AllEnrollments
    clock: Clock


class Quests(Kept[Quest], Protocol):
    """Quests of cohorts, the newest of each first."""

    def of_cohort(self, network: str, cohort_id: str) -> Quest | None: ...
    def asking(self, network: str, person_id: str) -> list[Quest]: ...
    def times_asked(self, network: str, ids: Iterable[str], since: datetime) -> Counter[str]: ...


@dataclass(frozen=True)
class QuestPorts:
    """The stores and the clock."""

    quests: Quests
    cohorts: Cohorts
    people: People
    profiles: Profiles
    clock: Clock


class Stakes(Kept[Stake], Protocol):
    """One a person and program; `of_person_in` returns an empty one where nothing was said."""

    def of_person_in(self, network: str, program_id: str, person_id: str) -> Stake: ...
    def of_program(self, network: str, program_id: str) -> list[Stake]: ...


@dataclass(frozen=True)
class StakePorts:
    """The stores."""

    stakes: Stakes
    programs: Programs
    enrollments: AllEnrollments


class Experiments(Kept[Experiment], Protocol):
    """Experiments of programs."""

    def newest(self, network: str, program_id: str) -> Experiment | None: ...
    def of_program(self, network: str, program_id: str) -> list[Experiment]: ...


@dataclass(frozen=True)
class ExperimentPorts:
    """The stores and the clock."""

    experiments: Experiments
    programs: Programs
    clock: Clock


class Dedications(Kept[Dedication], Protocol):
    """One a cohort; `of_cohort` returns an empty one where nobody answered."""

    def of_cohort(self, network: str, cohort_id: str) -> Dedication: ...
    def every(self, network: str) -> list[Dedication]: ...


@dataclass(frozen=True)
class DedicationPorts:
    """The stores."""

    dedications: Dedications
    cohorts: Cohorts
    people: People


class AllFormNames(Kept[FormNames], Protocol):
    """One a network; `of_network` returns an empty one where it named no form."""

    def of_network(self, network: str) -> FormNames: ...
