"""``--verify``: its options, and what becomes of findings once their models were built."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from flake8_logits.frontends.terminal import complain

if TYPE_CHECKING:
    from flake8_logits.domain.diagnostics import Diagnostic
    from flake8_logits.domain.verification import Claim, Verification
    from flake8_logits.frontends.checking import Checked, Options
    from flake8_logits.frontends.policy import Policy
    from flake8_logits.verify.verifier import Verifier

_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Verifying:
    """What was asked of the verifier: its limits, whether refusals are lifted, whether all pairings are settled."""

    seconds: int = 60
    memory: int = 4096
    processes: int = 256
    file_size: int = 16
    trust: bool = False
    every: bool = False


_LIMITS = (
    click.option("--verify-timeout", type=click.IntRange(1), default=60, show_default=True, metavar="SECONDS",
                 help="The time that one model may take."),
    click.option("--verify-memory", type=click.IntRange(64), default=4096, show_default=True, metavar="MIB",
                 help="The memory that one model may take, beyond that of the libraries."),
    click.option("--verify-processes", type=click.IntRange(1), default=256, show_default=True, metavar="COUNT",
                 help="The processes and threads that one model may start."),
    click.option("--verify-file-size", type=click.IntRange(0), default=16, show_default=True, metavar="MIB",
                 help="The size of a file that one model may write, in its own temporary folder."),
    click.option("--trust", is_flag=True, help="Run also what is not on the list of what may run. Limits stay."),
)  # fmt: skip


def verify_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which is given one parameter, ``verifying``: None unless it was asked for."""

    @functools.wraps(command)
    def act(*args: Any, verify: bool, verify_timeout: int, verify_memory: int, verify_processes: int,
            verify_file_size: int, trust: bool, every: bool = False, **named: Any) -> Any:  # fmt: skip
        asked = Verifying(verify_timeout, verify_memory, verify_processes, verify_file_size, trust, every)
        return command(*args, verifying=asked if verify else None, **named)

    flag = click.option(
        "--verify", is_flag=True, help="Run the code that builds the models, and say what really happens."
    )
    for option in reversed((flag, *_LIMITS)):
        option(act)
    return act


def verify_command(check: click.Command) -> click.Command:
    """The command ``verify``: ``check --verify``, and a flag of its own."""
    assert check.callback is not None
    every = click.Option(["--all", "every"], is_flag=True, help="Also losses that nothing was found at.")
    options = [option for option in check.params if option.name != "verify"]
    return click.Command(
        "verify",
        params=[*options, every],
        callback=functools.partial(check.callback, verify=True),
        help="Check, then build each model that something was found in and say what really happens. This runs code: "
        "the part of the program that builds the model, in a process of its own that may not write, use the network "
        "or start others.",
    )


def verified(checked: Iterable[Checked], asked: Verifying, policy: Policy) -> Iterator[Checked]:
    """Yield each file's result with what came of verifying it; as it was where there is nothing to verify with."""
    from flake8_logits.verify.verifier import HOW_TO_GET_IT, Verifier, is_installed
    from flake8_logits.verify.worker import Limits, NotInstalled

    if not is_installed():
        complain(f"flake8-logits: nothing is verified, as there is no TensorFlow here; get it with: {HOW_TO_GET_IT}")
        yield from checked
        return
    limits = Limits(asked.seconds, asked.memory * _MEBIBYTE, asked.processes, asked.file_size * _MEBIBYTE)
    everything = list(checked)
    waiting = sum(len(one.report.diagnostics) for one in everything)
    with Verifier(limits, asked.trust) as verifier, _progress(waiting) as step:
        for index, one in enumerate(everything):
            try:
                yield _settled(one, verifier, asked, policy.options(one.report.path), step)
            except NotInstalled as error:
                complain(f"flake8-logits: nothing is verified: {error}; get TensorFlow with: {HOW_TO_GET_IT}")
                yield from everything[index:]
                return


def _settled(checked: Checked, verifier: Verifier, asked: Verifying, options: Options, step: Step) -> Checked:
    from flake8_logits.domain.verification import Answer
    from flake8_logits.outputs.verifications import withdrawn_line

    kept: list[Diagnostic] = []
    withdrawn: list[Diagnostic] = []
    done: dict[Claim, Verification] = {}
    for diagnostic in checked.report.diagnostics:
        found = _verify(checked, diagnostic.claim, verifier, options, done)
        told = replace(diagnostic, verification=found)
        (withdrawn if found is not None and found.answer is Answer.REFUTED else kept).append(told)
        step()
    for told in withdrawn:
        complain(withdrawn_line(told))
    others = _others(checked, options, done) if asked.every else []
    answers = [(claim, _verify(checked, claim, verifier, options, done)) for claim in others]
    settled = [(claim, found) for claim, found in answers if found is not None]
    report = replace(checked.report, diagnostics=tuple(kept), withdrawn=tuple(withdrawn), settled=tuple(settled))
    return replace(checked, report=report)


def _verify(
    checked: Checked, claim: Claim | None, verifier: Verifier, options: Options, done: dict[Claim, Verification]
) -> Verification | None:
    """What came of a claim; each is settled once, however many findings rest on it."""
    if claim is None:
        return None
    if claim not in done:
        units = checked.sources.units(claim.span)
        done[claim] = verifier.verify(units, claim.span.path, claim, options.follow_imports)
    return done[claim]


def _others(checked: Checked, options: Options, done: dict[Claim, Verification]) -> list[Claim]:
    """The claims of a file that no finding was made of."""
    from flake8_logits.analysis import analyse

    claims: list[Claim] = []
    for document in checked.sources.documents(checked.report.path):
        analyse(document, options.follow_imports, options.settings, claims)
    places = {(claim.span, claim.head) for claim in done}
    return [replace(one, clash=False) for one in claims if one.kind.is_loss and (one.span, one.head) not in places]


Step = Callable[[], None]


class _progress:
    """A bar on standard error while models are built, if a person is looking."""

    def __init__(self, total: int) -> None:
        self.total = total

    def __enter__(self) -> Step:
        import sys

        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("building models"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        seen = self.total > 0 and sys.stderr.isatty()
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not seen)
        self.bar.start()
        task = self.bar.add_task("", total=self.total)
        return lambda: self.bar.advance(task)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()
