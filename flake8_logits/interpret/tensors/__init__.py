"""What happens to the numbers of a tensor: effects of rows, activations, arithmetic, items."""
