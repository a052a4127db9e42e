import pytest

from services.membership.domain.roster_columns import MappingWrong, map_columns, unmapped_columns


def test_common_names_of_columns_are_understood():
    columns = ("Full Name", "E-mail", "Company", "reports_to", "TimeZone", "workingHours", "Employee ID")

    assert list(map_columns(columns, {}).values()) == [
        "name",
        "email",
        "organization",
        "manager",
        "zone",
        "weekly_hours",
        "external_id",
    ]


def test_what_the_caller_says_goes_before_the_guess():
    mapping = map_columns(("Name", "Email", "Private mail"), {"Private mail": "email", "Email": ""})

    assert mapping == {"Name": "name", "Private mail": "email"}


def test_columns_nothing_is_read_from_are_named():
    columns = ("Name", "Email", "Gender", "Shoe size")

    assert unmapped_columns(columns, map_columns(columns, {})) == ("Gender", "Shoe size")


@pytest.mark.parametrize(
    ("columns", "wanted", "pointer"),
    [
        (("Name", "Email"), {"Mail": "email"}, "/mapping/Mail"),
        (("Name", "Email"), {"Name": "shoe"}, "/mapping/Name"),
        (("Name", "Email", "A/B"), {"A/B": "email", "Email": "email"}, "/mapping/A~1B"),
        (("Name", "Phone"), {}, "/mapping/email"),
        (("Email",), {}, "/mapping/name"),
    ],
)
def test_a_wrong_mapping_is_pointed_at(columns, wanted, pointer):
    with pytest.raises(MappingWrong) as refused:
        map_columns(columns, wanted)

    assert refused.value.errors[0]["pointer"] == pointer
