"""PyTorch: modes of a student by autograd and LAPACK. All Jacobians of a split take one pass back for each output. Usage: modes.py WORK THREADS"""
from work import serve  # first: it chooses the kernels

import time

import torch


def jacobians(model, inputs):
    """[n, o, d], of examples that do not meet."""
    inputs = inputs.clone().requires_grad_()
    outputs = model(inputs)
    rows = [torch.autograd.grad(outputs[:, unit].sum(), inputs, retain_graph=True)[0] for unit in range(outputs.shape[1])]
    return torch.stack(rows, 1)


def mean_alignment(one, other):
    return (one * other).sum(1).abs().mean(0)


class Modes:
    """The measurements of one network on one split, as a theorist defines them."""

    def __init__(self, teacher, inputs, targets):
        self.inputs, self.targets = inputs, targets
        self.left, self.values, right = torch.linalg.svd(jacobians(teacher, inputs))
        self.right = right.mT
        self.power = targets.square().sum(1).mean()

    def measure(self, model):
        left, values, right = torch.linalg.svd(jacobians(model, self.inputs))
        coefficients = values * torch.einsum("nrd,nd->nr", right, self.inputs)
        wanted = torch.einsum("nor,no->nr", left, self.targets)
        contribution = (coefficients.square() - 2 * coefficients * wanted).mean(0)
        return values.mean(0), mean_alignment(self.left, left), mean_alignment(self.right, right.mT), 1 + contribution / self.power


def peer(work):
    teacher = work.teacher()
    of_splits = [Modes(teacher, *work.data(0)), Modes(teacher, *work.data(0, "validation_"))]
    examples = sum(len(modes.inputs) for modes in of_splits)
    model = work.model()

    def train(_):
        seconds, strengths = 0.0, []
        for lane in range(work.lanes):
            work.load(model, lane)
            begin = time.perf_counter()
            measured = [modes.measure(model) for modes in of_splits]
            seconds += time.perf_counter() - begin
            strengths.append(measured[0][0])
        return {"seconds": seconds / work.lanes / examples, "lanes": [0], "losses": torch.stack(strengths).mean(0).tolist()}

    return train


if __name__ == "__main__":
    serve(peer)
