using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>
/// The arguments of <c>write_group</c> for the journal that the store once kept: nothing is written to it any more. The function keeps them, since head nodes of the release before call it too.
/// </summary>
internal static class FormerJournal
{
    private static readonly List<short> Shorts = [];
    private static readonly List<int> Ints = [];
    private static readonly List<long> Longs = [];
    private static readonly List<string> Texts = [];
    private static readonly List<byte[]> Octets = [];

    public static void AddTo(NpgsqlParameterCollection parameters)
    {
        PostgresBatch.Add(parameters, Shorts); // kinds
        PostgresBatch.Add(parameters, Texts); // names
        PostgresBatch.Add(parameters, Longs); // limits
        PostgresBatch.Add(parameters, Ints); // counts
        PostgresBatch.Add(parameters, Longs); // numbers
        PostgresBatch.Add(parameters, Ints); // serializers
        PostgresBatch.Add(parameters, Texts); // manifests
        PostgresBatch.Add(parameters, Octets); // payloads
        PostgresBatch.Add(parameters, Longs); // times
    }
}
