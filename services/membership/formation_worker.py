import eventlet

eventlet.monkey_patch()

from services.kit.runner import run

if __name__ == "__main__":
    run("services.membership.service.worker:FormationWorker", with_operations=False)
