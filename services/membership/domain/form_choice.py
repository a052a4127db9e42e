"""The form chooser: which forms suit, by whether action and learning are meant (R134), with reasons."""

from dataclasses import dataclass

from services.membership.domain.forms import FORMS, Form
from services.membership.domain.outcomes import OUTCOMES

MEANT, MAY_HAPPEN = "meant", "may_happen"
WANTED = (MEANT, MAY_HAPPEN)
PURPOSES = {
    "goal_attainment": ("attaining goals", ("action_learning", "self_coaching", "team")),
    "problem_solving": ("solving problems", ("action_learning", "peer_coaching", "quality_circle")),
    "training": ("training", ("structured_peer_learning", "self_training", "study")),
    "support": ("support", ("support", "dialogue")),
    "networking": ("networking", ("networking", "community_of_practice")),
}
LEARNINGS = {
    "knowledge": (
        "study", "learning_circle", "community_of_practice", "discussion", "debate", "self_training",
    ),
    "skill": ("self_training", "peer_coaching", "structured_peer_learning", "community_of_practice"),
    "ability": (
        "action_learning", "structured_peer_learning", "peer_coaching", "self_coaching", "team",
        "peer_mentoring", "quality_circle",
    ),
    "perception": ("dialogue", "debate", "learning_circle", "action_learning", "support", "peer_mentoring"),
}  # fmt: skip
FOCUS = {"always": 3, "designed": 2, "optional": 1, "implicit": 0}
FOCUS_WORDS = {
    "always": "deliberate in every session",
    "designed": "expected where the form is well made",
    "optional": "possible, not asked for",
    "implicit": "left to happen by itself",
}
UNWANTED = {"always": 0, "designed": 1, "optional": 3, "implicit": 3}  # points where nothing is meant
BEST, STEP, KIND = (
    6,
    2,
    3,
)  # points: first of a list of forms, less for each place behind; the kind of learning


@dataclass(frozen=True)
class Choice:
    """One form as it suits what is asked. `reasons` speak for it, `against` do not; `is_weak`: warned of."""

    form: Form
    points: int
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    is_weak: bool


def choose_forms(
    action: str,
    learning: str,
    kind: str | None = None,
    purpose: str | None = None,
    outcome: str | None = None,
) -> tuple[Choice, ...]:
    """Rank all forms, the one that suits best first.

    Args:
        action, learning: "meant" (deliberately produced) or "may_happen".
        kind: of learning: "knowledge", "skill", "ability" or "perception"; None: not said.
        purpose: a key of PURPOSES; None: not said.
        outcome: the primary outcome the form is to serve; forms too weak for it are `is_weak`.

    Returns:
        One choice a form; equals stand in the order of CONTENT 1.1.

    Source: R134, CONTENT 1.1 and 2.
    """
    found = [_judged(form, action, learning, kind, purpose, outcome) for form in FORMS.values()]
    return tuple(sorted(found, key=lambda choice: (choice.is_weak, -choice.points)))


def focus_of(said: str) -> str:
    """Return the level of a focus that may carry a remark: "always, outward" -> "always"."""
    return said.partition(",")[0]


def focus_words(said: str) -> str:
    """Return a focus in words, its remark kept."""
    level, comma, remark = said.partition(",")
    return f"{FOCUS_WORDS[level]}{comma}{remark}"


def _judged(
    form: Form, action: str, learning: str, kind: str | None, purpose: str | None, outcome: str | None
) -> Choice:
    marks = [
        _by_focus("action", action, focus_of(form.action)),
        _by_focus("learning", learning, focus_of(form.learning)),
        _by_kind(form, kind),
        _by_list(form, purpose and PURPOSES[purpose]),
        _by_list(form, outcome and (OUTCOMES[outcome].display_name, OUTCOMES[outcome].forms)),
    ]
    is_weak = outcome is not None and form.key not in OUTCOMES[outcome].forms
    return Choice(
        form=form,
        points=sum(points for points, _ in marks),
        reasons=tuple(words for points, words in marks if words and points > 1),
        against=tuple(words for points, words in marks if words and points <= 1),
        is_weak=is_weak,
    )


def _by_focus(what: str, wanted: str, focus: str) -> tuple[int, str]:
    points = FOCUS[focus] if wanted == MEANT else UNWANTED[focus]
    return points, f"{what} is {FOCUS_WORDS[focus]}"


def _by_kind(form: Form, kind: str | None) -> tuple[int, str]:
    if kind is None:
        return 0, ""
    if form.key in LEARNINGS[kind]:
        return KIND, f"it serves {kind}"
    return 0, f"it is not the way to {kind}"


def _by_list(form: Form, asked: tuple[str, tuple[str, ...]] | str | None) -> tuple[int, str]:
    if not asked or isinstance(asked, str):
        return 0, ""
    name, forms = asked
    if form.key not in forms:
        return 0, f"it is weak for {name}"
    place = forms.index(form.key)
    return BEST - STEP * min(place, 2), f"number {place + 1} of the forms for {name}"
