"""Quests: a cohort's goal that most call impossible, who in it did it, and then who elsewhere."""

from dataclasses import dataclass

from services.kit.errors import NotFound
from services.membership.domain import quests as rules
from services.membership.domain import story_asks
from services.membership.domain.directory import OwnFactorNeeded, Reader, search_for
from services.membership.domain.engagement_ports import QuestPorts
from services.membership.domain.reporting import above
from services.membership.domain.rights import check_signed_in

LOOKED_AT = 100  # profiles that fit the words


@dataclass(frozen=True)
class Shown:
    """A quest as a member or facilitator meets it; None: the cohort has none."""

    quest: rules.Quest | None
    names: dict[str, str]


def show_quest(query, ports: QuestPorts):
    """Return the newest quest of one's own cohort. Raises: SignedInOnly, NotOfTheCohort, OwnFactorNeeded."""
    network, _, cohort = _own_cohort(query, ports)
    return _shown(ports.quests.of_cohort(network, cohort.id), ports)


def begin_quest(command, ports: QuestPorts):
    """Put a goal to one's cohort. Raises: as `show_quest`; QuestOpen."""
    network, person_id, cohort = _own_cohort(command, ports)
    known = ports.quests.of_cohort(network, cohort.id)
    quest, facts = rules.begin(known, cohort, command.goal, person_id, ports.clock.now())
    shown = Shown(quest, {})
    ports.quests.add(quest, announcing=facts, answering=shown)
    return shown


def say_in_quest(command, ports: QuestPorts):
    """Say in private how one sees it. Raises: as `show_quest`; NoQuest, MembersOnly, NotNow."""
    network, person_id, cohort = _own_cohort(command, ports)
    rules.check_says(cohort, person_id)
    quest = _present(network, cohort, ports)
    return _save(ports, quest, rules.say(quest, person_id, command.said), ())


def go_on_with_quest(command, ports: QuestPorts):
    """Take the quest to its next stage. Raises: as `show_quest`; NoQuest, AnswersMissing, NotNow."""
    network, _, cohort = _own_cohort(command, ports)
    quest = _present(network, cohort, ports)
    return _save(ports, quest, *rules.go_on(quest, cohort.member_ids(), ports.clock.now()))


def ask_beyond(command, ports: QuestPorts):
    """Ask a few people outside who show by these words that they could tell.

    Raises:
        As `show_quest`; NoQuest, NotNow, AnswersMissing. NothingToSearch: no word to look for. NobodyToAsk.
    """
    network, person_id, cohort = _own_cohort(command, ports)
    quest, now = _present(network, cohort, ports), ports.clock.now()
    story_asks.check_may_ask(quest, cohort.member_ids(), now)
    reader = Reader(network, person_id, frozenset(), oversees=False, text_open=True)
    search = search_for({"expertise": command.words}, None)
    ids = [one.person_id for one in ports.profiles.found(reader, search, LOOKED_AT, None).items]
    group = cohort.member_ids() | {one.person_id for one in cohort.facilitators}
    known = ports.people.by_ids(network, ids)
    ancestors = above(ports.people.lines_above(network, [*group, *ids]))
    times = ports.quests.times_asked(network, ids, now - story_asks.WITHIN)
    found = [known[one] for one in ids if one in known]
    chosen = story_asks.choose(quest, found, group, ancestors, times)
    return _save(ports, quest, *story_asks.ask_beyond(quest, command.question, person_id, chosen, now))


def close_quest(command, ports: QuestPorts):
    """End the quest. Raises: as `show_quest`; NoQuest."""
    network, _, cohort = _own_cohort(command, ports)
    quest = _present(network, cohort, ports)
    return _save(ports, quest, *rules.close(quest, ports.clock.now()))


def list_my_asks(query, ports: QuestPorts):
    """Return in which quests of others the caller is asked. Raises: SignedInOnly, OwnFactorNeeded."""
    network, person_id = _proven(query.caller)
    return [
        (quest, one)
        for quest in ports.quests.asking(network, person_id)
        for one in quest.asks
        if one.person_id == person_id
    ]


def answer_ask(command, ports: QuestPorts):
    """Answer in private whether one would tell. Raises: SignedInOnly, OwnFactorNeeded, NotAsked."""
    network, person_id = _proven(command.caller)
    try:
        quest = ports.quests.get(network, command.quest_id)
    except NotFound:
        raise story_asks.NotAsked("there is no such request") from None
    answered = story_asks.answer_ask(quest, person_id, command.answer == "yes")
    ask = next(one for one in answered.asks if one.person_id == person_id)
    ports.quests.save(answered, answering=(answered, ask))
    return answered, ask


def _own_cohort(asked, ports):
    network, person_id = check_signed_in(asked.caller)
    cohort = ports.cohorts.get(network, asked.cohort_id, lambda one: rules.check_of_cohort(one, person_id))
    if not asked.caller.text_open:
        raise OwnFactorNeeded("Prove by your own factor that it is you; then this opens.")
    return network, person_id, cohort


def _proven(caller):
    named = check_signed_in(caller)
    if not caller.text_open:
        raise OwnFactorNeeded("Prove by your own factor that it is you; then this opens.")
    return named


def _present(network, cohort, ports):
    quest = ports.quests.of_cohort(network, cohort.id)
    if quest is None:
        raise rules.NoQuest("this cohort has no goal under way")
    return quest


def _save(ports, before, after, facts):
    if after is before:
        return _shown(before, ports)
    shown = _shown(after, ports)
    ports.quests.save(after, announcing=facts, answering=shown)
    return shown


def _shown(quest, ports):
    if quest is None:
        return Shown(None, {})
    people = ports.people.by_ids(quest.network, quest.tellers)
    return Shown(quest, {key: person.display_name for key, person in people.items()})
