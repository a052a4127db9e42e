"""Every question to the database says of which network; those that cannot are named here, with the reason."""

import ast
from dataclasses import MISSING
from pathlib import Path

import pytest

from services.contracts.events import Fact
from services.contracts.schemas import fact_types

ASKING = {
    *("find", "find_one", "count_documents", "aggregate", "distinct"),
    *("update_one", "update_many", "replace_one", "delete_one", "delete_many"),
    *("find_one_and_update", "find_one_and_replace", "find_one_and_delete"),
}
ADAPTERS = sorted(Path("services").glob("*/adapters/*.py"))
OF_THE_INSTALLATION = {
    "accounts.py": "accounts and their addresses belong to no network",
    "own_factors.py": "own factors belong to accounts",
    "throttles.py": "tries are counted by what was tried, before anybody is known",
    "signing_keys.py": "the keys that sign for all networks",
}
ACROSS_NETWORKS = {
    "account_moves.py:of_account": "an account's, which may be of several networks",
    "audit.py:networks": "the operator verifies every network's trail",
    "clients.py:by_id": "only the client's own document says of which network it is",
    "connections.py:_active": "a short name is unique in the installation; nobody has signed in yet",
    "identity.py:all": "the operator's list of networks",
    "identity.py:by_token_hash": "a one-time link's token says of which network it is",
    "identity.py:end_asked": "an account's, which may be of several networks",
    "identity.py:open_of_account": "an account's, which may be of several networks",
}


def questions(path):
    """Yield (function's name, its code, the filter's code) for each question to a collection."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = ast.unparse(node.func.value)
            if node.func.attr in ASKING and owner.endswith(("documents", "_roles", "_collection")):
                asked = node.args[1:2] if node.func.attr == "distinct" else node.args[:1]
                yield function.name, function, ast.unparse(asked[0]) if asked else ""


def names_network(function, asked):
    """Whether the filter names the network, there or where the function puts it together."""
    if "'network'" in asked or "_in(network" in asked:
        return True
    assigned = [
        ast.unparse(node.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if ast.unparse(target) == asked
    ]
    return any("'network'" in value or "_in(" in value for value in assigned)


@pytest.mark.parametrize("path", ADAPTERS, ids=lambda path: f"{path.parts[1]}/{path.name}")
def test_every_filter_names_the_network(path):
    if path.name in OF_THE_INSTALLATION:
        pytest.skip(OF_THE_INSTALLATION[path.name])

    unbound = {
        f"{path.name}:{name}"
        for name, function, asked in questions(path)
        if not names_network(function, asked)
    }

    assert unbound - set(ACROSS_NETWORKS) == set()


def test_each_exception_is_still_one():
    unbound = {
        f"{path.name}:{name}"
        for path in ADAPTERS
        for name, function, asked in questions(path)
        if not names_network(function, asked)
    }

    assert set(ACROSS_NETWORKS) <= unbound
    assert {path.name for path in ADAPTERS} >= set(OF_THE_INSTALLATION)


@pytest.mark.parametrize("fact", sorted(set(fact_types().values()), key=lambda fact: fact.__name__))
def test_every_event_says_of_which_network_it_tells(fact):
    assert issubclass(fact, Fact)
    assert fact.__dataclass_fields__["network"].default is MISSING
