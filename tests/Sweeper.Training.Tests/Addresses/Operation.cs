using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Addresses;

/// <summary>One operation of libtorch on operands of some shapes.</summary>
/// <param name="Member">Name of the member of TorchSharp that it is.</param>
/// <param name="Compute">Operands to results.</param>
/// <param name="Shapes">Of the operands.</param>
internal sealed record Operation(string Member, Func<Tensor[], Tensor[]> Compute, params long[][] Shapes)
{
    private const string Of = "torch.Tensor.";

    /// <summary>Lanes, examples, inputs and outputs of a layer: of students, of classifiers, and sides that no vector divides.</summary>
    private static readonly (long Lanes, long Examples, long Inputs, long Outputs)[] Layers =
        [(4, 24, 6, 5), (16, 64, 12, 12), (3, 17, 7, 5), (1, 100, 96, 10), (2, 33, 100, 50)];

    /// <summary>Batches of matrices: Jacobians, and weights.</summary>
    private static readonly long[][] Matrices = [[24, 4, 6], [7, 12, 12], [2, 96, 64], [2, 10, 96], [3, 17, 33]];

    private static readonly long[][] Values = [[4, 24, 5], [3, 17, 7], [2, 300, 10]];

    /// <summary>Every operation in which training and metrics compute, on shapes like theirs.</summary>
    public static ImmutableArray<Operation> All { get; } =
    [
        .. Layers.SelectMany(OfLayer), .. Matrices.SelectMany(OfMatrices),
        .. Values.SelectMany(Reductions), .. Values.SelectMany(Elementwise),
        .. Convolutions(8, 4, 2, 3, 28), .. Convolutions(16, 1, 8, 16, 14),
        .. Norms(8, 6, 16), .. Norms(3, 5, 7), .. Sequences(7, 3, 5), .. Sequences(20, 6, 11),
    ];

    private static IEnumerable<Operation> OfLayer((long Lanes, long Examples, long Inputs, long Outputs) layer)
    {
        var (lanes, examples, inputs, outputs) = layer;
        long[] input = [lanes, examples, inputs], weight = [lanes, outputs, inputs], error = [lanes, examples, outputs];
        yield return new(Of + "bmm", x => [x[0].bmm(x[1].transpose(1, 2))], input, weight);
        yield return new(Of + "bmm", x => [x[0].narrow(0, 0, 1).expand(lanes, -1, -1).bmm(x[1].transpose(1, 2))], input, weight);
        yield return new(Of + "bmm", x => [x[0].transpose(1, 2).bmm(x[1])], error, input);
        yield return new(Of + "bmm", x => [x[0].bmm(x[1])], error, weight);
        yield return new(Of + "matmul", x => [x[0].matmul(x[1].mT)], input, weight);
        yield return new(Of + "addmm_", x => [x[0][0].addmm_(x[1][0], x[2][0].mT, 1, 1)], error, input, weight);
        yield return new(Of + "addmm_", x => [x[0][0].addmm_(x[1][0].mT, x[2][0], 1, 1)], weight, error, input);
        yield return new(Of + "baddbmm", x => [x[1].baddbmm(x[2], x[0])], error, input, [lanes, inputs, outputs]);
        yield return new(Of + "matmul", x => [x[0].unsqueeze(1).matmul(x[1].unsqueeze(3))], weight, input);
        yield return new(Of + "matmul", x => [x[0].unsqueeze(1).mT.matmul(x[1].unsqueeze(3))], weight, error);
    }

    private static IEnumerable<Operation> OfMatrices(long[] shape)
    {
        yield return new("torch.linalg.svd", x => Parts(linalg.svd(x[0], fullMatrices: false)), shape);
        yield return new("torch.linalg.svd", x => Parts(linalg.svd(x[0][0], fullMatrices: false)), shape);
        yield return new("torch.linalg.pinv", x => [linalg.pinv(x[0])], shape);
        yield return new("torch.linalg.eigh", x => Two(linalg.eigh(x[0].mT.matmul(x[0]))), shape);

        static Tensor[] Parts((Tensor U, Tensor S, Tensor Vh) svd) => [svd.U, svd.S, svd.Vh];
        static Tensor[] Two((Tensor Values, Tensor Vectors) eigen) => [eigen.Values, eigen.Vectors];
    }

    private static IEnumerable<Operation> Reductions(long[] shape)
    {
        yield return new(Of + "sum", x => [x[0].sum(), x[0].sum(0), x[0].sum(1), x[0].sum(2)], shape);
        yield return new(Of + "sum", x => [x[0].sum([0L, 1L]), x[0].sum([1L, 2L])], shape);
        yield return new(Of + "mean", x => [x[0].mean([0L]), x[0].mean([1L]), x[0].mean([-1L])], shape);
        yield return new(Of + "cumsum", x => [x[0].cumsum(-1)], shape);
        yield return new(Of + "amax", x => [x[0].amax([-1L]), x[0].amax([1L])], shape);
        yield return new(Of + "softmax", x => [x[0].softmax(2)], shape);
        yield return new(Of + "log_softmax", x => [x[0].log_softmax(-1)], shape);
        yield return new(Of + "logsumexp", x => [x[0].logsumexp(2)], shape);
        yield return new("torch.nn.functional.layer_norm", x => [nn.functional.layer_norm(x[0], shape[2..])], shape);
        yield return new("torch.autograd.grad", x => Gradients(x, y => nn.functional.layer_norm(y[0], shape[2..]).tanh()), shape);
        yield return new("torch.autograd.grad", x => Gradients(x, y => y[0].log_softmax(-1)), shape);
        yield return new("torch.autograd.grad", x => Gradients(x, y => y[0].sigmoid() * y[0].tanh()), shape);
        yield return new(Of + "scatter_add_", x => [x[0].scatter_add_(2, First(shape), x[1].narrow(2, 0, 1))], shape, shape);
        yield return new("torch.autograd.grad", Gradient, shape);

        static Tensor First(long[] shape) => zeros(shape[0], shape[1], 1, dtype: ScalarType.Int64);
    }

    private static IEnumerable<Operation> Elementwise(long[] shape)
    {
        Scalar half = 0.5, third = 1.0 / 3;
        (string Member, Func<Tensor, Tensor> Compute)[] ofOne =
        [
            ("abs", x => x.abs()), ("abs_", x => x.abs_()), ("clamp_", x => x.clamp_(third, half)), ("exp", x => x.exp()),
            ("neg", x => x.neg()), ("leaky_relu", x => x.leaky_relu(third)), ("leaky_relu_", x => x.leaky_relu_(third)),
            ("reciprocal_", x => x.reciprocal_()), ("rsqrt", x => x.square().rsqrt()), ("sign", x => x.sign()), ("square", x => x.square()),
            ("pow", x => x.abs().pow(1.7)), ("div_", x => x.div_(third)), ("sigmoid", x => x.sigmoid()), ("tanh", x => x.tanh()),
            ("cos", x => x.cos()), ("sin", x => x.sin()),
        ];
        (string Member, Func<Tensor, Tensor, Tensor> Compute)[] ofTwo =
        [
            ("add", (x, y) => x.add(y, third)), ("addcmul", (x, y) => x.addcmul(x.square(), y, third)),
            ("add_", (x, y) => x.add_(y, third)), ("addcdiv_", (x, y) => x.addcdiv_(x.square(), y, third)),
            ("addcmul_", (x, y) => x.addcmul_(x.square(), y, third)), ("lerp", (x, y) => x.lerp(y, tensor(0.3, x.dtype))),
            ("mul", (x, y) => x.mul(y)), ("mul_", (x, y) => x.mul_(y)), ("sub", (x, y) => x.sub(y)), ("sub_", (x, y) => x.sub_(y)),
            ("op_Addition", (x, y) => x + y), ("op_Division", (x, y) => x / y), ("op_Multiply", (x, y) => x * y),
            ("op_Subtraction", (x, y) => x - y),
        ];
        return
        [
            .. ofOne.Select(one => new Operation(Of + one.Member, x => [one.Compute(x[0])], shape)),
            .. ofTwo.Select(two => new Operation(Of + two.Member, x => [two.Compute(x[0], x[1])], shape, shape)),
            new Operation("torch.special.entr", x => [special.entr(x[0].square())], shape),
        ];
    }

    /// <summary>Of stride 2 and padding 1, a group for every lane, and their gradients.</summary>
    private static IEnumerable<Operation> Convolutions(int examples, int lanes, int from, int to, int side)
    {
        long[] pictures = [examples, lanes * from, side, side], kernel = [lanes * to, from, 3, 3];
        yield return new("torch.nn.functional.conv2d", x => [Forward(x)], pictures, kernel);
        yield return new("torch.nn.functional.conv_transpose2d", x => [Back(x)], pictures, kernel);
        yield return new("torch.autograd.grad", x => Gradients(x, Back), pictures, kernel);

        Tensor Forward(Tensor[] x) => nn.functional.conv2d(x[0], x[1], null, [2, 2], [1, 1], null, lanes);
        Tensor Back(Tensor[] x) => nn.functional.conv_transpose2d(Forward(x), x[1], null, [2, 2], [1, 1], [1, 1], groups: lanes);
    }

    /// <summary>By the statistics of a batch of pictures.</summary>
    private static IEnumerable<Operation> Norms(int examples, int channels, int side)
    {
        long[] pictures = [examples, channels, side, side];
        yield return new("torch.nn.functional.batch_norm", x => [Normalised(x)], pictures);
        yield return new("torch.autograd.grad", x => Gradients(x, Normalised), pictures);

        yield return new("torch.nn.functional.group_norm", x => [Grouped(x)], pictures);
        yield return new("torch.autograd.grad", x => Gradients(x, Grouped), pictures);

        Tensor Grouped(Tensor[] x) => nn.functional.group_norm(x[0], channels % 2 == 0 ? 2 : 1);

        Tensor Normalised(Tensor[] x) => nn.functional.batch_norm(
            x[0], zeros(channels, x[0].dtype), ones(channels, x[0].dtype), null, null, true, 0.1, 1e-5);
    }

    /// <summary>Labels of two letters at frames of sequences.</summary>
    private static IEnumerable<Operation> Sequences(int frames, int examples, int classes)
    {
        long[] scores = [frames, examples, classes];
        yield return new("torch.nn.functional.ctc_loss", x => [Loss(x)], scores);
        yield return new("torch.autograd.grad", x => Gradients(x, Loss), scores);

        Tensor Loss(Tensor[] x) => nn.functional.ctc_loss(
            x[0].log_softmax(-1), ones([examples, 2], dtype: ScalarType.Int64), full([examples], frames, dtype: ScalarType.Int64),
            full([examples], 2, dtype: ScalarType.Int64), reduction: nn.Reduction.None);
    }

    private static Tensor[] Gradient(Tensor[] operands) => Gradients(operands, x => x[0].leaky_relu(0.1).logsumexp(2));

    private static Tensor[] Gradients(Tensor[] operands, Func<Tensor[], Tensor> compute)
    {
        using var _ = enable_grad();
        Tensor[] leaves = [.. operands.Select(operand => operand.detach().requires_grad_(true))];
        return [.. autograd.grad([compute(leaves).square().sum()], leaves)];
    }
}
