namespace NetBootFabric.EndToEnd.Tests.Lab.Troubles;

/// <summary>Something that goes wrong with one machine, and what the fabric has to make of it.</summary>
/// <param name="Sentence">A regular expression.</param>
/// <param name="Happen">Makes it happen.</param>
internal sealed record Trouble(string Step, string Cause, string Sentence, Func<ScriptedMachine, TroubledRoom, Task> Happen)
{
    public Trouble(string step, string cause, string sentence, Action<ScriptedMachine> happen)
        : this(step, cause, sentence, (machine, _) => Task.Run(() => happen(machine))) { }

    public Trouble(string step, string cause, string sentence, Func<ScriptedMachine, Task> happen)
        : this(step, cause, sentence, (machine, _) => happen(machine)) { }

    /// <summary>The machine stays silent, so that its boot fails by the same cause.</summary>
    public bool Fails { get; init; }

    /// <summary>The profile of its node entry; null: it has no entry.</summary>
    public string? Profile { get; init; } = "good";
}
