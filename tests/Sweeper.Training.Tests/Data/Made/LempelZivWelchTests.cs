using System.Text;
using Sweeper.Training.Data.Made;
using Xunit;

namespace Sweeper.Training.Tests.Data.Made;

/// <summary>Against what the program `compress` (ncompress 5.0) writes, without its header.</summary>
public sealed class LempelZivWelchTests
{
    /// <summary>Of `seq 0 299`: more words than codes of nine bits.</summary>
    private const string Numbers =
        "MBTEUCBDwQwFNBTUUGBDwQ0FOBTkEBgwxsAYBWMcjJEwxsIYDWM8jBExxkQZAWUMlFFQxkEZCWUslNFQxkMZEWVMnBFwxsAZBWccnJFwxsIZDW" +
        "c8nBFxxkQaAWkMpFGQxkEaCWkspNGQxkMaEWlMrBGwxsAaBWscrJGwxsIaDWs8rBGxxkQbAW0MtFHQxkEbCW0stNHQxkMbEW1MvBHwxsAbBW8c" +
        "vJHwxsIbDW88vBHxxkQcAXEMxFEQx0EcCXEsxNEQx0McEXFMzBEwx8AcBXMczJEwx8IcDXM8zBExx8QYMCrCuAgjI4yNMDrC+AgjJIyRMErCOI" +
        "5coEXvGTV67+jRe0iR3kuaFIiS/UWW7DfCZP+RJvuRONkf5ynQZ/+MQvXXkVH9haRUfyU5JRBUC15E1YIbYbXgR1wtOBJYCx5HlkBmcZiRWhx2" +
        "5BaHIcnFYUl2CYSXihfxpeJGgKn4EWEqjoSYiscxJpBjO2Yk2Y4dWbZjSJrtWJJnAoGW5EWkJbkRakl+xFqSI8GW5HG0CWSblhnppmVHvmkZkn" +
        "BalmQcQcmhuVJzaL4UHZozVYfmTdmheVJ3Kq2EEUHiqRRTeSrVhJ5KOa3HUkoqEQQfSy/Nx9JM9rF0U34sncSfSysBRVCALsVEoEs1HehSTgrC" +
        "lJJUBD0I00sSwjRThTDdhCFMJ20o00poEQSiTDGNKFNNJsqUU4o0paQXQS7S9FKMNM1EI0033UjTSTratBJkBP1oU0xC2lRTkTblhCROKYlGUJ" +
        "M4vQQlTjNNidNNVuJ0UpY6rYQbQV7qFFOYOtVEpk45nQk=";

    [Fact]
    public void A_word_may_begin_with_the_word_before_it() =>
        Assert.Equal("aaaaaaa", Encoding.ASCII.GetString(LempelZivWelch.Unpack([0x61, 0x02, 0x0a, 0x0c, 0x03])));

    [Fact]
    public void Codes_grow_wider_at_the_end_of_a_group() =>
        Assert.Equal(
            string.Concat(Enumerable.Range(0, 300).Select(number => $"{number}\n")),
            Encoding.ASCII.GetString(LempelZivWelch.Unpack(Convert.FromBase64String(Numbers))));

    [Fact]
    public void A_code_that_was_not_made_yet_is_refused() =>
        Assert.Throws<InvalidDataException>(() => LempelZivWelch.Unpack([0x61, 0xff, 0xff]));
}
