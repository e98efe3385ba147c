"""The difference between two definitions, in words."""

from collections import Counter

import click

from web.cli.lifecycles.named import definition_named
from workflow.engine.published.difference_page import grouped
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.difference.change import Topic
from workflow.lifecycles.difference.compare import differences

TITLES = {
    Topic.LIFECYCLE: "The lifecycle",
    Topic.STATE: "States",
    Topic.ROUND: "Rounds",
    Topic.RULE: "Rules, and who is asked",
    Topic.ROLE: "Roles",
    Topic.DOCUMENT: "Documents and forms",
    Topic.CHILD: "Child cases",
    Topic.WORDS: "Words only",
}


@click.command()
@click.argument("before", metavar="A")
@click.argument("now", metavar="B")
def diff(before: str, now: str) -> None:
    """Say in words how B differs from A.

    Each is a file, or a published version: KEY for the one offered, KEY@VERSION, or KEY@ and the first
    twelve signs of its digest. Exit status 0 whether anything differs or not.
    """
    old, new = definition_named(before), definition_named(now)
    found = differences(old, new)
    counted = Counter(each.group for each in found)
    click.echo(f"{_called(old)} → {_called(new)}: {len(found) or 'no'} differences.")
    for group, changes in grouped(found):
        click.echo(f"\n{TITLES[group]} ({counted[group]})")
        for each in changes:
            click.echo(f"  {each.says}")


def _called(definition: Definition) -> str:
    return f"{definition.key}@{definition.version} ({definition.mark})"
