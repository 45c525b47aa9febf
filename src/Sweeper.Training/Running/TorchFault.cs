using System.Runtime.InteropServices;

namespace Sweeper.Training.Running;

/// <summary>libtorch's errors carry pages of C++ frames; people and the retry policy need the first line and the kind.</summary>
internal static class TorchFault
{
    /// <summary>An exception of one line: <see cref="InsufficientMemoryException"/> (an <see cref="OutOfMemoryException"/>) where the device had too little memory.</summary>
    public static Exception Of(ExternalException fault)
    {
        var message = fault.Message.AsSpan();
        var line = message[..(message.IndexOf('\n') is >= 0 and var end ? end : message.Length)].Trim().ToString();
        var isMemory = line.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || line.Contains("can't allocate memory", StringComparison.Ordinal);
        return isMemory ? new InsufficientMemoryException(line, fault) : new InvalidOperationException(line, fault);
    }
}
