using NetBootFabric.Storm.Scripts;

namespace NetBootFabric.Storm.Tests.Scripts;

public sealed class GrubConfigTests
{
    [Theory]
    [InlineData("linux /vmlinuz quiet ip=1.2.3.4\ninitrd /initrd.img\nboot\n", "/vmlinuz", "quiet ip=1.2.3.4", "/initrd.img", 1)]
    [InlineData("for attempt in 1 2 3 4 5; do\n  echo 'linux /wrong'\n  if linux '/k' 'a b' 'c'; then\n    if initrd '/i' '/j'; then\n      boot\n    fi\n  fi\n  sleep 3\ndone\n", "/k", "a b c", "/i /j", 5)]
    [InlineData("echo nothing\n", null, "", "", 1)]
    [InlineData("", null, "", "", 1)]
    public void A_configuration_says_what_is_loaded_by_itself(string text, string? kernel, string arguments, string initrds, int attempts)
    {
        var config = GrubConfig.Parse(text);
        Assert.Equal((kernel, arguments, initrds, attempts), (config.Kernel, config.Arguments, string.Join(' ', config.Initrds), config.Attempts));
    }
}
