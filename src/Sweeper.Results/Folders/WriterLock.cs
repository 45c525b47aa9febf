using System.Text;
using Sweeper.Core.Errors;

namespace Sweeper.Results.Folders;

/// <summary>
/// The right to write into a folder. An advisory flock on `lock` keeps other processes out where the file system honours
/// it; the exclusively created epoch file `lock.N` settles who is the latest where it does not, and is looked at again
/// before every rename and append.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private const int WouldBlock = 11;
    private const int AlreadyExists = 17;

    private readonly ResultFolder folder;
    private readonly FileStream held;

    private WriterLock(ResultFolder folder, FileStream held, int epoch)
    {
        this.folder = folder;
        this.held = held;
        Epoch = epoch;
    }

    /// <summary>One more than that of any earlier writer that left a trace.</summary>
    public int Epoch { get; }

    /// <summary>Takes the lock; <paramref name="lastEpoch"/> is the largest epoch in the journal.</summary>
    public static WriterLock Take(ResultFolder folder, int lastEpoch)
    {
        var held = Hold(folder);
        var epoch = folder.Epochs().Append(lastEpoch).Max() + 1;
        try
        {
            var holder = Encoding.UTF8.GetBytes(LockHolder.Describe(epoch));
            using (var claim = new FileStream(folder.Epoch(epoch), FileMode.CreateNew, FileAccess.Write))
            {
                claim.Write(holder);
            }

            held.SetLength(0);
            held.Write(holder);
            held.Flush();
            foreach (var older in folder.Epochs().Where(other => other < epoch).ToList())
            {
                File.Delete(folder.Epoch(older));
            }

            return new WriterLock(folder, held, epoch);
        }
        catch (IOException fault) when (fault.HResult == AlreadyExists)
        {
            held.Dispose();
            throw Refused(folder, fault);
        }
        catch
        {
            File.Delete(folder.Epoch(epoch));
            held.Dispose();
            throw;
        }
    }

    /// <summary>Throws when another writer has taken over.</summary>
    public void Check()
    {
        // Whoever takes over claims the next epoch first, and then takes away the claim of this one: no need to list the folder each time.
        if (!File.Exists(folder.Epoch(Epoch)) || File.Exists(folder.Epoch(Epoch + 1)))
        {
            throw new SweepException(
                ExitCode.Preflight, "another coordinator took this folder over; this one stops writing",
                "look at `sweeper status`; nothing needs to be repaired", folder.Path);
        }
    }

    /// <summary>Leaves no trace, so that opening a folder in which nothing is to be done changes no byte of it.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(folder.Epoch(Epoch));
            held.SetLength(0);
        }
        catch (IOException)
        {
            // A full or vanished disk: the next writer removes the stale claim.
        }

        held.Dispose();
    }

    private static FileStream Hold(ResultFolder folder)
    {
        try
        {
            return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException fault) when (fault.HResult == WouldBlock)
        {
            throw Refused(folder, fault);
        }
    }

    private static SweepException Refused(ResultFolder folder, Exception fault)
    {
        var holder = LockHolder.Read(folder.Path) is { } claim
            ? $"process {claim.Process} on {claim.Host}"
            : "another process, just started,";
        return new SweepException(
            ExitCode.Preflight, $"{holder} is writing into this folder",
            "Wait for it, watch it with `sweeper status --watch`, or end it: Ctrl-C where `sweeper run` runs, `sweeper cancel` "
            + "where it was submitted.", folder.Path, fault);
    }
}
