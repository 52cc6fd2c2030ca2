using System.Globalization;

namespace NetBootFabric.Storm.Scripts;

/// <summary>
/// Runs an iPXE script as far as booting needs: set, inc, iseq, isset, goto, sleep, the load commands, chain, boot, exit, with || and &amp;&amp;.
/// Pure: says what to do next, and is told whether that succeeded.
/// </summary>
internal sealed class IpxeScript
{
    // A script that waits in a queue goes round for long, one that goes round without waiting is broken.
    private const int MostCommands = 10_000;

    private readonly string[] _lines;
    private readonly IpxeSettings _settings;
    private ScriptCommand[] _line = [];
    private int _nextLine, _nextCommand, _commands;
    private string _failed = "";

    public IpxeScript(string text, IpxeSettings settings)
    {
        _lines = [.. text.Split('\n').Select(line => line.Trim())];
        _settings = settings;
    }

    public static bool IsScript(string text) => text.StartsWith("#!ipxe", StringComparison.Ordinal) || text.StartsWith("#!gpxe", StringComparison.Ordinal);

    /// <param name="succeeded">Of what was to be done last; true at the start.</param>
    public IpxeAction Next(bool succeeded)
    {
        while (++_commands < MostCommands)
        {
            if (_nextCommand == _line.Length)
            {
                if (!succeeded) return new IpxeAction(IpxeVerb.Fail, _failed);
                if (!NextLine()) return new IpxeAction(IpxeVerb.Exit);
                succeeded = true;
                continue;
            }
            var command = _line[_nextCommand++];
            if (!command.RunsAfter(succeeded)) continue;
            _failed = command.ToString();
            if (command.Words.Length == 0) succeeded = true;
            else if (ForMachine(command.Words) is { } action) return action;
            else succeeded = Run(command.Words);
        }
        return new IpxeAction(IpxeVerb.Fail, "the script goes round without end");
    }

    private bool NextLine()
    {
        while (_nextLine < _lines.Length)
        {
            var line = _lines[_nextLine++];
            if (line.Length == 0 || line[0] is '#' or ':') continue;
            (_line, _nextCommand) = (ScriptCommand.Split(_settings.Expand(line)), 0);
            return true;
        }
        return false;
    }

    private static IpxeAction? ForMachine(string[] words) => words[0] switch
    {
        "kernel" or "linux" => Load(IpxeVerb.Kernel, words),
        "initrd" or "module" => Load(IpxeVerb.Initrd, words),
        "imgfetch" => Load(IpxeVerb.Fetch, words),
        "chain" => Load(IpxeVerb.Chain, words),
        "sleep" => new IpxeAction(IpxeVerb.Sleep, words.ElementAtOrDefault(1) ?? "0"),
        "boot" => new IpxeAction(IpxeVerb.Boot),
        "exit" => words.ElementAtOrDefault(1) is null or "0" ? new IpxeAction(IpxeVerb.Exit) : new IpxeAction(IpxeVerb.Fail, $"exit {words[1]}"),
        "autoboot" => new IpxeAction(IpxeVerb.Autoboot),
        _ => null,
    };

    private static IpxeAction Load(IpxeVerb verb, string[] words)
    {
        var at = 1;
        while (at < words.Length && words[at].StartsWith('-')) at += words[at] is "-n" or "--name" or "-t" or "--timeout" ? 2 : 1;
        return at < words.Length ? new IpxeAction(verb, words[at], string.Join(' ', words[(at + 1)..])) : new IpxeAction(IpxeVerb.Fail, $"{words[0]} without a URL");
    }

    private bool Run(string[] words)
    {
        switch (words[0])
        {
            case "set" when words.Length > 1:
                _settings[words[1]] = string.Join(' ', words[2..]);
                return true;
            case "inc" when words.Length > 1:
                _settings[words[1]] = (Number(_settings[words[1]]) + (words.Length > 2 ? Number(words[2]) : 1)).ToString(CultureInfo.InvariantCulture);
                return true;
            case "iseq":
                return words.ElementAtOrDefault(1) == words.ElementAtOrDefault(2);
            case "isset":
                return words.Length > 1;
            case "goto":
                return words.Length > 1 && Goto(words[1]);
            case "echo" or "imgfree" or "imgstat" or "ifopen" or "ifclose" or "ifstat" or "route" or "clear" or "console" or "dhcp" or "colour" or "cpair" or "prompt":
                return true;
            default:
                return false;
        }
    }

    private bool Goto(string label)
    {
        var at = Array.IndexOf(_lines, ":" + label);
        if (at < 0) return false;
        (_nextLine, _line, _nextCommand) = (at + 1, [], 0);
        return true;
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
