import eventlet

eventlet.monkey_patch()

from services.kit.runner import run

# The address is what access tokens name as their issuer.
run("services.membership.service:MembershipService", needs=("CT_BROKER", "CT_MONGO", "CT_PUBLIC_URL"))
