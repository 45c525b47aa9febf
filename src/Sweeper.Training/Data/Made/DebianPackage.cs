using System.ComponentModel;
using System.Diagnostics;
using Sweeper.Core.Errors;

namespace Sweeper.Training.Data.Made;

/// <summary>A package of Debian that something is made from. It is never installed from here.</summary>
/// <param name="Name">Name of the package.</param>
/// <param name="Version">The version that gives the known bytes.</param>
public sealed record DebianPackage(string Name, string Version)
{
    /// <summary>What installs it.</summary>
    public string Install => $"apt-get install {Name}";

    /// <summary>The bytes of one of its files.</summary>
    /// <param name="path">Where the package puts it.</param>
    public byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path, fault);
        }
    }

    /// <summary>What one of its programs writes to its standard output.</summary>
    /// <param name="program">Name of the program, which is looked for on the path.</param>
    /// <param name="arguments">Its arguments.</param>
    public byte[] Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var complaint = process.StandardError.ReadToEndAsync();
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            return process.ExitCode == 0 ? output.ToArray() : throw new SweepException(
                ExitCode.Preflight, $"{program} ended with exit code {process.ExitCode}: {complaint.Result.Trim()}",
                $"Its package is {this}; try the program by itself: {string.Join(' ', [program, .. arguments])}");
        }
        catch (Win32Exception fault)
        {
            throw Missing(program, fault);
        }
    }

    /// <summary>`espeak-ng 1.51 (Debian 12)`.</summary>
    public override string ToString() => $"{Name} {Version}";

    private SweepException Missing(string what, Exception fault) =>
        new(
            ExitCode.Preflight, $"{what} is not here: it is part of the Debian package {Name}",
            $"`{Install}`; the version that is meant is {Version}.", null, fault);
}
