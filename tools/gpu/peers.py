# PyTorch on the same GPU for the same work. peers.py FILE SECONDS PART...   parts: single single-graph packed packed-graph compile
# FILE is written by `fused --file`: the same inputs, targets, rates, initial weights, and the kernel's losses before step 200.
import statistics, struct, sys, time
import numpy as np
import torch

path, budget, parts = sys.argv[1], float(sys.argv[2]), sys.argv[3:] or ["single", "single-graph", "packed", "packed-graph"]
begin = time.time()
dev = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.backends.cuda.matmul.allow_tf32 = False
sync = torch.cuda.synchronize if dev.type == "cuda" else (lambda: None)
if dev.type == "cuda": torch.zeros(1, device=dev); print(torch.cuda.get_device_name(0), torch.__version__, "ready after %.1f s" % (time.time() - begin), flush=True)

raw = open(path, "rb").read()
W, D, N, L, S = struct.unpack("5i", raw[:20])
a, at = np.frombuffer(raw, dtype=np.float32, offset=20), 0
def take(*shape):
    global at
    n = int(np.prod(shape)); v = torch.from_numpy(a[at:at + n].copy().reshape(shape)).to(dev); at += n
    return v
x, lr, w0, y, want = take(W, N), take(L), take(L, D, W, W), take(L, W, N), take(L)
flop = 2.0 * N * W * W * 3 * D

def row(name, lanes, rate, got, want):
    worst = ((got - want).abs() / want).max().item()
    print("%-44s lanes %6d %12.0f lane-steps/s  nominal %7.3f TFLOP/s  loss against the kernel's: worst %.1e %s" % (name, lanes, rate, rate * flop * 1e-12, worst, "ok" if worst < 1e-3 else "VOID"), flush=True)

def clock(step, n, repeat=3, limit=4.0):      # seconds a step, median; n steps a time
    step(); sync(); times = []; t0 = time.time()
    while len(times) < repeat and time.time() - t0 < limit:
        t = time.perf_counter()
        for _ in range(n): step()
        sync(); times.append((time.perf_counter() - t) / n)
    return statistics.median(times)

def network(lane):
    m = torch.nn.Sequential(*[torch.nn.Linear(W, W, bias=False) for _ in range(D)]).to(dev)
    with torch.no_grad():
        for l in range(D): m[l].weight.copy_(w0[lane, l])
    return m, torch.optim.SGD(m.parameters(), lr=float(lr[lane])), x.t().contiguous(), y[lane].t().contiguous()

def single(name, graphed=False, compiled=False):
    m, opt, xs, ys = network(1)
    f = (lambda: ((m(xs) - ys) ** 2).sum() * (0.5 / N))
    if compiled: f = torch.compile(f)
    loss = None
    def step():
        nonlocal loss
        opt.zero_grad(set_to_none=not graphed); loss = f(); loss.backward(); opt.step()
    if graphed:
        side = torch.cuda.Stream(); side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3): step()
        torch.cuda.current_stream().wait_stream(side)
        g = torch.cuda.CUDAGraph()
        with torch.cuda.graph(g): step()
        static = loss
        def run(): g.replay()
    else: run = step
    if compiled: run()
    with torch.no_grad():
        for l in range(D): m[l].weight.copy_(w0[1, l])
    for _ in range(S): run()
    got = (static if graphed else loss).detach().reshape(1)
    row(name, 1, 1 / clock(run, 200), got, want[1:2])

class Packed:     # gradients by hand, as an expert writes them: no autograd, every product in place, shared inputs not repeated
    def __init__(self, lanes):
        k = torch.arange(lanes, device=dev) % L
        self.k, self.w, self.y = k, [w0[k, l].contiguous() for l in range(D)], y[k].contiguous()
        self.rate = (-lr[k] / N).reshape(-1, 1, 1).contiguous()
        self.lanes, self.h = lanes, [None] + [torch.empty(lanes, W, N, device=dev) for _ in range(D)]
        self.d = [torch.empty(lanes, W, N, device=dev) for _ in range(2)]
        self.g = [torch.empty(lanes, W, W, device=dev) for _ in range(D)]
        self.loss = torch.empty(lanes, device=dev)
        self.xt = x.t().contiguous()
    def reset(self):
        for l in range(D): self.w[l].copy_(w0[self.k, l])
    def step(self, want_loss=False):
        w, h, n = self.w, self.h, self.lanes
        torch.mm(w[0].reshape(n * W, W), x, out=h[1].reshape(n * W, N))
        for l in range(1, D): torch.bmm(w[l], h[l], out=h[l + 1])
        d, e = self.d
        torch.sub(h[D], self.y, out=d)
        if want_loss: self.loss = d.square().sum((1, 2)) * (0.5 / N)
        for l in range(D - 1, 0, -1):
            torch.bmm(d, h[l].transpose(1, 2), out=self.g[l])
            torch.bmm(w[l].transpose(1, 2), d, out=e)
            d, e = e, d
        torch.mm(d.reshape(n * W, N), self.xt, out=self.g[0].reshape(n * W, W))
        for v, g in zip(w, self.g): v.addcmul_(g, self.rate)
    def autograd(self):
        ws = [v.requires_grad_() for v in self.w]
        h = x.expand(self.lanes, W, N)
        for v in ws: h = torch.bmm(v, h)
        loss = ((h - self.y) ** 2).sum()
        grads = torch.autograd.grad(loss * 0.5, ws)
        with torch.no_grad():
            for v, g in zip(ws, grads): v.addcmul_(g, self.rate)

def packed(lanes, graphed):
    p = Packed(lanes); run = p.step
    if graphed:
        side = torch.cuda.Stream(); side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3): p.step()
        torch.cuda.current_stream().wait_stream(side)
        g = torch.cuda.CUDAGraph()
        with torch.cuda.graph(g): p.step()
        run = g.replay
    p.reset()
    for _ in range(S - 1): run()
    p.step(True)
    row("packed bmm, by hand" + (", CUDA graph" if graphed else ", eager"), lanes, lanes / clock(run, 20 if lanes > 2000 else 100), p.loss, want[p.k])
    if not graphed and lanes <= 2048:
        p.reset()
        for _ in range(S - 1): p.autograd()
        for v in p.w: v.requires_grad_(False)
        p.step(True)
        row("packed bmm, autograd, eager", lanes, lanes / clock(p.autograd, 20), p.loss, want[p.k])

sizes = [64, 1024, 8192, 33792] if dev.type == "cuda" else [64]
jobs = []
if "single" in parts: jobs.append(lambda: single("one at a time, eager (autograd, SGD)"))
if "packed" in parts: jobs += [lambda k=k: packed(k, False) for k in sizes]
if "packed-graph" in parts: jobs += [lambda k=k: packed(k, True) for k in sizes]
if "single-graph" in parts: jobs.append(lambda: single("one at a time, CUDA graph", graphed=True))
if "compile" in parts: jobs.append(lambda: single("one at a time, torch.compile", compiled=True))
for j in jobs:
    if time.time() - begin > budget: print("out of time after %.0f s" % (time.time() - begin)); break
    try: j()
    except Exception as e: print("failed:", type(e).__name__, str(e)[:300], flush=True)
    if dev.type == "cuda": torch.cuda.empty_cache()
