"""The keywords of each command. Made by python/make_options.py; a test compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Union

Value = Union[str, float, None]
Values = Union[Value, Sequence[Any], Mapping[str, Any]]


class FitOptions(TypedDict, total=False):
    column: Values
    response: Value
    unit: Values
    sizes: Values
    where: Value
    drop_highest_loss: Value
    drop_missing: bool
    weights: Value
    group: Value
    schedule: Values
    flops_per_token_param: Value
    fix: Values
    bound: Values
    start: Values
    residual: Value
    objective: Value
    huber_delta: Value
    starts: Value
    effort: Value
    bootstrap: Value
    confidence: Value
    seed: Value
    compute: Values
    device: Value
    threads: Value
    format: Value
    report: Value
    plotly: Value


class PredictOptions(TypedDict, total=False):
    input: Values
    params: Values
    tokens: Values
    steps: Values
    column: Values
    response: Value
    unit: Values
    sizes: Values
    where: Value
    drop_highest_loss: Value
    drop_missing: bool
    weights: Value
    group: Value
    schedule: Values
    flops_per_token_param: Value
    format: Value
    report: Value
    plotly: Value


class OptimumOptions(TypedDict, total=False):
    published: Value
    input: Values
    unique_tokens: Value
    column: Values
    response: Value
    unit: Values
    sizes: Values
    where: Value
    drop_highest_loss: Value
    drop_missing: bool
    weights: Value
    group: Value
    schedule: Values
    flops_per_token_param: Value
    law: Value
    fix: Values
    bound: Values
    start: Values
    residual: Value
    objective: Value
    huber_delta: Value
    starts: Value
    effort: Value
    bootstrap: Value
    confidence: Value
    seed: Value
    compute: Values
    device: Value
    threads: Value
    params: Values
    tokens: Values
    loss: Values
    quality_of: Value
    overhead: Values
    inference_tokens: Values
    requests: Value
    input_tokens: Value
    output_tokens: Value
    train_utilisation: Value
    input_utilisation: Value
    output_utilisation: Value
    serving_factor: Value
    train_price: Value
    train_peak: Value
    serve_price: Value
    serve_peak: Value
    max_params: Value
    memory: Value
    bits: Value
    total_per_active: Value
    format: Value
    report: Value
    plotly: Value


class ForecastOptions(TypedDict, total=False):
    published: Value
    input: Values
    unique_tokens: Value
    column: Values
    response: Value
    unit: Values
    sizes: Values
    where: Value
    drop_highest_loss: Value
    drop_missing: bool
    weights: Value
    group: Value
    schedule: Values
    flops_per_token_param: Value
    law: Value
    fix: Values
    bound: Values
    start: Values
    residual: Value
    objective: Value
    huber_delta: Value
    starts: Value
    effort: Value
    bootstrap: Value
    confidence: Value
    seed: Value
    compute: Values
    device: Value
    threads: Value
    growth: Value
    efficiency: Value
    data_growth: Value
    years: Value
    from_: Value
    samples: Value
    recipes: Values
    format: Value
    report: Value
    plotly: Value


class CompareOptimaOptions(TypedDict, total=False):
    published: Value
    input: Values
    unique_tokens: Value
    column: Values
    response: Value
    unit: Values
    sizes: Values
    where: Value
    drop_highest_loss: Value
    drop_missing: bool
    weights: Value
    group: Value
    schedule: Values
    flops_per_token_param: Value
    law: Value
    fix: Values
    bound: Values
    start: Values
    residual: Value
    objective: Value
    huber_delta: Value
    starts: Value
    effort: Value
    bootstrap: Value
    confidence: Value
    seed: Value
    compute: Values
    device: Value
    threads: Value
    recipes: Values
    inference_tokens: Values
    count: Value
    isoflop: Value
    format: Value
    report: Value
    plotly: Value


class CompareLawsOptions(TypedDict, total=False):
    laws: Values
    holdout: Values
    column: Values
    response: Value
    unit: Values
    sizes: Values
    where: Value
    drop_highest_loss: Value
    drop_missing: bool
    weights: Value
    group: Value
    schedule: Values
    flops_per_token_param: Value
    law: Value
    fix: Values
    bound: Values
    start: Values
    residual: Value
    objective: Value
    huber_delta: Value
    starts: Value
    effort: Value
    bootstrap: Value
    confidence: Value
    seed: Value
    compute: Values
    device: Value
    threads: Value
    format: Value
    report: Value
    plotly: Value


class BacktestOptions(TypedDict, total=False):
    along: Value
    stop: Values
    column: Values
    response: Value
    unit: Values
    sizes: Values
    where: Value
    drop_highest_loss: Value
    drop_missing: bool
    weights: Value
    group: Value
    schedule: Values
    flops_per_token_param: Value
    law: Value
    fix: Values
    bound: Values
    start: Values
    residual: Value
    objective: Value
    huber_delta: Value
    starts: Value
    effort: Value
    bootstrap: Value
    confidence: Value
    seed: Value
    compute: Values
    device: Value
    threads: Value
    format: Value
    report: Value
    plotly: Value


class IsoflopOptions(TypedDict, total=False):
    size: Value
    budget: Value
    tolerance: Value
    curve: Value
    column: Values
    response: Value
    unit: Values
    sizes: Values
    where: Value
    drop_highest_loss: Value
    drop_missing: bool
    weights: Value
    group: Value
    schedule: Values
    flops_per_token_param: Value
    law: Value
    fix: Values
    bound: Values
    start: Values
    residual: Value
    objective: Value
    huber_delta: Value
    starts: Value
    effort: Value
    bootstrap: Value
    confidence: Value
    seed: Value
    compute: Values
    device: Value
    threads: Value
    format: Value
    report: Value
    plotly: Value


class RaceOptions(TypedDict, total=False):
    by: Values
    time: Value
    tokens_per_second: Values
    from_: Value
    width: Value
    pairs: Value
    budgets: Value
    block: Value
    bootstrap: Value
    confidence: Value
    seed: Value
    threads: Value
    column: Values
    response: Value
    unit: Values
    sizes: Values
    where: Value
    drop_highest_loss: Value
    drop_missing: bool
    weights: Value
    group: Value
    schedule: Values
    flops_per_token_param: Value
    format: Value
    report: Value
    plotly: Value


class CountOptions(TypedDict, total=False):
    layers: Value
    d_model: Value
    d_ff: Value
    heads: Value
    d_head: Value
    kv_heads: Value
    vocab: Value
    seq: Value
    experts: Value
    experts_active: Value
    shared_experts: Value
    d_ff_expert: Value
    gated: bool
    untied: bool
    learned_positions: bool
    tokens: Value
    count_from: Value
    params: Values
    aspect: Value
    exponent: Value
    format: Value
    report: Value
    plotly: Value


class VerifyOptions(TypedDict, total=False):
    junit: Value
    summary: Value
    dir: Value
    device: Value
    format: Value
    report: Value
    plotly: Value
