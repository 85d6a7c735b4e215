"""Where the nodes of a network stand: ForceAtlas2 with its repulsion computed on a grid.

Jacomy, Venturini, Heymann and Bastian 2014 (doi:10.1371/journal.pone.0098679) give the forces: nodes repel one another
by the product of their degrees plus one over their distance, edges pull linearly, a weak gravity keeps the parts
together. The repulsion of all pairs is a convolution, done by the fast Fourier transform on a grid, so that a step
takes the time of n + m log m for m cells, not of n squared.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft2, next_fast_len, rfft2

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_GRAVITY = 0.05
_TOLERANCE = 1.0


def force_layout(nodes: int, sources: Ints, targets: Ints, groups: Ints, steps: int | None = None) -> Floats:
    """Positions of the nodes of a network, of mean 0; the same for the same arguments on the same machine.

    Args:
        nodes: how many there are, n.
        sources: where each edge starts, shape (edges,), 0 to n - 1.
        targets: where each ends, of the same shape.
        groups: shape (n,), small whole numbers from 0; nodes of a group start near one another.
        steps: how many steps to take; by default 300, fewer for more than 2,000 nodes.

    Returns: shape (n, 2), in units of no meaning.
    """
    if nodes == 0:
        return np.zeros((0, 2))
    steps = steps or int(np.clip(300 * np.sqrt(2_000 / nodes), 60, 300))
    place = _start(nodes, groups)
    loops = sources != targets
    sources, targets = sources[loops], targets[loops]
    mass = np.bincount(np.r_[sources, targets], minlength=nodes).astype(np.float64) + 1.0
    before: Floats = np.zeros_like(place)
    speed = 1.0
    for _ in range(steps):
        force = _repulsion(place, mass) - _GRAVITY * mass[:, None] * place / _length(place)
        pull = place[targets] - place[sources]
        for axis in (0, 1):
            force[:, axis] += np.bincount(sources, pull[:, axis], nodes) - np.bincount(targets, pull[:, axis], nodes)
        swing = mass * np.hypot(*(force - before).T)
        traction = mass * np.hypot(*(force + before).T) / 2
        speed = min(_TOLERANCE * traction.sum() / max(swing.sum(), 1e-9), 1.5 * speed)
        own = np.maximum(1.0 + np.sqrt(speed * swing), np.hypot(*force.T) * speed / 10.0 / _spread(place))
        place = place + force * (speed / own)[:, None]
        before = force
    centred: Floats = place - place.mean(axis=0)
    return centred


def _start(nodes: int, groups: Ints) -> Floats:
    """Groups on a spiral, the nodes of each on a smaller one around it: no two in one spot."""
    angle = np.pi * (3 - np.sqrt(5))
    order = np.argsort(groups, kind="stable")
    within = np.empty(nodes)
    counts = np.bincount(groups)
    within[order] = np.arange(nodes) - np.repeat(np.cumsum(counts) - counts, counts)
    wide = np.sqrt(groups + 0.5) * 3 * np.sqrt(counts.max())
    near = np.sqrt(within + 0.5)
    return np.stack(
        [wide * np.cos(groups * angle) + near * np.cos(within * angle + groups),
         wide * np.sin(groups * angle) + near * np.sin(within * angle + groups)], axis=1
    )  # fmt: skip


def _repulsion(place: Floats, mass: Floats) -> Floats:
    """The force of all nodes on each: 10 m_i m_j / d, away; masses lie on the four nearest points of a grid."""
    cells = int(np.clip(2 * np.sqrt(len(place)), 64, 384))
    low = place.min(axis=0)
    step = max(float((place.max(axis=0) - low).max()) / (cells - 3), 1e-9)
    scaled = (place - low) / step + 1
    corner = scaled.astype(np.int64)
    part = scaled - corner
    weights = [((1 - part[:, 0]) if dx == 0 else part[:, 0]) * ((1 - part[:, 1]) if dy == 0 else part[:, 1])
               for dx in (0, 1) for dy in (0, 1)]  # fmt: skip
    spots = [(corner[:, 0] + dx) * cells + corner[:, 1] + dy for dx in (0, 1) for dy in (0, 1)]
    grid = np.zeros(cells * cells)
    for spot, weight in zip(spots, weights, strict=True):
        grid += np.bincount(spot, mass * weight, cells * cells)
    size = next_fast_len(2 * cells, real=True)
    spectrum = rfft2(grid.reshape(cells, cells), (size, size), workers=1)
    force = np.empty_like(place)
    for axis, kernel in enumerate(_kernels(cells, size)):
        field = irfft2(spectrum * kernel, (size, size), workers=1)[:cells, :cells].ravel()
        force[:, axis] = sum(field[spot] * weight for spot, weight in zip(spots, weights, strict=True))
    return 10.0 * mass[:, None] * force / step


_KERNELS: dict[int, list[npt.NDArray[np.complex128]]] = {}


def _kernels(cells: int, size: int) -> list[npt.NDArray[np.complex128]]:
    """The spectra of x / (x² + y²) and y / (x² + y²), softened within a cell."""
    if cells not in _KERNELS:
        away = np.arange(size)
        away = np.where(away < cells, away, away - size).astype(float)
        x, y = np.meshgrid(away, away, indexing="ij")
        square = x**2 + y**2 + 0.5
        _KERNELS.clear()
        _KERNELS[cells] = [rfft2(x / square), rfft2(y / square)]
    return _KERNELS[cells]


def _length(place: Floats) -> Floats:
    length: Floats = np.maximum(np.hypot(place[:, 0], place[:, 1]), 1e-9)[:, None]
    return length


def _spread(place: Floats) -> float:
    return max(float(np.std(place)), 1e-9)
