"""What runs in the child process, the only place where TensorFlow and Keras are imported."""
