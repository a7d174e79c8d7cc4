"""How a file would write the name of a class of Keras: through what it imports, else with one import more."""

from __future__ import annotations

from flake8_logits.domain.fixes import Edit
from flake8_logits.domain.places import Place
from flake8_logits.fixes.program import DeclinedError, Program
from flake8_logits.knowledge.catalogue import canonical
from flake8_logits.source import syntax as ir
from flake8_logits.source.names import Imported

KERAS = "keras"


def spell(program: Program, target: str, node: ir.Node, near: Place | None) -> tuple[str, list[Edit]]:
    """An expression for a class (``keras.losses.CategoricalCrossentropy``) where a node stands, and imports to add.

    ``near`` is where the model's own Keras is spelt: several packages are called Keras, and they do not mix.  Raises
    DeclinedError where it cannot be told which one is meant, or where the name is taken.
    """
    imports = program.names.imports(node)
    own = _root(node) or _root(near)
    through_own = {_through(one, target) for one in imports if one.name == own}
    if len(through_own) == 1 and "" not in through_own:
        return through_own.pop(), []
    wanted = _flavour_of(program, node) or _flavour_of(program, near)
    flavours = {flavour for imported in imports if (flavour := flavour_of(imported.dotted))}
    if not wanted and len(flavours) == 1:
        (wanted,) = flavours
    if not wanted:
        raise DeclinedError("this file does not show which Keras to import it from")
    # What stands in a branch may not be bound when this runs.
    bound = [one for one in imports if one.plain and flavour_of(one.dotted) == wanted]
    found = {_through(imported, target) for imported in bound} - {""}
    if found:
        return min(found, key=lambda text: (len(text), text)), []
    return _with_import(program, target, imports, wanted)


def flavour_of(dotted: str) -> str:
    """The Keras that a library name belongs to or holds: ``keras``, ``tensorflow.keras``; empty for anything else."""
    parts = dotted.split(".")
    for length in range(1, len(parts) + 1):
        head = ".".join(parts[:length])
        if canonical(head) == KERAS:
            return head
    return f"{dotted}.keras" if canonical(f"{dotted}.keras") == KERAS else ""


def _flavour_of(program: Program, place: Place | None) -> str:
    expression = place.func if isinstance(place, ir.Call) else place
    if not isinstance(expression, ir.Node):
        return ""
    spelt = [dotted for dotted in program.names.spellings(expression) if canonical(dotted).startswith(f"{KERAS}.")]
    flavour = flavour_of(spelt[0]) if len(spelt) == 1 else ""
    if not flavour and isinstance(expression, ir.Call):
        # Layer(...)(x)
        return _flavour_of(program, expression)
    return flavour


def _root(place: Place | None) -> str:
    expression = place
    while isinstance(expression, (ir.Call, ir.Attribute)):
        expression = expression.func if isinstance(expression, ir.Call) else expression.value
    return expression.id if isinstance(expression, ir.Name) else ""


def _through(imported: Imported, target: str) -> str:
    """The target as an expression that begins with an imported name; empty where it is not to be had that way."""
    head = canonical(imported.dotted)
    if target == head or target.startswith(f"{head}."):
        return imported.name + target[len(head) :]
    holds_keras = canonical(f"{imported.dotted}.{KERAS}") == KERAS
    return f"{imported.name}.{KERAS}{target[len(KERAS) :]}" if holds_keras else ""


def _with_import(program: Program, target: str, imports: list[Imported], flavour: str) -> tuple[str, list[Edit]]:
    anchors = [one for one in imports if one.plain and flavour_of(one.dotted) == flavour]
    if not anchors:
        raise DeclinedError("this file has no import of Keras")
    nearest = [one for one in anchors if one.local] or anchors
    anchor = max(nearest, key=lambda one: (one.span.cell or 0, one.span.line))
    module, _, name = target.rpartition(".")
    kind = module.rpartition(".")[2]
    if program.names.is_free(name):
        statement, text = f"from {flavour}.{kind} import {name}", name
    elif program.names.is_free(kind):
        statement, text = f"from {flavour} import {kind}", f"{kind}.{name}"
    else:
        raise DeclinedError(f"the name {name} is taken")
    whole = program.text(anchor.span)
    start, end = whole.bounds(anchor.span)
    line_end = whole.text.find("\n", end)
    line_end = len(whole.text) if line_end < 0 else line_end
    return text, [Edit(whole.span(line_end, line_end), f"\n{whole.indent(start)}{statement}")]
