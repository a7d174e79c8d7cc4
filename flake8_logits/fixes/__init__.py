"""From what a rule asks for to edits of the source, tried before anybody sees them."""
