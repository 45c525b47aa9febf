using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sweeper.Core.Errors;

namespace Sweeper.Running.Metrics;

/// <summary>Where metrics are served.</summary>
/// <param name="Address">Of this host; any: at all of them.</param>
/// <param name="Port">TCP port.</param>
internal sealed record MetricsAddress(IPAddress Address, int Port)
{
    /// <summary>As a listener for HTTP names it: `*` for all addresses.</summary>
    public string Host => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any) ? "*"
        : Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Address}]" : Address.ToString();

    /// <summary>Other names under which it is asked for: a listener for HTTP answers to those only that it knows.</summary>
    public IEnumerable<string> Aliases =>
        Address.Equals(IPAddress.Loopback) ? [string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}/")] : [];

    /// <summary>For people.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://{Host}:{Port}/metrics");

    /// <summary>Reads `PORT` or `ADDRESS:PORT`; a port alone is on loopback. Throws <see cref="SweepException"/> (usage).</summary>
    public static MetricsAddress Parse(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort)
        {
            return new MetricsAddress(IPAddress.Loopback, port);
        }

        return IPEndPoint.TryParse(text, out var place) && place.Port > 0 && text.Contains(':', StringComparison.Ordinal)
            ? new MetricsAddress(place.Address, place.Port)
            : throw new SweepException(
                ExitCode.Usage, $"--metrics needs a port, or an address and a port, and '{text}' is neither",
                "--metrics 9464 is for this machine only, --metrics 0.0.0.0:9464 for all who reach it.");
    }
}
