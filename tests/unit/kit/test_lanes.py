from services.kit.lanes import Lanes


def test_work_on_one_aggregate_waits_for_the_work_before_it():
    lanes, begun = Lanes(), []

    lanes.enter("ses_1", lambda: begun.append("first"))
    lanes.enter("ses_1", lambda: begun.append("second"))
    assert begun == ["first"]

    lanes.leave("ses_1")
    assert begun == ["first", "second"]


def test_work_on_different_aggregates_does_not_wait():
    lanes, begun = Lanes(), []

    for key in ("ses_1", "ses_2", None, None):
        lanes.enter(key, lambda key=key: begun.append(key))

    assert begun == ["ses_1", "ses_2", None, None]


def test_more_than_can_wait_are_turned_away():
    lanes = Lanes(longest=2)
    entered = [lanes.enter("ses_1", lambda: None) for _ in range(4)]

    assert entered == [True, True, True, False]


def test_a_lane_nobody_uses_is_forgotten():
    lanes = Lanes()
    lanes.enter("ses_1", lambda: None)
    lanes.leave("ses_1")

    assert lanes.enter("ses_1", lambda: None)
    assert len(lanes) == 0
