"""PyTorch: modules of libraries and of the program, chains of them, and what is wrapped around them."""
