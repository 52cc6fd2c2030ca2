using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Heads;

/// <summary>
/// Which head node holds which service address. Kept by the database that all head nodes reach. A completion runs exactly once, on any thread; after a failure nothing is
/// known of what became of the call.
/// </summary>
public interface IServiceAddressStore
{
    /// <summary>Says which addresses <paramref name="home"/> serves on when all is well: others that it said earlier are forgotten. One that is another node's is refused: the failure names it.</summary>
    void Declare(string home, IReadOnlyList<Ipv4Address> addresses, Action<Exception?> completed);

    void Read(Action<IReadOnlyList<ServiceAddressRow>?, Exception?> completed);

    /// <summary>
    /// Makes <paramref name="holder"/> (null: nobody) the holder, under a higher epoch. False, and nothing done, when the row's epoch is no longer <paramref name="epoch"/>,
    /// or when another member than <paramref name="by"/>, who asks, holds it and lives: joining, up or leaving.
    /// </summary>
    void Hold(Ipv4Address address, string by, string? holder, long epoch, Action<bool, Exception?> completed);
}

/// <param name="Address">The address that clients are given as boot server and server identifier.</param>
/// <param name="Home">The head node that holds it when all is well.</param>
/// <param name="Holder">The head node that holds it now; null: nobody.</param>
/// <param name="Epoch">Grows with each change of holder.</param>
public sealed record ServiceAddressRow(Ipv4Address Address, string Home, string? Holder, long Epoch);
