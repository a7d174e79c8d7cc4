"""Find outputs and losses of Keras and TensorFlow models that disagree about logits and probabilities."""

import logging

__version__ = "0.1.0"

logging.getLogger(__name__).addHandler(logging.NullHandler())
