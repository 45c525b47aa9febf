using System.Runtime.InteropServices;

namespace Sweeper.Training.Libtorch;

/// <summary>libtorch's errors carry pages of C++ frames; people and the retry policy need the first line and the kind.</summary>
internal static class TorchFault
{
    /// <summary>
    /// An exception of one line: <see cref="InsufficientMemoryException"/> (an <see cref="OutOfMemoryException"/>) where the device had too
    /// little memory.
    /// </summary>
    public static Exception Of(ExternalException fault)
    {
        var line = FirstLine(fault);
        return IsMemory(fault) ? new InsufficientMemoryException(line, fault) : new InvalidOperationException(line, fault);
    }

    /// <summary>Whether it is an error of libtorch that the device had too little memory.</summary>
    public static bool IsMemory(Exception exception) => exception is ExternalException fault
        && FirstLine(fault) is var line
        && (line.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            || line.Contains("can't allocate memory", StringComparison.Ordinal));

    private static string FirstLine(ExternalException fault) => fault.Message.Split('\n')[0].Trim();
}
