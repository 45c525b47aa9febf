using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests;

/// <summary>Tests whose tensors end with them.</summary>
public abstract class TensorTest : IDisposable
{
    private protected DisposeScope Scope { get; } = NewDisposeScope();

    public void Dispose()
    {
        Scope.Dispose();
        GC.SuppressFinalize(this);
    }
}
