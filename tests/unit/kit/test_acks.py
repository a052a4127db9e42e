"""Acknowledging together never tells the broker of a message that is not dealt with."""

from hypothesis import given
from hypothesis import strategies as st

from services.kit.acks import Acks


class Broker:
    """What a channel at the broker has outstanding, by the rules of AMQP; turns end when the test says so."""

    def __init__(self):
        self.outstanding, self.frames, self.later = set(), [], []
        self.acks = Acks(self.told, self.later.append)

    def gives(self, *tags):
        for tag in tags:
            self.outstanding.add(tag)
            self.acks.taken(tag)

    def told(self, tag, multiple):
        covered = {each for each in self.outstanding if each <= tag} if multiple else {tag}
        assert covered, "the broker closes the channel when told of what is not outstanding"
        assert covered <= self.outstanding
        self.outstanding -= covered
        self.frames.append((tag, multiple))

    def turn_ends(self):
        while self.later:
            self.later.pop(0)()


def test_a_run_of_neighbours_is_told_in_one_frame():
    broker = Broker()
    broker.gives(1, 2, 3, 4)
    for tag in (2, 1, 3):
        broker.acks.ack(tag)
    assert broker.frames == []
    broker.turn_ends()
    assert broker.frames == [(3, True)]
    assert broker.outstanding == {4}


def test_what_waits_keeps_nobody_behind_it_waiting():
    broker = Broker()
    broker.gives(1, 2, 3)
    broker.acks.ack(2)
    broker.acks.ack(3)
    broker.turn_ends()
    assert broker.outstanding == {1}
    broker.gives(4)
    broker.acks.ack(1)
    broker.acks.ack(4)
    broker.turn_ends()
    assert broker.outstanding == set()


def test_what_was_given_back_is_passed_over():
    broker = Broker()
    broker.gives(1, 2)
    broker.outstanding.discard(1)
    broker.acks.given_back(1)
    broker.acks.ack(2)
    broker.turn_ends()
    assert broker.outstanding == set()


@given(st.data())
def test_the_broker_is_told_of_exactly_what_was_settled(data):
    broker, settled, given_back = Broker(), set(), set()
    count = data.draw(st.integers(1, 30))
    broker.gives(*range(1, count + 1))
    for tag in data.draw(st.permutations(range(1, count + 1))):
        fate = data.draw(st.sampled_from(["ack", "give back", "keep"]))
        if fate == "ack":
            broker.acks.ack(tag)
            settled.add(tag)
        elif fate == "give back":
            broker.outstanding.discard(tag)
            broker.acks.given_back(tag)
            given_back.add(tag)
        if data.draw(st.booleans()):
            broker.turn_ends()
    broker.turn_ends()
    assert broker.outstanding == set(range(1, count + 1)) - settled - given_back
