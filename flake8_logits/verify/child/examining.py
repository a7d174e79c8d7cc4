"""One claim from beginning to end: the slice is run, the output measured, the loss held against the right one."""

from __future__ import annotations

import math
import re
import time
from dataclasses import replace
from typing import Any

import numpy as np

from flake8_logits.verify.child import made
from flake8_logits.verify.child.draws import SPREADS
from flake8_logits.verify.child.eagerness import Eagerly, is_asked_for
from flake8_logits.verify.child.evidence import DRAWS, Drawn, facts_of, wrong
from flake8_logits.verify.child.frameworks.base import Framework, Subject, Unfit, Watch
from flake8_logits.verify.child.frameworks.registered import framework
from flake8_logits.verify.child.gradients import Pair
from flake8_logits.verify.child.judging import (
    CONFIRMED,
    DISPUTED,
    INCONCLUSIVE,
    RESCUED,
    Judged,
    close,
    decides,
    judge_output,
)
from flake8_logits.verify.child.libraries import Missing
from flake8_logits.verify.child.made import Depends
from flake8_logits.verify.child.noise import loudly
from flake8_logits.verify.child.numbers import Numbers, numbers_of
from flake8_logits.verify.child.running import Met, NotReached, Program

Answer = dict[str, Any]
SEED = 7
_MORE = 2
"""How often weights are drawn once more where the numbers cannot tell what the graph does."""
_SHRINKING = 8
"""How many sizes of weights are tried until no loss is clipped."""
_TEXT = 300
_TRACE = re.compile(r"Traceback \(most recent call last\)|\bFile \"[^\"]*\", line \d+|\bin user code:")
"""Where the lines begin that an error quotes."""
_RAISED = re.compile(r".*\b(\w+(?:Error|Exception): .*)")
"""What was raised in the end, where an error quotes the lines that led there."""
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_SPEAKS_OF_IT = re.compile(r"\bMade\b|flake8_logits")
"""How a library calls what was made up."""
_GRAPH = "whether the loss is computed in a graph, which could not be told"


def examine(request: dict[str, Any]) -> Answer:
    """The answer to a request: ``answer``, ``reason`` and all that was measured."""
    began = time.monotonic()
    chosen = framework(request.get("framework", "keras"))
    try:
        answer = _Examination(request, chosen).answer()
    except Depends as error:
        answer = _inconclusive(f"it depends on what is not run: {error}", "depends")
    except Unfit as error:
        answer = _inconclusive(str(error), "unfit")
    except Missing as error:
        answer = _inconclusive(str(error), "missing")
    except NotReached:
        answer = _inconclusive("what is run of the program ended before it came to this place", "not-reached")
    except MemoryError:
        answer = _inconclusive("the memory that it may use is spent", "memory")
    except RecursionError:
        answer = _inconclusive("the program calls itself too deeply", "error")
    except Exception as error:
        answer = _inconclusive(_failure(error, request), "error")
    answer.update(backend=chosen.backend(), versions=chosen.versions(), seconds=time.monotonic() - began)
    answer.setdefault("made_up", list(made.touched))
    return answer


def _inconclusive(reason: str, kind: str) -> Answer:
    return {"answer": INCONCLUSIVE, "reason": reason, "kind": kind}


def said(error: Exception) -> str:
    """What an error says of itself; nothing where a program's own text of it fails."""
    try:
        return " ".join(str.split(_COLOURS.sub("", str(error))))
    except (Exception, Depends):
        return ""


def _without_trace(text: str) -> str:
    """What a library says, without the lines of its own or of ours that it quotes."""
    return _TRACE.split(text, maxsplit=1)[0].rstrip()


def told_by(error: Exception) -> str:
    """What an error says, in a few words: before the lines that it quotes, else behind them, else its kind."""
    text = said(error)
    behind = _RAISED.search(text)
    return (_without_trace(text) or (behind[1] if behind else type(error).__name__))[:_TEXT]


def _failure(error: Exception, request: dict[str, Any]) -> str:
    """What the program raised, at the line of the file where it did."""
    text = _without_trace(said(error))
    named = [source for source in made.touched if f"made up for {source}" in text]
    if not named and _SPEAKS_OF_IT.search(text):
        named = made.touched[:1]
    if named:
        return f"it depends on what is not run: {max(named, key=len)}"
    text, where = text[:_TEXT], ""
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(made.SLICE):
            number = int(name.removeprefix(made.SLICE).removesuffix(">"))
            line = request["lines"][number].get(str(trace.tb_lineno), 0)
            where = f" at line {line}" if line else ""
        trace = trace.tb_next
    return f"building it raised {type(error).__name__}{where}: {text}"


class _Examination:
    def __init__(self, request: dict[str, Any], chosen: Framework) -> None:
        self.request = request
        self.framework = chosen
        self.program = Program(
            request["sources"], request["trust"], request.get("through", False), request.get("guessed", False)
        )
        self.random = np.random.default_rng(SEED)
        self.eager: bool | None = False
        """Whether the loss is computed outside of a graph; None where that cannot be told."""

    def answer(self) -> Answer:
        """The answer; where a condition depends on data, that of both its answers, if they agree."""
        try:
            return self._guessed(None)
        except Depends as error:
            if not error.conditional:
                raise
            found = [self._assuming(truth) for truth in (True, False)]
            settled = [one for one in found if one is not None and one["answer"] != INCONCLUSIVE]
            if not settled or any(one["answer"] != settled[0]["answer"] for one in settled):
                raise
            return settled[0]

    def _assuming(self, truth: bool) -> Answer | None:
        try:
            return self._guessed(truth)
        except (Exception, Depends):
            return None

    def _guessed(self, truth: bool | None) -> Answer:
        """The answer; data is guessed in several ways until the program accepts one of them."""
        first: Exception | None = None
        for profile in self.framework.profiles:
            made.use(replace(profile, truth=truth))
            self.framework.seed(SEED)
            watch = self.framework.watch(np.random.default_rng(SEED), 1.0)
            met: Met | None = None
            try:
                with Eagerly(), watch.watching():
                    met = self.program.run()
                    subject = self.framework.subject(met, watch, self.request, self._again)
                self.eager = self._eagerly(met, watch)
                return self._from_runs(met) if subject is None else self._measured(subject)
            except (Missing, NotReached, RecursionError, MemoryError, SyntaxError, Unfit):
                raise
            except Exception as error:
                first = first or error
                if not made.touched and met is None:
                    break  # else the input of a model is a guess, too
        assert first is not None
        raise first

    def _eagerly(self, met: Met, watch: Watch) -> bool | None:
        """Whether the loss is computed outside of a graph; None where that cannot be told."""
        asked = met.named.get("run_eagerly") if met.kind == "compile" else None
        if isinstance(asked, made.Made):
            return None
        if asked or is_asked_for():
            return True
        eager: bool | None = self.request["eager"]
        return False if getattr(watch, "in_graph", False) else eager

    def _again(self, watch: Watch) -> Met:
        """What meets when the program is run once more."""
        with Eagerly(), watch.watching():
            return self.program.run()

    def _measured(self, subject: Subject) -> Answer:
        outputs = subject.outputs(self.random)
        numbers = numbers_of(outputs)
        operation = self.framework.operation(subject)
        if made.gone_through and not decides(self.request["scales"], operation):
            raise Depends(made.gone_through[0])
        judged = judge_output(self.request["scales"], numbers, operation)
        for _ in range(_MORE):
            if judged is None or judged.answer != INCONCLUSIVE or not decides(self.request["scales"], operation):
                break
            # By chance its numbers look like those of another scale: more of them tell.
            outputs.extend(subject.outputs(self.random))
            numbers = numbers_of(outputs)
            judged = judge_output(self.request["scales"], numbers, operation)
        answer: Answer = {"measured": {**numbers.facts(), "operation": operation}}
        if self._is_another(subject, judged, operation):
            return _inconclusive("the output is another when it is asked for again", "output")
        if judged is not None:
            return {**answer, "answer": judged.answer, "reason": judged.reason, "kind": "output"}
        return {**answer, **self._loss(subject, numbers)}

    def _is_another(self, subject: Subject, judged: Judged | None, operation: str) -> bool:
        """Whether what came to the place itself is judged otherwise than what is given when it is asked for again."""
        arrived = getattr(subject, "arrived", None)
        if arrived is None or (judged is not None and judged.answer == INCONCLUSIVE):
            return False
        alone = judge_output(self.request["scales"], numbers_of([arrived]), operation)
        disputed = alone is not None and alone.answer == DISPUTED
        return disputed == (judged is None)

    def _from_runs(self, met: Met) -> Answer:
        """An output that no model returns: the whole program is run again for each draw of weights."""
        outputs = [self.framework.output(met)]
        if made.gone_through:  # without a graph nothing shows what comes behind it
            raise Depends(made.gone_through[0])
        enough = time.monotonic() + self.request["limits"]["seconds"] / 3
        for number, spread in enumerate(SPREADS):
            if time.monotonic() > enough and number > 1:
                break
            watch = self.framework.watch(np.random.default_rng(SEED + number), spread)
            self.framework.seed(SEED + number)
            outputs.append(self.framework.output(self._again(watch)))
        numbers = numbers_of(outputs)
        judged = judge_output(self.request["scales"], numbers, "")
        answer: Answer = {"measured": {**numbers.facts(), "operation": ""}}
        if judged is not None:
            return {**answer, "answer": judged.answer, "reason": judged.reason, "kind": "output"}
        return {**answer, **self._loss_of_runs(met, numbers, enough)}

    # -- the loss --------------------------------------------------------------------------------------------------

    def _loss(self, subject: Subject, numbers: Numbers) -> Answer:
        loss = subject.loss
        right = None if loss is None or self._is_one(numbers) else self.framework.right(loss, self.request, numbers)
        if loss is None and self.framework.may_undo(self.request):
            return _inconclusive(f"{_as_said(numbers)}, but what the metric shows of it was not computed", "loss")
        if loss is None or right is None:
            return {"answer": CONFIRMED, "reason": _as_said(numbers), "kind": "output"}
        name, right_loss = right
        try:
            with loudly():
                drawn = self.framework.drawn(subject, right_loss, self.request, self.random, self.eager is not False)
        except Exception as error:
            text = told_by(error)
            if self.framework.refuses(loss):
                return {
                    "answer": CONFIRMED,
                    "reason": f"{_as_said(numbers)}; the loss refuses that: {text}",
                    "kind": "loss",
                }
            return _inconclusive(f"{_as_said(numbers)}, but its loss could not be computed: {text}", "loss")
        modes = [False, True] if self.eager is None else [self.eager]
        told = [self._told([one.eager if eager else one.in_graph for one in drawn], drawn, name) for eager in modes]
        if any(one["answer"] != told[0]["answer"] for one in told):
            return _inconclusive(f"whether its activation is undone depends on {_GRAPH}", "graph")
        return told[0]

    def _is_one(self, numbers: Numbers) -> bool:
        """Whether an output is a softmax over one unit, which no way to tell the loss makes another."""
        return "softmax" in self.request["scales"] and numbers.word == "constant"

    def _told(self, trains: list[dict[str, Pair]], drawn: list[Drawn], name: str) -> Answer:
        """What several draws of the loss say, as training computes it."""
        facts = facts_of(trains, drawn, name)
        eagerly_too = all(close(one.eager["computed"], one.eager["right"]) for one in drawn)
        if (void := _void(trains)) is not None:
            return _inconclusive(f"both its loss and the right one {void}, which tells nothing", "loss")
        answer: Answer = {"loss": facts, "right_eagerly": eagerly_too, "kind": "loss"}
        if all(close(one["computed"], one["right"]) for one in trains):
            if any(one.narrow and not close(one.narrow["computed"], one.narrow["right"]) for one in drawn):
                return _inconclusive("whether its activation is undone depends on the shape of the labels", "labels")
            return {**answer, "answer": RESCUED, "reason": self.framework.rescued(eagerly_too)}
        if all("flipped" in one and close(one["computed"], one["flipped"]) for one in trains):
            return _inconclusive(
                "whatever it is told, the loss undoes the activation, which is along another axis", "loss"
            )
        return {**answer, "answer": CONFIRMED, "reason": wrong(facts, name)}

    def _loss_of_runs(self, met: Met, numbers: Numbers, enough: float) -> Answer:
        """The loss of an output that no model returns, where that may be the right one all the same."""
        losses = self.framework.undoing(met, self.request, numbers)
        if losses is None:
            return {"answer": CONFIRMED, "reason": _as_said(numbers), "kind": "output"}
        if not self.eager:
            said_so = "may be" if self.eager is None else "is"
            return _inconclusive(
                f"{_as_said(numbers)}, but its loss {said_so} computed in a graph, and no model gives it", "loss"
            )
        loss, (name, right) = losses
        drawn: list[Drawn] = []
        for number in range(DRAWS):
            if drawn and time.monotonic() > enough:
                break
            one = self._arriving(number, loss, right)
            if one is None:
                return _inconclusive(f"{_as_said(numbers)}, where losses are clipped whatever the weights", "loss")
            drawn.append(one)
        return self._told([one.eager for one in drawn], drawn, name)

    def _arriving(self, number: int, loss: Any, right: Any) -> Drawn | None:
        """Both losses in one more run, with weights that are small enough for these to be told apart."""
        for shrinking in range(_SHRINKING):
            random = np.random.default_rng(SEED + number)
            self.framework.seed(SEED + number)
            met = self._again(self.framework.watch(random, 0.3**shrinking))
            found = self.framework.arriving(met, loss, right, self.request, random)
            if found is not None:
                return found
        return None


def _void(drawn: list[dict[str, Pair]]) -> str | None:
    """What both losses are in every draw, whatever the output: no numbers, or nothing that has a gradient."""
    pairs = [one[name] for one in drawn for name in ("computed", "right")]
    if not any(math.isfinite(value) for value, _ in pairs):
        return "are not finite"
    if all(value == 0 and (gradient == 0 or math.isnan(gradient)) for value, gradient in pairs):
        return "are 0"
    return None


def _as_said(numbers: Numbers) -> str:
    facts = numbers.facts()
    if numbers.word == "constant":
        return f"the output is {facts['low']:.4g} whatever the weights and the inputs"
    return f"the output lies between {facts['low']:.4g} and {facts['high']:.4g} over {facts['draws']} sets of weights"
