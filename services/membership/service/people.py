"""Doors of organizations, people and imports."""

from services.kit.ask import ask
from services.membership import wiring
from services.membership.handlers import imports, people
from services.membership.messages import people as asked
from services.membership.messages import people_answers as answers


class PeopleDoors:
    """Who is known to a network. Imports are checked and applied by the worker (service/worker.py)."""

    clock = wiring.clock()
    accounts = wiring.accounts()
    organizations = wiring.organizations()
    people = wiring.people()
    imports = wiring.imports()
    import_parts = wiring.import_parts()

    @ask(asked.AddOrganizationSchema, answer=answers.organization_answer)
    def add_organization(self, command):
        return people.add_organization(command, self.organizations)

    @ask(asked.ListOrganizationsSchema, answer=answers.organizations_answer, write=False)
    def list_organizations(self, query):
        return people.list_organizations(query, self.organizations)

    @ask(asked.ShowOrganizationSchema, answer=answers.organization_answer, write=False)
    def show_organization(self, query):
        return people.show_organization(query, self.organizations)

    @ask(asked.ChangeOrganizationSchema, answer=answers.organization_answer, lane="organization_id")
    def change_organization(self, command):
        return people.change_organization(command, self.organizations)

    @ask(asked.AddPersonSchema, answer=answers.person_answer)
    def add_person(self, command):
        return people.add_person(command, self.people, self.organizations, self.accounts, self.clock)

    @ask(asked.ListPeopleSchema, answer=answers.people_answer, write=False)
    def list_people(self, query):
        return people.list_people(query, self.people)

    @ask(asked.ShowPersonSchema, answer=answers.person_answer, write=False)
    def show_person(self, query):
        return people.show_person(query, self.people)

    @ask(asked.StartImportSchema, answer=answers.import_answer)
    def start_import(self, command):
        return imports.start_import(command, self.imports, self.import_parts, self.clock)

    @ask(asked.ListImportsSchema, answer=answers.imports_answer, write=False)
    def list_imports(self, query):
        return imports.list_imports(query, self.imports)

    @ask(asked.ShowImportSchema, answer=answers.import_answer, write=False)
    def show_import(self, query):
        return imports.show_import(query, self.imports)

    @ask(asked.ListProblemsSchema, answer=answers.problems_answer, write=False)
    def list_import_problems(self, query):
        return imports.list_problems(query, self.imports, self.import_parts)
