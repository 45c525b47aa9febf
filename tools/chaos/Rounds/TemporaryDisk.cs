using System.Diagnostics;
using System.Globalization;

namespace Sweeper.Chaos.Rounds;

/// <summary>
/// A small disk in memory that can be made full, and larger again. Lives in the campaign's own mount namespace, and ends with it.
/// </summary>
internal sealed class TemporaryDisk : IDisposable
{
    private const int Size = 512;
    private readonly string folder;

    /// <summary>Mounts one on a folder.</summary>
    public TemporaryDisk(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        Mount("-t", "tmpfs", "-o", $"size={Size}m", "none", folder);
    }

    /// <summary>As full as it is: what is written from now on finds no place, or nearly none.</summary>
    public void Fill()
    {
        for (var pages = 0L; ; pages += 4)
        {
            var drive = new DriveInfo(folder);
            var used = (drive.TotalSize - drive.AvailableFreeSpace) / 1024 + pages * 4;
            if (TryMount("-o", string.Create(CultureInfo.InvariantCulture, $"remount,size={used}k"), folder))
            {
                return;
            }
        }
    }

    /// <summary>Makes it as large as it was.</summary>
    public void Heal() => Mount("-o", $"remount,size={Size}m", folder);

    /// <summary>Copies what is on it to where it outlives the campaign.</summary>
    public void Keep(string copy) => Call("cp", "-a", folder, copy);

    /// <inheritdoc/>
    public void Dispose() => Call("umount", "-l", folder);

    private static void Mount(params string[] arguments)
    {
        if (!TryMount(arguments))
        {
            throw new InvalidOperationException($"mount {string.Join(' ', arguments)} failed");
        }
    }

    private static bool TryMount(params string[] arguments) => Call("mount", arguments) == 0;

    private static int Call(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
