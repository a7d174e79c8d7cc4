"""JAX: modules of its libraries, functions made of functions, and what a training loop holds."""
