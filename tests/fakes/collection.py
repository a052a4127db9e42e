"""A MongoDB collection in memory, for tests that are not about MongoDB.

It knows the operators our stores use and refuses every other, so that a test never passes on a query this
fake merely ignores. It is held to the same suite as the real one
(tests/integration/kit/test_store_suite.py).
"""

import copy
from types import SimpleNamespace

from pymongo.errors import BulkWriteError, DuplicateKeyError


class FakeDatabase:
    """Collections by name, made when first named."""

    def __init__(self, name):
        self.name = name
        self._collections = {}

    def __getitem__(self, name):
        return self._collections.setdefault(name, FakeCollection(name, self))


class FakeClient:
    """Databases by name, made when first named."""

    def __init__(self):
        self._databases = {}

    def __getitem__(self, name):
        return self._databases.setdefault(name, FakeDatabase(name))


class FakeCollection:
    """Documents by id, with unique indexes."""

    def __init__(self, name, database=None):
        self.name, self.database = name, database
        self._documents = {}
        self._unique = [("_id_", ["_id"], None)]

    def create_indexes(self, models):
        for model in (each.document for each in models):
            known = [name for name, _, _ in self._unique]
            if model.get("unique") and model["name"] not in known:
                self._unique.append((model["name"], list(model["key"]), model.get("partialFilterExpression")))

    def find_one(self, where=None, projection=None, sort=None):
        found = self.find(where, projection)
        return next(iter(found.sort(sort) if sort else found), None)

    def find(self, where=None, projection=None):
        fitting = [each for each in self._documents.values() if matches(each, where or {})]
        return FakeCursor(fitting, projection or {})

    def count_documents(self, where):
        return len(list(self.find(where)))

    def estimated_document_count(self):
        return len(self._documents)

    def distinct(self, field):
        return sorted({each[field] for each in self._documents.values() if field in each})

    def insert_one(self, document):
        if document["_id"] in self._documents:
            raise _duplicate("_id_", ["_id"])
        self._keep_unique(document)
        self._documents[document["_id"]] = copy.deepcopy(document)

    def insert_many(self, documents):
        for each in documents:
            self.insert_one(each)

    def update_one(self, where, update):
        found = self._first(where)
        if found is None:
            return SimpleNamespace(matched_count=0, modified_count=0)
        changed = copy.deepcopy(found)
        apply(changed, update)
        self._keep_unique(changed)
        self._documents[found["_id"]] = changed
        return SimpleNamespace(matched_count=1, modified_count=int(changed != found))

    def update_many(self, where, update):
        fitting = [each["_id"] for each in self.find(where)]
        results = [self.update_one({"_id": each}, update) for each in fitting]
        changed = sum(each.modified_count for each in results)
        return SimpleNamespace(matched_count=len(results), modified_count=changed)

    def replace_one(self, where, replacement, upsert=False):
        found = self._first(where)
        if found is None and not upsert:
            return SimpleNamespace(matched_count=0, modified_count=0, upserted_id=None)
        document = {"_id": found["_id"] if found else where["_id"], **copy.deepcopy(replacement)}
        if found is None and document["_id"] in self._documents:
            raise _duplicate("_id_", ["_id"])
        self._keep_unique(document)
        self._documents[document["_id"]] = document
        return SimpleNamespace(
            matched_count=int(found is not None),
            modified_count=int(found is not None),
            upserted_id=None if found else document["_id"],
        )

    def bulk_write(self, operations, ordered=True):
        matched, upserted, failed = 0, 0, []
        for index, each in enumerate(operations):
            try:
                result = self.replace_one(each._filter, each._doc, upsert=each._upsert)
                matched, upserted = (
                    matched + result.matched_count,
                    upserted + (result.upserted_id is not None),
                )
            except DuplicateKeyError:
                failed.append({"index": index, "code": 11000})
        if failed:
            raise BulkWriteError({"writeErrors": failed})
        return SimpleNamespace(matched_count=matched, upserted_count=upserted)

    def delete_one(self, where):
        found = self._first(where)
        if found is not None:
            del self._documents[found["_id"]]
        return SimpleNamespace(deleted_count=int(found is not None))

    def delete_many(self, where):
        fitting = [key for key, each in self._documents.items() if matches(each, where)]
        for key in fitting:
            del self._documents[key]
        return SimpleNamespace(deleted_count=len(fitting))

    def _first(self, where):
        return next((each for each in self._documents.values() if matches(each, where)), None)

    def _keep_unique(self, document):
        others = [each for each in self._documents.values() if each["_id"] != document["_id"]]
        for name, fields, only in self._unique:
            if only and not matches(document, only):
                continue
            held = (each for each in others if not only or matches(each, only))
            if any(_share_a_key(document, each, fields) for each in held):
                raise _duplicate(name, fields)


class FakeCursor:
    """What `find` returns: sort, limit, iterate."""

    def __init__(self, documents, projection):
        self._documents, self._projection = documents, projection

    def sort(self, keys):
        ordered = list(self._documents)
        for field, direction in reversed(list(keys)):
            ordered.sort(key=lambda each: _rank(_first_value(each, field)), reverse=direction < 0)
        return FakeCursor(ordered, self._projection)

    def limit(self, count):
        return FakeCursor(self._documents[:count] if count else self._documents, self._projection)

    def __iter__(self):
        return (_project(each, self._projection) for each in self._documents)


def matches(document, where):
    """True when `document` fits the filter `where`."""
    return all(_fits(document, field, wanted) for field, wanted in where.items())


def _fits(document, field, wanted):
    if field == "$and":
        return all(matches(document, each) for each in wanted)
    if field == "$or":
        return any(matches(document, each) for each in wanted)
    if field.startswith("$"):
        raise NotImplementedError(f"the fake knows no {field}")
    values = list(_values(document, field.split(".")))
    if isinstance(wanted, dict) and any(key.startswith("$") for key in wanted):
        return all(_compare(values, operator, operand) for operator, operand in wanted.items())
    return _equals(values, wanted)


def _equals(values, wanted):
    if wanted is None and not values:
        return True
    return any(value == wanted or (isinstance(value, list) and wanted in value) for value in values)


def _ordered(compare):
    def test(values, operand):
        flat = [each for value in values for each in (value if isinstance(value, list) else [value])]
        return any(type(each) is type(operand) and compare(each, operand) for each in flat)

    return test


OPERATORS = {
    "$eq": _equals,
    "$ne": lambda values, operand: not _equals(values, operand),
    "$in": lambda values, operand: any(_equals(values, each) for each in operand),
    "$nin": lambda values, operand: not any(_equals(values, each) for each in operand),
    "$exists": lambda values, operand: bool(values) is operand,
    "$gt": _ordered(lambda value, operand: value > operand),
    "$gte": _ordered(lambda value, operand: value >= operand),
    "$lt": _ordered(lambda value, operand: value < operand),
    "$lte": _ordered(lambda value, operand: value <= operand),
    "$size": lambda values, operand: any(isinstance(v, list) and len(v) == operand for v in values),
    "$elemMatch": lambda values, operand: any(
        matches(each, operand) for value in values if isinstance(value, list) for each in value
    ),
}


def _compare(values, operator, operand):
    if operator not in OPERATORS:
        raise NotImplementedError(f"the fake knows no {operator}")
    return OPERATORS[operator](values, operand)


def _values(node, path):
    if not path:
        yield node
    elif isinstance(node, list):
        if path[0].isdigit() and int(path[0]) < len(node):
            yield from _values(node[int(path[0])], path[1:])
        for each in node:
            if isinstance(each, dict):
                yield from _values(each, path)
    elif isinstance(node, dict) and path[0] in node:
        yield from _values(node[path[0]], path[1:])


def apply(document, update):
    """Change `document` as `update` says."""
    for operator, fields in update.items():
        for path, value in fields.items():
            *parents, last = path.split(".")
            node = document
            for part in parents:
                node = node[int(part)] if isinstance(node, list) else node.setdefault(part, {})
            CHANGES[operator](node, last, copy.deepcopy(value))


def _push(node, last, value):
    more = value if isinstance(value, dict) and "$each" in value else {"$each": [value]}
    kept = node.get(last, []) + more["$each"]
    node[last] = kept[more["$slice"] :] if "$slice" in more else kept


def _pull(node, last, value):
    plain = not isinstance(value, dict)
    node[last] = [
        each for each in node.get(last, []) if not (each == value if plain else matches(each, value))
    ]


CHANGES = {
    "$set": lambda node, last, value: node.__setitem__(last, value),
    "$unset": lambda node, last, value: node.pop(last, None),
    "$inc": lambda node, last, value: node.__setitem__(last, node.get(last, 0) + value),
    "$push": _push,
    "$pull": _pull,
    "$addToSet": lambda node, last, value: (
        node.setdefault(last, []).append(value) if value not in node.get(last, []) else None
    ),
}


def _project(document, projection):
    shown = {field for field, how in projection.items() if how == 1}
    kept = copy.deepcopy(document)
    for field in [each for each in kept if shown and each not in shown | {"_id"}]:
        del kept[field]
    for field, how in projection.items():
        if how == 0:
            kept.pop(field, None)
        elif isinstance(how, dict) and "$elemMatch" in how:
            kept[field] = [each for each in kept.get(field, []) if matches(each, how["$elemMatch"])][:1]
        elif how != 1 or "." in field:
            raise NotImplementedError(f"the fake cannot show {field} as {how}")
    return kept


def _share_a_key(one, other, fields):
    pairs = [(list(_flat(one, field)), list(_flat(other, field))) for field in fields]
    return all(any(value in theirs for value in ours) for ours, theirs in pairs)


def _flat(document, field):
    values = list(_values(document, field.split("."))) or [None]
    for value in values:
        yield from value if isinstance(value, list) else [value]


def _first_value(document, field):
    return next(_values(document, field.split(".")), None)


def _rank(value):
    return (value is not None, value)


def _duplicate(name, fields):
    details = {
        "keyPattern": dict.fromkeys(fields, 1),
        "errmsg": f"E11000 duplicate key index: {name} dup key",
    }
    return DuplicateKeyError(details["errmsg"], 11000, details)
