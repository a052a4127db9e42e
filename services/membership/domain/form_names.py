"""What a network calls the forms: its own, and another's mark only under a recorded licence (R17)."""

from dataclasses import dataclass, replace

from services.contracts.events.form_names import FormName, FormNamesState, FormsNamed
from services.kit.errors import NotFound
from services.membership.domain.derived import derived_id
from services.membership.domain.forms import FORMS, Form
from services.membership.domain.names import check_name


@dataclass(frozen=True)
class Named:
    """One form's name in a network; `licence`: for a name that is another's mark."""

    form: str
    display_name: str
    licence: str = ""


@dataclass(frozen=True)
class FormNames:
    """All names of one network, in the order of FORMS."""

    id: str
    network: str
    names: tuple[Named, ...] = ()
    revision: int = 0

    def of(self, form: str) -> str:
        """Return what the network calls a form; "" where it has not named it."""
        return next((one.display_name for one in self.names if one.form == form), "")


@dataclass(frozen=True)
class CalledForm:
    """A form with what the network calls it, "" for its own name."""

    form: Form
    own_name: str


def form_names_id(network: str) -> str:
    """Return the id of a network's names: it has one."""
    return derived_id("fnm", network)


def name_form(
    known: FormNames, form: str, display_name: str, licence: str
) -> tuple[FormNames, tuple[FormNamesState, ...]]:
    """Name a form; "" takes the name back, the same again changes nothing.

    Raises:
        NotFound: there is no such form. NameReserved: another's mark without a licence.
    """
    if form not in FORMS:
        raise NotFound("there is no such form")
    said = " ".join(display_name.split())
    check_name(said, licence, "display_name")
    rest = [one for one in known.names if one.form != form]
    named = [*rest, Named(form, said, licence)] if said else rest
    after = replace(known, names=tuple(sorted(named, key=lambda one: list(FORMS).index(one.form))))
    return (known, ()) if after == known else (after, (told_form_names(after),))


def told_form_names(names: FormNames) -> FormNamesState:
    """Return the fact that says what a network calls the forms."""
    return FormsNamed(
        names.network, names.id, tuple(FormName(one.form, one.display_name) for one in names.names)
    )
