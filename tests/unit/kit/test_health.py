from services.kit.health import Readiness, health_app


def get(path, readiness):
    seen = {}

    def start_response(status, headers):
        seen["status"] = status

    body = b"".join(health_app(readiness)({"PATH_INFO": path}, start_response))
    return int(seen["status"].split()[0]), body.decode()


def a_readiness(**checks):
    readiness = Readiness()
    for name, check in checks.items():
        readiness.depends_on(name, check)
    return readiness


def _raise():
    raise OSError("elsewhere")


def test_ready_names_each_dependency():
    status, body = get("/readyz", a_readiness(broker=lambda: True, store=lambda: False))

    assert (status, body) == (503, '{"ready":false,"dependencies":{"broker":true,"store":false}}')


def test_a_check_that_fails_is_a_dependency_that_is_away():
    assert get("/readyz", a_readiness(store=_raise))[0] == 503


def test_alive_does_not_depend_on_anything():
    assert get("/livez", a_readiness(store=_raise))[0] == 200


def test_metrics_are_shown_and_nothing_else_is_there():
    assert "ct_relayed_total" in get("/metrics", a_readiness())[1]
    assert get("/debug", a_readiness())[0] == 404
