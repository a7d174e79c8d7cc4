"""What options are that are not given: Python's own parser says so."""

from __future__ import annotations

import argparse
import inspect

import pytest

from flake8_logits.knowledge.options import DEFAULT_OF_ALL, DEFAULTS_OF_ACTIONS, OPTION_KEYWORDS, PARSER_KEYWORDS


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


def test_of_two_options_by_one_name_the_first_decides_and_what_is_set_before_is_its_default() -> None:
    parser = argparse.ArgumentParser()
    parser.set_defaults(set=1)
    parser.add_argument("--set")
    parser.add_argument("--on", dest="switch", action="store_true")
    parser.add_argument("--off", dest="switch", action="store_false")
    assert vars(parser.parse_args([])) == {"set": 1, "switch": False}


def test_a_parser_may_have_a_default_for_all_options() -> None:
    later, group = argparse.ArgumentParser(), argparse.ArgumentParser()
    told = argparse.ArgumentParser(argument_default=1)
    setattr(later, DEFAULT_OF_ALL, 1)
    for options in (told, later, group.add_argument_group(argument_default=1)):
        options.add_argument("--on", action="store_true")
    assert [vars(parser.parse_args([])) for parser in (told, later, group)] == [{"on": 1}] * 3


def test_other_parameters_of_a_parser_say_nothing_of_defaults() -> None:
    parameters = set(inspect.signature(argparse.ArgumentParser).parameters)
    assert parameters - PARSER_KEYWORDS == {DEFAULT_OF_ALL, "conflict_handler"}
    assert set(inspect.signature(argparse.Action).parameters) - {"option_strings"} <= OPTION_KEYWORDS | {"deprecated"}
