using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>
/// Reads YAML into <see cref="YamlNode"/>s that know their places. Anchors, tags and several documents are refused: a sweep
/// file says what it means where it stands.
/// </summary>
internal sealed class YamlReader
{
    private const int DeepestNesting = 12;

    private readonly Parser events;
    private readonly string yaml;
    private readonly Func<Mark, SourcePlace> placeOf;
    private readonly Faults faults;

    private YamlReader(string yaml, Func<Mark, SourcePlace> placeOf, Faults faults)
    {
        events = new Parser(new StringReader(yaml));
        this.yaml = yaml;
        this.placeOf = placeOf;
        this.faults = faults;
    }

    /// <summary>
    /// The document's root, or null where there is none. Throws where the text cannot be understood; a key that stands twice is noted.
    /// </summary>
    public static YamlNode? Read(SourceText source, Faults faults) => Read(source.Text, mark => source.At(mark.Line, mark.Column), faults);

    /// <summary>The same for a text that lies somewhere inside a source.</summary>
    public static YamlNode? Read(string yaml, Func<Mark, SourcePlace> placeOf, Faults faults)
    {
        var reader = new YamlReader(yaml, placeOf, faults);
        try
        {
            return reader.Document();
        }
        catch (YamlException fault)
        {
            throw Invalid(placeOf(fault.Start), $": {fault.Message.TrimEnd('.')}");
        }
        catch (InvalidOperationException)
        {
            // The scanner's way of meeting a bracket or sign where a key should go on.
            throw Invalid(placeOf(reader.events.Current?.End ?? Mark.Empty), "");
        }
    }

    private static Errors.SweepException Invalid(SourcePlace place, string reason) =>
        place.Fault($"this is not valid YAML{reason}", "check brackets, quotes, colons and indentation here and in the line above");

    private YamlNode? Document()
    {
        events.Consume<StreamStart>();
        if (!events.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var root = Node(0);
        events.Consume<DocumentEnd>();
        return events.Accept<StreamEnd>(out _)
            ? root : throw Here().Fault(
                "a second YAML document begins here", "a sweep file holds one sweep: remove the '---' line or split the file");
    }

    private YamlNode Node(int depth)
    {
        if (depth > DeepestNesting)
        {
            throw Here().Fault("brackets are nested too deeply", "no entry of a sweep file needs more than a list of lists");
        }

        if (events.Accept<NodeEvent>(out var node) && !(node.Anchor.IsEmpty && node.Tag.IsEmpty) || events.Accept<AnchorAlias>(out _))
        {
            throw Here().Fault(
                "anchors, aliases and tags (&, *, !) are not part of a sweep file",
                "write the value out; quote a text that begins with one of these signs");
        }

        var place = Here();
        if (events.TryConsume<Scalar>(out var scalar))
        {
            return new YamlScalar(scalar.Value, place);
        }

        return events.TryConsume<SequenceStart>(out _) ? List(place, depth) : Table(place, depth);
    }

    private YamlList List(SourcePlace place, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!events.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new YamlList(items.ToImmutable(), place);
    }

    private YamlTable Table(SourcePlace place, int depth)
    {
        events.Consume<MappingStart>();
        var read = new List<RawEntry>();
        while (!events.TryConsume<MappingEnd>(out _))
        {
            var keyEnd = End();
            if (Node(depth + 1) is not YamlScalar key)
            {
                throw place.Fault("a key must be a word", "put the list or table after a key and a colon");
            }

            var valueStart = (int)(events.Current?.Start.Index ?? 0);
            read.Add(new RawEntry(key, keyEnd, Node(depth + 1), valueStart));
        }

        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var seen = new Dictionary<string, SourcePlace>();
        for (var i = 0; i < read.Count; i++)
        {
            var (key, value) = (read[i].Key, read[i].Value);
            var parts = Parts(read, i);
            if (parts > 0)
            {
                value = ((YamlScalar)value) with { Text = yaml[read[i].ValueStart..read[i + parts].KeyEnd] };
                i += parts;
            }

            if (seen.TryAdd(key.Text, key.Place))
            {
                entries.Add(new YamlEntry(key, value));
            }
            else
            {
                faults.Add(key.Place.Fault($"the key '{key.Text}' stands twice (first on {seen[key.Text].Brief})", "keep one of the two"));
            }
        }

        return new YamlTable(entries.ToImmutable(), place);
    }

    /// <summary>
    /// How many entries after one belong to its value: between braces `noise: linspace(0, 1, 5)` is cut at its commas into
    /// keys without values, which mean nothing else.
    /// </summary>
    private static int Parts(List<RawEntry> read, int at)
    {
        if (read[at].Value is YamlScalar begun && GeneratorCall.IsBegun(begun.Text))
        {
            for (var next = at + 1; next < read.Count && read[next].Value is YamlScalar { Text: "" }; next++)
            {
                if (read[next].Key.Text.EndsWith(')'))
                {
                    return next - at;
                }
            }
        }

        return 0;
    }

    private int End() => (int)(events.Current?.End.Index ?? 0);

    private SourcePlace Here() => placeOf(events.Current?.Start ?? Mark.Empty);

    private readonly record struct RawEntry(YamlScalar Key, int KeyEnd, YamlNode Value, int ValueStart);
}
