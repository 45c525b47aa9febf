using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Addresses;

/// <summary>Numbers do not depend on where their operands lie: a pack that goes on elsewhere is the one that never paused.</summary>
public sealed class AddressTests
{
    private static readonly int[] Shifts = [4, 8, 16, 32];

    public static TheoryData<string> Members => [.. Operation.All.Select(operation => operation.Member).Distinct()];

    [Theory, MemberData(nameof(Members))]
    public void An_operation_gives_the_same_bits_wherever_its_operands_lie(string member)
    {
        foreach (var operation in Operation.All.Where(operation => operation.Member == member))
        {
            Check(operation, ScalarType.Float32);
            Check(operation, ScalarType.Float64);
        }
    }

    [Fact]
    public void Every_operation_that_the_program_uses_is_among_them_or_rounds_nothing()
    {
        var rounding = UsedOperations.All.Except(UsedOperations.Exact);
        var tested = Operation.All.Select(operation => operation.Member).ToHashSet();
        var untested = string.Join(", ", rounding.Except(tested));
        Assert.True(untested.Length == 0, $"used and not tested: {untested}");
        Assert.Empty(tested.Except(rounding));
        Assert.Empty(UsedOperations.Exact.Except(UsedOperations.All));
    }

    private static void Check(Operation operation, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor[] operands = [.. operation.Shapes.Select((shape, place) => Numbers(shape, place).to(type))];
        var expected = Bits(operation, operands, _ => 0);
        foreach (var shift in Shifts.Where(shift => shift % operands.Max(operand => operand.element_size()) == 0))
        {
            var shapes = operation.Shapes.Select(shape => string.Join('x', shape));
            var where = $"{operation.Member}, {type} {string.Join(" and ", shapes)}, {shift} bytes on";
            Assert.True(expected.SequenceEqual(Bits(operation, operands, _ => shift)), where);
            Assert.True(expected.SequenceEqual(Bits(operation, operands, place => place == 0 ? shift : 0)), where + ", the first one only");
        }
    }

    private static IEnumerable<string> Bits(Operation operation, Tensor[] operands, Func<int, int> shift)
    {
        var results = operation.Compute([.. operands.Select((operand, place) => Shifted(operand, shift(place)))]);
        return [.. results.Select(result => Convert.ToHexString(result.detach().contiguous().bytes))];
    }

    /// <summary>A copy that begins so many bytes after where libtorch's memory begins, which is a multiple of 64.</summary>
    private static Tensor Shifted(Tensor values, int bytes)
    {
        var first = bytes / values.element_size();
        return empty(values.numel() + first, values.dtype).narrow(0, first, values.numel()).view(values.shape).copy_(values);
    }

    private static Tensor Numbers(long[] shape, int place)
    {
        var random = new Random(place);
        var count = shape.Aggregate(1L, (product, length) => product * length);
        return tensor([.. Enumerable.Range(0, (int)count).Select(_ => random.NextDouble() - 0.5)], shape);
    }
}
