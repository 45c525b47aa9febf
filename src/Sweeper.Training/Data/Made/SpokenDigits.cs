using Sweeper.Core.Errors;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data.Files;

namespace Sweeper.Training.Data.Made;

/// <summary>
/// Strings of two to four digits, said by a synthesiser with several voices, speeds and pitches, as frames of 40 mel bands: each band with
/// mean 0 and variance 1 over its utterance, then the mean of three frames (as Yunis et al. 2024 have their speech).
/// </summary>
internal static class SpokenDigits
{
    /// <summary>How many there are.</summary>
    public const int Utterances = 2000;

    /// <summary>Frames of the longest one.</summary>
    public const int LongestUtterance = 81;

    private const int FewestDigits = 2, MostDigits = 4, FramesTogether = 3;
    private static readonly string[] Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    private static readonly string[] Voices =
        ["en-us", "en-us+f2", "en-us+f4", "en-us+m3", "en-us+m7", "en-gb", "en-gb+f3", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan"];

    /// <summary>The package of the synthesiser.</summary>
    public static DebianPackage Package { get; } = new("espeak-ng", "1.51 (Debian 12)");

    /// <summary>Makes the file (<see cref="UtteranceFile"/>).</summary>
    public static byte[] Make() => UtteranceFile.Write([.. Enumerable.Range(0, Utterances).Select(number => Say(number).Heard)]);

    /// <summary>One utterance: what is said, how, and its frames.</summary>
    internal static (string[] Arguments, Utterance Heard) Say(int number)
    {
        var random = RandomStreams.Data(number, 0);
        var text = string.Join(' ', Enumerable.Range(0, FewestDigits + random.NextBelow(MostDigits - FewestDigits + 1))
            .Select(_ => Digits[random.NextBelow(Digits.Length)]));
        string[] arguments =
        [
            "-v", Voices[random.NextBelow(Voices.Length)], "-s", $"{130 + random.NextBelow(71)}", "-p", $"{30 + random.NextBelow(41)}",
            "--stdout", text,
        ];
        try
        {
            var sound = Waveform.Parse(Package.Run("espeak-ng", arguments));
            return (arguments, new Utterance(Frames(new MelSpectrogram(sound.Rate, Utterance.Bands).Of(sound.Samples)), text));
        }
        catch (InvalidDataException fault)
        {
            throw new SweepException(
                ExitCode.Preflight, $"what espeak-ng says cannot be heard: {fault.Message}",
                $"Try it: espeak-ng {string.Join(' ', arguments)}", null, fault);
        }
    }

    /// <summary>Power [frames, bands] -> [frames / 3, bands].</summary>
    internal static float[] Frames(double[] power)
    {
        var (bands, frames) = (Utterance.Bands, power.Length / Utterance.Bands);
        var heard = new float[frames / FramesTogether * bands];
        for (var band = 0; band < bands; band++)
        {
            double sum = 0, squares = 0;
            for (var frame = 0; frame < frames; frame++)
            {
                sum += power[(frame * bands) + band];
            }

            var mean = sum / frames;
            for (var frame = 0; frame < frames; frame++)
            {
                squares += (power[(frame * bands) + band] - mean) * (power[(frame * bands) + band] - mean);
            }

            var deviation = Math.Sqrt(squares / frames);
            for (var place = band; place < heard.Length; place += bands)
            {
                var together = 0.0;
                for (var frame = 0; frame < FramesTogether; frame++)
                {
                    together += power[(((place / bands * FramesTogether) + frame) * bands) + band] - mean;
                }

                heard[place] = (float)(together / FramesTogether / (deviation > 0 ? deviation : 1));
            }
        }

        return heard;
    }
}
