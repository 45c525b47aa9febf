namespace Sweeper.Core.Sweeps.Reading;

/// <summary>Reads `--set` and `--seeds` into sections, with places inside the argument.</summary>
internal static class CommandLineReader
{
    /// <summary>`name=value` fixes a name, `name=a,b` and `name=linspace(a,b,n)` give it an axis; vectors stand in brackets.</summary>
    public static SweepSections Set(string argument)
    {
        var source = new SourceText("--set", argument, IsArgument: true);
        var equals = argument.IndexOf('=');
        if (equals <= 0)
        {
            throw source.At(1, 1).Fault("a value is set as name=value", "write for example --set depth=4 or --set 'noise=linspace(0,1,5)'");
        }

        var name = new YamlScalar(argument[..equals].Trim(), source.At(1, 1));
        if (name.Text is "seeds" or "profile")
        {
            throw name.Place.Fault($"'{name.Text}' is no hyperparameter", $"use --{name.Text} {argument[(equals + 1)..]}");
        }

        var given = argument[(equals + 1)..];
        if (GeneratorCall.Is(given))
        {
            return new SweepSections { Grid = [new YamlEntry(name, new YamlScalar(given, source.At(1, equals + 2)))] };
        }

        var values = Items(source, equals + 1, given);
        return values.Items switch
        {
            [] => throw source.At(1, equals + 2).Fault($"'{name.Text}' is given no value", "write name=value"),
            [YamlList { Items: [YamlList, ..] } vectors] => new SweepSections { Grid = [new YamlEntry(name, vectors)] },
            [var value] => new SweepSections { Fixed = [new YamlEntry(name, value)] },
            _ => new SweepSections { Grid = [new YamlEntry(name, values)] },
        };
    }

    /// <summary>A count, `a..b`, or `a,b,c`.</summary>
    public static SweepSections Seeds(string argument)
    {
        var source = new SourceText("--seeds", argument, IsArgument: true);
        var items = Items(source, 0, argument);
        return new SweepSections().With(SweepKeys.Seeds, items.Items is [var only] ? only : items);
    }

    private static YamlList Items(SourceText source, int start, string text) =>
        // The bracket put in front shifts every column by one.
        (YamlList)YamlReader.Read($"[{text}]", mark => source.At(1, mark.Column + start - 1), new Faults())!;
}
