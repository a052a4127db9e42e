"""The platform for breaking: a local stack whose own processes are forks of a nursery."""

from deploy.local.local_stack import GROUND, LocalStack
from deploy.local.places import PROJECT
from tests.chaos.nursery import Nursery

NO_LIMITS = {"CT_RATE_CALLERS": "100000/100000", "CT_RATE_STRANGERS": "100000/100000"}


class ChaosStack(LocalStack):
    """See `LocalStack`; `start_part("sessions", CT_CRASH_AT="7")` takes a fraction of a second here."""

    def __init__(self, directory, **options):
        super().__init__(directory, environment=NO_LIMITS, **options)
        self.nursery = Nursery()

    def start_part(self, name, **environment):
        if name in (*GROUND, "mail"):
            return super().start_part(name, **environment)
        if not self.is_running(name):
            part = self.part(name, **environment)
            log = self.places.logs / f"{name}.log"
            self._running[name] = self.nursery.start(part.command[-1], part.environment, log, PROJECT)
        return None

    def stop(self):
        super().stop()
        self.nursery.close()

    def control_broker(self, *arguments):
        """Run rabbitmqctl on this stack's node and return what it printed."""
        import subprocess

        command, environment = self.broker.control(*arguments)
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=True
        )
        return done.stdout
