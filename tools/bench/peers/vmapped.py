"""PyTorch, all trials by vmap of one network's gradient (torch.func, or functorch where there is none). Usage: vmapped.py WORK THREADS"""
from work import clocked, serve  # first: it chooses the kernels

import torch

try:
    from torch.func import functional_call, grad, vmap

    def functional_model(model):
        names = [name for name, _ in model.named_parameters()]
        return lambda parameters, inputs: functional_call(model, dict(zip(names, parameters)), (inputs,))
except ImportError:
    from functorch import grad, make_functional, vmap

    def functional_model(model):
        return make_functional(model)[0]


def peer(work):
    call = functional_model(work.model())
    lanes = torch.arange(work.lanes).unsqueeze(1)
    shared, alike = work.inputs.shape[0] == 1, work.targets.shape[0] == 1
    first = 0 if work.batch or not shared else None
    second = 0 if work.batch or not alike else None
    gradient_of = vmap(grad(lambda parameters, inputs, targets: work.loss(call(parameters, inputs), targets)), in_dims=(0, first, second))

    def train(_):
        parameters = tuple(work.weights())
        moments = [torch.zeros_like(values) for values in parameters]
        batches = work.examples // work.batch if work.batch else 1

        def step(time):
            epoch, batch = divmod(time, batches)
            x, y = (work.inputs[0] if shared else work.inputs), (work.targets[0] if alike else work.targets)
            if work.batch:
                chosen = work.orders[:, epoch, batch * work.batch:(batch + 1) * work.batch]
                x, y = (x[chosen] if shared else x[lanes, chosen]), (y[chosen] if alike else y.gather(1, chosen))
            for values, gradient, moment in zip(parameters, gradient_of(parameters, x, y), moments):
                if work.momentum:
                    gradient = moment.mul_(work.momentum).add_(gradient)
                values.add_(gradient, alpha=-work.rate)

        seconds = clocked(work, step)
        with torch.no_grad():
            losses = [work.final(call(tuple(values[lane] for values in parameters), work.data(lane)[0]), work.data(lane)[1]) for lane in range(work.lanes)]
        return {"seconds": seconds / work.lanes, "lanes": list(range(work.lanes)), "losses": losses}

    return train


serve(peer)
