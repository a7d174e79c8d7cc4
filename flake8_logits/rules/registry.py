"""The table of contents: every rule, a line each, by code."""

from __future__ import annotations

from flake8_logits.domain.diagnostics import Severity
from flake8_logits.rules import (
    activation_applied_twice,
    activation_on_probabilities,
    argmax_of_one_unit,
    auc_on_logits,
    categorical_loss_on_one_unit,
    class_metric_on_probabilities,
    cross_entropy_metric_on_wrong_scale,
    disturbed_probabilities,
    logits_as_probabilities,
    logits_as_probabilities_to_draw_from,
    logits_as_targets,
    logits_cut_at_half,
    logits_in_a_written_loss,
    other_numbers_as_log_probabilities,
    probabilities_as_logits,
    probabilities_in_logits_function,
    probabilities_where_logits_are_stable,
    sampling_from_probabilities,
    sigmoid_with_categorical_loss,
    softmax_over_one_unit,
    softmax_over_the_batch,
    softmax_with_binary_loss,
    squashed_head,
    swept_thresholds_on_logits,
    threshold_on_logits,
    zero_threshold_on_probabilities,
)
from flake8_logits.rules.base import Rule, rule

RULES: tuple[Rule, ...] = (
    rule(logits_as_probabilities, "LGT101", logits_as_probabilities.judge),
    rule(probabilities_as_logits, "LGT102", probabilities_as_logits.judge),
    rule(probabilities_in_logits_function, "LGT103", probabilities_in_logits_function.judge),
    rule(other_numbers_as_log_probabilities, "LGT104", other_numbers_as_log_probabilities.judge),
    rule(softmax_over_one_unit, "LGT201", softmax_over_one_unit.judge),
    rule(categorical_loss_on_one_unit, "LGT202", categorical_loss_on_one_unit.judge),
    rule(sigmoid_with_categorical_loss, "LGT203", sigmoid_with_categorical_loss.judge),
    rule(softmax_with_binary_loss, "LGT204", softmax_with_binary_loss.judge),
    rule(squashed_head, "LGT205", squashed_head.judge),
    rule(activation_applied_twice, "LGT206", activation_applied_twice.judge),
    rule(softmax_over_the_batch, "LGT207", softmax_over_the_batch.judge),
    rule(disturbed_probabilities, "LGT208", disturbed_probabilities.judge),
    rule(logits_in_a_written_loss, "LGT209", logits_in_a_written_loss.judge),
    rule(logits_as_targets, "LGT210", logits_as_targets.judge),
    rule(threshold_on_logits, "LGT301", threshold_on_logits.judge),
    rule(auc_on_logits, "LGT302", auc_on_logits.judge),
    rule(swept_thresholds_on_logits, "LGT303", swept_thresholds_on_logits.judge),
    rule(cross_entropy_metric_on_wrong_scale, "LGT304", cross_entropy_metric_on_wrong_scale.judge),
    rule(zero_threshold_on_probabilities, "LGT305", zero_threshold_on_probabilities.judge),
    rule(class_metric_on_probabilities, "LGT306", class_metric_on_probabilities.judge),
    rule(activation_on_probabilities, "LGT401", activation_on_probabilities.judge),
    rule(sampling_from_probabilities, "LGT402", sampling_from_probabilities.judge),
    rule(logits_cut_at_half, "LGT403", logits_cut_at_half.judge),
    rule(logits_as_probabilities_to_draw_from, "LGT404", logits_as_probabilities_to_draw_from.judge),
    rule(argmax_of_one_unit, "LGT405", argmax_of_one_unit.judge),
    rule(
        probabilities_where_logits_are_stable,
        "LGT901",
        probabilities_where_logits_are_stable.judge,
        Severity.ADVICE,
    ),
)

BY_CODE = {entry.code: entry for entry in RULES}
