using NetBootFabric.HttpBoot.Requests;

namespace NetBootFabric.HttpBoot.Tests;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/a", "a", "")]
    [InlineData("/a?b=c", "a", "b=c")]
    [InlineData("/a+b%20c", "a+b c", "")]
    [InlineData("/gr%C3%BCn", "grün", "")]
    [InlineData("/%2541", "%41", "")]
    [InlineData("/%80", "\ufffd", "")]
    [InlineData("/%c0%af", "\ufffd\ufffd", "")]
    [InlineData("http://host:80/a?x", "a", "x")]
    [InlineData("HTTP://host", "", "")]
    public void A_target_is_decoded_once(string raw, string path, string query)
    {
        Assert.True(RequestTarget.TryParse(raw, out var target));
        Assert.Equal((path, query), (target.Path, target.Query));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("*")]
    [InlineData("host:80")]
    [InlineData("https://host/a")]
    [InlineData("/%")]
    [InlineData("/%1")]
    [InlineData("/%g0")]
    [InlineData("/é")]
    public void What_is_no_target_is_refused(string raw) => Assert.False(RequestTarget.TryParse(raw, out _));

    [Theory]
    [InlineData("/f?cause=a+b%21", "a b!")]
    [InlineData("/f?x=1&cause=2&cause=3", "2")]
    [InlineData("/f?causes=1", null)]
    [InlineData("/f?cause", null)]
    [InlineData("/f?cause=%zz", null)]
    [InlineData("/f", null)]
    public void A_value_is_found_in_the_query(string raw, string? value)
    {
        Assert.True(RequestTarget.TryParse(raw, out var target));
        Assert.Equal(value, target.Value("cause"));
    }
}
