"""Anonymous answers: found again by their author alone (SECURITY 3.6).

A document is named by an HMAC of the questionnaire under its author's key, which lies wrapped in the key
database. It holds no person, no request, no trace and no time finer than the day; what was said is sealed
under the cohort's shared key, so that the key it opens with links no two answers of one person.
"""

from contextlib import suppress

from pymongo.errors import DuplicateKeyError

from services.kit.crash import crash_point
from services.kit.mongo import Index, create_indexes, reaching
from services.kit.sealing import SHARED, AuthorForgotten

PAD = 64  # answers of all lengths look alike up to this many bytes
FIELD = "answers"


class MongoAnswers:
    """The answers of this service; not an aggregate, because it must record nothing of the request."""

    def __init__(self, floor):
        self._sealing = floor.sealing
        self.documents = floor.database["answers"]

    def prepare(self):
        """Create the indexes; repeating changes nothing."""
        self._sealing.prepare()
        create_indexes(self.documents, [Index("answers_of_network", [("network", 1)])])

    def put(self, part, answers, day):
        """Keep one person's answers in place of what they answered before; repeating it changes nothing.

        Args:
            part: the author's participation.
            day: the date it was given or changed.
        """
        name = self._name(part)
        sealed = self._sealing.seal(
            answers,
            network=part.network,
            cohort=part.cohort_id,
            author=SHARED,
            collection=FIELD,
            id=name,
            field=FIELD,
            pad=PAD,
        )
        document = {"network": part.network, "day": day.isoformat(), "sealed": sealed}
        crash_point("answers.before_write")
        with reaching():
            self._replace(name, document) or self._replace(name, document)
        crash_point("answers.after_write")

    def mine(self, part):
        """Return what the author of `part` answered, or None."""
        try:
            name = self._name(part)
        except AuthorForgotten:
            return None
        with reaching():
            document = self.documents.find_one({"_id": name, "network": part.network})
        if document is None:
            return None
        return self._sealing.unseal(
            document["sealed"], network=part.network, collection=FIELD, id=name, field=FIELD
        )

    def drop(self, part):
        """Take the author's answers away; when there are none, nothing happens.

        Of an author who was forgotten there are none: they went before the key that found them.
        """
        crash_point("answers.before_drop")
        with suppress(AuthorForgotten), reaching():
            self.documents.delete_one({"_id": self._name(part), "network": part.network})
        crash_point("answers.after_drop")

    def _replace(self, name, document):
        try:
            self.documents.replace_one({"_id": name, "network": document["network"]}, document, upsert=True)
        except DuplicateKeyError:  # two first answers of one author at once: the second replaces the first
            return False
        return True

    def _name(self, part):
        return self._sealing.fingerprint(
            part.questionnaire_id,
            network=part.network,
            cohort=part.cohort_id,
            author=part.person_id,
            purpose="answer",
        ).hex()
