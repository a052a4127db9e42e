"""`commonthread migrate`: what must exist before any service starts; repeating it changes nothing."""

import importlib
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pymongo.errors import PyMongoError

from deploy.tools.operating import NotReached, Operator
from deploy.tools.printing import AsJson, say, show
from deploy.tools.replica_set import ensure_first_user, ensure_replica_set, ensure_users
from services.contracts.catalogue import SOURCES
from services.kit.floor import Floor, prepare_service
from services.kit.topology import apply_topology


def migrate(as_json: AsJson = False) -> None:
    """Set up the replica set, one database user a login, exchanges, queues, bindings and indexes."""
    step = Operator(login="migrate")
    began = time.monotonic()
    _replica_set(step)
    say("the replica set has its primary")
    logins = (*SOURCES, "operator")
    passwords = {login: step.settings_of(login).secret("mongo_password") for login in logins}
    ensure_users(step.mongo, passwords, step.settings.db_prefix)
    say("each service has its database user")
    kept = apply_topology(step.broker)
    say("exchanges, queues and bindings are there")
    stores = {service: _stores(step, service) for service in SOURCES}
    say("indexes are there")
    answer = {"stores": stores, "retired_queues_kept": kept, "seconds": round(time.monotonic() - began, 1)}
    show(answer, as_json, [f"migrated in {answer['seconds']} s"])


def _replica_set(step: Operator) -> None:
    """Initiate the set where there is none; a cluster that has more members is left as it is."""
    address = urlsplit(step.settings.mongo)
    names = parse_qs(address.query).get("replicaSet", [])
    if "," in address.netloc or not names:
        return
    password = step.settings.secret("mongo_password")
    try:
        local = step.env.get("CT_MONGO_LOCAL") or address.netloc
        ensure_replica_set(address.netloc, names[0], password, timeout=60.0, local=local)
        ensure_first_user(local, password)
    except PyMongoError as away:
        raise NotReached(f"MongoDB at {address.netloc}: {type(away).__name__}") from away


def _stores(step: Operator, service: str) -> list[str]:
    floor = Floor(step.settings_of(service), step.mongo)
    return prepare_service(service_class(service), floor)


def service_class(service: str) -> type[Any]:
    """Return the class behind the door of `service`: "sessions" -> SessionsService."""
    module = importlib.import_module(f"services.{service}.service")
    found: type[Any] = getattr(module, f"{service.capitalize()}Service")
    return found
