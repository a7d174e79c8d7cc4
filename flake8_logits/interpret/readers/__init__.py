"""What reads an output: losses, metrics, samplers."""
