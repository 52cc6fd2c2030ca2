using System.Globalization;
using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab.Heads;

/// <summary>
/// A PostgreSQL server of the test's own, on a host of its own in the back network; set up as cluster-config says. Survives being killed: it is started again on its data.
/// The tests ask it by a socket in its folder, which has nothing to do with networks.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    public const string Address = "10.0.0.9";
    public const string Password = "lab";
    private const string Mac = "02:00:00:01:00:09";

    // PostgreSQL refuses to run as root.
    private static readonly string[] AsPostgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"];
    private static readonly string[] SaysWhatTakesLong = ["-c", "log_lock_waits=on", "-c", "deadlock_timeout=300ms", "-c", "log_min_duration_statement=500ms"];
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _programs = Programs();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nbf-pg-");
    private readonly string _log;
    private RunningProgram? _server;

    private PostgresServer(string results) => _log = Path.Combine(results, "postgres.log");

    /// <summary>Its host.</summary>
    public NetworkNamespace Host { get; } = new();

    public static string ConnectionString => $"Host={Address};Database=netboot;Username=netboot;Password={Password}";

    public string Evidence => TextFile.Tail(_log);

    /// <param name="results">Where its log goes.</param>
    public static async Task<PostgresServer> OpenAsync(Bridge back, string results)
    {
        var server = new PostgresServer(results);
        await back.PlugAsync(server.Host, "back", Mac, $"{Address}/24");
        await server.MakeAsync();
        await server.StartAsync();
        await server.ProgramAsync("psql", "-q", "-h", server._folder.FullName, "-U", "postgres", "-v", $"password={Password}",
            "-f", Path.Combine(Repository.Root, "cluster-config", "three-heads", "schema-role.sql"));
        return server;
    }

    public async Task StartAsync() => await Until.FoundAsync(TryStartAsync, StartLimit, () => $"PostgreSQL does not answer\n{Evidence}");

    /// <summary>As after a power cut, but for the page cache.</summary>
    public void Kill()
    {
        _server?.Dispose();
        _server = null;
    }

    /// <returns>The rows, and of each the columns as text.</returns>
    public async Task<IReadOnlyList<string[]>> QueryAsync(string statement)
    {
        var output = await ProgramAsync("psql", "-qAt", "-F", "\t", "-h", _folder.FullName, "-U", "postgres", "-d", "netboot", "-c", statement);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }

    public void Dispose()
    {
        Kill();
        Host.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task MakeAsync()
    {
        await Tool.RunAsync("chown", "postgres:postgres", _folder.FullName);
        await ProgramAsync("initdb", "-D", Data, "-U", "postgres", "-E", "UTF8", "--locale=C", "--auth-local=trust", "--auth-host=scram-sha-256");
        await File.AppendAllTextAsync(Path.Combine(Data, "pg_hba.conf"), "host netboot netboot 10.0.0.0/24 scram-sha-256\n");
    }

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>The children of one that was killed leave in a moment, and keep the next one from starting until then.</summary>
    private async Task<string?> TryStartAsync()
    {
        if (_server is null or { HasExited: true })
        {
            _server?.Dispose();
            _server = new RunningProgram(Host, _log, AsPostgres[0],
                [.. AsPostgres[1..], Path.Combine(_programs, "postgres"), "-D", Data, "-c", $"listen_addresses={Address}", "-c", $"unix_socket_directories={_folder.FullName}",
                    .. SaysWhatTakesLong]);
        }

        try
        {
            return await ProgramAsync("pg_isready", "-q", "-h", _folder.FullName, "-U", "postgres");
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private Task<string> ProgramAsync(string name, params string[] arguments) =>
        Tool.RunAsync("env", ["-C", _folder.FullName, .. AsPostgres, Path.Combine(_programs, name), .. arguments]);

    private static string Programs()
    {
        var root = new DirectoryInfo("/usr/lib/postgresql");
        var versions = root.Exists ? root.GetDirectories().Where(version => File.Exists(Path.Combine(version.FullName, "bin", "initdb"))) : [];
        return versions.MaxBy(version => int.Parse(version.Name, CultureInfo.InvariantCulture)) is { } newest
            ? Path.Combine(newest.FullName, "bin")
            : throw new InvalidOperationException("no PostgreSQL server under /usr/lib/postgresql: scripts/install-deps test");
    }
}
