namespace Sweeper.Running;

/// <summary>How this program is started again.</summary>
internal static class ThisProgram
{
    /// <summary>`dotnet sweeper.dll` or the program itself, as this process was started, with whole paths.</summary>
    public static string[] Words { get; } = Environment.ProcessPath is { } program && Path.GetFileNameWithoutExtension(program) != "dotnet"
        ? [program]
        : [Environment.ProcessPath ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "sweeper.dll")];
}
