using System.Text.Json;
using Sweeper.Core.Errors;
using Sweeper.Results.Files;

namespace Sweeper.Preflight;

/// <summary>
/// A folder on the shared file system in which one process of each node says what it found, and hears what the others did. It needs
/// no coordinator and no network: these are what is looked at.
/// </summary>
internal sealed class Meeting
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);
    private readonly int count;
    private readonly TimeSpan patience;

    private Meeting(string folder, int place, int count, TimeSpan patience)
    {
        Folder = folder;
        Place = place;
        this.count = count;
        this.patience = patience;
    }

    /// <summary>Where they meet.</summary>
    public string Folder { get; }

    /// <summary>Which of the processes this is, from 0: in the order in which they came.</summary>
    public int Place { get; }

    /// <summary>Takes part.</summary>
    /// <param name="folder">The same for all, and for no other meeting.</param>
    /// <param name="count">How many processes take part.</param>
    /// <param name="patience">How long to wait for the others, each time.</param>
    public static Meeting Join(string folder, int count, TimeSpan patience)
    {
        Directory.CreateDirectory(folder);
        for (var place = 0; place < count; place++)
        {
            if (Claim(Path.Combine(folder, $"place.{place}")))
            {
                return new Meeting(folder, place, count, patience);
            }
        }

        throw new SweepException(
            ExitCode.Preflight, $"more than {count} processes look at this cluster",
            "Start one on each node; --nodes says how many there are, --meeting tells one look from another.", folder);
    }

    /// <summary>Makes a file that nobody has made before; says whether this process is the one.</summary>
    public static bool Claim(string path)
    {
        try
        {
            new FileStream(path, FileMode.CreateNew, FileAccess.Write).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <summary>Tells the others, in one step.</summary>
    public void Say<T>(string subject, T what)
    {
        var path = Path.Combine(Folder, $"{subject}.{Place}");
        DurableFile.Replace(path, $"{path}.new", stream => JsonSerializer.Serialize(stream, what));
    }

    /// <summary>
    /// Waits until all have told it; in the order of their places. Throws <see cref="SweepException"/> (preflight) where some do not.
    /// </summary>
    public T[] HearAll<T>(string subject) => Hear<T>(subject, [.. Enumerable.Range(0, count)]);

    /// <summary>Waits until one has told it.</summary>
    public T HearOne<T>(string subject, int place) => Hear<T>(subject, [place])[0];

    /// <summary>Ends it: the first one removes the folder when all have left it.</summary>
    public void Leave()
    {
        Say("left", true);
        if (Place == 0)
        {
            _ = HearAll<bool>("left");
            Directory.Delete(Folder, recursive: true);
        }
    }

    private T[] Hear<T>(string subject, int[] places)
    {
        var until = DateTime.UtcNow + patience;
        while (true)
        {
            // Asked for the folder's list, a network file system looks anew; asked for one file, it may answer from memory.
            var said = Directory.EnumerateFiles(Folder, $"{subject}.*").Select(file => Path.GetFileName(file))
                .ToHashSet(StringComparer.Ordinal);
            if (places.All(place => said.Contains($"{subject}.{place}")))
            {
                return [.. places.Select(place => Path.Combine(Folder, $"{subject}.{place}"))
                    .Select(path => JsonSerializer.Deserialize<T>(File.ReadAllText(path))!)];
            }

            if (DateTime.UtcNow > until)
            {
                var heard = places.Count(place => said.Contains($"{subject}.{place}"));
                throw new SweepException(
                    ExitCode.Preflight,
                    $"seen from {NodeProbe.Name}, {heard} of {places.Length} nodes have said something here ({subject}) within "
                    + $"{patience.TotalSeconds:0} s",
                    "If it is 1, the nodes do not see the same folder: name a shared one with --results. Else a node does not start "
                    + "programs, or hangs.",
                    Folder);
            }

            Thread.Sleep(PollEvery);
        }
    }
}
