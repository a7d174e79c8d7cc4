"""The command ``server``: the language server, on standard input and output."""

from __future__ import annotations

import importlib.util

import click

from flake8_logits.frontends.options import log_option

HOW_TO_GET_IT = "python -m pip install 'flake8-logits[lsp]'"


@click.command()
@click.option("--stdio", is_flag=True, help="Talk on standard input and output, as it always does.")
@log_option
def server(stdio: bool) -> int:
    """Run the language server for an editor.

    It speaks the Language Server Protocol on standard input and output; docs/editors.md shows how editors are told.
    """
    if importlib.util.find_spec("pygls") is None:
        raise click.ClickException(f"the language server is not installed; install it with: {HOW_TO_GET_IT}")
    # Here, because the protocol's types are slow to import and no other command needs them.
    from flake8_logits.server.starting import serve

    serve()
    return 0
