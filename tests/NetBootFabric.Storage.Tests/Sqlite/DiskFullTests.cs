using System.Diagnostics;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Storage.Sqlite;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Sqlite;

/// <summary>A real full disk: a tmpfs of one megabyte, which needs root.</summary>
public sealed class DiskFullTests : IDisposable
{
    private readonly string _disk = Directory.CreateTempSubdirectory("netboot-full-").FullName;

    public DiskFullTests() => Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _disk);

    public void Dispose()
    {
        Run("umount", _disk);
        Directory.Delete(_disk);
    }

    [Fact]
    public async Task A_full_disk_is_unavailable_and_when_there_is_space_again_writing_goes_on()
    {
        var database = Path.Combine(_disk, "fabric.db");
        var ballast = Path.Combine(_disk, "ballast");
        using (var store = SqliteStore.Open(database, new FixedTime()))
        {
            Assert.Equal(LeaseCommit.Committed, await store.Commit(Lease(0, 0)));
            Fill(ballast);
            var committed = await CommitUntilFull(store);
            Assert.Equal(LeaseCommit.Unavailable, await store.Commit(Lease(9999, 9999)));
            Assert.NotNull(store.Status.FailingSince);
            Assert.Equal(committed, (await store.Leases()).Length); // reading goes on
            File.Delete(ballast);
            Assert.Equal(LeaseCommit.Committed, await store.Commit(Lease(9999, 9999)));
            Assert.Null(store.Status.FailingSince);
            Assert.Equal(committed + 1, (await store.Leases()).Length);
        }
        using var again = SqliteStore.Open(database, new FixedTime());
        Assert.Contains(Lease(9999, 9999), await again.Leases());
    }

    /// <summary>How many leases are in the store when the first write fails.</summary>
    private static async Task<int> CommitUntilFull(SqliteStore store)
    {
        for (var client = 1; client < 5000; client++)
        {
            if (await store.Commit(Lease(client, client)) == LeaseCommit.Unavailable) return client;
        }
        throw new InvalidOperationException("the disk never became full");
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // full: that was the aim
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
