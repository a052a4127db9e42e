"""Instances as files: what is none is told by its line, and nothing is searched."""

import lzma

import pytest
import typer
from typer.testing import CliRunner

from deploy.tools import formation
from deploy.tools.grouping_file import NotAnInstance, read_instance

GOOD = "3 2 ds 1 2 1 2\n0 1 1.5\n0 2 2.25\n1 2 3\n"
HEAD = "3 2 ds 1 2 1 2\n"


def in_file(tmp_path, text):
    path = tmp_path / "instance.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("pack", [str.encode, lambda text: lzma.compress(text.encode())], ids=["plain", "xz"])
def test_distances_become_whole_numbers_that_keep_every_decimal(tmp_path, pack):
    instance = read_instance(in_file(tmp_path, pack(GOOD)))

    assert instance.distances == [[0, 150, 225], [150, 0, 300], [225, 300, 0]]
    assert instance.bounds == ((1, 2), (1, 2))
    assert instance.in_its_units(instance.value((0, 1, 0))) == "2.25"


WRONG = {
    "": "line 1: says no 'elements groups ss|ds",
    "not an instance": "line 1: says no 'elements",
    "3 two ds 1 2 1 2": "line 1: 'two' is no number of groups",
    "0 1 ss 0 0": "line 1: 0 elements",
    "3 4 ss": "line 1: 4 groups for 3 elements",
    "3 2 ds 1 2 1": "line 1: 3 bounds; 2 groups need 4",
    "3 2 ds -1 2 1 2": "line 1: group 1 cannot have -1 to 2 elements",
    "3 2 ds 1 2 2 1": "line 1: group 2 cannot have 2 to 1 elements",
    "3 2 ds 1 1 1 1": "line 1: the groups have room for 2 to 2, and there are 3",
    "3 2 ds 2 2 2 2": "line 1: the groups have room for 4 to 4, and there are 3",
    HEAD + "0 1": "line 2: says no 'element element distance'",
    HEAD + "0 3 1": "line 2: elements are counted from 0 to 2",
    HEAD + "0 x 1": "line 2: 'x' is no element",
    HEAD + "0 1 1\n0 2 NaN": "line 3: 'NaN' is no distance",
    HEAD + "0 1 inf": "line 2: 'inf' is no distance",
    HEAD + "0 1 -1": "line 2: '-1' is no distance",
    HEAD + "0 1 far": "line 2: 'far' is no distance",
    HEAD + "1 1 2": "line 2: element 1 has a distance to itself",
    HEAD + "0 1 1\n1 0 2": "line 3: 1 and 0 have another distance further up",
    HEAD + "0 1 1\n1 2 1": "the file ends without a distance of 0 and 2",
    b"\xff\xfe\x00": "is no text",
    lzma.compress(GOOD.encode())[:-20]: "cannot be read",
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: repr(text[:24]))
def test_what_is_no_instance_is_told_by_its_line(tmp_path, text):
    with pytest.raises(NotAnInstance) as refused:
        read_instance(in_file(tmp_path, text))

    assert WRONG[text] in str(refused.value)


def solve(*words):
    app = typer.Typer()
    app.add_typer(formation.app, name="formation")
    return CliRunner().invoke(app, ["formation", "solve", *map(str, words)])


def test_solving_prints_the_value_and_writes_the_group_of_each_element(tmp_path):
    done = solve(in_file(tmp_path, GOOD), "--moves", 2000, "--seed", 3, "--out", tmp_path / "groups")

    groups = (tmp_path / "groups").read_text().splitlines()
    assert (done.exit_code, done.stdout) == (0, "3.00\n")
    assert len(groups) == 3
    assert groups[1] == groups[2] != groups[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("missing.txt", "--out", "groups"), "missing.txt: cannot be read: No such file or directory"),
        (("instance.txt", "--out", "no/groups"), "no/groups: cannot be written: No such file or directory"),
        (("instance.txt", "--out", "groups", "--seconds", "nan"), "--seconds: nan is not above 0"),
        (("instance.txt", "--out", "groups", "--seconds", "-1"), "--seconds: -1 is not above 0"),
    ],
)
def test_what_cannot_be_worked_on_is_one_line_and_exit_status_2(tmp_path, monkeypatch, words, told):
    in_file(tmp_path, GOOD)
    monkeypatch.chdir(tmp_path)

    done = solve(*words)

    assert done.exit_code == 2
    assert told in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "groups").exists()
