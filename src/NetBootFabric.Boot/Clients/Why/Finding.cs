namespace NetBootFabric.Boot.Clients.Why;

/// <summary>What a rule found.</summary>
internal sealed record Finding(FailureCause? Cause, string Sentence, string Remedy = "")
{
    /// <summary>Null: the problem's own, or none.</summary>
    public BootStep? Step { get; init; }

    /// <summary>Null: failed when the boot is, else stuck.</summary>
    public ClientStanding? Standing { get; init; }

    /// <summary>Lines beside those that every boot has.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];
}

/// <summary>Null: this rule has nothing to say.</summary>
internal delegate Finding? Rule(Case it);

/// <summary>Explains one cause.</summary>
internal delegate Finding CauseRule(Case it, BootFailure problem);
