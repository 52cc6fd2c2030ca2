using System.Collections.Frozen;
using System.Diagnostics;
using NetBootFabric.AdminApi.Doctor;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Content;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Doctor;
using NetBootFabric.Sockets;
using NetBootFabric.Storage.Writing;
using NetBootFabric.Testing;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Doctor;

public sealed class HostCheckTests : IDisposable, IRoomSource, IClientLookup
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netboot-doctor").FullName;
    private Profile _profile = new() { Name = "default", Kernel = "vmlinuz", Initrds = ["initrd.img"] };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public Room Current => new() { Profiles = new Dictionary<string, Profile> { [_profile.Name] = _profile }.ToFrozenDictionary() };

    [Fact]
    public void Limits_that_are_too_small_for_the_room_are_named_with_the_line_that_raises_them()
    {
        var small = new HostLimits(128, 512, 1024, null, 128, 1024);
        var findings = HostCheckup.Judge(HostChecks.Evaluate(small, 10_000), 10_000).ToList();
        Assert.All(findings, finding => Assert.Equal("advice", finding.State));
        foreach (var fix in (string[])["sysctl -w net.ipv4.neigh.default.gc_thresh1=16384", "sysctl -w net.core.somaxconn=16384", "LimitNOFILE=31024 in the unit, or ulimit -n 31024"]) Assert.Contains(findings, finding => finding.Remedy == fix);
        var large = new HostLimits(1 << 20, 1 << 20, 1 << 20, null, 1 << 20, 1 << 20);
        Assert.Equal("ok", Assert.Single(HostCheckup.Judge(HostChecks.Evaluate(large, 10_000), 10_000)).State);
    }

    [Fact]
    public void The_accept_queue_is_the_one_of_the_network_namespace()
    {
        using var here = new NetworkNamespace();
        here.Run(() => File.WriteAllText("/proc/sys/net/core/somaxconn", "200"));
        Assert.Contains(here.Run(() => new HostCheckup(10_000).Look().ToList()), finding => finding.Seen.StartsWith("net.core.somaxconn is 200", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_of_profiles_are_asked_for_as_clients_do()
    {
        using var content = new BootContentSource(new BootContentOptions(_folder), this, this, TimeProvider.System);
        var check = new ProfileFiles(content, this, _folder);
        Assert.Equal(["vmlinuz of profile default: is not there", "initrd.img of profile default: is not there"], check.Look().Select(finding => finding.Seen));

        File.WriteAllText(Path.Combine(_folder, "vmlinuz"), "kernel");
        File.WriteAllText(Path.Combine(_folder, "initrd.img"), "");
        Assert.Equal("initrd.img of profile default: is empty", Assert.Single(check.Look()).Seen);

        File.Delete(Path.Combine(_folder, "initrd.img"));
        File.CreateSymbolicLink(Path.Combine(_folder, "initrd.img"), "/etc/hostname");
        Assert.Equal("broken", Assert.Single(check.Look()).State);

        _profile = _profile with { Initrds = [] };
        Assert.Equal("ok", Assert.Single(check.Look()).State);
    }

    [Fact]
    public void A_loader_that_a_profile_names_and_that_is_not_there_breaks_its_clients()
    {
        _profile = _profile with { Loader = LoaderKind.Shim };
        var missing = new LoaderPrograms(_folder, this).Look().Where(finding => finding.Remedy?.Contains("arm64", StringComparison.Ordinal) == true);
        Assert.Contains(missing, finding => finding.State == "advice" && finding.Seen.Contains("shimaa64.efi.signed", StringComparison.Ordinal));
        Assert.DoesNotContain(new LoaderPrograms(_folder, this).Look(), finding => finding.State == "broken" && File.Exists("/usr/lib/shim/shimx64.efi.signed"));
    }

    [Fact]
    public void A_disk_that_is_nearly_full_is_broken()
    {
        Assert.Equal("ok", Assert.Single(new FreeSpace(null).Look()).State);
        var small = Directory.CreateDirectory(Path.Combine(_folder, "small")).FullName;
        Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small);
        try
        {
            Assert.Equal("broken", Assert.Single(new FreeSpace(Path.Combine(small, "fabric.db")).Look()).State);
            Run("mount", "-o", "remount,size=200m", small);
            Assert.Equal("advice", Assert.Single(new FreeSpace(Path.Combine(small, "fabric.db")).Look()).State);
        }
        finally
        {
            Run("umount", small);
        }
    }

    [Fact]
    public void A_database_that_does_not_answer_and_a_store_that_can_not_be_written_are_broken()
    {
        var nowhere = new StoreOptions(StoreKind.Postgres, "Host=127.0.0.1;Port=1;Database=fabric;Username=netboot");
        Assert.Contains("does not answer", Assert.Single(new DatabaseCheck(nowhere, () => new StoreStatus(), TimeProvider.System).Look()).Seen, StringComparison.Ordinal);
        var failing = new StoreStatus { FailingSince = DateTimeOffset.UnixEpoch, LastFailure = "the disk is full" };
        Assert.Equal("broken", Assert.Single(new DatabaseCheck(new StoreOptions(StoreKind.Sqlite, "fabric.db"), () => failing, TimeProvider.System).Look()).State);
    }

    [Theory]
    [InlineData(0.4, "ok")]
    [InlineData(-2, "advice")]
    [InlineData(7, "broken")]
    public void Clocks_that_differ_are_told_by_how_much(double seconds, string state) => Assert.Equal(state, DatabaseCheck.Clock(TimeSpan.FromSeconds(seconds)).State);

    [Fact]
    public void A_database_that_is_far_away_costs_every_lease() => Assert.Equal("advice", DatabaseCheck.Distance(TimeSpan.FromMilliseconds(80)).State);

    [Fact]
    public void Limits_of_the_service_and_of_all_above_it_count()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "system.slice/netbootd.service"));
        var check = new ServiceLimits(_folder, () => "0::/system.slice/netbootd.service\n");
        Assert.Equal("ok", Assert.Single(check.Look()).State);

        File.WriteAllText(Path.Combine(_folder, "system.slice/netbootd.service/memory.max"), "max\n");
        File.WriteAllText(Path.Combine(_folder, "system.slice/memory.max"), "268435456\n");
        File.WriteAllText(Path.Combine(_folder, "system.slice/netbootd.service/pids.max"), "32\n");
        Assert.Equal(["the service may take 256 MiB of memory", "the service may have 32 threads"], check.Look().Select(finding => finding.Seen));
    }

    [Fact]
    public void Receive_buffers_that_are_small_or_overflowed_are_advice()
    {
        Assert.Equal("ok", Assert.Single(new ReceiveQueues(() => (16, 16, 0)).Look()).State);
        Assert.Equal(["advice", "advice"], new ReceiveQueues(() => (4, 16, 3)).Look().Select(finding => finding.State));
    }

    [Fact]
    public async Task A_check_that_fails_is_told_and_the_others_are_not_lost()
    {
        var rounds = new HeadDoctorRounds("head1", [new FreeSpace(null), new ServiceLimits(_folder, () => throw new IOException("no such file"))], TimeProvider.System);
        Assert.True(rounds.Now().Running);
        var told = await rounds.LookAsync();
        Assert.Equal([DoctorRoutes.Ok, DoctorRoutes.Advice], told.Findings.Select(finding => finding.State));
        Assert.Contains("no such file", told.Findings[1].Seen, StringComparison.Ordinal);
        Assert.Same(told, await rounds.LookAsync());
        Assert.Same(told, rounds.Now());
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    public ValueTask<BootTarget?> FindAsync(MacAddress client, CancellationToken cancellation) => default;

    public ValueTask<BootTarget?> FindAsync(Ipv4Address address, CancellationToken cancellation) => default;
}
