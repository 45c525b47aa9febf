using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Serialization;

namespace Sweeper.Cluster.Security;

/// <summary>
/// One of Akka's serializers, reduced to what nodes of Sweeper say to each other: it neither writes nor reads anything else, and
/// does not look up the types that a frame names.
/// </summary>
/// <param name="system">The node.</param>
/// <param name="inner">The serializer.</param>
/// <param name="manifests">
/// What it may write and read, by manifest (empty for a serializer that has none); the type where the manifest is a type's name.
/// </param>
internal sealed class NarrowSerializer(ExtendedActorSystem system, Serializer inner, IReadOnlyDictionary<string, Type?> manifests)
    : SerializerWithStringManifest(system)
{
    /// <summary>
    /// A selection with a question in it that has a text in it. A frame that is full of messages in one another would overflow the
    /// stack, and end the process.
    /// </summary>
    private const int MostNested = 3;

    [ThreadStatic]
    private static int nested;

    /// <inheritdoc/>
    public override int Identifier => inner.Identifier;

    /// <inheritdoc/>
    public override string Manifest(object o) => Akka.Serialization.Serialization.ManifestFor(inner, o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        manifests.ContainsKey(Manifest(obj))
            ? inner.ToBinary(obj)
            : throw new SerializationException($"{obj.GetType()} is not for other nodes");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!manifests.TryGetValue(manifest ?? "", out var type) || nested == MostNested)
        {
            throw new SerializationException("no node says this");
        }

        nested++;
        try
        {
            var message = inner is SerializerWithStringManifest byText ? byText.FromBinary(bytes, manifest) : inner.FromBinary(bytes, type);
            return IsFromAfar(message) ? message : throw new SerializationException("only this node itself says this");
        }
        finally
        {
            nested--;
        }
    }

    /// <summary>
    /// Who watches here, and who of here has ended, is said here: other nodes watch actors of this one, and say when theirs have ended.
    /// </summary>
    private static bool IsFromAfar(object message) => message switch
    {
        Watch watch => watch is { Watchee.IsLocal: true, Watcher.IsLocal: false },
        Unwatch unwatch => unwatch is { Watchee.IsLocal: true, Watcher.IsLocal: false },
        DeathWatchNotification ended => ended.Actor is IInternalActorRef { IsLocal: false },
        _ => true,
    };
}
