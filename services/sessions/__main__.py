import eventlet

eventlet.monkey_patch()

from services.kit.runner import run

run("services.sessions.service:SessionsService")
