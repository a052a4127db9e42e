"""What became of a round's commands: attempted, acknowledged, lost, doubled, unexpected, recovered."""

from collections import Counter
from dataclasses import dataclass, field

from services.contracts.schemas import fact_type
from tests.chaos.audit import Finding


@dataclass
class Tally:
    """The row of one fault. `findings` are the audit's; a run with any `violations` fails."""

    fault: str
    points: int = 0
    attempted: int = 0
    acknowledged: int = 0
    recovered: int = 0  # acknowledged only after a repetition under the same key
    lost: int = 0
    doubled: int = 0
    repeated_events: int = 0
    doubled_mails: int = 0
    unexpected: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rounds: list = field(default_factory=list, repr=False)

    @property
    def violations(self):
        """What must not be, in words."""
        words = [f"{self.lost} acknowledged effects lost"] * bool(self.lost)
        words += [f"{self.doubled} effects doubled"] * bool(self.doubled)
        return [*words, *self.unexpected, *self.findings]

    def add(self, lanes):
        """Count one round in; what came of it is counted by `close`."""
        self.attempted += len(lanes.commands)
        self.acknowledged += lanes.acknowledged
        self.recovered += sum(each.state == "acknowledged" and each.tries > 1 for each in lanes.commands)
        self.unexpected += [word for each in lanes.commands for word in each.surprises]
        self.unexpected += lanes.broken
        self.rounds.append(lanes)

    def close(self, recorder):
        """Count effects, once everything has settled: also what a round did long after it was over."""
        for lanes in self.rounds:
            lost, doubled = compare(lanes, recorder)
            self.lost += sum(lost.values())
            self.doubled += sum(doubled.values())
            self.findings += [f"lost: {name} x{count}" for name, count in lost.items()]
            self.findings += [f"doubled: {name} x{count}" for name, count in doubled.items()]


def compare(lanes, recorder):
    """Return (lost, doubled): by effect, how many acknowledged are missing, how many nobody attempted."""
    wanted, possible = Counter(), Counter()
    for command in lanes.commands:
        if command.effect is not None:
            possible[command.effect] += command.effect.wanted
            wanted[command.effect] += command.effect.wanted * (command.state == "acknowledged")
    for effect in lanes.consequences:
        possible[effect] += effect.wanted
        wanted[effect] += effect.wanted
    happened = {effect: _happened(effect, recorder, lanes.since) - effect.before for effect in possible}
    lost = {each.name: wanted[each] - count for each, count in happened.items() if count < wanted[each]}
    doubled = {
        each.name: count - possible[each] for each, count in happened.items() if count > possible[each]
    }
    return lost, doubled


def pending(lanes, recorder):
    """Return what a settling waits for: acknowledged effects the witness has not heard of yet."""
    lost, doubled = compare(lanes, recorder)
    return [
        *(Finding(f"not heard of yet: {name}") for name in lost),
        *(Finding(f"doubled: {name}", is_final=True) for name in doubled),
    ]


def _happened(effect, recorder, since):
    if effect.subject:
        return _rise(effect, recorder.history(effect.source, effect.subject))
    keys = [key for key in set(recorder.order[since:]) if key[0] == effect.source]
    return sum(_rise(effect, recorder.history(*key)) for key in keys)


def _rise(effect, events):
    before, risen = 0, 0
    for event in events:
        if fact_type(event.type).aggregate == effect.kind:
            now = effect.amount(event.data)
            risen += max(0, now - before)
            before = now
    return risen
