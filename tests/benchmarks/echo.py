"""A service of the kit that says what it is told: `python -m tests.benchmarks.echo`, as feedback."""

import eventlet

eventlet.monkey_patch()

from marshmallow import Schema, fields  # noqa: E402

from services.kit.ask import ask  # noqa: E402
from services.kit.runner import run  # noqa: E402


class Said(Schema):
    text = fields.String(required=True)


class Echo:
    """Answers asks and owns nothing."""

    name = "feedback"

    @ask(Said, write=False)
    def echo(self, said):
        return said


if __name__ == "__main__":
    run("tests.benchmarks.echo:Echo", with_operations=False)
