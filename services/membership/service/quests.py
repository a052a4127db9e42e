"""Doors of quests: what most of a cohort call impossible, and who did it."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring_engagements as wiring
from services.membership.domain.engagement_ports import QuestPorts
from services.membership.handlers import quests
from services.membership.messages import quests as messages


class QuestDoors:
    """Other doors provide cohorts, people, profiles and the clock."""

    quests = wiring.quests()
    cohorts: Any
    people: Any
    profiles: Any
    clock: Any

    @ask(messages.AboutQuestSchema, answer=messages.quest_answer, write=False)
    def show_quest(self, query):
        return quests.show_quest(query, self._quest_ports())

    @ask(messages.BeginQuestSchema, answer=messages.quest_answer, lane="cohort_id")
    def begin_quest(self, command):
        return quests.begin_quest(command, self._quest_ports())

    @ask(messages.SayInQuestSchema, answer=messages.quest_answer, lane="cohort_id")
    def say_in_quest(self, command):
        return quests.say_in_quest(command, self._quest_ports())

    @ask(messages.AboutQuestSchema, answer=messages.quest_answer, lane="cohort_id")
    def go_on_with_quest(self, command):
        return quests.go_on_with_quest(command, self._quest_ports())

    @ask(messages.AskBeyondSchema, answer=messages.quest_answer, lane="cohort_id")
    def ask_beyond(self, command):
        return quests.ask_beyond(command, self._quest_ports())

    @ask(messages.AboutQuestSchema, answer=messages.quest_answer, lane="cohort_id")
    def close_quest(self, command):
        return quests.close_quest(command, self._quest_ports())

    @ask(messages.MyAsksSchema, answer=messages.asks_answer, write=False)
    def list_my_asks(self, query):
        return quests.list_my_asks(query, self._quest_ports())

    @ask(messages.AnswerAskSchema, answer=messages.ask_answer, lane="quest_id")
    def answer_ask(self, command):
        return quests.answer_ask(command, self._quest_ports())

    def _quest_ports(self):
        return QuestPorts(self.quests, self.cohorts, self.people, self.profiles, self.clock)
