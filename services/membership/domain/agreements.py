"""The text every cohort signs before its first topic: the Keys, by version (CONTENT 3.1)."""
# ruff: noqa: E501 (the text stands as it is read)

from dataclasses import dataclass
from datetime import datetime

from services.kit.errors import Conflict


@dataclass(frozen=True)
class Agreement:
    """Ground rules in one version. `keys` are (headline, sentence) in order; `before` and `after` frame them."""

    version: str
    title: str
    before: str
    keys: tuple[tuple[str, str], ...]
    after: str
    pledge: str


@dataclass(frozen=True)
class Wording:
    """A cohort's own rules in one version of its agreement: by whom (person id) and since when."""

    version: str
    rules: tuple[str, ...]
    worded_by: str
    worded_at: datetime


@dataclass(frozen=True)
class Signature:
    """That somebody signed one version of a cohort's agreement."""

    person_id: str
    version: str
    signed_at: datetime


class AgreementSuperseded(Conflict):
    """The version to be signed is not the cohort's present one."""

    code = "agreement-superseded"


PRESENT = "keys-1.0"

AGREEMENTS = {
    PRESENT: Agreement(
        version=PRESENT,
        title="Keys to Peer Learning Success",
        before="We are here to learn with and from one another. So that everyone can speak openly, each of us agrees:",
        keys=(
            (
                "What is said here stays here.",
                "I take home what I learned, not who said it. I tell no manager, sponsor or colleague what a member "
                "shared, and I neither record nor forward.",
            ),
            (
                "Only what we release leaves.",
                "The group decides what is published. I own my words and may withdraw them from our notes.",
            ),
            (
                "We think before we answer.",
                "I listen to the end, ask before I advise, and argue with ideas, never with persons.",
            ),
            (
                "We respect each other as equals.",
                "Titles stay outside. Everyone gets a turn, anyone may pass, and nobody is laughed at or put on the "
                "spot for what they say.",
            ),
            (
                "Feedback is a gift of help.",
                "I give it honestly, precisely and kindly, not just to please; I receive it with thanks, even when I "
                "will not use it.",
            ),
            (
                "I try the other's shoes.",
                "Before I judge a view I ask how it might be true where they stand.",
            ),
            (
                "Not knowing is allowed.",
                "Mistakes, doubts and discomfort belong to learning; I help make them safe.",
            ),
            (
                "We work on what is real.",
                "I bring a genuine question, do what I say I will do, and tell honestly how it went.",
            ),
            ("I am here.", "I come prepared and on time, or say in advance that I can't."),
            (
                "The limit.",
                "If someone is in danger, or the law compels it, we get help; we say so first whenever we can.",
            ),
        ),
        after="If a Key is broken, I speak to the person or the facilitator; the group decides what is needed to trust "
        "again. Our duty of confidence goes on after the program ends.",
        pledge="I have read the Keys, could ask about them, and agree.",
    )
}


def text_of(version: str) -> Agreement:
    """Return the text that a cohort's version of the agreement rests on ("keys-1.0+2": the second own rules)."""
    return AGREEMENTS[version.partition("+")[0]]
