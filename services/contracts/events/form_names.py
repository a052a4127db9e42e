"""What membership announces of the names that a network gives to forms."""

from dataclasses import dataclass
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class FormName:
    """What a network calls one form."""

    form: str
    display_name: str


@dataclass(frozen=True)
class FormNamesState(Fact):
    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "form_names"
    subject_field: ClassVar[str] = "form_names_id"

    form_names_id: str
    names: tuple[FormName, ...]  # of the forms it has named; the others keep their own


class FormsNamed(FormNamesState):
    """A network named a form, or took its name back."""
