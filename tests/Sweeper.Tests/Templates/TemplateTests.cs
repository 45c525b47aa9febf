using Sweeper.Templates;
using Xunit;

namespace Sweeper.Tests.Templates;

/// <summary>Lines are left out or filled, and what has several lines stands where its first one does.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("a: {{x}}, {{y}}", "a: 1, 2\n3")]
    [InlineData("  a: {{y}}", "  a: 2\n  3")]
    [InlineData("{{empty}}  - {{y}}", "  - 2\n  3")]
    [InlineData("  {{indented}}", "     4\n  5")]
    [InlineData("{{none}}a\nb", "b")]
    [InlineData("{{self}}", "{{x}}")]
    public void A_line_is_filled(string template, string filled) =>
        Assert.Equal(filled, Template.FillText(template, new Dictionary<string, string?>
        {
            ["x"] = "1", ["y"] = "2\n3", ["empty"] = "", ["indented"] = "   4\n5", ["none"] = null, ["self"] = "{{x}}",
        }));
}
