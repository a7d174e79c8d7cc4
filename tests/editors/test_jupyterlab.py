"""JupyterLab itself, after nothing but ``pip install 'flake8-logits[jupyter]'``.

``editors/test jupyterlab`` installs what this needs, and runs it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editors.browsers import until
from tests.editors.jupyterlab import working
from tests.editors.notebooks import sources_of, write_notebook

pytestmark = pytest.mark.jupyterlab

MODEL = "import keras\n\nmodel = keras.Sequential([keras.layers.Dense(10)])"
LOSS = 'model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")'
SOFTMAX = MODEL.replace("Dense(10)", 'Dense(10, activation="softmax")')


def test_a_change_of_the_models_cell_clears_the_losss_cell(tmp_path: Path) -> None:
    notebook = tmp_path / "work" / "train.ipynb"
    notebook.parent.mkdir()
    write_notebook(notebook, MODEL, "print('\U0001f642')", LOSS)
    with working(notebook, tmp_path) as lab:
        lab.wait_for(findings=1)
        assert lab.cell_of_finding() == 2
        said = lab.lint_text()
        assert "logits of 'model'" in said and "line" not in said
        assert "reads probabilities" in lab.hover()
        lab.replace(0, SOFTMAX)
        lab.wait_for(findings=0)
        lab.replace(0, MODEL)
        lab.wait_for(findings=1)
        lab.replace(2, LOSS.replace('"sparse_categorical_crossentropy"', "keras.losses.MeanSquaredError()"))
        lab.wait_for(findings=0)
        lab.save()
        until(lambda: any("MeanSquaredError" in source for source in sources_of(notebook)), "not saved")
    assert not (notebook.parent / ".virtual_documents").exists()


def test_the_configuration_beside_the_notebook_counts(tmp_path: Path) -> None:
    notebook = tmp_path / "work" / "train.ipynb"
    notebook.parent.mkdir()
    (notebook.parent / "pyproject.toml").write_text('[tool.flake8-logits]\nignore = ["LGT101"]\n')
    told = LOSS.replace('"sparse_categorical_crossentropy"', "keras.losses.BinaryCrossentropy(from_logits=True)")
    write_notebook(notebook, MODEL, LOSS, f"{SOFTMAX}\n{told}")
    with working(notebook, tmp_path) as lab:
        lab.wait_for(findings=1)
        assert lab.cell_of_finding() == 2
