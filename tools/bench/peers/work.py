"""What all peers share: the work as Sweeper wrote it, and the loop that does it once for every line on standard input."""
import ctypes
import json
import os
import struct
import sys
import time


def newest_kernels():
    """An OpenBLAS that is older than the processor takes its slowest kernels, unless it is told better."""
    with open("/proc/cpuinfo") as cpuinfo:
        flags = next((line.split() for line in cpuinfo if line.startswith("flags")), [])
    return "SkylakeX" if "avx512vl" in flags else "Haswell" if "avx2" in flags and "fma" in flags else None


if newest_kernels() and os.environ.get("OPENBLAS_CORETYPE") is None:
    os.environ["OPENBLAS_CORETYPE"] = newest_kernels()

import torch
from torch import nn
from torch.nn import functional

TYPES = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64}


def blas():
    """The library that multiplies matrices, as this process has loaded it."""
    if torch.backends.mkl.is_available():
        return "MKL"
    with open("/proc/self/maps") as maps:
        paths = sorted({line.split()[-1] for line in maps if "blas" in line.lower() and "/" in line})
    for path in paths:
        if "openblas" in path:
            library = ctypes.CDLL(path)
            library.openblas_get_config.restype = ctypes.c_char_p
            library.openblas_get_corename.restype = ctypes.c_char_p
            return "%s %s" % (library.openblas_get_config().decode().split(" NO_")[0].strip(), library.openblas_get_corename().decode())
        if "blis" in path:
            return "BLIS"
    return "reference"


def about():
    """What this peer computes with."""
    return {"torch": torch.__version__, "blas": blas(), "threads": torch.get_num_threads(), "kernels": cpu_capability()}


def cpu_capability():
    """The instructions that PyTorch's own kernels use."""
    for line in torch.__config__.show().splitlines():
        if "CPU capability" in line:
            return line.split(":")[-1].strip()
    return "unknown"


def perceptron(widths, leak, has_bias):
    """Linear layers with a leaky ReLU between any two; leak 1 leaves it out."""
    layers = []
    for outputs, inputs in zip(widths[1:], widths):
        layers += [nn.Linear(inputs, outputs, bias=has_bias)]
        if leak != 1:
            layers += [nn.LeakyReLU(leak) if leak else nn.ReLU()]
    return nn.Sequential(*(layers if leak == 1 else layers[:-1]))


def encoder(inputs, channels, outputs, leak):
    """Square pictures to a few numbers, without biases: convolutions 3 x 3 of stride 2 with a leaky ReLU behind each, and one matrix."""
    side = round(inputs ** 0.5)
    layers = [nn.Unflatten(1, (1, side, side))]
    for before, after in zip([1] + channels, channels):
        layers += [nn.Conv2d(before, after, 3, stride=2, padding=1, bias=False), nn.LeakyReLU(leak)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(channels[-1] * (side >> len(channels)) ** 2, outputs, bias=False))


class Work:
    """Networks, data and how to train them. Tensors: parameters [K, P], inputs [K or 1, n, d], targets [K or 1, n, ...], orders [K, epochs, n]."""

    def __init__(self, path):
        with open(path, "rb") as file:
            length = struct.unpack("<q", file.read(8))[0]
            header = json.loads(file.read(length))
            values = bytearray(file.read())
        notes = header.pop("__metadata__")
        self.tensors = {}
        for name, entry in header.items():
            begin, end = entry["data_offsets"]
            flat = torch.frombuffer(values[begin:end], dtype=TYPES[entry["dtype"]])
            self.tensors[name] = flat.reshape(entry["shape"])
        job = json.loads(notes["job"])
        self.widths, self.leak, self.has_bias = job["widths"], job["leak"], job["bias"]
        self.classifies, self.batch = job["classifies"], job["batch"]
        self.rate, self.momentum = job["rate"], job["momentum"]
        self.warm, self.steps = job["warm"], job["steps"]
        self.job = job
        self.parameters, self.inputs, self.targets = self.tensors["parameters"], self.tensors["inputs"], self.tensors["targets"]
        self.orders = self.tensors.get("orders")
        self.lanes, self.examples = self.parameters.shape[0], self.inputs.shape[1]

    def model(self):
        """One network, with weights of its own."""
        if self.job["channels"]:
            return encoder(self.inputs.shape[2], self.job["channels"], self.widths[-1], self.leak)
        return perceptron(self.widths, self.leak, self.has_bias)

    def teacher(self):
        """The network that made the targets."""
        model = perceptron(self.job["teacher_widths"], self.job["teacher_leak"], False)
        sizes = [parameter.numel() for parameter in model.parameters()]
        with torch.no_grad():
            for parameter, values in zip(model.parameters(), self.tensors["teacher"][0].split(sizes)):
                parameter.copy_(values.view(parameter.shape))
        return model

    def weights(self):
        """The initial parameters of all lanes, one tensor [K, ...] for each."""
        shapes = [parameter.shape for parameter in self.model().parameters()]
        sizes = [shape.numel() for shape in shapes]
        return [part.reshape(self.lanes, *shape).clone() for part, shape in zip(self.parameters.split(sizes, 1), shapes)]

    def load(self, model, lane):
        """Gives a network the initial weights of a lane."""
        with torch.no_grad():
            for parameter, values in zip(model.parameters(), self.weights()):
                parameter.copy_(values[lane])

    def data(self, lane, split=""):
        """Inputs and targets of a lane."""
        inputs, targets = self.tensors[split + "inputs"], self.tensors[split + "targets"]
        return inputs[min(lane, len(inputs) - 1)], targets[min(lane, len(targets) - 1)]

    def loss(self, outputs, targets):
        """What is trained: mean over examples."""
        if self.classifies:
            return functional.cross_entropy(outputs, targets)
        return functional.mse_loss(outputs, targets, reduction="sum") / outputs.shape[-2]

    def final(self, outputs, targets):
        """The loss of a lane over all examples, in float64."""
        return self.loss(outputs.double(), targets if self.classifies else targets.double()).item()


def clocked(work, step):
    """Does all steps; seconds of those behind the first ones."""
    for number in range(work.warm):
        step(number)
    begin = time.perf_counter()
    for number in range(work.warm, work.steps):
        step(number)
    return time.perf_counter() - begin


def serve(peer):
    """Says what this is, then answers every line with one round."""
    torch.set_num_threads(int(sys.argv[2]))
    work = Work(sys.argv[1])
    train = peer(work)
    print(json.dumps(about()), flush=True)
    for line in sys.stdin:
        print(json.dumps(train(int(line))), flush=True)
