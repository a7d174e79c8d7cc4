"""What options are that are not given: Python's own parser says so."""

from __future__ import annotations

import argparse

import pytest

from flake8_logits.knowledge.options import DEFAULTS_OF_ACTIONS


@pytest.mark.parametrize("action", DEFAULTS_OF_ACTIONS)
def test_an_option_without_a_default_is_what_its_action_makes_it(action: str) -> None:
    parser = argparse.ArgumentParser()
    if action == "store_const":
        parser.add_argument("--option", action=action, const=1)
    else:
        parser.add_argument("--option", action=action)
    assert parser.parse_args([]).option is DEFAULTS_OF_ACTIONS[action]


@pytest.mark.parametrize(
    ("spellings", "name"), [(["-l", "--loss-name"], "loss_name"), (["-l"], "l"), (["--a-b", "--c"], "a_b")]
)
def test_the_first_long_spelling_names_an_option(spellings: list[str], name: str) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument(*spellings, default=3)
    assert vars(parser.parse_args([])) == {name: 3}


def test_a_default_that_is_a_string_is_given_to_the_type() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--written", type=int, default="3")
    parser.add_argument("--made", type=str, default=3)
    assert vars(parser.parse_args([])) == {"written": 3, "made": 3}
