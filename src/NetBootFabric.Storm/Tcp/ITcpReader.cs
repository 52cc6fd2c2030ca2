namespace NetBootFabric.Storm.Tcp;

/// <summary>Who uses a connection at the moment.</summary>
internal interface ITcpReader
{
    void OnOpen(TimeSpan now);

    /// <summary>The next octets of the stream.</summary>
    void OnData(ReadOnlySpan<byte> octets, TimeSpan now);

    /// <summary>Octets that stand <paramref name="ahead"/> octets behind the next ones; false when they can't be used yet and must come again.</summary>
    bool TakeAhead(long ahead, ReadOnlySpan<byte> octets);

    /// <summary>The next octets were taken ahead before.</summary>
    void OnTakenAhead(int count, TimeSpan now);

    /// <summary>The server ended the stream in good order.</summary>
    void OnEnd(TimeSpan now);

    void OnReset(string why, TimeSpan now);
}
