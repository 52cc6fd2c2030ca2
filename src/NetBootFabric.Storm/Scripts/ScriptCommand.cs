namespace NetBootFabric.Storm.Scripts;

internal enum RunCondition : byte
{
    Always,
    /// <summary>Behind &amp;&amp;.</summary>
    AfterSuccess,
    /// <summary>Behind ||.</summary>
    AfterFailure,
}

/// <summary>One command of a script's line.</summary>
internal readonly record struct ScriptCommand(RunCondition Condition, string[] Words)
{
    public bool RunsAfter(bool succeeded) => Condition == RunCondition.Always || (Condition == RunCondition.AfterSuccess) == succeeded;

    /// <summary>iPXE takes the operators as words of their own.</summary>
    public static ScriptCommand[] Split(string line)
    {
        var commands = new List<ScriptCommand>();
        var words = new List<string>();
        var condition = RunCondition.Always;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is not ("||" or "&&"))
            {
                words.Add(word);
                continue;
            }
            commands.Add(new ScriptCommand(condition, [.. words]));
            words.Clear();
            condition = word == "&&" ? RunCondition.AfterSuccess : RunCondition.AfterFailure;
        }
        commands.Add(new ScriptCommand(condition, [.. words]));
        return [.. commands];
    }

    public override string ToString() => string.Join(' ', Words);
}
