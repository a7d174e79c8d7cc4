"""The public Python interface: a program's text goes in, a report comes out.

What ``__all__`` lists is what other programs may rely on (docs/api.md says how far); the rest of the package may
change with any release.
"""

from __future__ import annotations

from flake8_logits.api.analysing import analyse, analyse_file
from flake8_logits.api.options import Options, OptionsError
from flake8_logits.api.results import Diagnostic, Edit, Fix, Problem, Range, Related, Report, UnknownSite

__all__ = [
    "Diagnostic",
    "Edit",
    "Fix",
    "Options",
    "OptionsError",
    "Problem",
    "Range",
    "Related",
    "Report",
    "UnknownSite",
    "analyse",
    "analyse_file",
]
