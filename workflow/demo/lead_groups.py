"""The demo's lead groups: one that leads two programmes while a country asks to join, and one whose new terms wait for a member."""

import tomllib
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import select

from workflow.demo.countries.approaches import FOCAL, OFFICER
from workflow.demo.play import Play
from workflow.engine.acts.whole import At
from workflow.engine.models import LifecycleCase
from workflow.lead_groups.acts import agree, join, put_terms, sign
from workflow.lead_groups.form import Constitution, GroupTerms, form
from workflow.lead_groups.programmes import take_on

Told = dict[str, Any]


def tell(play: Play, now: datetime) -> None:
    """Form each group of the file as of `now`, and let it lead what it says."""
    told = tomllib.loads((files("config") / "demo" / "lead_groups.toml").read_text("utf-8"))
    for each in told["groups"]:
        ref = _formed(play, each, now)
        if joins := each.get("joins"):
            _joins(play, ref, joins, now)
        if anew := each.get("anew"):
            _anew(play, ref, {**each, **anew}, now)
        play.clock.at = now
        for title in each["leads"]:
            take_on(play.engine, play.person(OFFICER), ref, _called(play, title))


def _formed(play: Play, told: Told, now: datetime) -> str:
    play.clock.at = now - timedelta(days=told["ago"])
    wanted = Constitution(
        title=told["title"],
        area=told["area"],
        members=told["members"],
        convenor=told["convenor"],
    )
    ref = form(play.engine, play.person(OFFICER), wanted, _terms(told))
    for country, after in zip(told["members"], told["signed"], strict=True):
        play.clock.at = now - timedelta(days=told["ago"] - after)
        sign(play.engine, play.person(FOCAL[country]), At(ref))
    return ref


def _joins(play: Play, ref: str, told: Told, now: datetime) -> None:
    play.clock.at = now - timedelta(days=told["ago"])
    asked = join(play.engine, play.person(FOCAL[told["country"]]), At(ref), told["brings"])
    for country in told["agreed"]:
        agree(play.engine, play.person(FOCAL[country]), At(asked.ref))


def _anew(play: Play, ref: str, told: Told, now: datetime) -> None:
    play.clock.at = now - timedelta(days=told["ago"])
    put = put_terms(play.engine, play.person(FOCAL[told["by"]]), At(ref), _terms(told))
    for country in told["signed"]:
        sign(play.engine, play.person(FOCAL[country]), At(put.ref))


def _terms(told: Told) -> GroupTerms:
    brings = [(country, what) for country, what in told["brings"]]
    return GroupTerms(purpose=told["purpose"], working=told["working"], brings=brings)


def _called(play: Play, title: str) -> str:
    named = select(LifecycleCase.ref).where(LifecycleCase.title == title)
    with play.engine.reading() as session:
        return session.scalars(named.order_by(LifecycleCase.id)).first() or ""
