namespace Sweeper.Training.Data.Files;

/// <summary>Labelled images in memory.</summary>
/// <param name="Pixels">[images, channels, side * side], row-major, 0..255.</param>
/// <param name="Labels">Class of each image.</param>
internal sealed record ImageSet(byte[] Pixels, byte[] Labels);
