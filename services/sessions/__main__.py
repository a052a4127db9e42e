from services.kit.runner import run

run("services.sessions.service:SessionsService")
