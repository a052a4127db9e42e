"""Importing a roster: taken in by an ask, checked and applied by due work in the worker."""

import time
from contextlib import suppress
from dataclasses import replace

from services.kit.clock import Clock
from services.kit.errors import Conflict, Refusal
from services.kit.ids import new_id
from services.membership.domain import imports as rules
from services.membership.domain.forgetting import PersonForgotten
from services.membership.domain.lines import IMPORT, Stated
from services.membership.domain.organizations import add_organization
from services.membership.domain.people_ports import (
    Accounts,
    Apart,
    ImportParts,
    Imports,
    Organizations,
    People,
    Together,
)
from services.membership.domain.rights import check_staff
from services.membership.domain.roster_check import check_roster
from services.membership.domain.roster_columns import map_columns, unmapped_columns
from services.membership.domain.roster_file import read_roster
from services.membership.domain.roster_rows import SHOWN, Problem, Reading

PATIENCE = 5.0  # seconds of applying before the progress is saved


def start_import(command, imports: Imports, parts: ImportParts, clock: Clock):
    """Take a roster in and return the import, whose check follows at once elsewhere. Raises: StaffOnly."""
    network = check_staff(command.caller)
    now = clock.now()
    wanted = rules.Import(
        id=new_id("imp"),
        network=network,
        asked_by=command.caller.person_id,
        mode=command.mode,
        is_dry_run=command.dry_run,
        creates_organizations=command.create_organizations,
        hours_on=command.hours_on or now.date(),
        wanted_mapping=command.mapping,
    )
    parts.put_file(network, wanted.id, command.text)
    return imports.add(rules.begin(wanted, now))


def list_imports(query, imports: Imports):
    """Return one page, the newest first. Raises: StaffOnly."""
    return imports.newest(check_staff(query.caller), query.limit, query.after)


def show_import(query, imports: Imports):
    """Return an import as far as it is. Raises: StaffOnly, NotFound."""
    return imports.get(check_staff(query.caller), query.import_id)


def list_problems(query, imports: Imports, parts: ImportParts):
    """Return one page of what is wrong with the rows of a roster. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    imports.get(network, query.import_id)
    return parts.report(network, query.import_id, query.limit, query.after)


def check_import(
    import_id,
    network,
    imports: Imports,
    parts: ImportParts,
    people: People,
    organizations: Organizations,
    apart: Apart,
    is_address,
    clock: Clock,
):
    """Read and check the file, keep report and good rows, and say what follows.

    Args:
        apart: calls a function where it does not hold up the loop; fifty thousand rows compute for seconds.
    """
    roster = imports.get(network, import_id)
    content = parts.file(network, import_id)
    known = people.known(network, organizations.ids_by_key(network))
    try:
        roster, checked, rows = apart(_read_and_check, roster, content, known, is_address)
    except Refusal as refusal:
        _save(rules.refuse_file(roster, refusal.message), imports, parts)
        return
    parts.put_report(network, import_id, checked.problems)
    slices = parts.put_rows(network, import_id, checked.good)
    _save(rules.after_check(roster, checked, rows, slices, clock.now()), imports, parts)


def apply_import(
    import_id,
    network,
    imports: Imports,
    parts: ImportParts,
    people: People,
    organizations: Organizations,
    accounts: Accounts,
    together: Together,
    clock: Clock,
):
    """Apply the next slices for some seconds and save how far it is; repeating a slice changes nothing."""
    roster = imports.get(network, import_id)
    ends = time.monotonic() + PATIENCE
    if roster.part_done == 0:
        _create_organizations(roster, organizations, together)
    ids = organizations.ids_by_key(network)
    while roster.standing == "applying":
        stated = Stated(IMPORT, roster.id, clock.now())
        tally = _apply_slice(roster, parts, together, (people, accounts, ids), stated)
        roster = rules.after_part(roster, tally, clock.now())
        if time.monotonic() > ends:
            break
    _save(roster, imports, parts)


def _save(roster, imports, parts):
    imports.save(roster)
    if not roster.due:
        parts.forget(roster.network, roster.id, roster.parts)


def _read_and_check(roster, content, known, is_address):
    table = read_roster(content)
    mapping = map_columns(table.columns, roster.wanted_mapping)
    reading = Reading(table.columns, mapping, roster.hours_on, is_address)
    creates = roster.creates_organizations
    checked = check_roster(roster.network, table, reading, known, create_organizations=creates)
    roster = replace(roster, mapping=mapping, unmapped=unmapped_columns(table.columns, mapping))
    return roster, checked, len(table.rows)


def _create_organizations(roster, organizations, together):
    def create(name):
        organization, facts = add_organization(roster.network, name)
        with suppress(Conflict):  # somebody added it meanwhile, under another id
            organizations.add(organization, announcing=facts)

    together(create, roster.new_organizations)


def _apply_slice(roster, parts, together, ports, stated):
    rows = parts.rows(roster.network, roster.id, roster.part_done)
    present = ports[0].by_ids(roster.network, [placed.person_id for placed in rows])

    def apply(placed):
        try:
            return _apply_row(roster, placed, present, ports, stated)
        except Refusal as refusal:
            return _late_problem(placed, refusal)

    return rules.tally_of(together(apply, rows))


def _apply_row(roster, placed, present, ports, stated):
    people, accounts, organizations = ports
    known = present.get(placed.person_id)
    fields_read = tuple(roster.mapping.values())
    person, facts = rules.apply_row(roster.network, placed, known, organizations, fields_read, stated)
    if not facts:
        return "unchanged"
    if known is not None:
        people.save(person, announcing=facts)
        return "changed"
    accounts.ensure_for(roster.network, person.id, person.email)
    people.add(person, announcing=facts)
    return "added"


def _late_problem(placed, refusal):
    return Problem(
        row=placed.said.row,
        column="",
        value="" if isinstance(refusal, PersonForgotten) else placed.said.email[:SHOWN],
        code=refusal.code,
        reason=refusal.message or "could not be applied",
        todo="correct the row and import it again; rows already applied stay as they are",
    )
