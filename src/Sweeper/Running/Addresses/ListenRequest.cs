using System.Net;

namespace Sweeper.Running.Addresses;

/// <summary>What the command line says about where a node listens.</summary>
/// <param name="Bind">Address that it listens at; null: as <see cref="AddressRule"/> chooses.</param>
/// <param name="Advertise">Name or address that it gives to others, an IPv6 address without brackets; null: chosen, too.</param>
/// <param name="Port">TCP port; 0: a free one.</param>
internal sealed record ListenRequest(IPAddress? Bind = null, string? Advertise = null, int Port = 0);
