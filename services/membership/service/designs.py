"""Doors of what stands before a design: forms, outcomes, the chooser and the proposal."""

from services.kit.ask import ask
from services.membership import wiring_engagements as wiring
from services.membership.handlers import designs, form_names
from services.membership.messages import designs as messages


class DesignDoors:
    """What a program can be, what a network calls it, and what an outcome proposes."""

    form_names = wiring.form_names()

    @ask(messages.ListAllSchema, answer=messages.forms_answer, write=False)
    def list_forms(self, query):
        return form_names.list_forms(query, self.form_names)

    @ask(messages.ShowFormSchema, answer=messages.form_answer, write=False)
    def show_form(self, query):
        return form_names.show_form(query, self.form_names)

    @ask(messages.NameFormSchema, answer=messages.form_answer)
    def name_form(self, command):
        return form_names.name_form(command, self.form_names)

    @ask(messages.ChooseFormsSchema, answer=messages.choices_answer, write=False)
    def choose_forms(self, query):
        return designs.choose_forms(query)

    @ask(messages.ListAllSchema, answer=messages.outcomes_answer, write=False)
    def list_outcomes(self, query):
        return designs.list_outcomes(query)

    @ask(messages.ProposeDesignSchema, answer=messages.proposal_answer, write=False)
    def propose_design(self, query):
        return designs.propose_design(query)
