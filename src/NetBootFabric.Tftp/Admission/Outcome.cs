namespace NetBootFabric.Tftp.Admission;

/// <summary>What a packet or a time-out says about what was under way.</summary>
/// <param name="Arrived">Packets that the client has.</param>
internal readonly record struct Outcome(int Arrived, Loss Loss)
{
    public static Outcome Silence => new(0, Loss.Silence);
}

internal enum Loss
{
    None,

    /// <summary>Nothing was heard: a packet was lost, or the client is.</summary>
    Silence,

    /// <summary>The client says so.</summary>
    Told,
}
