namespace NetBootFabric.Tftp.Transfers;

/// <summary>What is to be done after a packet or a time-out.</summary>
public enum TransferAct
{
    /// <summary>Nothing: wait for the next packet, or the deadline.</summary>
    Wait,
    SendOptions,
    SendBlocks,

    /// <summary>The client has all of it.</summary>
    Finish,

    /// <summary>The client ended it on purpose, before any data.</summary>
    Abort,
    Fail,
}

/// <param name="First">Of the blocks to send, counted from 1 without roll-over; the number on the wire is its low 16 bits.</param>
/// <param name="Count">Blocks to send.</param>
public readonly record struct TransferStep(TransferAct Act, long First = 0, int Count = 0)
{
    public static TransferStep Wait => default;

    /// <summary>What is to be done when <paramref name="pending"/> has not been yet.</summary>
    public TransferStep Behind(TransferStep pending) => Act switch
    {
        TransferAct.Wait => pending,
        TransferAct.SendBlocks when pending.Act == TransferAct.SendBlocks && pending.First + pending.Count == First => pending with { Count = pending.Count + Count },
        _ => this,
    };
}
