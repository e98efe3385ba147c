import socket
from typing import Any

import pytest

from tests.web.cli.conftest import PrimeMover
from tests.web.conftest import SECRET

WARNING = "PRIMEMOVER_PROXY_HOPS is 0: all people seem to come from one address"


@pytest.mark.parametrize(
    ("chosen", "warned"),
    [
        ({"base_url": "https://house.example"}, True),
        ({"base_url": "https://house.example", "proxy_hops": "1"}, False),
        ({"base_url": "http://127.0.0.1:8000"}, False),
    ],
)
def test_the_start_says_when_everybody_seems_to_come_from_one_address(
    primemover: PrimeMover, chosen: dict[str, Any], *, warned: bool
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])

        said = primemover("run", "--port", port, secret_key=SECRET, **chosen)

    assert (WARNING in said.stderr) is warned
