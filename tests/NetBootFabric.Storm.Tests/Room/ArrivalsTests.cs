using NetBootFabric.Storm.Room;

namespace NetBootFabric.Storm.Tests.Room;

public sealed class ArrivalsTests
{
    [Theory]
    [InlineData("all", new[] { 0.0, 0, 0, 0 })]
    [InlineData("ramp:8", new[] { 0.0, 2, 4, 6 })]
    [InlineData("waves:2:30", new[] { 0.0, 0, 30, 30 })]
    public void Clients_are_switched_on_as_the_pattern_says(string text, double[] seconds)
    {
        var arrivals = Arrivals.Parse(text)!;
        Assert.Equal(seconds, Enumerable.Range(0, 4).Select(client => arrivals.Of(client, 4).TotalSeconds));
        Assert.Equal(text, arrivals.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ramp")]
    [InlineData("ramp:-1")]
    [InlineData("waves:0:10")]
    [InlineData("waves:3")]
    public void Other_patterns_are_refused(string text) => Assert.Null(Arrivals.Parse(text));
}
