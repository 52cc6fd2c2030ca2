using NetBootFabric.Boot.Membership;
using Npgsql;

namespace NetBootFabric.Storage.Postgres.Cluster;

/// <summary>Members and shards: one statement, and so one round trip and one transaction, a call.</summary>
internal static class ClusterStatements
{
    /// <summary>
    /// One snapshot of everything, with this beat in it. Its commit does not wait for the disk: a crash of the database may take back the beats of some tenths of a second, which
    /// is what a heart looks like that beat a little less; incarnations, epochs and fences are never written by it.
    /// </summary>
    private const string BeatAndRead =
        """
        WITH beating AS (
          UPDATE member SET beat = beat + 1, status = $3, heartbeat = clock_timestamp() WHERE name = $1 AND incarnation = $2 AND status < 3
          RETURNING name, beat, status)
        SELECT 0 AS kind, (SELECT count(*) FROM beating)::integer AS id, set_config('synchronous_commit', 'off', true) AS name, 0::bigint AS number,
          0::bigint AS beat, 0::smallint AS status, 0 AS weight, NULL AS address, NULL AS fingerprint, NULL::text[] AS roles, clock_timestamp() AS time, NULL::bigint AS uid, NULL::bigint AS joined
        UNION ALL
        SELECT 1, 0, m.name, m.incarnation, coalesce(b.beat, m.beat), coalesce(b.status, m.status), m.weight, m.address, m.fingerprint, m.roles, NULL, m.uid, m.joined
          FROM member m LEFT JOIN beating b ON b.name = m.name
        UNION ALL
        SELECT 2, id, owner, epoch, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM shard
        """;

    public static long Join(NpgsqlConnection connection, MemberIdentity member) =>
        Scalar<long>(connection, "SELECT join_cluster($1, $2, $3, $4, $5, $6, $7)",
            member.Name, member.Address, member.Fingerprint, member.Weight, member.Roles.ToArray(), member.Uid, SessionName.Prefix(member.Name));

    public static ClusterView Beat(NpgsqlConnection connection, string member, long incarnation, StoredStatus status)
    {
        var (isAccepted, time) = (false, DateTimeOffset.UnixEpoch);
        var members = new List<MemberRow>();
        var shards = new List<ShardRow>();
        using var command = Command(connection, BeatAndRead, member, incarnation, (short)status);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            switch (row.GetInt32(0))
            {
                case 0: (isAccepted, time) = (row.GetInt32(1) == 1, row.GetFieldValue<DateTimeOffset>(10)); break;
                case 1: members.Add(ReadMember(row)); break;
                default: shards.Add(new ShardRow(row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3))); break;
            }
        }
        members.Sort((one, other) => string.CompareOrdinal(one.Identity.Name, other.Identity.Name));
        shards.Sort((one, other) => one.Shard.CompareTo(other.Shard));
        return new ClusterView(isAccepted, time, members, shards);
    }

    public static bool Fence(NpgsqlConnection connection, StoreIncarnation incarnation, long beat) =>
        Scalar<bool>(connection, "SELECT fence($1, $2, $3, $4)", incarnation.Member, incarnation.Number, beat, SessionName.Of(incarnation));

    public static IReadOnlyList<ShardRow> Take(NpgsqlConnection connection, string member, long incarnation, IReadOnlyList<int> shards) =>
        ReadShards(connection, "SELECT id, owner, epoch FROM take_shards($1, $2, $3) ORDER BY id", member, incarnation, shards.ToArray());

    public static IReadOnlyList<ShardRow> Acquire(NpgsqlConnection connection, string member, long incarnation, IReadOnlyList<int> shards) =>
        ReadShards(connection, "SELECT id, owner, epoch FROM acquire_shards($1, $2, $3) ORDER BY id", member, incarnation, shards.ToArray());

    public static IReadOnlyList<ShardRow> Release(NpgsqlConnection connection, string member, long incarnation, IReadOnlyList<ShardRow> shards) =>
        ReadShards(connection, "SELECT id, owner, epoch FROM release_shards($1, $2, $3, $4) ORDER BY id",
            member, incarnation, shards.Select(row => row.Shard).ToArray(), shards.Select(row => row.Epoch).ToArray());

    public static IReadOnlyList<ShardRow> HandOver(NpgsqlConnection connection, string member, long incarnation, IReadOnlyList<ShardRow> shards, string to) =>
        ReadShards(connection, "SELECT id, owner, epoch FROM hand_over_shards($1, $2, $3, $4, $5) ORDER BY id",
            member, incarnation, shards.Select(row => row.Shard).ToArray(), shards.Select(row => row.Epoch).ToArray(), to);

    public static bool Leave(NpgsqlConnection connection, string member, long incarnation)
    {
        using var command = Command(connection, "SELECT leave_cluster($1, $2)", member, incarnation);
        command.ExecuteNonQuery();
        return true;
    }

    private static MemberRow ReadMember(NpgsqlDataReader row)
    {
        var identity = new MemberIdentity(row.GetString(2), row.GetString(7), row.GetString(8), row.GetInt32(6), row.GetFieldValue<string[]>(9)) { Uid = row.GetInt64(11) };
        return new MemberRow(identity, row.GetInt64(3), (StoredStatus)row.GetInt16(5), row.GetInt64(4)) { Joined = row.GetInt64(12) };
    }

    private static List<ShardRow> ReadShards(NpgsqlConnection connection, string statement, params object[] parameters)
    {
        var shards = new List<ShardRow>();
        using var command = Command(connection, statement, parameters);
        using var row = command.ExecuteReader();
        while (row.Read()) shards.Add(new ShardRow(row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2)));
        return shards;
    }

    private static T Scalar<T>(NpgsqlConnection connection, string statement, params object[] parameters)
    {
        using var command = Command(connection, statement, parameters);
        return (T)command.ExecuteScalar()!;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string statement, params object[] parameters)
    {
        var command = new NpgsqlCommand(statement, connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
