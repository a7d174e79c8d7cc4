"""One claim from beginning to end: the slice is run, the output measured, the loss held against the right one."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from flake8_logits.verify.child import made
from flake8_logits.verify.child.draws import draw_weights, seed_all
from flake8_logits.verify.child.evidence import Drawn, draws_for, facts_of, wrong
from flake8_logits.verify.child.gradients import measuring
from flake8_logits.verify.child.graphs import deciding_layer, deciding_operation
from flake8_logits.verify.child.judging import CONFIRMED, INCONCLUSIVE, RESCUED, close, judge_output
from flake8_logits.verify.child.libraries import Missing, backend, versions
from flake8_logits.verify.child.losses import LossCall, Right, labels_for
from flake8_logits.verify.child.made import PROFILES, Depends
from flake8_logits.verify.child.numbers import Numbers, numbers_of, to_numpy
from flake8_logits.verify.child.running import Met, NotReached, Program
from flake8_logits.verify.child.subjects import SPREADS, Subject, Unfit, read_tensor, subject_of
from flake8_logits.verify.child.watching import Watch

Answer = dict[str, Any]
SEED = 7
_TEXT = 300
_REPEATED = 4
"""How many times the usual rows a loss is computed on: its value is an average."""
_BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
_CLIPPED, _WIDEST, _SMALLEST = 1e-3, 8.0, 1e-4


def examine(request: dict[str, Any]) -> Answer:
    """The answer to a request: ``answer``, ``reason`` and all that was measured."""
    began = time.monotonic()
    where = backend()
    try:
        answer = _Examination(request, where).answer()
    except Depends as error:
        answer = _inconclusive(f"it depends on what is not run: {error}", "depends")
    except Unfit as error:
        answer = _inconclusive(str(error), "unfit")
    except Missing as error:
        answer = _inconclusive(str(error), "missing")
    except NotReached:
        answer = _inconclusive("the program ended before it came to this place", "not-reached")
    except MemoryError:
        answer = _inconclusive("the memory that it may use is spent", "memory")
    except RecursionError:
        answer = _inconclusive("the program calls itself too deeply", "error")
    except Exception as error:
        answer = _inconclusive(_failure(error, request), "error")
    answer.update(backend=where, versions=versions(), seconds=time.monotonic() - began)
    answer.setdefault("made_up", list(made.touched))
    return answer


def _inconclusive(reason: str, kind: str) -> Answer:
    return {"answer": INCONCLUSIVE, "reason": reason, "kind": kind}


def _failure(error: Exception, request: dict[str, Any]) -> str:
    """What the program raised, at the line of the file where it did."""
    text = " ".join(str(error).split())
    named = [source for source in made.touched if f"made up for {source}" in text]
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
    def __init__(self, request: dict[str, Any], where: str) -> None:
        self.request = request
        self.backend = where
        self.program = Program(
            request["sources"], request["trust"], request.get("through", False), request.get("guessed", False)
        )
        self.random = np.random.default_rng(SEED)
        self.eager = False

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
        for profile in PROFILES:
            made.use(replace(profile, truth=truth))
            seed_all(SEED)
            watch = Watch(np.random.default_rng(SEED), 1.0)
            met: Met | None = None
            try:
                with _eagerly(), watch.watching():
                    met = self.program.run()
                    subject = self._subject(met, watch)
                self.eager = bool(self.request["eager"]) or met.named.get("run_eagerly") is True
                return self._from_runs(met) if subject is None else self._measured(subject)
            except (Missing, NotReached, RecursionError, MemoryError, SyntaxError, Unfit):
                raise
            except Exception as error:
                first = first or error
                if not made.touched and met is None:
                    break  # else the input of a model is a guess, too
        assert first is not None
        raise first

    def _subject(self, met: Met, watch: Watch) -> Subject | None:
        try:
            return subject_of(met, watch, self.request["head"], bool(self.request["is_loss"]))
        except Unfit:
            if met.kind in ("compile", "layer"):
                raise
            return None

    def _measured(self, subject: Subject) -> Answer:
        numbers = numbers_of(subject.outputs(self.random))
        operation = self._operation(subject)
        judged = judge_output(self.request["scales"], numbers, operation)
        answer: Answer = {"measured": {**numbers.facts(), "operation": operation}}
        if judged is not None:
            return {**answer, "answer": judged.answer, "reason": judged.reason, "kind": "output"}
        return {**answer, **self._loss(subject, numbers)}

    def _operation(self, subject: Subject) -> str:
        if self.backend == "tensorflow":
            return deciding_operation(lambda x: subject.forward(x, False), subject.inputs((1.0,)))
        return deciding_layer(subject.model)

    def _from_runs(self, met: Met) -> Answer:
        """An output that no model returns: the whole program is run again for each draw of weights."""
        outputs = [self._numbers_of(met)]
        enough = time.monotonic() + self.request["limits"]["seconds"] / 3
        for number, spread in enumerate(SPREADS):
            if time.monotonic() > enough and number > 1:
                break
            watch = Watch(np.random.default_rng(SEED + number), spread)
            seed_all(SEED + number)
            with _eagerly(), watch.watching():
                outputs.append(self._numbers_of(self.program.run()))
        numbers = numbers_of(outputs)
        judged = judge_output(self.request["scales"], numbers, "")
        answer: Answer = {"measured": {**numbers.facts(), "operation": ""}}
        if judged is not None:
            return {**answer, "answer": judged.answer, "reason": judged.reason, "kind": "output"}
        return {**answer, **self._loss_of_copy(met, numbers)}

    @staticmethod
    def _numbers_of(met: Met) -> Any:
        tensor = read_tensor(met)
        if hasattr(tensor, "graph") and not hasattr(tensor, "numpy"):
            raise Unfit("the output is a symbolic tensor")
        return to_numpy(tensor)

    # -- the loss --------------------------------------------------------------------------------------------------

    def _loss(self, subject: Subject, numbers: Numbers) -> Answer:
        loss = subject.loss
        right = None if loss is None else self._right(loss, numbers)
        if loss is None or right is None:
            return {"answer": CONFIRMED, "reason": _as_said(numbers), "kind": "output"}
        name, right_loss = right
        try:
            drawn = self._drawn(subject, loss, right_loss)
        except Exception as error:
            text = " ".join(str(error).split())[:_TEXT]
            return _inconclusive(f"{_as_said(numbers)}, but its loss could not be computed: {text}", "loss")
        trains = [one.eager if self.eager else one.in_graph for one in drawn]
        facts = facts_of(trains, drawn, name)
        eagerly_too = all(close(one.eager["computed"], one.eager["right"]) for one in drawn)
        answer: Answer = {"loss": facts, "right_eagerly": eagerly_too, "kind": "loss"}
        if all(close(one["computed"], one["right"]) for one in trains):
            return {**answer, "answer": RESCUED, "reason": self._rescued(eagerly_too)}
        return {**answer, "answer": CONFIRMED, "reason": wrong(facts, name)}

    def _drawn(self, subject: Subject, loss: LossCall, right_loss: Any) -> list[Drawn]:
        """The loss and the right one, in a graph and eagerly, for several draws of weights, inputs and labels."""
        losses = {"computed": loss.compute, "right": lambda labels, output: right_loss(labels, output * 1.0)}

        def forward(x: Any) -> Any:
            return subject.forward(x, True)

        in_graph = measuring(self.backend, forward, subject.model, losses, eagerly=False)
        eager = measuring(self.backend, forward, subject.model, losses, eagerly=True)
        found: list[Drawn] = []
        for _ in range(draws_for(subject.model)):
            x = subject.inputs((1.0,) * _REPEATED)
            shape = self._tame(subject, x)
            y = labels_for(loss, self.request["scales"][0], shape, self.random)
            trained = in_graph(x, y)
            if self.backend != "tensorflow":
                alone = trained
            elif self.eager or not found:
                alone = eager(x, y)  # once is enough where training does not do so
            found.append(Drawn(trained, alone, self._on_copy(subject, loss, x, y)))
        return found

    def _tame(self, subject: Subject, x: Any) -> tuple[int, ...]:
        """Draw weights with which the output is far from the ends where losses are clipped; its shape."""
        spread = 1.0
        while True:
            draw_weights(list(subject.model.variables), self.random, spread)
            values = np.asarray(to_numpy(subject.forward(x, True)), "float64")
            spread *= 0.3
            low, high = float(values.min()), float(values.max())
            within = low > _CLIPPED and high < 1 - _CLIPPED if low >= 0 and high <= 1 else high - low < _WIDEST
            if within or spread < _SMALLEST:
                return tuple(values.shape)

    def _on_copy(self, subject: Subject, loss: LossCall, x: Any, y: Any) -> float:
        import keras

        convert = getattr(getattr(keras, "ops", None), "convert_to_tensor", None) or keras.backend.constant
        value = to_numpy(loss.compute(convert(y), convert(to_numpy(subject.forward(x, False)))))
        return float(np.mean(value))

    def _loss_of_copy(self, met: Met, numbers: Numbers) -> Answer:
        return {"answer": CONFIRMED, "reason": _as_said(numbers), "kind": "output"}

    def _right(self, loss: LossCall, numbers: Numbers) -> tuple[str, Any] | None:
        """The loss that would be right for such an output, named; None where there is none."""
        scale = self.request["scales"][0]
        right = Right()
        if not self.request["clash"] or numbers.rows.shape[-1] == 1 and scale == "softmax":
            return None
        reads_logits = loss.told is True or (loss.told is None and "logits" in self.request["expects"])
        if scale == "softmax" and (loss.binary or (reads_logits and loss.flipped is None)):
            return "the cross-entropy of the softmax", right.softmax
        if scale == "sigmoid" and (not loss.binary or (reads_logits and loss.flipped is None)):
            return "the cross-entropy of each sigmoid", right.sigmoid
        if scale in ("softmax", "sigmoid", "logits") and reads_logits == (scale != "logits"):
            if loss.flipped is not None:
                return f"the same loss with from_logits={not loss.told}", loss.flipped
            return "the cross-entropy of logits", right.binary_logits if loss.binary else right.categorical_logits
        return None

    def _rescued(self, eagerly_too: bool) -> str:
        used = versions()
        keras = f"Keras {used.get('keras', '?')} on {_BACKENDS.get(self.backend, self.backend)}"
        breaks = "another backend, or an operation between the activation and the loss"
        if not eagerly_too:
            breaks = f"running eagerly, {breaks}"
        return f"{keras} undoes the activation and computes the right loss; {breaks} would break it"


def _as_said(numbers: Numbers) -> str:
    facts = numbers.facts()
    if numbers.word == "constant":
        return f"the output is {facts['low']:.4g} whatever the weights and the inputs"
    return f"the output lies between {facts['low']:.4g} and {facts['high']:.4g} over {facts['draws']} sets of weights"


class _eagerly:
    """Functions of TensorFlow run step by step, so that what arrives at the place can be looked at."""

    def __enter__(self) -> None:
        import sys

        self.tf = sys.modules.get("tensorflow")
        if self.tf is not None:
            self.before = self.tf.config.functions_run_eagerly()
            self.tf.config.run_functions_eagerly(True)

    def __exit__(self, *_: object) -> None:
        if self.tf is not None:
            self.tf.config.run_functions_eagerly(self.before)
