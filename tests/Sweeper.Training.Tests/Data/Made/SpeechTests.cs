using System.Buffers.Binary;
using System.Numerics;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Data.Made;
using Xunit;

namespace Sweeper.Training.Tests.Data.Made;

public sealed class SpeechTests
{
    private const int Rate = 22050, Bands = 40, Window = 512;

    /// <summary>The definition written out: a sum for every line of the spectrum, triangles from the mel formula and its inverse.</summary>
    [Fact]
    public void Power_in_mel_bands_is_that_of_the_definition()
    {
        var random = new Random(3);
        var samples = Enumerable.Range(0, Window + Rate / 100).Select(_ => (short)random.Next(-9000, 9000)).ToArray();
        var power = new MelSpectrogram(Rate, Bands).Of(samples);
        Assert.Equal(2 * Bands, power.Length);

        double Edge(int edge) => 700 * (Math.Pow(10, Math.Log10(1 + Rate / 1400.0) * edge / (Bands + 1)) - 1);
        for (var frame = 0; frame < 2; frame++)
        {
            var lines = Enumerable.Range(0, Window / 2 + 1)
                .Select(line => Math.Pow(Complex.Abs(Enumerable.Range(0, Window).Aggregate(Complex.Zero, (sum, place) =>
                    sum + samples[frame * (Rate / 100) + place] * Math.Pow(Math.Sin(Math.PI * place / Window), 2)
                        * Complex.Exp(-2 * Math.PI * Complex.ImaginaryOne * line * place / Window))), 2)).ToArray();
            for (var band = 0; band < Bands; band++)
            {
                var expected = lines.Index().Sum(line =>
                {
                    var frequency = line.Index * (double)Rate / Window;
                    return line.Item * Math.Max(0, Math.Min(
                        (frequency - Edge(band)) / (Edge(band + 1) - Edge(band)),
                        (Edge(band + 2) - frequency) / (Edge(band + 2) - Edge(band + 1))));
                });
                Assert.Equal(1, power[frame * Bands + band] / expected, 1e-4);
            }
        }
    }

    [Fact]
    public void Bands_are_standardised_over_the_utterance_and_three_frames_become_one()
    {
        // Seven frames: the first band is 1 to 7 (mean 4, variance 4), the others are silent.
        var power = new double[7 * Bands];
        for (var frame = 0; frame < 7; frame++)
        {
            power[frame * Bands] = frame + 1;
        }

        var frames = SpokenDigits.Frames(power);
        Assert.Equal(2 * Bands, frames.Length);
        Assert.Equal([-1, 0.5f], new[] { frames[0], frames[Bands] });
        Assert.All(frames.Where((_, place) => place % Bands > 0), number => Assert.Equal(0, number));
    }

    [Fact]
    public void Sound_is_read_to_its_end_whatever_length_its_header_says()
    {
        byte[] header = [
            .. "RIFF"u8, 0xff, 0xff, 0xff, 0x7f, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x22, 0x56, 0, 0, 0x44, 0xac, 0, 0, 2, 0, 16, 0];
        var sound = Waveform.Parse([.. header, .. "data"u8, 0, 0xf0, 0xff, 0x7f, 1, 0, 0xfe, 0xff]);
        Assert.Equal(Rate, sound.Rate);
        Assert.Equal([1, -2], sound.Samples);
        Assert.Throws<InvalidDataException>(() => Waveform.Parse(header));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 2);
        Assert.Throws<InvalidDataException>(() => Waveform.Parse(header));
    }

    [Fact]
    public void Utterances_are_read_as_they_were_written()
    {
        Utterance[] said =
            [new([.. Enumerable.Range(0, 2 * Bands).Select(number => number / 3f)], "two"), new(new float[Bands], "one zero")];
        var read = UtteranceFile.Read(UtteranceFile.Write(said));
        Assert.Equal(said.Select(one => one.Text), read.Select(one => one.Text));
        Assert.All(said.Zip(read), both => Assert.Equal(both.First.Frames, both.Second.Frames));
        Assert.Equal([15, 14, 5, 0, 26, 5, 18, 15], read[1].Classes);
    }

    [Fact]
    public void A_synthesised_utterance_has_time_for_its_letters()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/espeak-ng"), $"the package {SpokenDigits.Package} is not installed");
        var (arguments, heard) = SpokenDigits.Say(0);
        Assert.Equal(heard.Text, arguments[^1]);
        Assert.InRange(heard.Length, heard.Text.Length, SpokenDigits.LongestUtterance);
        Assert.Equal(heard.Frames, SpokenDigits.Say(0).Heard.Frames);
    }
}
