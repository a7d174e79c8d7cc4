"""What users write down in ``[tool.flake8-logits]``: found, read, checked, and turned into settings."""
