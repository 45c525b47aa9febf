using Sweeper.Results.Figures.Selection;
using Xunit;

namespace Sweeper.Tests.Results;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("ntk_sharpness", "NTK sharpness")]
    [InlineData("hidden_cka", "hidden CKA")]
    [InlineData("lyapunov_exponent", "Lyapunov exponent")]
    [InlineData("snr", "SNR")]
    [InlineData("mode_strength", "mode strength")]
    public void Names_are_written_as_the_field_writes_them(string name, string written) => Assert.Equal(written, Spelling.Of(name));
}
