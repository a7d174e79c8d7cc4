"""PyTorch's models are built and measured: true findings are confirmed, false ones disputed, the rest says why."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flake8_logits.analysis import analyse
from flake8_logits.domain.facts import SiteKind
from flake8_logits.domain.places import Span
from flake8_logits.domain.verification import Answer, Claim, Verification
from flake8_logits.frontends.command import main
from flake8_logits.source.documents import documents_of
from flake8_logits.verify import verifier as door
from flake8_logits.verify.verifier import Verifier
from tests.verify.conftest import LIMITS

HEAD = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nfrom elsewhere import loader\n"
STACK = "net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3){})\n"
CALLED = "for x, y in loader:\n    loss = {}(net(x), y)\n    loss.backward()\n"
NET = (
    "class Net(nn.Module):\n    def __init__(self, units):\n        super().__init__()\n"
    "        self.features = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2))\n"
    "        self.head = nn.Linear(8 * {0} * {0}, units)\n    def forward(self, x):\n"
    "        x = self.features(x / 255)\n        x = x.view(x.size(0), -1)\n        return {1}\n"
)
TRAIN = (
    "def train(model, criterion, device):\n    optimizer = torch.optim.Adam(model.parameters())\n    model.train()\n"
    "    for epoch in range(2):\n        for images, labels in loader:\n"
    "            images, labels = images.to(device), labels.to(device)\n            optimizer.zero_grad()\n"
    "            output = model(images)\n            loss = criterion(output, labels)\n            loss.backward()\n"
    "            optimizer.step()\ndevice = 'cuda' if torch.cuda.is_available() else 'cpu'\n"
)
SEGMENTS = (
    "class Net(nn.Module):\n    def __init__(self):\n        super(Net, self).__init__()\n"
    "        self.down = nn.Conv2d(1, 8, 3, padding=1)\n        self.out = nn.Conv2d(8, 5, 1)\n"
    "        self.last = nn.Softmax(dim=1)\n    def forward(self, x):\n"
    "        return self.last(self.out(F.relu(self.down(x))))\nnet = Net()\n"
)
TEXTS = (
    "class Net(nn.Module):\n    def __init__(self, words, width):\n        super().__init__()\n"
    "        self.words = nn.Embedding(words, 32)\n        self.rnn = nn.LSTM(32, width, batch_first=True)\n"
    "        self.head = nn.Linear(width, 1)\n    def forward(self, text):\n"
    "        _, (hidden, _) = self.rnn(self.words(text))\n        return {}\nnet = Net(1000, 64)\n"
)

TRUE = {
    "LGT101 a stack": STACK.format("") + CALLED.format("F.binary_cross_entropy"),
    "LGT101 a class": TEXTS.format("self.head(hidden[-1])") + CALLED.format("nn.BCELoss()"),
    "LGT103 sizes that are known later": "net = nn.Sequential(nn.LazyLinear(16), nn.ReLU(), nn.LazyLinear(4), "
    "nn.Softmax(dim=1))\n" + CALLED.format("F.cross_entropy"),
    "LGT103 convolutions whose sizes are known later": "net = nn.Sequential(nn.LazyConv2d(8, 3), nn.LazyBatchNorm2d(), "
    "nn.ReLU(), nn.Flatten(), nn.LazyLinear(4), nn.Softmax(dim=1))\n" + CALLED.format("F.cross_entropy"),
    "LGT103 a stack": STACK.format(", nn.Softmax(dim=1)") + CALLED.format("F.cross_entropy"),
    "LGT103 a sigmoid": TEXTS.format("torch.sigmoid(self.head(hidden[-1]))") + CALLED.format("nn.BCEWithLogitsLoss()"),
    "LGT103 a training loop": NET.format(15, "F.softmax(self.head(x), dim=1)")
    + TRAIN
    + "train(Net(10).to(device), nn.CrossEntropyLoss(), device)\n",
    "LGT103 pictures of another size": NET.format(13, "self.head(x).softmax(-1)")
    + TRAIN
    + "train(Net(10).to(device), nn.CrossEntropyLoss(), device)\n",
    "LGT103 classes of each pixel": SEGMENTS + CALLED.format("nn.CrossEntropyLoss(weight=torch.ones(5))"),
    "LGT103 applied where it is read": STACK.format("")
    + "for x, y in loader:\n    loss = F.cross_entropy(F.softmax(net(x), dim=1), y)\n",
    "LGT103 as a variable": STACK.format(", nn.Softmax(dim=1)")
    + "from torch.autograd import Variable\nx = Variable(torch.Tensor(loader).float())\n"
    + "loss = F.cross_entropy(net(x), Variable(loader))\n",
    "LGT103 moved to a device": STACK.format(", nn.Softmax(dim=1)").replace("net = ", "net = nn.DataParallel(")[:-1]
    + ").cuda()\n"
    + CALLED.format("F.cross_entropy"),
    "LGT104 probabilities": STACK.format(", nn.Softmax(dim=1)") + CALLED.format("nn.NLLLoss()"),
    "LGT104 logits": STACK.format("") + CALLED.format("F.nll_loss"),
    "LGT104 a training loop": NET.format(15, "self.head(x)") + TRAIN + "train(Net(10), nn.NLLLoss(), device)\n",
}
"""Programs with one mistake, by the rule that names it."""
OPERATIONS = {"softmax": "softmax", "sigmoid": "sigmoid", "logits": "linear"}


@pytest.fixture(scope="module")
def on_torch(torch: Any) -> Iterator[Verifier]:
    """A verifier for all tests of this file."""
    with Verifier(LIMITS) as made:
        yield made


def settled(by: Verifier, text: str, **instead: Any) -> list[tuple[str, Claim, Verification]]:
    """What came of each finding in a program, its claim changed as told."""
    document = documents_of("program.py", (HEAD + text).encode())[0]
    found = [(one.code, one.claim) for one in analyse(document).diagnostics if one.claim is not None]
    return [
        (code, claim, by.verify(document.units, "program.py", replace(claim, **instead), False))
        for code, claim in found
    ]


@pytest.mark.parametrize("name", TRUE)
def test_true_finding_is_confirmed(on_torch: Verifier, name: str) -> None:
    ((code, claim, told),) = settled(on_torch, TRUE[name])
    assert code == name.partition(" ")[0]
    assert told.answer is Answer.CONFIRMED, told.reason
    assert told.backend == "torch" and dict(told.versions).keys() == {"torch"}
    assert told.measured is not None and told.measured.operation == OPERATIONS[claim.scales[0]]


@pytest.mark.parametrize("name", [name for name in TRUE if name.startswith(("LGT103", "LGT104"))])
def test_both_losses_and_their_gradients_are_told(on_torch: Verifier, name: str) -> None:
    ((_, _, told),) = settled(on_torch, TRUE[name])
    assert told.loss is not None and told.loss.computed != pytest.approx(told.loss.right)
    assert len(told.loss.ratios) > 1 and told.loss.ratio > 0


@pytest.mark.parametrize("name", TRUE)
def test_false_claim_is_not_confirmed(on_torch: Verifier, name: str) -> None:
    ((_, claim, _),) = settled(on_torch, TRUE[name])
    other = "softmax" if claim.scales == ("logits",) else "logits"
    ((_, _, told),) = settled(on_torch, TRUE[name], scales=(other,))
    assert told.answer in (Answer.DISPUTED, Answer.INCONCLUSIVE), told.reason
    assert "loader" in str(told.made_up) or told.answer is Answer.DISPUTED


def test_loss_that_refuses_such_numbers_says_so(on_torch: Verifier) -> None:
    ((_, _, told),) = settled(on_torch, TRUE["LGT101 a stack"])
    assert "the loss refuses that: all elements of input should be between 0 and 1" in told.reason


def test_without_data_a_false_claim_is_disputed(on_torch: Verifier) -> None:
    text = (
        STACK.format(", nn.Softmax(dim=1)") + "loss = F.cross_entropy(net(torch.randn(8, 4)), torch.zeros(8).long())\n"
    )
    ((_, _, told),) = settled(on_torch, text, scales=("logits",))
    assert told.answer is Answer.DISPUTED, told.reason


@pytest.mark.parametrize("name", TRUE)
def test_two_runs_say_the_same(on_torch: Verifier, name: str) -> None:
    first, second = (settled(on_torch, TRUE[name])[0][2] for _ in range(2))
    assert first.reason == second.reason and first.measured == second.measured
    assert (first.loss is None) == (second.loss is None)
    if first.loss is not None and second.loss is not None:
        assert first.loss.ratios == pytest.approx(second.loss.ratios)


def asked(by: Verifier, text: str, scale: str) -> Verification:
    """What comes of a claim about the last cross-entropy in a program, whatever the interpreter makes of it."""
    calls = [node for node in ast.walk(ast.parse(HEAD + text)) if isinstance(node, ast.Call)]
    node = [one for one in calls if ast.unparse(one.func) == "F.cross_entropy"][-1]
    assert node.end_lineno is not None and node.end_col_offset is not None
    span = Span("program.py", None, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
    document = documents_of("program.py", (HEAD + text).encode())[0]
    return by.verify(document.units, "program.py", Claim(span, SiteKind.CALL, "", (scale,)), False)


@pytest.mark.parametrize(("mode", "scale"), [("train", "logits"), ("eval", "softmax")])
def test_mode_of_a_model_counts(on_torch: Verifier, mode: str, scale: str) -> None:
    net = NET.format(15, "self.finish(self.head(x))") + (
        "    def finish(self, x):\n        return x if self.training else F.softmax(x, dim=1)\nnet = Net(10)\n"
    )
    told = asked(on_torch, f"{net}net.{mode}()\n" + CALLED.format("F.cross_entropy"), scale)
    assert told.answer is Answer.CONFIRMED, told.reason


ALTERED = {
    "nn.Dropout(0.5)": Answer.CONFIRMED,
    "(lambda p: F.dropout(p, 0.5))": Answer.CONFIRMED,
    "(lambda p: torch.clamp(p, 0.05, 0.95))": Answer.INCONCLUSIVE,
}
"""What may stand behind a softmax, and what is said of it then."""


@pytest.mark.parametrize("last", ALTERED)
def test_what_changes_numbers_behind_an_activation_withdraws_nothing(on_torch: Verifier, last: str) -> None:
    text = STACK.format(", nn.Softmax(dim=1)") + f"last = {last}\np = last(net(torch.randn(8, 4)))\n"
    found = settled(on_torch, f"{text}loss = F.cross_entropy(p, torch.zeros(8).long())\n")
    assert {told.answer for _, _, told in found} == {ALTERED[last]}, found


IN_ANOTHER_FORM = {
    "log-probabilities along another axis": "F.binary_cross_entropy_with_logits(F.log_softmax(pixels, dim=1), masks)",
    "log-probabilities that are taken for probabilities": "F.binary_cross_entropy(F.log_softmax(pixels, dim=1), masks)",
    "a module along another axis": "nn.BCEWithLogitsLoss()(nn.LogSoftmax(dim=1)(pixels), masks)",
    "rows that mix pixels": "F.cross_entropy(F.softmax(pixels, dim=1).reshape(-1, 4), masks.flatten().long()[:128])",
    "all in one row": "F.binary_cross_entropy_with_logits(F.log_softmax(pixels, dim=1).flatten(), masks.flatten())",
    "a small number more": "F.cross_entropy(F.softmax(pixels, dim=1) + 1e-2, masks[:, 0].long())",
}
"""Probabilities that do not add up to one where the loss looks for them."""


@pytest.mark.parametrize("name", IN_ANOTHER_FORM)
def test_probabilities_in_another_form_withdraw_nothing(on_torch: Verifier, name: str) -> None:
    text = "pixels = nn.Conv2d(3, 4, 1)(torch.randn(2, 3, 8, 8))\nmasks = torch.zeros(2, 4, 8, 8)\n"
    found = settled(on_torch, f"{text}loss = {IN_ANOTHER_FORM[name]}\n")
    assert found and {told.answer for _, _, told in found} == {Answer.INCONCLUSIVE}, found


@pytest.mark.parametrize(
    "data",
    ["x * (x > 0.5)", "x.clamp(min=0)", "x[[0, 1]]", "x.masked_fill(x > 0.5, 0.0)", "x[x[:, 0] > -9]",
     "torch.from_numpy(((a - a.mean(0)) / a.std(0)).clip(-3, 3))", "x + len(str(a))"],
)  # fmt: skip
def test_what_a_library_looks_up_when_it_is_first_asked_is_there(on_torch: Verifier, data: str) -> None:
    text = "import numpy as np\na = np.random.rand(8, 4).astype('float32')\nx = torch.randn(8, 4)\n"
    text += STACK.format(", nn.Softmax(dim=1)") + f"F.cross_entropy(net({data}), torch.zeros(8).long())\n"
    told = asked(on_torch, text, "softmax")
    assert told.answer is Answer.CONFIRMED, told.reason


COPIES = {
    "F.dropout(p, 0.5)": Answer.CONFIRMED,
    "F.dropout(input=p, p=0.5)": Answer.CONFIRMED,
    "nn.Dropout(0.5)(p)": Answer.CONFIRMED,
    "F.alpha_dropout(p, 0.5, True)": Answer.CONFIRMED,
    "F.dropout(p, 0.5, False)": Answer.INCONCLUSIVE,
    "F.dropout(p, 0.5, True, True)": Answer.INCONCLUSIVE,
    "nn.Dropout(0.5).eval()(p)": Answer.INCONCLUSIVE,
    "p.to('cpu', copy=True)": Answer.CONFIRMED,
    "p.to(torch.float32, False, True)": Answer.CONFIRMED,
    "p.to(torch.float64)": Answer.CONFIRMED,
    "p.to('cpu')": Answer.INCONCLUSIVE,
    "p.cpu()": Answer.INCONCLUSIVE,
    "p.to(torch.float32)": Answer.INCONCLUSIVE,
    "p.cuda()": Answer.INCONCLUSIVE,
    "p.to('cuda').detach().cpu()": Answer.INCONCLUSIVE,
}
"""What is written into, and what is said of probabilities ``p``: confirmed where it is another tensor for sure."""


@pytest.mark.parametrize("copy", COPIES)
def test_what_is_written_into_a_copy_is_not_seen_in_the_output(on_torch: Verifier, copy: str) -> None:
    text = STACK.format(", nn.Softmax(dim=1)") + (
        f"p = net(torch.randn(8, 4))\nwith torch.no_grad():\n    {copy}.mul_(7.0)\n"
        "F.cross_entropy(p, torch.zeros(8).long())\n"
    )
    told = asked(on_torch, text, "softmax")
    assert told.answer is COPIES[copy], told.reason


def test_what_is_moved_and_only_read_is_measured(on_torch: Verifier) -> None:
    text = STACK.format(", nn.Softmax(dim=1)") + (
        "net.cuda()\nx = torch.randn(8, 4).cuda()\nx[0] = float('nan')\nx = x[1:].cuda()\np = net(x)\n"
        "right = p.cpu().argmax(1)\nright[0] = 2\nF.cross_entropy(p, torch.zeros(7).long().cuda() + 0 * right)\n"
    )
    told = asked(on_torch, text, "softmax")
    assert told.answer is Answer.CONFIRMED, told.reason


def test_output_that_comes_there_before_another_does_not_withdraw_it(on_torch: Verifier) -> None:
    text = "nets = nn.Linear(4, 3), nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\n"
    text += "for net in nets:\n    loss = F.cross_entropy(net(torch.randn(8, 4)), torch.zeros(8).long())\n"
    ((code, _, told),) = settled(on_torch, text)
    assert code == "LGT103" and told.answer is Answer.INCONCLUSIVE and "others come to this place" in told.reason


def test_gradients_within_a_program_are_there_whenever_it_is_run(on_torch: Verifier) -> None:
    text = STACK.format(", nn.Softmax(dim=1)") + (
        "x = torch.randn(8, 4).requires_grad_()\np = net(x)\n"
        "slope = torch.autograd.grad(p.sum(), x, retain_graph=True)[0]\n"
        "loss = F.cross_entropy(p + 0 * slope.mean(), torch.zeros(8).long())\n"
    )
    told = asked(on_torch, text, "softmax")
    assert told.answer is Answer.CONFIRMED, told.reason


UNKNOWN = {
    "elsewhere.last()": "import elsewhere\n" + STACK.format(", elsewhere.last()"),
    "torch.jit.load('net')": "net = torch.jit.load('net')\n",
    "torch.load('net')": "net = torch.load('net')\n",
    "torch.hub.load('some/where', 'net')": "net = torch.hub.load('some/where', 'net')\n",
}
"""By what is not run: programs whose model hangs on it."""


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_may_not_run_is_named(on_torch: Verifier, name: str) -> None:
    told = asked(on_torch, UNKNOWN[name] + CALLED.format("F.cross_entropy"), "softmax")
    assert told.answer is Answer.INCONCLUSIVE and name in told.reason, told.reason


@pytest.mark.parametrize(
    "change",
    ["torch.sigmoid_(x)", "x.sigmoid_()", "F.relu(x, inplace=True)", "loader.change(x)",
     "numbers = x.detach().numpy()\nnumbers *= 0"],
)  # fmt: skip
def test_what_is_written_in_place_is_not_left_out(on_torch: Verifier, change: str) -> None:
    text = STACK.format("") + f"x = net(torch.randn(8, 4))\n{change}\nF.cross_entropy(x, torch.zeros(8).long())\n"
    assert asked(on_torch, text, "logits").answer is not Answer.CONFIRMED


def test_command_line_says_what_was_measured(
    torch: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train.py").write_text(HEAD + TRUE["LGT103 a training loop"], encoding="utf-8")
    assert main(["check", "--verify", "--output-format", "json", "train.py"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["verification"]["verdict"] == "confirmed" and finding["verification"]["backend"] == "torch"
    main(["verify", "train.py"])
    assert f"measured with PyTorch {torch.__version__}" in capsys.readouterr().out


def test_without_pytorch_the_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "find_spec", lambda name: None)
    with Verifier() as made:
        ((_, _, told),) = settled(made, TRUE["LGT104 logits"])
    assert told.answer is Answer.INCONCLUSIVE and "PyTorch is not installed" in told.reason


@pytest.mark.parametrize("made", ["torch.Tensor([[1, 2, 3, 4]])", "torch.Tensor(2, 4)", "torch.Tensor(loader)"])
def test_tensors_that_are_made_by_their_class_are_there(on_torch: Verifier, made: str) -> None:
    text = f"x = {made}\nassert isinstance(torch.ones(1), torch.Tensor)\n" + STACK.format(", nn.Softmax(dim=1)")
    told = asked(on_torch, f"{text}loss = F.cross_entropy(net(x), torch.zeros(1).long())\n", "softmax")
    assert told.answer is Answer.CONFIRMED, told.reason


TASK = (
    "class Task(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    "        self.net = nn.Sequential(nn.Linear(4, 3))\n        self.criterion = nn.CrossEntropyLoss()\n"
    "        self.x, self.y = torch.randn(8, 4), torch.randint(0, 3, (8,))\n"
    "    def forward(self):\n        return self.criterion(self.net(self.x), self.y)\n"
)
"""A module that computes its loss itself, as nobody is seen to ask of it."""
CHANGED = "task = Task()\ntask.net.append(nn.Softmax(dim=1))\ntask().backward()\n"


def test_object_of_the_program_is_asked_as_the_program_left_it(on_torch: Verifier) -> None:
    ((_, _, told),) = settled(on_torch, TASK + CHANGED)
    assert told.answer is Answer.CONFIRMED, told.reason


def test_object_of_ours_disputes_nothing(on_torch: Verifier) -> None:
    inside = "".join(f"    {line}\n" for line in CHANGED.splitlines())
    ((_, _, told),) = settled(on_torch, f"{TASK}def main():\n{inside}main()\n")
    assert told.answer is Answer.INCONCLUSIVE and "nothing is seen to call it" in told.reason, told.reason


def test_call_that_changes_the_module_is_kept(on_torch: Verifier) -> None:
    growing = (
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.blocks = nn.ModuleList([nn.Linear(4, 3)])\n    def forward(self, x):\n"
        "        for block in self.blocks:\n            x = block(x)\n        self.blocks.append(nn.Softmax(dim=1))\n"
        "        return x\nnet = Net()\nx = torch.randn(8, 4)\nnet(x)\n"
    )
    ((_, _, told),) = settled(on_torch, f"{growing}F.cross_entropy(net(x), torch.zeros(8).long())\n")
    assert told.answer is Answer.CONFIRMED, told.reason


@pytest.mark.parametrize("loss", ["F.cross_entropy(p, torch.zeros(8).long())", "nn.BCELoss()(p, torch.zeros(8, 1))"])
def test_softmax_over_one_unit_is_made_right_by_no_loss(on_torch: Verifier, loss: str) -> None:
    text = "p = nn.Sequential(nn.Linear(4, 1), nn.Softmax(dim=1))(torch.randn(8, 4))\n"
    for code, _, told in settled(on_torch, f"{text}{loss}\n"):
        assert code == "LGT201" and told.answer is Answer.CONFIRMED, told.reason


@pytest.mark.parametrize("weight", ["torch.zeros(3)", "torch.full((3,), float('nan'))"])
def test_losses_that_are_the_same_whatever_comes_tell_nothing(on_torch: Verifier, weight: str) -> None:
    text = STACK.format(", nn.Softmax(dim=1)") + CALLED.format(f"nn.CrossEntropyLoss(weight={weight})")
    ((_, _, told),) = settled(on_torch, text)
    assert told.answer is Answer.INCONCLUSIVE and "tells nothing" in told.reason, told.reason


OPTIONS = {
    "F.cross_entropy(p, torch.zeros(8).long(), torch.ones(3))": "the same loss of the logarithm",
    "F.nll_loss(p, torch.zeros(8).long(), torch.ones(3))": "the same loss of the logarithm",
    "nn.CTCLoss()(p.unsqueeze(1), torch.ones(1, 3), torch.tensor([8]), torch.tensor([3]))": "the output lies between",
    "nn.CrossEntropyLoss(weight=loader.w)(p, torch.zeros(8).long())": "it depends on what is not run: loader.w",
}
"""By loss of probabilities ``p`` what is said of them: options may stand by position."""


@pytest.mark.parametrize("loss", OPTIONS)
def test_options_of_a_loss_are_told_by_where_they_stand(on_torch: Verifier, loss: str) -> None:
    text = STACK.format(", nn.Softmax(dim=1)") + f"p = net(torch.randn(8, 4))\nloss = {loss}\n"
    ((_, _, told),) = settled(on_torch, text)
    assert OPTIONS[loss] in told.reason, told.reason
