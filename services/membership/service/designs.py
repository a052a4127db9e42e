"""Doors of what stands before a design: forms, outcomes, the chooser and the proposal."""

from services.kit.ask import ask
from services.membership.handlers import designs
from services.membership.messages import designs as messages


class DesignDoors:
    """What a program can be, and what an outcome proposes; nothing is written here."""

    @ask(messages.ListAllSchema, answer=messages.forms_answer, write=False)
    def list_forms(self, query):
        return designs.list_forms(query)

    @ask(messages.ShowFormSchema, answer=messages.form_answer, write=False)
    def show_form(self, query):
        return designs.show_form(query)

    @ask(messages.ChooseFormsSchema, answer=messages.choices_answer, write=False)
    def choose_forms(self, query):
        return designs.choose_forms(query)

    @ask(messages.ListAllSchema, answer=messages.outcomes_answer, write=False)
    def list_outcomes(self, query):
        return designs.list_outcomes(query)

    @ask(messages.ProposeDesignSchema, answer=messages.proposal_answer, write=False)
    def propose_design(self, query):
        return designs.propose_design(query)
