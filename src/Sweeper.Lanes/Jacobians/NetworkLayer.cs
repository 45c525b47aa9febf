namespace Sweeper.Lanes.Jacobians;

/// <summary>A layer of many networks of one shape: y = W x + b, and then the activation where it has one.</summary>
/// <param name="inputs">Columns of W.</param>
/// <param name="outputs">Rows of W.</param>
/// <param name="weights">W of the first network, by rows.</param>
/// <param name="biases">b of the first network; null for none.</param>
/// <param name="network">Numbers from one network's to the next one's.</param>
/// <param name="hasActivation">Whether the activation follows.</param>
internal readonly unsafe struct NetworkLayer<T>(int inputs, int outputs, T* weights, T* biases, nint network, bool hasActivation)
    where T : unmanaged
{
    private readonly T* weights = weights, biases = biases;

    /// <summary>Columns of W.</summary>
    public int Inputs { get; } = inputs;

    /// <summary>Rows of W.</summary>
    public int Outputs { get; } = outputs;

    /// <summary>Whether the activation follows.</summary>
    public bool HasActivation { get; } = hasActivation;

    /// <summary>W of a network.</summary>
    public T* Weights(int of) => weights + of * network;

    /// <summary>b of a network; null for none.</summary>
    public T* Biases(int of) => biases == null ? null : biases + of * network;
}
