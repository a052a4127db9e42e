import eventlet

eventlet.monkey_patch()

from services.kit.runner import run

run("services.notifications.service:NotificationsService")
