using Sweeper.Running.Metrics;
using Sweeper.Core.Errors;
using Xunit;

namespace Sweeper.Tests.Running.Metrics;

public sealed class MetricsAddressTests
{
    [Theory]
    [InlineData("9464", "http://127.0.0.1:9464/metrics")]
    [InlineData("127.0.0.1:1", "http://127.0.0.1:1/metrics")]
    [InlineData("10.0.0.7:9464", "http://10.0.0.7:9464/metrics")]
    [InlineData("0.0.0.0:9464", "http://*:9464/metrics")]
    [InlineData("[::]:9464", "http://*:9464/metrics")]
    [InlineData("[::1]:65535", "http://[::1]:65535/metrics")]
    public void A_port_alone_is_on_loopback_and_an_address_is_what_it_says(string text, string url) =>
        Assert.Equal(url, MetricsAddress.Parse(text).Url);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("localhost:9464")]
    [InlineData("10.0.0.7")]
    [InlineData("10.0.0.7:0")]
    [InlineData("::1")]
    public void Anything_else_is_refused(string text) =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<SweepException>(() => MetricsAddress.Parse(text)).ExitCode);
}
