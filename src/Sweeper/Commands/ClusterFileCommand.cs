using System.CommandLine;
using System.Globalization;
using System.Net;
using Sweeper.Cluster.Hosting;
using Sweeper.Core.Errors;
using Sweeper.Results.Files;
using Sweeper.Running;

namespace Sweeper.Commands;

/// <summary>
/// `sweeper cluster-file`: makes the file before its coordinator, for where files are given to processes as read-only secrets.
/// </summary>
internal static class ClusterFileCommand
{
    public static Command Build(TextWriter output)
    {
        var address = new Option<string>("--address")
        {
            Description = "where the coordinator will be: NAME:PORT, an IPv6 address in brackets", HelpName = "name:port", Required = true,
        };
        var file = new Option<string?>("--output", "-o")
        {
            Description = "file to write, which only you can read; default: to standard output", HelpName = "file",
        };
        var command = new Command(
            "cluster-file",
            "Makes a cluster file with a new certificate for a coordinator that will be at a fixed address. Who can read it is a member.")
        {
            address, file,
        };
        command.SetAction(parsed =>
        {
            var text = ClusterFile.Fixed(Read(parsed.GetValue(address)!));
            if (parsed.GetValue(file) is { } path)
            {
                Write(Path.GetFullPath(path), text);
                output.WriteLine($"{path}: a secret; whoever can read it is a member of the cluster");
            }
            else
            {
                output.Write(text);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static void Write(string path, string text)
    {
        if (File.Exists(path))
        {
            throw new SweepException(ExitCode.Preflight, "there is a file already: its members would be left behind",
                "Move it away, or name another one.", path);
        }

        SecretFile.Replace(path, text, null);
    }

    private static NodeAddress Read(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "" : text[..colon];
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0
            && Host(host) is { } known ? new NodeAddress(known, port)
            : throw new SweepException(
                ExitCode.Usage, $"--address needs NAME:PORT, and '{text}' is none",
                "For example sweeper-coordinator:4711, 10.0.0.7:4711, or [fd00::7]:4711.");
    }

    /// <summary>As nodes write it; null: it is none.</summary>
    private static string? Host(string text) => text is ['[', .. var inner, ']']
        ? IPAddress.TryParse(inner, out var six) ? $"[{six}]" : null
        : Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 ? text : null;
}
