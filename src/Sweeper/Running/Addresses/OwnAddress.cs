using System.Net;

namespace Sweeper.Running.Addresses;

/// <summary>An address of an interface of this host that is up.</summary>
/// <param name="Address">The address.</param>
/// <param name="HasGateway">Whether its interface leads to other networks: that of a bridge for containers does not.</param>
internal sealed record OwnAddress(IPAddress Address, bool HasGateway);
