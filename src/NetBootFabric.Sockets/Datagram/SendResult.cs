namespace NetBootFabric.Sockets;

/// <summary>What became of a batch, in datagrams.</summary>
/// <param name="Sent">Handed to the kernel.</param>
/// <param name="Failed">Skipped: the kernel refused each for good.</param>
/// <param name="Error">Why the last one failed; EAGAIN or ENOBUFS when the rest still waits in the batch.</param>
public readonly record struct SendResult(int Sent, int Failed, Errno Error)
{
    internal SendResult Went(int datagrams) => this with { Sent = Sent + datagrams };

    internal SendResult Refused(int datagrams, Errno error) => this with { Failed = Failed + datagrams, Error = error };
}
