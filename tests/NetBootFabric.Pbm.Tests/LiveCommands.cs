using NetBootFabric.Node.Tests.Admin;
using NetBootFabric.Pbm.Commands;
using Spectre.Console;

namespace NetBootFabric.Pbm.Tests;

/// <summary>A live admin API, and what commands print. The console is the process's own: one test at a time.</summary>
public abstract class LiveCommands : IAsyncLifetime
{
    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private readonly StringWriter _said = new();

    private protected LiveAdmin Admin { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Admin = await LiveAdmin.StartAsync();
        Console.SetOut(_said);
        Console.SetError(_said);
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(_said) });
        AnsiConsole.Profile.Width = 200;
    }

    public virtual async Task DisposeAsync()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
        await Admin.DisposeAsync();
    }

    private protected async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var code = await Root.Build().Parse([.. arguments, "--server", Admin.Server]).InvokeAsync();
        return (code, _said.ToString());
    }
}
