using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Tests.Configuration;

public sealed class HoconTextTests
{
    [Theory]
    [InlineData("akka {\n  loglevel = INFO", "line 1: '{' is not closed")]
    [InlineData("akka {\n}\n}", "line 3: '}' closes nothing")]
    [InlineData("a = [1, 2}", "line 1: '}' closes nothing")]
    [InlineData("a = 1\nb = \"open", "line 2: the quote is not closed")]
    [InlineData("a = \"\"\"open\n\n", "line 1: the quote is not closed")]
    public void A_half_without_the_other_is_told_with_its_line(string text, string mistake) => Assert.Equal(mistake, HoconFile.MistakeIn(text));

    [Theory]
    [InlineData("")]
    [InlineData("akka.loggers = [ \"a, b\" ] # { not a brace")]
    [InlineData("a = \"\\\" { \"\nb { c = \"\"\" } \n ] \"\"\" } // [")]
    public void Comments_and_quotes_hold_what_they_like(string text) => Assert.Null(HoconFile.MistakeIn(text));
}
