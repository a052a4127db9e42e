from services.membership.adapters.programs import MongoPrograms
from services.membership.domain.wishes import Enhances
from tests.builders.people import NET, a_program
from tests.fakes.store import faked

NEWEST = ("deviation_reason", "cohort_title", "licence", "enhances")


def test_a_program_is_read_as_it_was_kept():
    programs = faked(MongoPrograms)
    kept = programs.add(
        a_program(
            enhances=Enhances("course", "Leading", "https://courses.example"),
            secondary_outcomes=("coaching_staff",),
            deviation_reason="they asked",
            cohort_title="Circle",
        )
    )

    assert programs.get(NET, "prg_1") == kept


def test_a_program_kept_before_it_could_enhance_anything_stands_alone():
    programs = faked(MongoPrograms)
    kept = programs.add(a_program())
    programs.documents.update_one({"_id": "prg_1"}, {"$unset": dict.fromkeys(NEWEST, "")})

    assert programs.get(NET, "prg_1") == kept
