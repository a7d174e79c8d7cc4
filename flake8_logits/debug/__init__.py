"""Shows what the interpreter does with a program: its steps, and what it believes of each expression."""
