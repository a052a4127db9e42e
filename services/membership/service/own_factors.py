"""Doors of own factors. Stores of accounts, people and sign-ins are those of the other doors.

What answers with a secret or a token is `write=False`: it keeps no record of its request.
"""

from typing import Any

from services.kit.ask import ask
from services.kit.due import due
from services.membership import wiring
from services.membership.domain.factor_ports import FactorPorts
from services.membership.handlers import factor_resets, own_factors, passwords
from services.membership.messages import identity as asked
from services.membership.messages import identity_answers
from services.membership.messages import own_factors as messages


class OwnFactorDoors:
    """What a person holds that neither their mailbox nor their employer can give."""

    factors = wiring.own_factors()
    factor_secrets = wiring.factor_secrets()
    common_passwords = wiring.common_passwords()
    accounts: Any
    sign_ins: Any
    people: Any
    roles: Any
    networks: Any
    organizations: Any
    throttles: Any
    passwords: Any
    tokens: Any
    clock: Any

    @ask(asked.NothingSchema, answer=messages.own_factors_answer, write=False)
    def show_own_factors(self, question):
        return own_factors.show_own_factors(question.caller, self._factor_ports())

    @ask(asked.SetPasswordSchema, answer=identity_answers.nothing_answer, write=False)
    def set_password(self, command):
        passwords.set_password(command, self._factor_ports())

    @ask(asked.NothingSchema, answer=messages.offered_answer, write=False)
    def offer_authenticator(self, command):
        return own_factors.offer_authenticator(command.caller, self._factor_ports())

    @ask(messages.ConfirmAuthenticatorSchema, answer=messages.confirmed_answer, write=False)
    def confirm_authenticator(self, command):
        return own_factors.confirm_authenticator(command, self._factor_ports())

    @ask(asked.NothingSchema, answer=identity_answers.nothing_answer, write=False)
    def remove_authenticator(self, command):
        own_factors.remove_authenticator(command.caller, self._factor_ports())

    @ask(asked.NothingSchema, answer=messages.codes_answer, write=False)
    def renew_recovery_codes(self, command):
        return own_factors.renew_recovery_codes(command.caller, self._factor_ports())

    @ask(messages.StepUpSchema, answer=identity_answers.tokens_answer, write=False)
    def step_up(self, command):
        return own_factors.step_up(command, self._factor_ports())

    @ask(asked.NothingSchema, answer=messages.reset_answer, write=False)
    def ask_factor_reset(self, command):
        return factor_resets.ask_factor_reset(command.caller, self._factor_ports())

    @ask(asked.NothingSchema, answer=identity_answers.nothing_answer, write=False)
    def cancel_factor_reset(self, command):
        factor_resets.cancel_factor_reset(command.caller, self._factor_ports())

    @due("factors")
    def on_factors_due(self, aggregate_id, network, kind):
        factor_resets.carry_out_reset(aggregate_id, self._factor_ports())

    def _factor_ports(self):
        return FactorPorts(
            factors=self.factors,
            secrets=self.factor_secrets,
            accounts=self.accounts,
            sign_ins=self.sign_ins,
            people=self.people,
            roles=self.roles,
            networks=self.networks,
            organizations=self.organizations,
            throttles=self.throttles,
            passwords=self.passwords,
            common_passwords=self.common_passwords,
            tokens=self.tokens,
            clock=self.clock,
        )
