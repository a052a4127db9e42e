"""What a chaos run stands on: a private platform, a witness who hears everything, and a small network."""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.audit import Audit
from tests.chaos.recorder import Recorder
from tests.chaos.stack import ChaosStack
from tests.chaos.world import World, make_world

STARTING = 300.0  # seconds


@dataclass
class Ground:
    """The platform, who lives on it, and who looks at it."""

    stack: ChaosStack
    world: World
    audit: Audit

    @property
    def recorder(self) -> Recorder:
        return self.audit.recorder


@contextmanager
def a_ground(directory: Path):
    """Start the platform in `directory` with a witness and a small network in it; yields the Ground."""
    shutil.rmtree(directory, ignore_errors=True)
    stack = ChaosStack(directory)
    try:
        stack.start(STARTING)
        recorder = Recorder(stack.broker)
        recorder.begin()
        ground = Ground(stack, make_world(stack), Audit(stack, recorder))
        yield ground
        ground.audit.close()
    finally:
        stack.stop()
