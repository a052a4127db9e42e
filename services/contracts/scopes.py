"""What a partner system may be permitted, resource by resource: the one catalogue of scopes, with its words.

No scope opens what is said, written or answered in a cohort, nor who takes part: many a partner system is the
employer's (SECURITY 1.39). A scope is `<resource>:<what>`; a new one is a line here.
"""

NETWORKS_MANAGE = "networks:manage"  # of operators' systems alone: no admin of a network can give it

SCOPES: dict[str, str] = {
    "people:read": "Read the people it is registered for: names, titles, organization, and whether they are"
    " still there.",
    "lines:write": "State who reports to whom among the people it is registered for, as an HR system does.",
    "cohorts:read": "Be told that programs are planned and cohorts formed: dates and sizes, never who is in"
    " them.",
    "webhooks:manage": "Say where its events are to be delivered, and see what became of each delivery.",
}
