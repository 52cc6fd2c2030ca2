using System.CommandLine;
using NetBootFabric.Node.Tests.Admin;
using NetBootFabric.Pbm.Commands;

namespace NetBootFabric.Pbm.Tests;

/// <summary>What pbm is to a shell: completion, help, widths, exit codes.</summary>
[Collection("console")]
public sealed class ShellTests : IAsyncLifetime
{
    private const int Narrow = 80;
    private readonly ConsoleOfPbm _console = new(Narrow);
    private LiveAdmin _admin = null!;

    public async Task InitializeAsync() => _admin = await LiveAdmin.StartAsync();

    public async Task DisposeAsync()
    {
        _console.Dispose();
        await _admin.DisposeAsync();
    }

    private static IEnumerable<Command> Leaves(Command command) => command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);

    public static TheoryData<string> Commands => [.. Leaves(Root.Build()).Select(Examples.WordsOf)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_command_says_what_it_does_and_shows_how(string command)
    {
        var (code, said) = await _console.RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal(0, code);
        Assert.Contains("Examples:", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_example_is_a_command_that_pbm_takes()
    {
        foreach (var line in Examples.Of.Values.SelectMany(lines => lines))
        {
            var words = line.Split(" > ")[0].Split(" | ")[0].Split(" < ")[0];
            Assert.True(words.StartsWith("pbm ", StringComparison.Ordinal), line);
            Assert.Empty(Root.Parse(words["pbm ".Length..].Split(' ')).Errors.Select(error => $"{line}: {error.Message}"));
        }
    }

    [Theory]
    [InlineData("pbm sta", "status")]
    [InlineData("pbm token ", "new")]
    [InlineData("pbm clients --ph", "--phase")]
    [InlineData("pbm completion ", "fish")]
    [InlineData("pbm client n0", "n001")]
    public async Task A_shell_gets_what_may_come_next(string line, string expected)
    {
        Environment.SetEnvironmentVariable("PBM_SERVER", _admin.Server);
        try
        {
            var (_, said) = await _console.RunAsync($"[suggest:{line.Length}]", line);
            Assert.Contains(expected, said.Split('\n', StringSplitOptions.TrimEntries));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PBM_SERVER", null);
        }
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _pbm pbm")]
    [InlineData("zsh", "#compdef pbm")]
    [InlineData("fish", "complete -c pbm")]
    public async Task Each_shell_has_its_completion(string shell, string says) =>
        Assert.Contains(says, (await _console.RunAsync("completion", shell)).Said, StringComparison.Ordinal);

    [Theory]
    [InlineData("status")]
    [InlineData("clients")]
    [InlineData("client n001")]
    [InlineData("cluster show")]
    [InlineData("token list")]
    public async Task Tables_fit_a_terminal_of_80_columns(string command)
    {
        await _admin.Tokens.MakeAsync("a-token-with-a-name-of-some-length", NetBootFabric.AdminApi.Role.Read, default);
        var (code, said) = await _console.RunAsync([.. command.Split(' '), "--server", _admin.Server]);

        Assert.Equal(0, code);
        Assert.Equal("", string.Join('\n', said.Split('\n').Where(line => line.TrimEnd().Length > Narrow)));
    }

    [Theory]
    [InlineData("nothing-of-this-name")]
    [InlineData("clients --no-such-option")]
    [InlineData("token new")]
    public async Task What_is_not_understood_is_exit_code_1(string line) => Assert.Equal(1, (await _console.RunAsync(line.Split(' '))).Code);
}
