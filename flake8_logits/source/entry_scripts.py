"""Programs that are started, not only imported; scripts that hand a model to a module of the project with a loss."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from flake8_logits.source.importers import imports_of, text_of
from flake8_logits.source.prefilter import names_a_framework, worth_parsing
from flake8_logits.source.project import LARGEST, Project
from flake8_logits.source.syntax import Block, Call, Evaluate
from flake8_logits.source.units import Document

_RUNS_TESTS = "test.main("
"""So begins the last line of a file of tests: ``unittest.main()``, ``tf.test.main()``, ``absltest.main()``."""
MOST_MODULES = 40
"""So many modules are looked into for a loss."""


def leads_to_a_loss(document: Document, words: Sequence[str] = ()) -> bool:
    """Whether a script or notebook that names a framework imports, at first hand or not, a module that names a loss.

    What nobody starts, a module among others, is no script: its functions are judged where they are called.
    """
    text = document.text
    if "import" not in text or not (document.kind == "notebook" or is_script(text)) or not names_a_framework(text):
        return False
    project = Project(document.path)
    return any(worth_parsing(found, words) for found in _texts(project))


def is_script(text: str) -> bool:
    """Whether a Python file is one that people start; one that runs tests hands models to whatever it tests."""
    return "__main__" in text and _RUNS_TESTS not in text


def acts(document: Document, bodies: Iterable[Block]) -> bool:
    """Whether a document, given with the statements of its units, does something by itself, beyond defining names."""
    if document.kind == "notebook" or is_script(document.text):
        return True
    statements = (statement for body in bodies for statement in body)
    return any(isinstance(one, Evaluate) and isinstance(one.value, Call) for one in statements)


def _texts(project: Project) -> Iterator[str]:
    """The texts of the modules that a file of a project imports, nearest first."""
    waiting = deque([project.path])
    seen = {project.path}
    while waiting and len(seen) <= MOST_MODULES:
        importer = waiting.popleft()
        if importer != project.path:
            yield text_of(importer, LARGEST)
        for statement in imports_of(importer, LARGEST):
            for dotted in statement.asked:
                module = project.find(importer, dotted, statement.level)
                if module is not None and os.path.isfile(module) and module not in seen:
                    seen.add(module)
                    waiting.append(module)
