using System.CommandLine;
using System.Net;
using Sweeper.Running.Addresses;
using Sweeper.Core.Errors;

namespace Sweeper.Commands;

/// <summary>The options of every verb that opens a node: where it listens, and how others reach it.</summary>
internal sealed class ListenArguments
{
    private const string Remedy =
        "`ip address` lists the addresses of this host; 0.0.0.0 stands for all of them, 127.0.0.1 is for this machine only.";

    private readonly Option<string?> bind = new("--bind")
    {
        Description = "address at which it listens; default: the one that it gives to others", HelpName = "address",
    };

    private readonly Option<string?> advertise = new("--advertise")
    {
        Description = "name or address by which others reach it; default: this host's address towards them", HelpName = "name",
    };

    private readonly Option<int> port = new("--port") { Description = "TCP port; default: a free one" };

    public ListenArguments() => port.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number is < 0 or > IPEndPoint.MaxPort)
        {
            result.AddError($"--port is a number from 0 to {IPEndPoint.MaxPort}");
        }
    });

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(bind);
        command.Add(advertise);
        command.Add(port);
    }

    /// <summary>What they say. Throws <see cref="SweepException"/> (usage) for what is no address.</summary>
    public ListenRequest Of(ParseResult parsed) =>
        new(Address(parsed.GetValue(bind)), Name(parsed.GetValue(advertise)), parsed.GetValue(port));

    private static IPAddress? Address(string? text) => text is null ? null
        : IPAddress.TryParse(text, out var address) ? address
        : throw new SweepException(ExitCode.Usage, $"--bind needs an address, and '{text}' is none", Remedy);

    private static string? Name(string? text) =>
        text is null ? null
        : IPAddress.TryParse(text, out var address)
            ? address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
                ? throw new SweepException(
                    ExitCode.Usage, $"nobody can reach a node at {text}", "--advertise names one address, --bind may be all.")
                : address.ToString()
        : Uri.CheckHostName(text) == UriHostNameType.Dns ? text
        : throw new SweepException(
            ExitCode.Usage, $"--advertise needs a name or an address, and '{text}' is neither", "The port is --port.");
}
