"""PyTorch, all trials as one batched program: bmm, autograd, one rate for each lane. Usage: packed.py WORK THREADS"""
from work import clocked, serve  # first: it chooses the kernels

import torch
from torch.nn import functional


def peer(work):
    lanes = torch.arange(work.lanes).unsqueeze(1)
    rate = torch.full((work.lanes, 1, 1), -work.rate)

    def forward(parameters, inputs):
        """Units by examples: inputs [K, d, b], or [d, b] where all lanes share them -> outputs [K, o, b]."""
        units, parameters = inputs, list(parameters)
        for layer in range(len(work.widths) - 1):
            weight = parameters.pop(0)
            bias = parameters.pop(0).unsqueeze(2) if work.has_bias else None
            if units.dim() == 2:
                units = (weight.flatten(0, 1) @ units).view(work.lanes, weight.shape[1], -1)
                units = units if bias is None else units + bias
            else:
                units = torch.bmm(weight, units) if bias is None else torch.baddbmm(bias, weight, units)
            if work.leak != 1 and layer < len(work.widths) - 2:
                units = functional.leaky_relu(units, work.leak) if work.leak else functional.relu(units)
        return units

    def total(outputs, targets):
        """The sum of all lanes' losses: lanes do not meet, so each has the gradient of its own."""
        if work.classifies:
            return functional.cross_entropy(outputs.transpose(1, 2).flatten(0, 1), targets.flatten(), reduction="sum") / targets.shape[1]
        return functional.mse_loss(outputs, targets, reduction="sum") / outputs.shape[2]

    shared = work.inputs.shape[0] == 1
    whole = work.inputs[0].t().contiguous() if shared else work.inputs.transpose(1, 2).contiguous()
    wanted = None if work.classifies else work.targets.transpose(1, 2).expand(work.lanes, -1, -1).contiguous()

    def train(_):
        parameters = [values.requires_grad_() for values in work.weights()]
        moments = [torch.zeros_like(values) for values in parameters]
        batches = work.examples // work.batch if work.batch else 1

        def step(time):
            epoch, batch = divmod(time, batches)
            if work.batch:
                chosen = work.orders[:, epoch, batch * work.batch:(batch + 1) * work.batch]
                x = (work.inputs[0][chosen] if shared else work.inputs[lanes, chosen]).transpose(1, 2)
                y = work.targets[0][chosen] if len(work.targets) == 1 else work.targets.gather(1, chosen)
            else:
                x, y = whole, wanted
            gradients = torch.autograd.grad(total(forward(parameters, x), y), parameters)
            with torch.no_grad():
                for values, gradient, moment in zip(parameters, gradients, moments):
                    if work.momentum:
                        gradient = moment.mul_(work.momentum).add_(gradient)
                    values.addcmul_(gradient, rate if values.dim() == 3 else rate[:, :, 0])

        seconds = clocked(work, step)
        with torch.no_grad():
            outputs = forward(parameters, whole).transpose(1, 2)
            losses = [work.final(outputs[lane], work.data(lane)[1]) for lane in range(work.lanes)]
        return {"seconds": seconds / work.lanes, "lanes": list(range(work.lanes)), "losses": losses}

    return train


serve(peer)
