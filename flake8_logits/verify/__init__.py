"""Builds the model of a finding in a process of its own and says what really happens.

``reach`` finds the way to the place of a finding, ``slicer`` cuts out what the model and its loss depend on,
``vetting`` takes out all that is not allow-listed in ``allowed``, ``worker`` has it run in a child process,
and ``child`` is what runs there: the only code of ours that imports TensorFlow, and never in the process of the linter.
"""
