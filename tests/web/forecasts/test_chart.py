from web.forecasts.chart import chart
from workflow.forecast.page import Bar, bars


def test_the_largest_share_is_as_high_as_there_is_room() -> None:
    drawn = chart((Bar(0, 10, 0.25), Bar(10, 20, 0.5)))

    assert [each.height for each in drawn.bars] == [70, 140]
    assert all(each.y + each.height == drawn.base for each in drawn.bars)


def test_nothing_is_drawn_of_nothing() -> None:
    assert chart(()).bars == ()


def test_bars_hold_what_is_decided_and_leave_out_the_longest_few() -> None:
    found = bars([*map(float, range(1, 100)), 5000.0])

    assert found[0].first == 0
    assert found[-1].last < 200
    assert abs(sum(bar.share for bar in found) - 0.99) < 0.02
