"""Doors of seats beside programs: who advises, champions or receives results, and what advisers say."""

from typing import Any

from services.kit.ask import ask
from services.membership import wiring_engagements as wiring
from services.membership.domain.engagement_ports import SeatPorts
from services.membership.handlers import seats
from services.membership.messages import seats as messages


class SeatDoors:
    """Other doors provide programs, people, enrollments and the clock."""

    seatings = wiring.seatings()
    advices = wiring.advices()
    programs: Any
    people: Any
    enrollments: Any
    clock: Any

    @ask(messages.AboutSeatsSchema, answer=messages.seated_answer, write=False)
    def list_seats(self, query):
        return seats.list_seats(query, self._seat_ports())

    @ask(messages.GiveSeatSchema, answer=messages.seating_answer, lane="program_id")
    def give_seat(self, command):
        return seats.give_seat(command, self._seat_ports())

    @ask(messages.TakeSeatSchema, answer=messages.seating_answer, lane="program_id")
    def take_seat(self, command):
        return seats.take_seat(command, self._seat_ports())

    @ask(messages.MySeatsSchema, answer=messages.my_seats_answer, write=False)
    def list_my_seats(self, query):
        return seats.list_my_seats(query, self._seat_ports())

    @ask(messages.AboutSeatsSchema, answer=messages.standing_answer, write=False)
    def show_standing(self, query):
        return seats.show_standing(query, self._seat_ports())

    @ask(messages.ListAdviceSchema, answer=messages.advices_answer, write=False)
    def list_advice(self, query):
        return seats.list_advice(query, self._seat_ports())

    @ask(messages.GiveAdviceSchema, answer=messages.advice_answer)
    def give_advice(self, command):
        return seats.give_advice(command, self._seat_ports())

    def _seat_ports(self):
        return SeatPorts(
            self.seatings, self.advices, self.programs, self.people, self.enrollments, self.clock
        )
