"""Bootstrap refits of figure 4 of Hoffmann et al. 2022 as a lab would write them for a GPU.

  python3 batched_peers.py torch|jax|optimistix DATA.csv DRAWS.npy [--device cuda|cpu]
  python3 batched_peers.py ceilings DATA.csv DRAWS.npy      products and copies of this card

240 runs, 5 parameters, Huber with delta 1e-3 on log L, double precision, on the resamples of
`isoloss fit DATA.csv --drop-highest-loss 5 --draws DRAWS.npy`. Every refit starts at the published
optimum, so no peer searches for the global one. `reached` is the share whose objective is within
1e-9 of isoloss's, relative; `lower` the share that is lower by more. One JSON object a line.
"""

import argparse
import csv
import json
import math
import sys
import time
from pathlib import Path

import numpy as np

import resamples

DELTA = 1e-3
SEED = 1
PUBLISHED = (1.8172, 477.84, 2143.4, 0.34731, 0.36717)  # E, A, B, alpha, beta: Besiroglu et al. 2024
AGREEMENT = 1e-9


def read_runs(path: Path, drop: int = 5) -> np.ndarray:
    """log N, log D, log L in file order, without the `drop` highest losses. 3 x runs."""
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    highest = sorted(range(len(rows)), key=lambda i: -float(rows[i]["loss"]))[:drop]
    kept = [row for i, row in enumerate(rows) if i not in highest]
    names = ("params", "tokens", "loss")
    return np.log([[float(row[name]) for name in names] for row in kept]).T


class Problem:
    """Runs centred in log N and log D, the start, isoloss's objectives."""

    def __init__(self, data: Path, draws: Path):
        self.x, self.y, self.log_loss = read_runs(data)
        self.expected = np.load(draws)[:, -2]
        E, A, B, alpha, beta = PUBLISHED
        self.start = np.array([math.log(E), math.log(A) - alpha * self.x.mean(),
                               math.log(B) - beta * self.y.mean(), alpha, beta])  # fmt: skip
        self.x, self.y = self.x - self.x.mean(), self.y - self.y.mean()

    def weights(self, first: int, num: int) -> np.ndarray:
        return resamples.counts(SEED, first, num, self.x.size).astype(float)

    def objective(self, theta: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Of each refit, in NumPy, whoever found it."""
        e, a, b, alpha, beta = (theta[:, k : k + 1] for k in range(5))
        r = np.log(np.exp(e) + np.exp(a - alpha * self.x) + np.exp(b - beta * self.y))
        size = np.abs(r - self.log_loss)
        rho = np.where(size <= DELTA, 0.5 * size**2, DELTA * (size - 0.5 * DELTA))
        return (weights * rho).sum(-1)


def evaluate(xp, theta, weights, x, y, log_loss):
    """Value, gradient and exact Hessian of every refit at once."""
    terms = [xp.exp(theta[:, :1] + 0 * x), xp.exp(theta[:, 1:2] - theta[:, 3:4] * x),
             xp.exp(theta[:, 2:3] - theta[:, 4:5] * y)]  # fmt: skip
    total = terms[0] + terms[1] + terms[2]
    ze, za, zb = (term / total for term in terms)
    r = xp.log(total) - log_loss
    beyond = abs(r) > DELTA
    rho = xp.where(beyond, DELTA * (abs(r) - 0.5 * DELTA), 0.5 * r * r)
    psi = weights * xp.where(beyond, DELTA * xp.sign(r), r)
    curvature = xp.where(beyond, 0 * weights, weights)
    slopes = xp.stack([ze, za, zb, -x * za, -y * zb], -1)
    gradient = xp.einsum("bn,bnk->bk", psi, slopes)
    hessian = xp.einsum("bn,bnk,bnl->bkl", curvature - psi, slopes, slopes)
    for row, column, z in [(0, 0, ze), (1, 1, za), (2, 2, zb), (3, 3, za * x * x),
                           (4, 4, zb * y * y), (1, 3, -za * x), (2, 4, -zb * y)]:  # fmt: skip
        own = (psi * z).sum(-1)
        hessian[:, row, column] += own
        if row != column:
            hessian[:, column, row] += own
    return (weights * rho).sum(-1), gradient, hessian


def newton(torch, theta, weights, runs, rounds: int = 40):
    """Levenberg-Marquardt on the exact Hessian, all refits in step."""
    damping = torch.full_like(weights[:, 0], 1e-2)
    eye = torch.eye(5, dtype=theta.dtype, device=theta.device)
    value, gradient, hessian = evaluate(torch, theta, weights, *runs)
    for _ in range(rounds):
        diagonal = abs(torch.diagonal(hessian, dim1=-2, dim2=-1))
        system = hessian + (damping[:, None] * diagonal + 1e-14 * diagonal.max())[:, :, None] * eye
        step = torch.linalg.solve_ex(system, -gradient[..., None])[0][..., 0]
        new = evaluate(torch, theta + step, weights, *runs)
        better = new[0] < value
        theta = torch.where(better[:, None], theta + step, theta)
        value = torch.where(better, new[0], value)
        gradient = torch.where(better[:, None], new[1], gradient)
        hessian = torch.where(better[:, None, None], new[2], hessian)
        damping = torch.where(better, damping * 0.2, damping * 8 + 1e-4)
    return theta


def torch_fitter(problem: Problem, device: str):
    import torch

    runs = [torch.tensor(v, device=device) for v in (problem.x, problem.y, problem.log_loss)]
    start = torch.tensor(problem.start, device=device)

    def fit(weights: np.ndarray) -> np.ndarray:
        on_device = torch.tensor(weights, device=device)
        theta = start.expand(len(weights), 5).clone()
        return newton(torch, theta, on_device, runs).cpu().numpy()

    return f"PyTorch {torch.__version__}, batched Newton with exact Hessian", fit


def jax_objective(problem: Problem, device: str):
    """Fails where JAX has no such device, which it would otherwise replace by the CPU."""
    import jax
    import jax.numpy as jnp

    kind, _, index = device.partition(":")
    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_default_device", jax.devices(kind)[int(index or 0)])
    x, y, log_loss = (jnp.array(v) for v in (problem.x, problem.y, problem.log_loss))

    def objective(theta, weights):
        terms = [theta[1] - theta[3] * x, theta[2] - theta[4] * y, jnp.full_like(x, theta[0])]
        size = jnp.abs(jax.nn.logsumexp(jnp.stack(terms), axis=0) - log_loss)
        rho = jnp.where(size <= DELTA, 0.5 * size**2, DELTA * (size - 0.5 * DELTA))
        return 1e3 * jnp.sum(weights * rho)  # so that default tolerances mean something

    return jax, objective


def jax_fitter(problem: Problem, device: str):
    jax, objective = jax_objective(problem, device)
    from jax.scipy.optimize import minimize

    start = jax.numpy.array(problem.start)
    one = lambda w: minimize(objective, start, args=(w,), method="BFGS",
                             options={"maxiter": 200, "gtol": 1e-9}).x  # fmt: skip
    batch = jax.jit(jax.vmap(one))
    return f"JAX {jax.__version__}, BFGS under vmap", lambda w: np.asarray(batch(w))


def optimistix_fitter(problem: Problem, device: str):
    jax, objective = jax_objective(problem, device)
    import optimistix

    solver = optimistix.BFGS(rtol=1e-9, atol=1e-9)
    start = jax.numpy.array(problem.start)
    one = lambda w: optimistix.minimise(objective, solver, start, args=w, max_steps=200,
                                        throw=False).value  # fmt: skip
    batch = jax.jit(jax.vmap(one))
    return f"optimistix {optimistix.__version__}, BFGS under vmap", lambda w: np.asarray(batch(w))


FITTERS = {"torch": torch_fitter, "jax": jax_fitter, "optimistix": optimistix_fitter}


def time_peer(peer: str, problem: Problem, device: str, chunk: int) -> dict:
    """The weights are made before the clock starts; the first chunk also compiles."""
    name, fit = FITTERS[peer](problem, device)
    chunk = min(chunk, problem.expected.size)
    num = problem.expected.size // chunk * chunk
    begin = time.perf_counter()
    fit(problem.weights(0, chunk))
    first = time.perf_counter() - begin
    seconds, reached, lower = 0.0, 0, 0
    for at in range(0, num, chunk):
        weights = problem.weights(at, chunk)
        begin = time.perf_counter()
        theta = fit(weights)
        seconds += time.perf_counter() - begin
        excess = problem.objective(theta, weights) / problem.expected[at : at + chunk] - 1
        reached += int((np.abs(excess) <= AGREEMENT).sum())
        lower += int((excess < -AGREEMENT).sum())
    return {"name": name, "device": device, "counted": "resamples", "number": num,
            "seconds": round(seconds, 4), "first_call_seconds": round(first, 4),
            "reached": reached / num, "lower": lower / num}  # fmt: skip


def ceilings() -> dict:
    """What a product of matrices in double and a copy reach here."""
    import torch

    def fastest(work, rounds: int = 10) -> float:
        work()
        torch.cuda.synchronize()
        begin = time.perf_counter()
        for _ in range(rounds):
            work()
        torch.cuda.synchronize()
        return (time.perf_counter() - begin) / rounds

    a = torch.randn(4096, 4096, dtype=torch.float64, device="cuda")
    source = torch.empty(1 << 30, dtype=torch.uint8, device="cuda")
    target = torch.empty_like(source)
    product = fastest(lambda: a @ a)
    return {"name": "ceilings", "device": torch.cuda.get_device_name(), "seconds": product,
            "dgemm_TFLOP_per_second": 2 * 4096**3 / product / 1e12,
            "copy_TB_per_second": 2 * source.numel() / fastest(lambda: target.copy_(source)) / 1e12}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", choices=[*FITTERS, "ceilings"])
    parser.add_argument("data", type=Path)
    parser.add_argument("draws", type=Path)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--chunk", type=int, default=16_384, help="refits at once")
    args = parser.parse_args()
    if args.peer == "ceilings":
        print(json.dumps(ceilings()))
        return 0
    problem = Problem(args.data, args.draws)
    print(json.dumps(time_peer(args.peer, problem, args.device, args.chunk)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
