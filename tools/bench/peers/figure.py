"""
PyTorch: the script behind a figure. One network after the other is trained, and measured at some steps; of each a tenth of the
steps and of the measurements. Usage: figure.py THREADS WORK...
"""
from work import Work, about  # first: it chooses the kernels

import json
import sys
import time

import torch

from modes import Modes

SHARE = 10


def relative_loss(work, model, lane, split=""):
    inputs, targets = work.data(lane, split)
    with torch.no_grad():
        return work.loss(model(inputs), targets) / targets.square().sum(1).mean()


def one(work, lane, modes):
    """Trains and measures a network; its relative training loss behind a tenth of the steps."""
    model = work.model()
    work.load(model, lane)
    optimizer = torch.optim.SGD(model.parameters(), lr=work.rate)
    inputs, targets = work.data(lane)
    steps = work.steps // SHARE
    every = max(1, steps * SHARE // len(work.job["measured"]))
    for step in range(steps):
        if step % every == 0:
            for split, of_split in modes.items():
                relative_loss(work, model, lane, split)
                of_split.measure(model)
        optimizer.zero_grad(set_to_none=True)
        work.loss(model(inputs), targets).backward()
        optimizer.step()
    return relative_loss(work, model, lane).item()


def main():
    torch.set_num_threads(int(sys.argv[1]))
    works = [Work(path) for path in sys.argv[2:]]
    begin = time.perf_counter()
    losses = []
    for work in works:
        teacher = work.teacher()
        modes = {split: Modes(teacher, *work.data(0, split)) for split in ("", "validation_")}
        losses.append([one(work, lane, modes) for lane in range(work.lanes)])
    seconds = time.perf_counter() - begin
    print(json.dumps({"about": about(), "seconds": SHARE * seconds, "losses": losses}), flush=True)


main()
