using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Quantities that training does not change, kept for all snapshots of a pack.</summary>
/// <param name="scope">Owns their tensors.</param>
internal sealed class PackConstants(DisposeScope scope) : IDisposable
{
    private readonly Dictionary<object, object> computed = [];
    private readonly Dictionary<object, IDisposable?> kept = [];

    /// <summary>A quantity, computed at the first request.</summary>
    public T Get<T>(IQuantity<T> quantity, NetworkSnapshot snapshot)
        where T : notnull
    {
        if (!computed.TryGetValue(quantity, out var value))
        {
            value = quantity.Compute(snapshot);
            Tensor[] tensors = value is Modes modes ? [modes.U, modes.S, modes.V] : [(Tensor)value];
            // TorchSharp forgets a tensor that is moved to the scope it is in already, and its finalizer then ends the process.
            foreach (var kept in tensors.Where(made => !scope.Contains(made)))
            {
                kept.MoveToOtherDisposeScope(scope);
            }

            computed[quantity] = value;
        }

        return (T)value;
    }

    /// <summary>Something that is made at the first request, and freed with the pack; it may be null.</summary>
    public T? Keep<T>(object key, Func<T?> make)
        where T : class, IDisposable
    {
        if (!kept.TryGetValue(key, out var value))
        {
            kept[key] = value = make();
        }

        return (T?)value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in kept.Values)
        {
            one?.Dispose();
        }
    }
}
