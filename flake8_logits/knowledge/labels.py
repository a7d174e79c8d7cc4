"""What makes labels of a known kind, and how programs call what they have labels in."""

from __future__ import annotations

from flake8_logits.knowledge.rows import OneHot, Parameter

ONE_HOT: tuple[OneHot, ...] = (
    OneHot("keras.utils.to_categorical", Parameter("num_classes", 1)),
    OneHot("keras.backend.one_hot", Parameter("num_classes", 1)),
    OneHot("keras.ops.one_hot", Parameter("num_classes", 1), Parameter("axis", 2, -1)),
    OneHot("tensorflow.one_hot", Parameter("depth", 1), Parameter("axis", 4, -1)),
    OneHot("numpy.eye", Parameter("N", 0), square=Parameter("M", 1)),
    OneHot("numpy.identity", Parameter("n", 0)),
)
"""Functions that make one-hot labels."""

NUMBERED_DATASETS = ("cifar10", "cifar100", "fashion_mnist", "imdb", "mnist", "reuters")
"""The modules of ``keras.datasets`` whose labels are class numbers."""

NAMES = frozenset(
    {
        *("ground_truth", "labels", "target_labels", "true_labels", "y_true"),
        *("batch_labels", "labels_batch", "test_labels", "train_labels", "val_labels"),
        *("y_test", "y_train", "y_val"),
    }
)
"""Names of variables that hold labels, whatever program it is.  Shorter ones, such as ``y``, may hold anything."""
