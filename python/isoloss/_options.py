"""The keywords of each command. Made by python/make_options.py; a test compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Union

Value = Union[str, float, None]
Values = Union[Value, Sequence[Any], Mapping[str, Any]]


class _ReadingRuns(TypedDict, total=False):
    column: Values
    response: Value
    unit: Values
    sizes: Values
    where: Value
    drop_highest_loss: Value
    drop_missing: bool
    weights: Value
    error: Value
    group: Value
    schedule: Values
    flops_per_token_param: Value


class _Fitting(TypedDict, total=False):
    fix: Values
    bound: Values
    start: Values
    residual: Value
    objective: Value
    huber_delta: Value
    over_penalty: Value
    starts: Value
    effort: Value
    confidence: Value
    seed: Value


class _RunningAndOutput(TypedDict, total=False):
    device: Value
    threads: Value


class _HowItIsShown(TypedDict, total=False):
    format: Value
    report: Value
    plotly: Value
    verbose: bool
    config: Value


class _Law(TypedDict, total=False):
    published: Value
    input: Values


class _Limits(TypedDict, total=False):
    max_params: Value
    memory: Value
    bits: Value
    max_latency: Value
    served_on: Value
    bandwidth: Value
    peak: Value
    batch: Value
    cache: Value
    total_per_active: Value


class FitOptions(_ReadingRuns, _Fitting, _RunningAndOutput, _HowItIsShown, total=False):
    bootstrap: Value
    compute: Values
    by: Value
    share: Values
    intervals: Values
    calibrate: Value
    plot: bool


class PredictOptions(_ReadingRuns, _HowItIsShown, total=False):
    input: Values
    params: Values
    tokens: Values
    steps: Values
    plot: bool


class OptimumOptions(_Law, _ReadingRuns, _Fitting, _RunningAndOutput, _Limits, _HowItIsShown, total=False):
    unique_tokens: Value
    law: Value
    bootstrap: Value
    compute: Values
    params: Values
    tokens: Values
    loss: Values
    quality_of: Value
    overhead: Values
    choose_bits: Values
    compute_from: Value
    compute_formula: Value
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
    accuracy: Value
    target_accuracy: Value
    samples_per_query: Values
    sample_exponent: Value
    synthetic_cost: Value
    synthetic_worth: Value
    plot: bool


class ForecastOptions(_Law, _ReadingRuns, _Fitting, _RunningAndOutput, _Limits, _HowItIsShown, total=False):
    unique_tokens: Value
    compute: Values
    growth: Values
    efficiency: Values
    hardware: Values
    algorithms: Values
    data_growth: Values
    years: Value
    from_: Value
    samples: Value
    scenarios: Value
    law: Value
    bootstrap: Value
    until: Values
    recipes: Values
    choose_bits: Values
    plot: bool


class CompareOptimaOptions(_Law, _ReadingRuns, _Fitting, _RunningAndOutput, _HowItIsShown, total=False):
    unique_tokens: Value
    law: Value
    bootstrap: Value
    compute: Values
    recipes: Values
    inference_tokens: Values
    count: Value
    isoflop: Value
    all: bool
    post_bits: Value
    served_on: Value
    max_latency: Value
    total_per_active: Value
    plot: bool


class CompareLawsOptions(_ReadingRuns, _Fitting, _RunningAndOutput, _HowItIsShown, total=False):
    laws: Values
    holdout: Values
    law: Value
    bootstrap: Value
    compute: Values
    plot: bool


class InspectOptions(_ReadingRuns, _Fitting, _RunningAndOutput, _HowItIsShown, total=False):
    law: Value
    plot: bool


class InfluenceOptions(_ReadingRuns, _Fitting, _RunningAndOutput, _HowItIsShown, total=False):
    each: Values
    law: Value
    bootstrap: Value
    compute: Values
    plot: bool


class BacktestOptions(_ReadingRuns, _Fitting, _RunningAndOutput, _HowItIsShown, total=False):
    along: Value
    stop: Values
    law: Value
    bootstrap: Value
    compute: Values
    plot: bool


class IsoflopOptions(_ReadingRuns, _Fitting, _RunningAndOutput, _HowItIsShown, total=False):
    size: Value
    budget: Value
    tolerance: Value
    curve: Value
    law: Value
    bootstrap: Value
    compute: Values
    plot: bool


class CoverageOptions(_ReadingRuns, _Fitting, _RunningAndOutput, _HowItIsShown, total=False):
    noise: Value
    truth: Value
    published_truth: Value
    intervals: Values
    sets: Value
    law: Value
    bootstrap: Value
    compute: Values
    plot: bool


class EnvelopeOptions(_ReadingRuns, _HowItIsShown, total=False):
    width: Value
    compute: Values
    bootstrap: Value
    confidence: Value
    seed: Value
    plot: bool


class RaceOptions(_ReadingRuns, _HowItIsShown, total=False):
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
    plot: bool


class CountOptions(_HowItIsShown, total=False):
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


class VerifyOptions(_HowItIsShown, total=False):
    junit: Value
    summary: Value
    dir: Value
    device: Value
