using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sweeper.Training.Libtorch;

/// <summary>
/// Sends what TorchSharp frees of scalars to <see cref="FreedScalars"/>: its native function for that becomes a jump. TorchSharp offers no
/// other place to step in.
/// </summary>
internal static unsafe partial class ScalarGuard
{
    private const string Function = "THSTorch_dispose_scalar";
    private const int Readable = 1, Writable = 2, Executable = 4;

    /// <summary>mov rax, address; jmp rax.</summary>
    private static readonly byte[] Jump = [0x48, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xE0];

    private static readonly FreedScalars Freed = new(static scalar => NativeMemory.Free((void*)scalar), TimeProvider.System);

    /// <summary>
    /// Does so; before anything is computed. Returns whether it could: not on another processor's code, nor where code must not be
    /// written to, and there TorchSharp is as it is.
    /// </summary>
    /// <param name="library">TorchSharp's native half.</param>
    public static bool TryInstall(nint library)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64
            || !NativeLibrary.TryGetExport(library, Function, out var function))
        {
            return false;
        }

        nint page = Environment.SystemPageSize, first = function / page * page, size = function + Jump.Length - first;
        if (Protect(first, size, Readable | Writable | Executable) != 0)
        {
            return false;
        }

        Jump.CopyTo(new Span<byte>((void*)function, Jump.Length));
        Unsafe.WriteUnaligned((void*)(function + 2), (nint)(delegate* unmanaged<nint, void>)&Free);
        _ = Protect(first, size, Readable | Executable);
        return true;
    }

    [UnmanagedCallersOnly]
    private static void Free(nint scalar) => Freed.Add(scalar);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint first, nint size, int protection);
}
