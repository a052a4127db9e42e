"""Forms as a network calls them, and naming them."""

from services.kit.errors import NotFound
from services.membership.domain.engagement_ports import AllFormNames
from services.membership.domain.form_names import CalledForm
from services.membership.domain.form_names import name_form as name_it
from services.membership.domain.forms import FORMS
from services.membership.domain.rights import check_signed_in, check_staff


def list_forms(query, form_names: AllFormNames):
    """Return the forms a cohort can take. Raises: SignedInOnly."""
    network, _ = check_signed_in(query.caller)
    names = form_names.of_network(network)
    return tuple(CalledForm(form, names.of(key)) for key, form in FORMS.items())


def show_form(query, form_names: AllFormNames):
    """Return one form. Raises: SignedInOnly, NotFound."""
    network, _ = check_signed_in(query.caller)
    if query.form not in FORMS:
        raise NotFound("there is no such form")
    return CalledForm(FORMS[query.form], form_names.of_network(network).of(query.form))


def name_form(command, form_names: AllFormNames):
    """Name a form, or take its name back. Raises: StaffOnly, NotFound, NameReserved."""
    known = form_names.of_network(check_staff(command.caller))
    after, facts = name_it(known, command.form, command.display_name, command.licence)
    called = CalledForm(FORMS[command.form], after.of(command.form))
    if after is not known:
        save = form_names.save if known.revision else form_names.add
        save(after, announcing=facts, answering=called)
    return called
