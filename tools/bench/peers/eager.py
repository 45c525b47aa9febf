"""PyTorch, one trial at a time: modules, autograd, torch.optim. Usage: eager.py WORK THREADS"""
from work import clocked, serve  # first: it chooses the kernels

import torch

SECONDS = 0.3  # so many at least are measured, lane after lane


def peer(work):
    model = work.model()

    def one(lane):
        work.load(model, lane)
        inputs, targets = work.data(lane)
        optimizer = torch.optim.SGD(model.parameters(), lr=work.rate, momentum=work.momentum)
        batches = work.examples // work.batch if work.batch else 1
        shuffled = [inputs, targets]

        def step(time):
            epoch, batch = divmod(time, batches)
            if work.batch and batch == 0:
                order = work.orders[lane, epoch]
                shuffled[:] = [inputs[order], targets[order]]
            x, y = shuffled
            if work.batch:
                x, y = x[batch * work.batch:(batch + 1) * work.batch], y[batch * work.batch:(batch + 1) * work.batch]
            optimizer.zero_grad(set_to_none=True)
            work.loss(model(x), y).backward()
            optimizer.step()

        seconds = clocked(work, step)
        with torch.no_grad():
            return seconds, work.final(model(inputs), targets)

    def train(number):
        lanes, seconds, losses = [], [], []
        while sum(seconds) < SECONDS and len(lanes) < work.lanes:
            lanes.append((number + len(lanes)) % work.lanes)
            took, loss = one(lanes[-1])
            seconds.append(took)
            losses.append(loss)
        return {"seconds": sum(seconds) / len(seconds), "lanes": lanes, "losses": losses}

    return train


serve(peer)
