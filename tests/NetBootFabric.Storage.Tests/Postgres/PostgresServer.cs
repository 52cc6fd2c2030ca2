using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>A PostgreSQL server of the tests' own, in a temporary folder and on a socket there; it runs as postgres when the tests run as root, which it refuses.</summary>
public sealed class PostgresServer : IDisposable
{
    public const string Collection = "PostgreSQL";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-pg-");
    private readonly string _programs = Programs();
    private int _databases;

    public PostgresServer()
    {
        if (Environment.IsPrivilegedProcess) Run("chown", "postgres:postgres", _folder.FullName);
        Program("initdb", $"-D {Data} -U netboot -A trust -E UTF8 --locale=C --no-sync");
        Start();
    }

    public string Folder => _folder.FullName;

    private string Data => Path.Combine(Folder, "data");

    /// <summary>A connection string for a database that is made here.</summary>
    public string NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"fabric{Interlocked.Increment(ref _databases)}");
        Execute(ConnectionTo("postgres"), $"CREATE DATABASE {name}");
        return ConnectionTo(name);
    }

    public string ConnectionTo(string database, string user = "netboot") => $"Host={Folder};Database={database};Username={user}";

    public static void Execute(string connectionString, string statement) => Scalar(connectionString, statement);

    public static object? Scalar(string connectionString, string statement)
    {
        using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        return command.ExecuteScalar();
    }

    public void Start() => Program("pg_ctl", $"-D {Data} -w -t 120 -l {Folder}/log -o \"-k {Folder} -c listen_addresses='' -c max_connections=40 -c shared_buffers=32MB\" start");

    /// <summary>As after a power cut, but for the page cache.</summary>
    public void Stop() => Program("pg_ctl", $"-D {Data} -w -t 120 -m immediate stop");

    public void Restart()
    {
        Stop();
        Start();
    }

    /// <summary>It takes what is sent to it and does not answer.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    /// <summary>The next start is a standby's: it can be read, not written.</summary>
    public void BecomeStandby() => Program("touch", $"{Data}/standby.signal");

    public void Promote() => Program("pg_ctl", $"-D {Data} -w -t 120 promote");

    public void Dispose()
    {
        try
        {
            Stop();
        }
        finally
        {
            _folder.Delete(recursive: true);
        }
    }

    private void Program(string name, string arguments)
    {
        var program = File.Exists(Path.Combine(_programs, name)) ? Path.Combine(_programs, name) : name;
        var user = Environment.IsPrivilegedProcess ? "setpriv --reuid=postgres --regid=postgres --init-groups " : "";
        Run("sh", "-c", $"cd {Folder} && {user}{program} {arguments} >{Folder}/out 2>&1 </dev/null");
    }

    /// <summary>Of the server, its sessions, and those that have ended.</summary>
    public TimeSpan CpuTime()
    {
        var server = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();
        var children = File.ReadAllText($"/proc/{server}/task/{server}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return TimeSpan.FromMilliseconds(10 * (Ticks(server, 4) + children.Sum(child => Ticks(child, 2)))); // USER_HZ is 100
    }

    /// <summary>Fields 14 to 17 of stat: utime, stime, and both of children that have ended.</summary>
    private static long Ticks(string process, int fields)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ').Skip(11).Take(fields).Sum(long.Parse); // field 3 is the first after the name
    }

    /// <summary>To the server and each of its sessions.</summary>
    private void Signal(string signal) => Run("sh", "-c", $"server=$(head -1 {Data}/postmaster.pid); kill -{signal} $server $(cat /proc/$server/task/$server/children)");

    private void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode == 0) return;
        var said = Path.Combine(Folder, "out");
        throw new InvalidOperationException($"{string.Join(' ', arguments)}: exit code {process.ExitCode}\n{(File.Exists(said) ? File.ReadAllText(said) : "")}");
    }

    private static string Programs()
    {
        var root = new DirectoryInfo("/usr/lib/postgresql");
        var versions = root.Exists ? root.GetDirectories().Where(version => File.Exists(Path.Combine(version.FullName, "bin", "initdb"))) : [];
        return versions.MaxBy(version => int.Parse(version.Name, CultureInfo.InvariantCulture)) is { } newest
            ? Path.Combine(newest.FullName, "bin")
            : throw new InvalidOperationException("no PostgreSQL server under /usr/lib/postgresql: scripts/install-deps test");
    }
}

[CollectionDefinition(PostgresServer.Collection)]
public sealed class SharedPostgresServer : ICollectionFixture<PostgresServer>;
