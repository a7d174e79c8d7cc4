"""What is believed at a point of the run: values, the state, joins, widening, budgets.."""
