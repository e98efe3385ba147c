"""Going through what people are to be told of, some at a time, past what nobody can be told of."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, literal, true, tuple_


def go_through(
    order: Sequence[Any],
    some: Callable[[ColumnElement[bool]], Sequence[Any]],
    tell: Callable[[Any], bool],
    most: int,
) -> int:
    """Tell of what is found until somebody was told of `most`; returns of how many somebody was.

    `some` finds the first rows beyond a place, in this order, each with its place in its last columns;
    `tell` says whether somebody was told of one. What nobody can be told of holds up nothing behind it.
    """
    told = 0
    beyond: ColumnElement[bool] = true()
    while told < most and (found := some(beyond)):
        told += sum(map(tell, found))
        place = zip(found[-1][-len(order) :], order, strict=True)
        beyond = tuple_(*order) > tuple_(*(literal(value, each.type) for value, each in place))
    return told
