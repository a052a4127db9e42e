"""Who calls: the columns of the matrix, and the groups its lines name.

Every person is of network A. `member` belongs to cohort C1 and to organization O1, `facilitator` leads C1,
`organization_admin` is of O1; the partner systems are of O1 too, but `partner_all`, which is of O2,
and `partner_network`, which is of the whole network.
"""

ANONYMOUS = "anonymous"
# The same member twice: proven by their own factor, and signed in by their mailbox alone.
MEMBER = ("member", "unproven")
MEMBERS = (*MEMBER, "facilitator")
UNBARRED = ("staff", "admin")
# Program staff too, above a member of C1 in the reporting line: no content, attendance or answers of C1.
STAFF = (*UNBARRED, "superior")
# An adviser hears how programs do; to what guests, recipients and supervisors hold no route is open yet.
OTHERS = ("newcomer", "supervisor", "guest", "recipient", "adviser", "sponsor", "organization_admin")
PEOPLE = (*MEMBERS, *STAFF, *OTHERS)
PARTNERS = {
    "partner_people": ("people:read",),
    "partner_cohorts": ("cohorts:read",),
    "partner_hooks": ("cohorts:read", "webhooks:manage"),
    "partner_network": ("people:read",),
    "partner_all": ("people:read", "cohorts:read", "webhooks:manage"),
}
OPERATOR = "operator"  # a system that makes networks over the API, and is of none
LINKS = ("link_rsvp", "link_stop")
ALL = (ANONYMOUS, *PEOPLE, *PARTNERS, OPERATOR, *LINKS)
GROUPS = {
    "ALL": ALL,
    "PEOPLE": PEOPLE,
    "STAFF": STAFF,
    "UNBARRED": UNBARRED,
    "OTHERS": OTHERS,
    "PROVEN": tuple(name for name in PEOPLE if name != "unproven"),
    "MEMBER": MEMBER,
    "COHORT": MEMBERS,
    "PARTNERS": tuple(PARTNERS),
    "LINKS": LINKS,
}
ROLES = {
    "staff": "program_staff",
    "superior": "program_staff",
    "sponsor": "sponsor",
    "guide0": "facilitator",
    "organization_admin": "organization_admin",
    "supervisor": "supervisor",
    "recipient": "recipient",
    "adviser": "advisory_committee",
    "guest": "guest",
}


def named(words: str) -> frozenset[str]:
    """Return the callers that `words` name, groups opened. Raises: KeyError for a word that is neither."""
    found: set[str] = set()
    for word in words.split():
        if word not in GROUPS and word not in ALL:
            raise KeyError(f"{word} is neither a caller nor a group")
        found.update(GROUPS.get(word, (word,)))
    return frozenset(found)
