"""Doors of profiles and the directory. Other doors provide people, cohorts and the clock."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring
from services.membership.handlers import directory, profiles
from services.membership.messages import profiles as messages
from services.membership.messages.identity import NothingSchema


class ProfileDoors:
    """What people say of themselves, and who finds them."""

    profiles = wiring.profiles()
    people: Any
    cohorts: Any

    @ask(NothingSchema, answer=messages.profile_answer, write=False)
    def show_profile(self, query):
        return profiles.show_profile(query, self.profiles, self.people)

    @ask(messages.ChangeProfileSchema, answer=messages.profile_answer)
    def change_profile(self, command):
        return profiles.change_profile(command, self.profiles, self.people)

    @ask(messages.ListDirectorySchema, answer=messages.directory_answer, write=False)
    def list_directory(self, query):
        return directory.list_directory(query, self.profiles, self.people, self.cohorts)

    @ask(messages.ShowEntrySchema, answer=messages.entry_answer, write=False)
    def show_entry(self, query):
        return directory.show_entry(query, self.profiles, self.people, self.cohorts)
