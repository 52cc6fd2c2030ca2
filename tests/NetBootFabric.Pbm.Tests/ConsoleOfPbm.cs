using NetBootFabric.Pbm.Commands;
using Spectre.Console;

namespace NetBootFabric.Pbm.Tests;

/// <summary>The process's console, kept while pbm writes to it.</summary>
internal sealed class ConsoleOfPbm : IDisposable
{
    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private readonly StringWriter _said = new();

    public ConsoleOfPbm(int width = 200)
    {
        Console.SetOut(_said);
        Console.SetError(_said);
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(_said) });
        AnsiConsole.Profile.Width = width;
    }

    public string Said => _said.ToString();

    /// <summary>Runs one command, and returns what it alone has said.</summary>
    public async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        _said.GetStringBuilder().Clear();
        return (await Root.Build().Parse(arguments).InvokeAsync(), Said);
    }

    public void Dispose()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
    }
}
