"""The application: a file, or the text of one, and options go in; a checked result comes out.

Every front-end enters here: ``parallel.check_files`` for files, ``checking.check_bytes`` and ``check_text`` for others.
"""
