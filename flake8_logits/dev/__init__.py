"""Commands for people who work on flake8-logits itself; they change a checkout and are not part of the wheel."""
