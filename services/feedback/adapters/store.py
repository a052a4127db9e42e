"""Questionnaires and participations as MongoDB documents. No answer is in either."""

from dataclasses import fields

from services.feedback.domain.questionnaire import Participation, Questionnaire, state_of
from services.kit.mongo import Index
from services.kit.store import Aggregates

KEPT_BY_STORE = frozenset({"id", "network", "revision", "due"})
SOONEST_FIRST = [("closes_at", 1)]
NEWEST_FIRST = [("closes_at", -1)]


class MongoQuestionnaires(Aggregates[Questionnaire]):
    """The questionnaires after sessions."""

    collection = "questionnaires"
    kind = "questionnaire"
    indexes = (
        Index("questionnaires_of_program", [("network", 1), ("program_id", 1), ("closes_at", -1)]),
        Index("questionnaires_of_cohort", [("network", 1), ("cohort_id", 1), ("closes_at", -1)]),
    )

    def of_program(self, network, program_id):
        """Return all questionnaires of a program."""
        return self.find(network, {"program_id": program_id}, SOONEST_FIRST)

    def page_of_program(self, network, program_id, limit, after):
        """Return a page of a program's questionnaires, newest first."""
        return self.page(network, {"program_id": program_id}, NEWEST_FIRST, limit, after)

    def page_of_cohort(self, network, cohort_id, limit, after):
        """Return a page of a cohort's questionnaires, newest first."""
        return self.page(network, {"cohort_id": cohort_id}, NEWEST_FIRST, limit, after)

    def to_document(self, questionnaire):
        return _plain(questionnaire) | {"asked": list(questionnaire.asked)}

    def to_aggregate(self, document):
        state = _state(Questionnaire, document)
        return Questionnaire(**self.identity(document), **{**state, "asked": tuple(document["asked"])})


class MongoParticipations(Aggregates[Participation]):
    """Who is asked what, and whether they answered."""

    collection = "participations"
    kind = "feedback_request"
    indexes = (
        Index("participations_of_person", [("network", 1), ("person_id", 1), ("closes_at", -1)]),
        Index(
            "one_participation_per_person",
            [("network", 1), ("questionnaire_id", 1), ("person_id", 1)],
            unique=True,
        ),
    )

    def of_person(self, network, questionnaire_id, person_id):
        """Return the person's part in a questionnaire, or None."""
        return self.find_one(network, {"questionnaire_id": questionnaire_id, "person_id": person_id})

    def page_of_person(self, network, person_id, limit, after):
        """Return a page of what the person is asked, newest first."""
        return self.page(network, {"person_id": person_id}, NEWEST_FIRST, limit, after)

    def in_questionnaire(self, network, questionnaire_id):
        """Return everyone's part in a questionnaire."""
        return self.find(network, {"questionnaire_id": questionnaire_id})

    def to_document(self, part):
        return _plain(part)

    def to_aggregate(self, document):
        return Participation(**self.identity(document), **_state(Participation, document))

    def restated(self, part):
        return state_of(part)


def _plain(aggregate):
    names = (field.name for field in fields(aggregate))
    return {name: getattr(aggregate, name) for name in names if name not in KEPT_BY_STORE}


def _state(kind, document):
    return {field.name: document[field.name] for field in fields(kind) if field.name not in KEPT_BY_STORE}
