"""Random small programs for PyTorch, and what PyTorch says of them."""
