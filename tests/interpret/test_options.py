"""Programs whose options decide which model meets which loss: what they do without any is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_logits import without_options
from flake8_logits.analysis import analyse
from flake8_logits.domain.diagnostics import Report
from flake8_logits.domain.facts import Pairing
from flake8_logits.domain.unknown import Reason
from flake8_logits.source.documents import documents_of
from tests.interpret.projects import Project

NETS = """\
from torch import nn


class Probabilities(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(20, 10), nn.Softmax(dim=1))


class Scores(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(20, 10))


def train(model, criterion):
    for x, y in open("data"):
        criterion(model(x), y).backward()


def run(args):
    model = Probabilities() if args.model == "probabilities" else Scores()
    if args.loss_name == "mse":
        criterion = nn.MSELoss()
    elif "ce" in args.loss_name:
        criterion = nn.CrossEntropyLoss()
    train(model, criterion)
"""
NOTE = "So it is when the program is started without options."


def _report(text: str) -> Report:
    (document,) = documents_of("train.py", text.encode())
    return analyse(document)


def _with_parser(options: str, parse: str = "args = parser.parse_args()\n") -> str:
    return f"import argparse\n{NETS}\nparser = argparse.ArgumentParser()\n{options}{parse}run(args)\n"


PROBABILITIES = 'parser.add_argument("--model", "-m", default="probabilities")\n'
SCORES = 'parser.add_argument("-m", "--model", default="scores", required=False)\n'
ENTROPY = 'parser.add_argument("--loss-name", type=str, default="ce")\n'
SQUARES = 'parser.add_argument("--loss", dest="loss_name", default="mse")\n'


@pytest.mark.parametrize(
    "parse",
    [
        "args = parser.parse_args()\n",
        "args, others = parser.parse_known_args()\n",
        "args = parser.parse_args()\nargs.seed = 3\n",
        "args = parser.parse_args(None)\n",
        "args = parser.parse_args()\nimport wandb\nwandb.init(config=args)\nprint(args)\n",
    ],
)
def test_what_a_program_does_without_options_is_said_with_a_note(parse: str) -> None:
    report = _report(_with_parser(PROBABILITIES + ENTROPY, parse))
    (found,) = report.diagnostics
    assert found.code == "LGT103"
    assert found.consequence.startswith(NOTE)
    assert found.message.startswith("by default, softmax of 'model'")
    assert report.unknowns == ()


@pytest.mark.parametrize(
    "options",
    [
        'group = parser.add_argument_group("model")\n' + PROBABILITIES.replace("parser", "group") + ENTROPY,
        SCORES + 'parser.set_defaults(model="probabilities")\n' + ENTROPY,
        PROBABILITIES + ENTROPY + "parser = argparse.ArgumentParser(parents=[parser])\n",
        'parser.set_defaults(model="probabilities")\nparser.add_argument("--model")\n' + ENTROPY,
    ],
)
def test_defaults_are_known_however_they_are_set(options: str) -> None:
    assert [found.code for found in _report(_with_parser(options)).diagnostics] == ["LGT103"]


@pytest.mark.parametrize(
    "options",
    [
        SCORES + ENTROPY,
        PROBABILITIES + SQUARES,
        PROBABILITIES.replace("default", "required=True, default") + ENTROPY,
        PROBABILITIES.replace('default="probabilities"', "") + ENTROPY,
        'parser.add_argument("model", default="probabilities")\n' + SQUARES,
        PROBABILITIES + ENTROPY + "register(parser)\n",
        'commands = parser.add_subparsers(dest="model")\n' + ENTROPY,
        PROBABILITIES + ENTROPY.replace("type=str", "type=register"),
        PROBABILITIES + ENTROPY.replace('"ce"', "argparse.SUPPRESS"),
        # Of two options by one name the first one's default holds.
        PROBABILITIES + 'parser.add_argument("--loss_name", type=str.lower, default="mse", action="store")\n' + ENTROPY,
        # What is read from elsewhere, or is the default of all, may be any.
        PROBABILITIES + ENTROPY.replace("default", "env_var='LOSS', default"),
        "parser = argparse.ArgumentParser(conflict_handler='resolve')\n" + PROBABILITIES + ENTROPY,
        "parser = argparse.ArgumentParser(argument_default=1)\n" + PROBABILITIES + ENTROPY,
        "parser.add_argument_group('model', argument_default=1).add_argument('--model')\n" + ENTROPY,
        "import jsonargparse\nparser = jsonargparse.ArgumentParser(default_env=True)\n" + PROBABILITIES + ENTROPY,
    ],
)
def test_nothing_is_said_where_that_is_right_or_not_known(options: str) -> None:
    report = _report(_with_parser(options))
    assert report.diagnostics == ()
    assert report.unknowns != ()


@pytest.mark.parametrize("how", ["argument_default=1", "", "argument_default=argparse.SUPPRESS"])
def test_a_default_of_all_options_is_not_overlooked(how: str) -> None:
    later = "" if how else "parser.argument_default = 1\n"
    options = f"parser = argparse.ArgumentParser({how})\n{later}parser.add_argument('--model')\n{ENTROPY}"
    assert _report(_with_parser(options)).diagnostics == ()
    switch = options.replace("'--model'", "'--softmax', action='store_true'")
    text = _with_parser(switch).replace('args.model == "probabilities"', "not args.softmax")
    assert _report(text).diagnostics == ()


@pytest.mark.parametrize("parse", ["args = parser.parse_args(['-m', 'scores'])\n", "args = load(parser)\n"])
def test_options_that_are_given_are_not_taken_for_the_defaults(parse: str) -> None:
    assert _report(_with_parser(PROBABILITIES + ENTROPY, parse)).diagnostics == ()


def test_what_does_not_run_without_options_is_not_said() -> None:
    options = PROBABILITIES + ENTROPY + 'parser.add_argument("--train", action="store_true")\n'
    parse = "args = parser.parse_args()\nif not args.train:\n    raise SystemExit\n"
    assert _report(_with_parser(options, parse)).diagnostics == ()
    uncalled = _with_parser(PROBABILITIES + ENTROPY).replace("run(args)", "def main():\n    run(args)")
    assert _report(uncalled).diagnostics == ()


@pytest.mark.parametrize("given", ["[]", "args=()", '""'])
def test_where_a_program_gives_no_options_itself_it_is_always_so(given: str) -> None:
    report = _report(_with_parser(PROBABILITIES + ENTROPY, f"args = parser.parse_args({given})\n"))
    (found,) = report.diagnostics
    assert found.message.startswith("softmax of 'model'")


@pytest.mark.parametrize("namespace", ["argparse.Namespace", "types.SimpleNamespace"])
def test_options_that_a_program_writes_down_are_always_so(namespace: str) -> None:
    text = f"import argparse, types\n{NETS}\nargs = {namespace}(model='probabilities', loss_name='ce')\nrun(args)\n"
    (found,) = _report(text).diagnostics
    assert found.message.startswith("softmax of 'model'")
    assert _report(text.replace("run(args)", "args.loss_name = 'mse'\nrun(args)")).diagnostics == ()


@pytest.mark.parametrize("module", ["from absl import flags", "import tensorflow.compat.v1 as tf\nflags = tf.flags"])
def test_flags_have_their_defaults_without_options(module: str) -> None:
    text = (
        f"{module}\n{NETS}\nFLAGS = flags.FLAGS\nflags.DEFINE_string('loss_name', 'ce', '')\n"
        "flags.DEFINE_enum('model', 'probabilities', ['probabilities', 'scores'], '')\nrun(FLAGS)\n"
    )
    (found,) = _report(text).diagnostics
    assert found.code == "LGT103"
    assert found.consequence.startswith(NOTE)
    assert _report(text.replace("'model', 'probabilities'", "'model', 'scores'")).diagnostics == ()


def test_parameters_that_the_command_line_gives_have_their_defaults_without_options() -> None:
    start = "def main(model='probabilities', loss_name='ce'):\n    run(argparse.Namespace(model, loss_name))\n"
    start = start.replace("argparse.Namespace", "Options")
    options = "class Options:\n    def __init__(self, model, loss_name):\n        self.model = model\n"
    text = f"import fire\n{NETS}\n{options}        self.loss_name = loss_name\n\n{start}\nfire.Fire(main)\n"
    assert [NOTE in found.consequence for found in _report(text).diagnostics] == [True]
    assert _report(text.replace("fire.Fire(main)", "main('scores')")).diagnostics == ()


def test_a_program_is_not_run_again_for_losses_that_its_own_calls_do_not_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []

    def run(bodies: object, budget: object, path: str, *others: object) -> list[Pairing]:
        runs.append(path)
        return []

    monkeypatch.setattr(without_options, "run_without_options", run)
    text = _with_parser(PROBABILITIES + ENTROPY)
    _report(text.replace("run(args)", "def main():\n    run(args)"))
    assert runs == []
    _report(text)
    assert runs == ["train.py"]


def test_options_may_be_read_in_another_file(tmp_path: Path) -> None:
    options = (
        f"import argparse\n\n\ndef get():\n    parser = argparse.ArgumentParser()\n    {PROBABILITIES}    {ENTROPY}"
    )
    project = Project(tmp_path).write({"options.py": f"{options}    return parser.parse_args()\n"})
    project.write({"train.py": f"import options\n{NETS}\nargs = options.get()\nrun(args)\n"})
    assert [NOTE in found.consequence for found in project.report().diagnostics] == [True]


def test_what_a_module_has_under_the_name_of_an_option_is_known_without_options(tmp_path: Path) -> None:
    parser = f"import argparse\nimport nets\n\nparser = argparse.ArgumentParser()\n{PROBABILITIES}"
    parser = parser.replace('"probabilities"', '"Probabilities", choices=sorted(nets.__dict__)')
    train = "nets.train(nets.__dict__[parser.parse_args().model](), nets.nn.CrossEntropyLoss())\n"
    project = Project(tmp_path).write({"nets.py": NETS, "train.py": parser + train})
    assert [NOTE in found.consequence for found in project.report().diagnostics] == [True]
    right = parser.replace('default="Probabilities"', 'default="Scores"')
    assert project.write({"train.py": right + train}).report().diagnostics == ()


def test_what_is_known_whatever_the_options_are_is_said_without_a_note() -> None:
    text = _with_parser(PROBABILITIES + ENTROPY).replace("else Scores()", "else Probabilities()")
    text = text.replace("nn.MSELoss()", "nn.CrossEntropyLoss(label_smoothing=0.1)")
    found = _report(text).diagnostics
    assert found and all(NOTE not in one.consequence for one in found)


def test_undecided_losses_stay_so_where_defaults_do_not_decide() -> None:
    (site,) = _report(_with_parser(SCORES + ENTROPY)).unknowns
    assert site.reason is Reason.DISAGREE
