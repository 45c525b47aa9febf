using System.Runtime.InteropServices;
using System.Text;

namespace Sweeper.Chaos.Hosts;

/// <summary>
/// One end of a network interface: what its host sends is read here, and what is written here it receives. The interface is gone when
/// this process is.
/// </summary>
internal sealed unsafe partial class TapPort
{
    private const int ReadWrite = 2;
    private const int CloseOnExec = 0x80000;
    private const nuint SetInterface = 0x400454ca;
    private const short TapWithoutHeader = 0x1002;
    private const int NameLength = 16;
    private const int RequestLength = 40;
    private readonly int device;

    /// <summary>Makes an interface of a name. Throws <see cref="InvalidOperationException"/> where that cannot be.</summary>
    public TapPort(string name)
    {
        device = Open("/dev/net/tun", ReadWrite | CloseOnExec);
        var request = stackalloc byte[RequestLength];
        new Span<byte>(request, RequestLength).Clear();
        Encoding.ASCII.GetBytes(name, new Span<byte>(request, NameLength - 1));
        *(short*)(request + NameLength) = TapWithoutHeader;
        if (device < 0 || Control(device, SetInterface, request) != 0)
        {
            throw new InvalidOperationException($"no interface can be made: error {Marshal.GetLastPInvokeError()}");
        }
    }

    /// <summary>Waits for the next frame; its length, or 0 when the interface is gone.</summary>
    public int Receive(Span<byte> frame)
    {
        fixed (byte* bytes = frame)
        {
            return (int)Math.Max(0, Read(device, bytes, (nuint)frame.Length));
        }
    }

    /// <summary>Hands the host a frame; one that it does not take (it is down) is lost, as on a wire.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        fixed (byte* bytes = frame)
        {
            _ = Write(device, bytes, (nuint)frame.Length);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int file, nuint request, byte* argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int file, byte* bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, byte* bytes, nuint length);
}
