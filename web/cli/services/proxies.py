"""What is said at the start about the proxies in front."""

import click

from config.settings import Settings


def warn_of_proxies(settings: Settings) -> None:
    """Say so where the pages are served by https, which takes a proxy, and none is believed."""
    if settings.https and not settings.proxy_hops:
        click.echo(
            "PRIMEMOVER_BASE_URL begins with https://, so a proxy stands in front, but "
            "PRIMEMOVER_PROXY_HOPS is 0: all people seem to come from one address, and wrong "
            "passwords are counted for all of them together. Set PRIMEMOVER_PROXY_HOPS to the "
            "number of proxies, mostly 1.",
            err=True,
        )
