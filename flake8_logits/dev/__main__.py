"""``python -m flake8_logits.dev``: lay out a new rule, write the rules' pages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click

from flake8_logits.dev.scaffold import CannotLayOut, lay_out

ROOT = Path(__file__).resolve().parents[2]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Commands for work on flake8-logits itself."""


@cli.command()
@click.argument("name")
@click.option("--code", required=True, metavar="LGTnnn", help="The code; its first digit is the family of the rule.")
@click.option("--summary", default="", metavar="TEXT", help="What it finds, in one line.  [default: from NAME]")
@click.option("--advice", is_flag=True, help="The code it speaks of is right: off unless it is selected by name.")
def new_rule(name: str, code: str, summary: str, advice: bool) -> None:
    """Lay out a rule: its file, its line in the registry, its fixtures and its page.

    NAME is written with dashes and says what is wrong, as in logits-as-probabilities.
    """
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name):
        raise click.BadParameter(f"{name!r} is not lower-case words with dashes between them", param_hint="NAME")
    if not re.fullmatch(r"LGT[1-9]\d\d", code):
        raise click.BadParameter(f"{code!r} is not LGT and three digits", param_hint="--code")
    try:
        written = lay_out(ROOT, name, code, summary, advice)
    except CannotLayOut as error:
        raise click.ClickException(str(error)) from error
    # Another process, because this one may have imported the rules as they were.
    subprocess.run([sys.executable, "-m", "flake8_logits.dev", "docs"], cwd=ROOT, check=True)
    for path in (*written, ROOT / "docs" / "rules" / f"{name}.md"):
        click.echo(path.relative_to(ROOT).as_posix())
    click.echo(f'Next: write the fixtures, then the rule, until this passes: python -m pytest -k "{code} or {name}"')


@cli.command()
def docs() -> None:
    """Write the rules' pages in docs/rules anew."""
    # Here, because the rules must be imported after a new one was laid out.
    from flake8_logits.frontends import pages

    pages.main(str(ROOT / pages.FOLDER))


if __name__ == "__main__":
    cli(prog_name="python -m flake8_logits.dev")
