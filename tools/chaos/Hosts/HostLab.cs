using System.Diagnostics;

namespace Sweeper.Chaos.Hosts;

/// <summary>
/// Hosts of one machine: network namespaces with an address, a host's name and a folder of their own each, and one folder that all share.
/// They are gone when this process is: it has a network and mounts of its own (<see cref="OwnMounts"/>).
/// </summary>
internal sealed class HostLab
{
    /// <summary>The first three parts of addresses: TEST-NET-2 of RFC 5737, which no network uses.</summary>
    private const string Network = "198.51.100.";

    private readonly int[] addresses;
    private readonly string folder;

    /// <summary>Makes them.</summary>
    /// <param name="hosts">How many.</param>
    /// <param name="seed">Of what the switch loses.</param>
    /// <param name="folder">A folder that is there; its `own` is each host's own.</param>
    public HostLab(int hosts, int seed, string folder)
    {
        this.folder = folder;
        addresses = new int[hosts + 1];
        Directory.CreateDirectory(Path.Combine(folder, "own"));
        // Where `ip` keeps its namespaces: in a place of our own.
        Run("mount", "-t", "tmpfs", "none", "/run");
        Ip("link", "set", "lo", "up");
        var ports = new List<TapPort>();
        for (var host = 1; host <= hosts; host++)
        {
            Directory.CreateDirectory(Path.Combine(folder, Name(host)));
            Ip("netns", "add", Name(host));
            ports.Add(new TapPort($"port{host}"));
            Ip("link", "set", $"port{host}", "netns", Name(host), "name", "eth0");
            Ip("-n", Name(host), "link", "set", "lo", "up");
            Ip("-n", Name(host), "link", "set", "eth0", "up");
            Move(host, host);
        }

        Switch = new Switch(ports, seed);
    }

    /// <summary>Why there can be none, or null.</summary>
    public static string? Lack =>
        OwnMounts.Lack is not null || !OwnMounts.HasNetwork ? "hosts need root and `unshare -m -n`"
        : !File.Exists("/dev/net/tun") ? "hosts need /dev/net/tun"
        : !Succeeds("ip", "-V") ? "hosts need `ip` (package iproute2)"
        : null;

    /// <summary>What connects them.</summary>
    public Switch Switch { get; }

    /// <summary>Gives a host an address of which this is the last part, in place of the one that it had.</summary>
    public void Move(int host, int last)
    {
        Ip("-n", Name(host), "addr", "flush", "dev", "eth0", "scope", "global");
        Ip("-n", Name(host), "addr", "add", $"{Network}{last}/24", "dev", "eth0");
        addresses[host] = last;
    }

    /// <summary>Gives it one that no host has had yet.</summary>
    public void MoveElsewhere(int host) => Move(host, addresses.Max() + 1);

    /// <summary>What makes a command run on a host: it stands before it, and is replaced by it.</summary>
    public string[] On(int host)
    {
        var own = Path.Combine(folder, "own");
        return
        [
            "ip", "netns", "exec", Name(host), "unshare", "-u", "sh", "-c",
            $"hostname {Name(host)} && mount --bind '{Path.Combine(folder, Name(host))}' '{own}' && cd '{own}' && exec \"$@\"", "sh",
        ];
    }

    private static string Name(int host) => $"host{host}";

    private static void Ip(params string[] arguments) => Run("ip", arguments);

    private static void Run(string program, params string[] arguments)
    {
        if (!Succeeds(program, arguments))
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed");
        }
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
