"""PyTorch: its modules are run on inputs that are made up, and autograd says what came last."""
