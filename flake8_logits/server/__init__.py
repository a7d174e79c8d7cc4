"""The language server: what an editor tells and asks, converted to questions to the service, and the answers back."""
