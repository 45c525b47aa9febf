namespace Sweeper.Training.Data.Files;

/// <summary>Something that was said.</summary>
/// <param name="Frames">[frames, <see cref="Bands"/>], row-major, as time goes on.</param>
/// <param name="Text">In letters a to z, words apart by a space.</param>
internal sealed record Utterance(float[] Frames, string Text)
{
    /// <summary>Numbers of a frame.</summary>
    public const int Bands = 40;

    /// <summary>Letters and the space between words.</summary>
    public const int Letters = 27;

    /// <summary>Frames.</summary>
    public int Length => Frames.Length / Bands;

    /// <summary>The text as classes: 0 for the space, 1 to 26 for the letters.</summary>
    public IEnumerable<int> Classes => Text.Select(letter => letter == ' ' ? 0 : letter - 'a' + 1);
}
