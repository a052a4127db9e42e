import eventlet

eventlet.monkey_patch()

from services.kit.runner import run

if __name__ == "__main__":
    run("gateway.service:GatewayService", with_operations=False, needs=("CT_BROKER", "CT_PUBLIC_URL"))
