"""Who looks after a cohort's questionnaire."""

import pytest

from services.contracts.caller import Caller
from services.feedback.domain.access import admit_keeper
from services.feedback.domain.refusals import QuestionnaireUnknown
from tests.builders.feedback import a_questionnaire


def a_person(person_id, *roles):
    network = a_questionnaire().network
    return Caller("person", network, person_id=person_id, roles=frozenset(roles))


def test_facilitators_of_the_cohort_and_staff_look_after_it():
    admit_keeper(a_questionnaire(), a_person("per_fay"), {"per_fay"}, ())
    admit_keeper(a_questionnaire(), a_person("per_sam", "program_staff"), {"per_fay"}, ())


@pytest.mark.parametrize("role", ["program_staff", "network_admin"])
def test_staff_from_a_members_reporting_line_do_not(role):
    with pytest.raises(QuestionnaireUnknown):
        admit_keeper(a_questionnaire(), a_person("per_sam", role), {"per_fay"}, {"per_sam"})
