"""Find outputs and losses of Keras and TensorFlow models that disagree about logits and probabilities."""

__version__ = "0.1.0"
