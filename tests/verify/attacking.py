"""Runs hostile programs where no wall stands: whatever they do not do, the vetting alone has kept them from.

Run as ``python -m tests.verify.attacking FOLDER``; programs come as a list in JSON on standard input, what became of
each goes to standard output: ``ran`` where it left a file, else how it ended.  With ``--as-it-is`` nothing is taken out
of a program beforehand, as if the first vetting had missed it all: the guard is alone.  ``--torch`` prepares
PyTorch, ``--jax`` JAX, whose models are watched as they are where they are measured.
"""

from __future__ import annotations

import builtins
import importlib
import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from flake8_logits.verify.child.frameworks.registered import framework


def _sources(text: str, as_it_is: bool) -> list[list[str]]:
    # Here, because the libraries must have been imported in the folder where the marker would be.
    from flake8_logits.knowledge.catalogue import canonical
    from tests.verify.programs import cut_at_compile

    if not as_it_is:
        return [list(one.sources) for one in cut_at_compile(text)]
    lines: list[str] = []
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if word == "import":
            for alias in rest.split(","):
                name, _, own = alias.strip().partition(" as ")
                lines.append(f"{own or name} = __library__({canonical(name)!r}, {name!r})")
        elif word == "from" and line.endswith(" import *"):
            module = rest.removesuffix(" import *")
            found = [one for one in dir(importlib.import_module(module)) if one in text]
            lines.extend(f"{one} = __library__('{module}.{one}', '{one}')" for one in found if one not in dir(builtins))
        elif word == "from":
            module, _, names = rest.partition(" import ")
            lines.extend(f"{one} = __library__('{module}.{one}', '{one}')" for one in names.split(", "))
        elif line.startswith("model.compile("):
            lines.append("__meet_compile__(model, loss='sparse_categorical_crossentropy')")
        else:
            lines.append(line)
    return [["\n".join(lines)]]


def _outcome(text: str, marker: Path, as_it_is: bool, prepared: list[str]) -> str:
    # Here, as above.
    import numpy as np

    from flake8_logits.verify.child.made import Depends
    from flake8_logits.verify.child.running import Program

    outcome = "no slice"
    for sources in _sources(text, as_it_is):
        try:
            with ExitStack() as watched:
                for name in prepared:
                    watched.enter_context(framework(name).watch(np.random.default_rng(0), 1.0).watching())
                Program(sources, False).run()
            outcome = "reached"
        except Depends as error:
            outcome = f"depends on {error}"
        except Exception as error:
            outcome = f"{type(error).__name__}: {error}"
        if marker.exists():
            marker.unlink()
            return "ran"
    return outcome


def main(folder: str, as_it_is: bool, prepared: list[str]) -> None:
    """Run each program, and tell what became of it."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    os.chdir(folder)
    for name in prepared:
        framework(name).prepare()
    programs = json.load(sys.stdin)
    found = [_outcome(text, Path(folder, "marker"), as_it_is, prepared) for text in programs]
    answers.write(json.dumps(found))
    answers.close()


if __name__ == "__main__":
    main(sys.argv[1], "--as-it-is" in sys.argv, [one for one in ("torch", "jax") if f"--{one}" in sys.argv])
