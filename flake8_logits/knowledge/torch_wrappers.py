"""What gives back the PyTorch module that it is given, wrapped, compiled, copied or made ready for a device."""

from __future__ import annotations

from flake8_logits.knowledge.rows import Parameter

TORCH_WRAPPERS: dict[str, Parameter] = {
    "torch.compile": Parameter("model", 0),
    "torch.jit.script": Parameter("obj", 0),
    "torch.jit.trace": Parameter("func", 0),
    "torch.nn.DataParallel": Parameter("module", 0),
    "torch.nn.parallel.DataParallel": Parameter("module", 0),
    "torch.nn.parallel.DistributedDataParallel": Parameter("module", 0),
    "torch.nn.SyncBatchNorm.convert_sync_batchnorm": Parameter("module", 0),
    "torch.distributed.fsdp.FullyShardedDataParallel": Parameter("module", 0),
    "torch.fx.symbolic_trace": Parameter("root", 0),
    "torch.jit.freeze": Parameter("mod", 0),
    "torch.jit.optimize_for_inference": Parameter("mod", 0),
    "torch.quantization.convert": Parameter("module", 0),
    "torch.quantization.prepare": Parameter("model", 0),
    "torch.quantization.prepare_qat": Parameter("model", 0),
    "torch.quantization.quantize_dynamic": Parameter("model", 0),
    "torch.ao.quantization.convert": Parameter("module", 0),
    "torch.ao.quantization.prepare": Parameter("model", 0),
    "torch.ao.quantization.prepare_qat": Parameter("model", 0),
    "torch.ao.quantization.quantize_dynamic": Parameter("model", 0),
    "ignite.distributed.auto_model": Parameter("model", 0),
    "opacus.validators.ModuleValidator.fix": Parameter("module", 0),
    "opacus.validators.ModuleValidator.fix_and_validate": Parameter("module", 0),
    "peft.get_peft_model": Parameter("model", 0),
    "apex.parallel.DistributedDataParallel": Parameter("module", 0),
    "apex.parallel.convert_syncbn_model": Parameter("module", 0),
    "torch.nn.utils.weight_norm": Parameter("module", 0),
    "torch.nn.utils.spectral_norm": Parameter("module", 0),
    "torch.nn.utils.parametrizations.weight_norm": Parameter("module", 0),
    "torch.nn.utils.parametrizations.spectral_norm": Parameter("module", 0),
    "torch.nn.utils.parametrizations.orthogonal": Parameter("module", 0),
}
"""By canonical name: the parameter with the module whose outputs the result has."""

TORCH_COPIES: dict[str, Parameter] = {
    "torch.optim.swa_utils.AveragedModel": Parameter("model", 0),
}
"""By canonical name: the parameter with the module of which a copy is made, which is called in its place."""

CALLED_WITH_WEIGHTS = ("torch.func.functional_call", "torch.nn.utils.stateless.functional_call")
"""What calls a module with other weights: it is given the module, the weights, and what the call gets."""

CHECKPOINT_OPTIONS = ("use_reentrant", "context_fn", "determinism_check", "debug", "early_stop", "preserve_rng_state")
"""Keywords that ``torch.utils.checkpoint.checkpoint`` keeps for itself; all others go to the function."""
