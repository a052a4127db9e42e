"""Forms, the chooser, proposals and designs as a client meets them: HTTP in front, a real MongoDB behind."""

import pytest

from gateway.routes import designs, identity, programs

MINE = {module.__name__ for module in (designs, identity, programs)}
SUPPORT = {"display_name": "Harbor", "outcome": "support"}


def test_forms_stand_side_by_side_with_what_each_is_for_and_how_it_differs(admin):
    forms = admin("GET", "/v1/forms").json["data"]

    assert len(forms) == 17
    assert all(form["purpose"] and form["differs"] and form["roles"] for form in forms)
    assert admin("GET", "/v1/forms/committee").json in forms


def test_the_chooser_ranks_forms_by_what_is_meant_and_warns_of_weak_ones(admin):
    asked = "action=meant&learning=meant&purpose=problem_solving&outcome=problem_solving"
    best, *_, worst = admin("GET", f"/v1/forms/choice?{asked}").json["data"]

    assert (best["form"], best["is_weak"], worst["is_weak"]) == ("action_learning", False, True)
    assert "number 1 of the forms for Problem solving" in best["reasons"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("learning=meant", "action"),
        ("action=meant", "learning"),
        ("action=always&learning=meant", "action"),
        ("action=meant&learning=meant&kind=wisdom", "kind"),
        ("action=meant&learning=meant&outcome=world_peace", "outcome"),
    ],
)
def test_a_question_the_chooser_does_not_know_is_named(admin, query, field):
    answer = admin("GET", f"/v1/forms/choice?{query}")

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, f"?{field}")


def test_a_proposal_is_read_and_nothing_is_written(admin):
    proposal = admin("GET", "/v1/outcomes/support/proposal").json

    assert (proposal["form"], proposal["size_low"], proposal["size_high"]) == ("support", 6, 10)
    assert proposal["instruments"][0] == {"key": "su_1", "display_name": "energy"}
    assert all(proposal["reasons"].values())
    assert admin("GET", "/v1/programs").json["data"] == []


def test_a_design_takes_a_proposal_over_with_changes(admin):
    proposal = admin("GET", "/v1/outcomes/support/proposal?form=dialogue").json
    course = {"kind": "course", "title": "Leading", "url": "https://courses.example/leading"}
    wishes = {"form": proposal["form"], "session_count": 6, "cohort_title": "Circle", "enhances": course}

    program = admin("POST", "/v1/programs", SUPPORT | wishes).json

    assert (program["form"], program["session_count"]) == ("dialogue", 6)
    assert (program["weeks_between"], program["agenda_template"]) == (proposal["weeks_between"], "dialogue")
    assert (program["cohort_title"], program["enhances"]) == ("Circle", course)
    assert admin("GET", f"/v1/programs/{program['id']}").json == program


@pytest.mark.parametrize(
    ("wishes", "code", "pointer"),
    [
        ({"size_high": 14}, "deviation-unexplained", "/size_high"),
        ({"size_high": 14, "deviation_reason": " "}, "deviation-unexplained", "/size_high"),
        ({"cohort_title": "Leaders Circles"}, "name-reserved", "/cohort_title"),
        ({"secondary_outcomes": ["support"]}, "secondary-unknown", "/secondary_outcomes/0"),
        ({"enhances": {"kind": "film", "title": "T"}}, "invalid", "/enhances/kind"),
        ({"enhances": {"kind": "course", "title": "T", "url": "javascript:1"}}, "invalid", "/enhances/url"),
    ],
)
def test_a_design_out_of_bounds_is_refused_by_its_field_and_nothing_is_designed(admin, wishes, code, pointer):
    answer = admin("POST", "/v1/programs", SUPPORT | wishes)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert answer.json["code"] == code or code == "invalid"
    assert admin("GET", "/v1/programs").json["data"] == []


def test_a_size_beyond_the_bounds_is_kept_with_its_reason(admin):
    wide = {"size_high": 14, "deviation_reason": "the whole department asked"}

    program = admin("POST", "/v1/programs", SUPPORT | wide).json

    assert (program["size_high"], program["deviation_reason"]) == (14, "the whole department asked")


@pytest.mark.parametrize(
    "path", ["/v1/forms/circus", "/v1/outcomes/world_peace/proposal", "/v1/forms/CHOICE", "/v1/forms/x%00"]
)
def test_a_form_or_outcome_there_is_not_is_not_found(admin, path):
    assert admin("GET", path).status == 404


def form_called(admin, form="action_learning"):
    return admin("GET", f"/v1/forms/{form}").json["own_name"]


def test_a_network_calls_a_form_by_a_name_of_its_own_and_takes_it_back(admin):
    named = admin("PUT", "/v1/forms/action_learning/name", {"display_name": " Kitchen  table "})
    listed = {form["key"]: form["own_name"] for form in admin("GET", "/v1/forms").json["data"]}
    taken = admin("PUT", "/v1/forms/action_learning/name", {"display_name": ""})

    assert (named.status, named.json["own_name"]) == (200, "Kitchen table")
    assert named.json["display_name"] != "Kitchen table"
    assert {key for key, name in listed.items() if name} == {"action_learning"}
    assert (taken.json["own_name"], form_called(admin)) == ("", "")


@pytest.mark.parametrize(
    ("form", "body", "status", "pointer"),
    [
        ("support", {"display_name": "Leaders Circle"}, 422, "/display_name"),
        ("support", {"display_name": "two\nlines"}, 422, "/display_name"),
        ("support", {"display_name": "n" * 201}, 422, "/display_name"),
        ("support", {}, 422, "/display_name"),
        ("support", {"display_name": "Ours", "licence": "l" * 201}, 422, "/licence"),
        ("support", {"display_name": "Ours", "size_low": 3}, 422, "/size_low"),
        ("book_club", {"display_name": "Ours"}, 404, None),
    ],
)
def test_a_name_no_form_can_carry_is_refused_by_field_and_nothing_is_named(
    admin, form, body, status, pointer
):
    answer = admin("PUT", f"/v1/forms/{form}/name", body)

    assert answer.status == status
    assert pointer is None or answer.json["errors"][0]["pointer"] == pointer
    assert form_called(admin, "support") == ""


def test_anothers_mark_is_a_forms_name_under_a_recorded_licence(admin):
    body = {"display_name": "Leaders Circle", "licence": "Licence 12 of 2026"}

    assert admin("PUT", "/v1/forms/support/name", body).json["own_name"] == "Leaders Circle"
