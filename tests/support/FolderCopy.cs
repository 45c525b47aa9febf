namespace Sweeper.Support;

/// <summary>Copies of a folder, so that what takes long to make is made once.</summary>
internal static class FolderCopy
{
    /// <summary>Every file in it, by its path inside the folder.</summary>
    public static Dictionary<string, byte[]> Read(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes);

    /// <summary>Writes them into another folder.</summary>
    public static void Write(Dictionary<string, byte[]> files, string folder)
    {
        foreach (var (name, bytes) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }
}
