"""How messages name what they speak of, and how they stay short."""

from __future__ import annotations

import os

from flake8_logits.domain.facts import Loss, Pairing, SiteKind, WrittenAs
from flake8_logits.domain.outputs import Output, Step
from flake8_logits.domain.places import Place
from flake8_logits.domain.scales import LOG_PROBABILITIES, PROBABILITIES, Scale
from flake8_logits.parser import literal

LONGEST = 188
"""Characters of a message: with its code and the mark of a fix in front it stays below 200."""
_NAME = 60
"""Characters of a name that may hold spaces."""
_DOTS = "..."
_PLURAL = frozenset({"logits", "log-probabilities"})


def say(what: str, advice: str) -> str:
    """A message: what clashes, and the edit; names in what clashes are cut in the middle where it would be too long."""
    room = LONGEST - len(advice) - 2
    while len(what) > room:
        longest = max(what.split(" "), key=len)
        excess = max(len(what) - room, 1)
        shorter = clipped(longest, max(len(longest) - excess, 16))
        if shorter == longest:
            what = clipped(what, room)
            break
        what = what.replace(longest, shorter, 1)
    return f"{what}; {advice}"


def clipped(text: str, room: int) -> str:
    """The text, without its middle where it is longer than ``room``."""
    if len(text) <= room:
        return text
    kept = room - len(_DOTS)
    return text[: kept - kept // 2] + _DOTS + text[len(text) - kept // 2 :]


def sentences(*parts: str) -> str:
    """A consequence made of these sentences, of which some may be empty; each begins with a capital letter."""
    return " ".join(part[:1].upper() + part[1:] + "." for part in parts if part)


def named(loss: Loss) -> str:
    """How a message names a loss or metric: ``'mse'`` for a string as it was written, else by its name."""
    if loss.written_as is not WrittenAs.STRING:
        return clipped(loss.name, _NAME)
    written = loss.written or _string((loss.elsewhere or loss.place).text)
    return f"'{written}'" if written else loss.name


def _string(text: str) -> str:
    try:
        value = literal(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return ""
    return value if isinstance(value, str) else ""


def of_family(loss: Loss, family: str, other: str) -> str:
    """The loss of another family that stands beside this one: ``BinaryCrossentropy``, ``CategoricalCrossentropy``."""
    name = loss.name.replace(family, other).replace(family.capitalize(), other.capitalize())
    name = name if name != loss.name else f"a {other} loss"
    return f"'{name}'" if loss.written_as is WrittenAs.STRING and name.isidentifier() else name


def reading(pairing: Pairing, loss: Loss) -> str:
    """A loss with where it stands, if that is another file."""
    return f"{named(loss)}{elsewhere(pairing, loss)}"


def elsewhere(pairing: Pairing, loss: Loss) -> str:
    """Where a loss stands, if that is another file than the one of the finding: `` (src/losses.py:4)``."""
    return "" if loss.elsewhere is None else f" ({where(pairing, loss.elsewhere, loss.anchor)})"


def switched(pairing: Pairing, loss: Loss) -> str:
    """What a loss is told and where that is given, else where the loss stands: ``from_logits=True at line 7``."""
    given = loss.switch_origin
    if given is None or given.span.on_line_of(loss.anchor.span):
        return f"{loss.switch}={loss.told}{elsewhere(pairing, loss)}"
    place = where(pairing, given, loss.anchor)
    return f"{loss.switch}={loss.told} at {place}" if place else f"{loss.switch}={loss.told}"


def reading_as_told(pairing: Pairing, loss: Loss, told: bool) -> str:
    """A loss with what it is told, or, where it is ``told`` nothing, with what it expects."""
    if told:
        return f"{named(loss)} told {switched(pairing, loss)}"
    return f"{reading(pairing, loss)}, which expects probabilities"


def what(output: Output) -> str:
    """What arrives, in a word: ``logits``, ``softmax``, ``tanh``."""
    if output.scale in PROBABILITIES:
        return output.scale.value
    if output.scale in LOG_PROBABILITIES:
        return "log-probabilities"
    return "logits" if output.scale is Scale.LOGITS else output.activation


def activation_of(output: Output) -> str:
    """What gave the probabilities: of what is no distribution any more, what it was."""
    return output.activation or "activation" if output.scale is Scale.UNIT_INTERVAL else output.scale.value


def which(pairing: Pairing, output: Output, loss: Loss) -> str:
    """What arrives and where it comes from: ``logits of 'model' (Dense, line 14)``."""
    return f"{what(output)}{of(pairing, output)}{decided(pairing, output, loss)}"


def arriving(pairing: Pairing, output: Output, loss: Loss) -> str:
    """The beginning of a sentence on what arrives: ``logits of 'model' (Dense, line 14) reach``."""
    return f"{which(pairing, output, loss)} {'reach' if what(output) in _PLURAL else 'reaches'}"


def of(pairing: Pairing, output: Output) -> str:
    """`` of 'model'``, with the head where there are several; empty for what no model is seen to give."""
    named_one = subject(pairing, output)
    return f" of {named_one}" if named_one else ""


def subject(pairing: Pairing, output: Output) -> str:
    """What gives an output, in a message: ``'model'``, ``output 'class' of 'model'``; empty where no model does."""
    name = f"'{clipped(output.model, _NAME)}'" if output.model else ""
    if pairing.head:
        head = f"output {pairing.head}" if pairing.head.isdigit() else f"output '{clipped(pairing.head, _NAME)}'"
        return f"{head} of {name}" if name else head
    return name or ("the model" if pairing.kind is SiteKind.COMPILE else "")


def decided(pairing: Pairing, output: Output, loss: Loss) -> str:
    """What decided the scale, and where: `` (Dense, line 14)``; the line alone for an activation by itself."""
    origin = output.origin
    if origin is None:
        return ""
    maker = _maker(origin)
    named_once = "" if maker == what(output) else maker
    said = [part for part in (named_once, where(pairing, origin.place, loss.anchor)) if part]
    return f" ({', '.join(said)})" if said else ""


def _maker(step: Step) -> str:
    """The layer or function of a step."""
    return step.by or step.note


def where(pairing: Pairing, place: Place, here: Place) -> str:
    """A place as seen from another: by line alone in the same file or cell, else with the path in the project.

    Empty for a line of a file whose lines nobody can count.
    """
    span = place.span
    if span.path != here.span.path:
        cell = "" if span.cell is None else f"cell{span.cell}:"
        return f"{_in_project(span.path, pairing.root)}:{cell}{span.line}"
    if not pairing.countable:
        return ""
    if span.cell is not None and span.cell != here.span.cell:
        return f"cell {span.cell}, line {span.line}"
    return f"line {span.line}"


def _in_project(path: str, root: str) -> str:
    inside = root and path.startswith(root.rstrip(os.sep) + os.sep)
    return (path[len(root.rstrip(os.sep)) + 1 :] if inside else path).replace(os.sep, "/")
