using System.Runtime.InteropServices;
using Sweeper.Training.Libtorch;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Libtorch;

public sealed class TorchFaultTests
{
    [Fact]
    public void A_tensor_larger_than_any_memory_is_out_of_memory_in_one_line()
    {
        var fault = TorchFault.Of(Assert.Throws<ExternalException>(() => empty(1L << 50, dtype: ScalarType.Float64)));
        Assert.IsAssignableFrom<OutOfMemoryException>(fault);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Any_other_fault_is_its_first_line()
    {
        using var scope = NewDisposeScope();
        var fault = TorchFault.Of(Assert.Throws<ExternalException>(() => ones(2, 3).mm(ones(2, 3))));
        Assert.IsType<InvalidOperationException>(fault);
        Assert.DoesNotContain('\n', fault.Message);
    }
}
