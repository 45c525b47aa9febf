using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Sweeper.Cluster.Wire;

/// <summary>Serializer of every <see cref="ISweeperMessage"/>; formats are in <see cref="WireFormats"/>.</summary>
internal sealed class SweeperSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <inheritdoc/>
    public override int Identifier => 411;

    /// <inheritdoc/>
    public override string Manifest(object o) => FormatOf(o).Manifest;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        var writer = new WireWriter();
        FormatOf(obj).Write(writer, (ISweeperMessage)obj);
        return writer.Written.ToArray();
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        var format = WireFormats.Of(manifest) ?? throw new SerializationException($"no message has the manifest '{manifest}'");
        var reader = new WireReader(bytes);
        var message = format.Read(reader);
        return reader.IsAtEnd ? message : throw new SerializationException($"'{manifest}' has bytes after its end");
    }

    private static WireFormat FormatOf(object message) =>
        WireFormats.Of(message.GetType())
        ?? throw new SerializationException($"{message.GetType().Name} has no line in {nameof(WireFormats)}");
}
