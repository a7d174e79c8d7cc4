"""Every module that registers what it knows, by layer: importing this one makes the tables whole."""

from __future__ import annotations

from types import ModuleType

from flake8_logits.interpret.engine import attribute_tables as language_attribute_tables
from flake8_logits.interpret.engine import attributes as language_attributes
from flake8_logits.interpret.engine import calls as language_calls
from flake8_logits.interpret.engine import classes as language_classes
from flake8_logits.interpret.engine import comprehensions as language_comprehensions
from flake8_logits.interpret.engine import container_methods as language_container_methods
from flake8_logits.interpret.engine import containers as language_containers
from flake8_logits.interpret.engine import copies as language_copies
from flake8_logits.interpret.engine import escape as language_escape
from flake8_logits.interpret.engine import exceptions as language_exceptions
from flake8_logits.interpret.engine import expressions as language_expressions
from flake8_logits.interpret.engine import functions as language_functions
from flake8_logits.interpret.engine import instances as language_instances
from flake8_logits.interpret.engine import library_functions as language_library_functions
from flake8_logits.interpret.engine import loops as language_loops
from flake8_logits.interpret.engine import modules as language_modules
from flake8_logits.interpret.engine import statements as language_statements
from flake8_logits.interpret.engine import strings as language_strings
from flake8_logits.interpret.frameworks import trainers as frameworks_trainers
from flake8_logits.interpret.frameworks import wrapping as frameworks_wrapping
from flake8_logits.interpret.frameworks.jax import chains as jax_chains
from flake8_logits.interpret.frameworks.jax import control_flow as jax_control_flow
from flake8_logits.interpret.frameworks.jax import gradients as jax_gradients
from flake8_logits.interpret.frameworks.jax import modules as jax_modules
from flake8_logits.interpret.frameworks.jax import parting as jax_parting
from flake8_logits.interpret.frameworks.jax import pure as jax_pure
from flake8_logits.interpret.frameworks.jax import train_states as jax_train_states
from flake8_logits.interpret.frameworks.keras import applications as keras_applications
from flake8_logits.interpret.frameworks.keras import attributes as keras_attributes
from flake8_logits.interpret.frameworks.keras import compiling as keras_compiling
from flake8_logits.interpret.frameworks.keras import configs as keras_configs
from flake8_logits.interpret.frameworks.keras import constructors as keras_constructors
from flake8_logits.interpret.frameworks.keras import exporting as keras_exporting
from flake8_logits.interpret.frameworks.keras import graphs as keras_graphs
from flake8_logits.interpret.frameworks.keras import instances as keras_instances
from flake8_logits.interpret.frameworks.keras import methods as keras_methods
from flake8_logits.interpret.frameworks.keras import models as keras_models
from flake8_logits.interpret.frameworks.keras import pairing as keras_pairing
from flake8_logits.interpret.frameworks.keras import stated as keras_stated
from flake8_logits.interpret.frameworks.keras import tasks as keras_tasks
from flake8_logits.interpret.frameworks.keras import training as keras_training
from flake8_logits.interpret.frameworks.torch import backbones as torch_backbones
from flake8_logits.interpret.frameworks.torch import containers as torch_containers
from flake8_logits.interpret.frameworks.torch import modules as torch_modules
from flake8_logits.interpret.frameworks.torch import preparing as torch_preparing
from flake8_logits.interpret.frameworks.torch import trainers as torch_trainers
from flake8_logits.interpret.library_models import arrays as library_arrays
from flake8_logits.interpret.library_models import builtins as library_builtins
from flake8_logits.interpret.library_models import command_lines as library_command_lines
from flake8_logits.interpret.library_models import copying as library_copying
from flake8_logits.interpret.library_models import functools as library_functools
from flake8_logits.interpret.library_models import importing as library_importing
from flake8_logits.interpret.library_models import itertools as library_itertools
from flake8_logits.interpret.library_models import labels as library_labels
from flake8_logits.interpret.library_models import leaving as library_leaving
from flake8_logits.interpret.library_models import loading as library_loading
from flake8_logits.interpret.library_models import mocking as library_mocking
from flake8_logits.interpret.library_models import numbers as library_numbers
from flake8_logits.interpret.library_models import operators as library_operators
from flake8_logits.interpret.library_models import options as library_options
from flake8_logits.interpret.library_models import parts as library_parts
from flake8_logits.interpret.library_models import picks as library_picks
from flake8_logits.interpret.library_models import products as library_products
from flake8_logits.interpret.library_models import revealing as library_revealing
from flake8_logits.interpret.library_models import running as library_running
from flake8_logits.interpret.library_models import tensorflow as library_tensorflow
from flake8_logits.interpret.library_models import torch as library_torch
from flake8_logits.interpret.library_models import tuners as library_tuners
from flake8_logits.interpret.library_models import types as library_types
from flake8_logits.interpret.library_models import unbound as library_unbound
from flake8_logits.interpret.readers import losses as reader_losses
from flake8_logits.interpret.readers import metrics as reader_metrics
from flake8_logits.interpret.readers import samplers as reader_samplers
from flake8_logits.interpret.tensors import activations as tensor_activations
from flake8_logits.interpret.tensors import arithmetic as tensor_arithmetic
from flake8_logits.interpret.tensors import cuts as tensor_cuts
from flake8_logits.interpret.tensors import effects as tensor_effects
from flake8_logits.interpret.tensors import items as tensor_items
from flake8_logits.interpret.tensors import methods as tensor_methods
from flake8_logits.interpret.tensors import writes as tensor_writes

REGISTERED: tuple[ModuleType, ...] = (
    # the Python language
    language_attribute_tables,
    language_attributes,
    language_calls,
    language_classes,
    language_comprehensions,
    language_container_methods,
    language_containers,
    language_copies,
    language_escape,
    language_exceptions,
    language_expressions,
    language_functions,
    language_instances,
    language_library_functions,
    language_loops,
    language_modules,
    language_statements,
    language_strings,
    # what happens to numbers
    tensor_activations,
    tensor_arithmetic,
    tensor_cuts,
    tensor_effects,
    tensor_items,
    tensor_methods,
    tensor_writes,
    # what reads an output
    reader_losses,
    reader_metrics,
    reader_samplers,
    # Keras
    keras_applications,
    keras_attributes,
    keras_compiling,
    keras_configs,
    keras_constructors,
    keras_exporting,
    keras_graphs,
    keras_instances,
    keras_methods,
    keras_models,
    keras_pairing,
    keras_stated,
    keras_tasks,
    keras_training,
    # PyTorch
    torch_backbones,
    torch_containers,
    torch_modules,
    torch_preparing,
    torch_trainers,
    # JAX
    jax_chains,
    jax_control_flow,
    jax_gradients,
    jax_modules,
    jax_parting,
    jax_pure,
    jax_train_states,
    # all of them
    frameworks_trainers,
    frameworks_wrapping,
    # functions of libraries
    library_arrays,
    library_builtins,
    library_command_lines,
    library_copying,
    library_functools,
    library_importing,
    library_itertools,
    library_labels,
    library_leaving,
    library_numbers,
    library_operators,
    library_loading,
    library_mocking,
    library_options,
    library_parts,
    library_picks,
    library_products,
    library_revealing,
    library_running,
    library_tensorflow,
    library_torch,
    library_tuners,
    library_types,
    library_unbound,
)
