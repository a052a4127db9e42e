"""What watches the platform: it reads every process, and asks only for what the processes really count."""

import json
import re
import shutil
import subprocess

import pytest
import yaml
from prometheus_client import Counter, Gauge, Histogram

import gateway.counts
from deploy.local.places import PROJECT
from services.kit import metrics

WATCHING = PROJECT / "deploy" / "observability"
COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]
SCRAPES = yaml.safe_load((WATCHING / "prometheus.yml").read_text())["scrape_configs"]
RULES = [
    rule
    for group in yaml.safe_load((WATCHING / "alerts.yml").read_text())["groups"]
    for rule in group["rules"]
]
PANELS = [
    panel
    for file in (WATCHING / "grafana" / "dashboards").glob("*.json")
    for panel in json.loads(file.read_text())["panels"]
]
ASKED = [(rule["alert"], rule["expr"]) for rule in RULES] + [
    (panel["title"], target["expr"]) for panel in PANELS for target in panel.get("targets", ())
]
each_query = pytest.mark.parametrize("query", [query for _, query in ASKED], ids=[name for name, _ in ASKED])
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])

SCRAPED = {"up", "rabbitmq_queue_messages_ready"}  # Prometheus' own word, and the broker's
SCRAPE_LABELS = {"job", "instance", "service", "le"}
WORDS = {"by", "or", "and", "unless", "offset"}
SUFFIXES = {Counter: ("_total",), Gauge: ("",), Histogram: ("_bucket", "_count", "_sum")}


def counted():
    """Every name a process of ours shows at /metrics, with its labels."""
    found = {}
    for each in {**vars(metrics), **vars(gateway.counts)}.values():
        for suffix in SUFFIXES.get(type(each), ()):
            found[each.describe()[0].name + suffix] = set(each._labelnames)
    return found


def names_and_labels(query):
    """The metrics and labels a PromQL expression speaks of."""
    query = re.sub(r"\[[^\]]*\]|offset \d+\w", " ", query)
    labels = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)\s*\"", query))
    query = re.sub(r"\{[^}]*\}", " ", query)
    for grouped in re.findall(r"\bby\s*\(([^)]*)\)", query):
        labels |= {label.strip() for label in grouped.split(",")}
    query = re.sub(r"\bby\s*\([^)]*\)", " ", query)
    names = set(re.findall(r"\b[a-z_][a-z0-9_]*\b(?!\s*\()", query)) - WORDS
    return names, labels


@each_query
def test_a_query_asks_for_what_the_processes_count(query):
    names, labels = names_and_labels(query)
    known = counted()

    assert names
    assert names <= known.keys() | SCRAPED
    assert labels <= SCRAPE_LABELS.union(*(known.get(name, set()) for name in names))


def test_everything_counted_is_looked_at_somewhere():
    asked = set().union(*(names_and_labels(query)[0] for _, query in ASKED))
    families = {
        name.removesuffix("_bucket").removesuffix("_count").removesuffix("_sum") for name in counted()
    }

    unseen = {family for family in families if not any(name.startswith(family) for name in asked)}

    assert unseen <= {"ct_outbox_waiting"}  # the age says it, and in one figure


@each_rule
def test_an_alert_says_what_it_means_and_what_to_do(rule):
    assert rule["annotations"].keys() == {"summary", "description"}
    assert rule["labels"]["severity"] in ("page", "ticket")


def test_every_process_that_has_a_health_port_is_read():
    ours, broker = SCRAPES[0]["dns_sd_configs"][0], SCRAPES[1]["dns_sd_configs"][0]
    healthy = {
        name
        for name, each in COMPOSE.items()
        if each.get("healthcheck", {}).get("test", ())[-2:-1] == ["8001"]
    }

    assert set(ours["names"]) == healthy
    assert ours["port"] == 8001
    assert set(broker["names"]) <= COMPOSE.keys()


@pytest.mark.parametrize("name", ["prometheus", "grafana"])
def test_what_watches_runs_only_when_asked_for_and_is_shown_to_this_machine_alone(name):
    service = COMPOSE[name]

    assert service["profiles"] == ["observability"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])


@pytest.mark.parametrize("name", ["prometheus", "grafana"])
def test_all_it_is_given_is_there(name):
    given = [volume.split(":")[0] for volume in COMPOSE[name]["volumes"] if volume.startswith("./")]

    assert given
    assert [path for path in given if not (PROJECT / path).exists()] == []


@pytest.mark.skipif(
    not shutil.which("promtool"), reason="promtool (Debian package prometheus) is not installed"
)
@pytest.mark.parametrize(
    "words",
    [
        ("check", "config", "--syntax-only", "prometheus.yml"),
        ("check", "rules", "alerts.yml"),
        ("test", "rules", "alerts.test.yml"),
    ],
    ids=" ".join,
)
def test_prometheus_own_tool_agrees(words):
    done = subprocess.run(["promtool", *words], cwd=WATCHING, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
