from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest

from config.choices import Above, WrongSetting, folder, listed, text, values, whole, yes_or_no


def _called_like_host(above: Above) -> str:
    return f"log of {above['host']}"


def _two_letters(given: str) -> str:
    if len(given) != 2:
        raise ValueError("not two letters")
    return given


@dataclass(frozen=True)
class Chosen:
    host: str = text("here", "two or more letters")
    log: str = text(_called_like_host, "a name")
    port: int = whole(80, 1, 99)
    open: bool = yes_or_no(default=True)
    place: Path = folder(Path("below"), "a folder")
    codes: tuple[str, ...] = listed("codes separated by commas", _two_letters)
    key: str = text("", "a secret", shown=False)


def chosen(**given: Any) -> Chosen:
    return Chosen(**values(fields(Chosen), given))


def test_what_is_not_given_has_its_default_after_what_stands_above(tmp_path: Path) -> None:
    assert chosen().log == "log of here"
    assert chosen(host="there").log == "log of there"
    assert chosen(host="there", log="mine").log == "mine"
    assert chosen().place.is_absolute()


@pytest.mark.parametrize("given", ["7", " 7 ", "+7", "07", 7])
def test_a_whole_number_is_read_as_people_write_it(given: Any) -> None:
    assert chosen(port=given).port == 7


@pytest.mark.parametrize("given", ["", "0", "100", "-7", "7.5", "7e1", "0x7", "٧", "seven"])
def test_what_is_no_whole_number_between_its_bounds_is_wrong(given: str) -> None:
    with pytest.raises(
        WrongSetting, match=r"^PRIMEMOVER_PORT must be a whole number from 1 to 99\.$"
    ):
        chosen(port=given)


@pytest.mark.parametrize(
    ("given", "meant"),
    [("true", True), ("YES", True), ("1", True), (True, True), ("off", False), ("0", False), (False, False)],
)  # fmt: skip
def test_yes_and_no_have_their_usual_words(given: Any, meant: bool) -> None:
    assert chosen(open=given).open is meant


@pytest.mark.parametrize("given", ["", "perhaps", "2"])
def test_other_words_are_neither_yes_nor_no(given: str) -> None:
    with pytest.raises(WrongSetting, match="OPEN must be true or false"):
        chosen(open=given)


def test_a_list_is_parted_by_commas_and_each_part_is_checked() -> None:
    assert chosen(codes=" mz, ke,,").codes == ("mz", "ke")
    assert chosen(codes=("mz",)).codes == ("mz",)
    with pytest.raises(WrongSetting, match="codes separated by commas"):
        chosen(codes="mz,ken")


def test_every_wrong_one_is_told_once_and_what_hangs_on_it_is_not() -> None:
    with pytest.raises(WrongSetting) as refused:
        chosen(host=7, port="x", key="hidden")

    assert str(refused.value).splitlines() == [
        "PRIMEMOVER_HOST must be two or more letters.",
        "PRIMEMOVER_PORT must be a whole number from 1 to 99.",
    ]


def test_a_folder_in_the_home_of_nobody_is_wrong() -> None:
    with pytest.raises(WrongSetting, match="PRIMEMOVER_PLACE must be a folder"):
        chosen(place="~no-such-person/below")


def test_what_is_secret_is_not_in_print() -> None:
    printed = repr(chosen(key="hidden", host="seen"))

    assert "hidden" not in printed
    assert "seen" in printed
