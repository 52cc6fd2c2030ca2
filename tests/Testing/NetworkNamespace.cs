using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NetBootFabric.Testing;

/// <summary>
/// A network namespace of the test's own, deleted with it. What <see cref="Run{T}"/> opens stays in the namespace, on whatever thread it is used later.
/// Takes root.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private const int CloneNewNet = 0x4000_0000;
    private static int _made;

    public NetworkNamespace()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"nbf-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}");
        Ip($"netns add {Name}");
        Here("link set lo up");
    }

    public string Name { get; }

    /// <summary>Makes a pair of connected interfaces in this namespace, both up, with fixed MAC addresses.</summary>
    public void AddPair(string one, string other, string oneMac, string otherMac)
    {
        Here($"link add name {one} address {oneMac} type veth peer name {other} address {otherMac}");
        Here($"link set {one} up");
        Here($"link set {other} up");
        AwaitLink(one);
        AwaitLink(other);
    }

    /// <summary>Makes a pair of connected interfaces: one here, the other in another namespace, both up.</summary>
    public void Join(NetworkNamespace peer, string here, string there, string hereMac, string thereMac)
    {
        Here($"link add name {here} address {hereMac} type veth peer name {there} address {thereMac} netns {peer.Name}");
        Here($"link set {here} up");
        peer.Here($"link set {there} up");
        AwaitLink(here);
        peer.AwaitLink(there);
    }

    /// <summary>Runs <c>ip</c> in this namespace.</summary>
    public void Here(string arguments) => Ip($"-n {Name} {arguments}");

    /// <summary>What <c>ip</c> prints in this namespace.</summary>
    public string Show(string arguments) => Ip($"-n {Name} {arguments}");

    /// <summary>Runs on a thread that has entered this namespace, and returns what it made.</summary>
    public T Run<T>(Func<T> action)
    {
        var result = default(T);
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter();
                result = action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException($"in {Name}: {failure.Message}", failure);
    }

    public void Run(Action action) => Run(() =>
    {
        action();
        return 0;
    });

    public void Dispose() => Ip($"netns delete {Name}");

    private void Enter()
    {
        using var file = File.OpenHandle($"/run/netns/{Name}");
        if (SetNs((int)file.DangerousGetHandle(), CloneNewNet) != 0)
            throw new InvalidOperationException($"setns failed with errno {Marshal.GetLastPInvokeError()}; these tests take root");
    }

    /// <summary>The kernel opens a link's queue some time after the command that set it up; frames sent before that are lost.</summary>
    public void AwaitLink(string name)
    {
        var limit = Stopwatch.StartNew();
        while (!Ip($"-n {Name} -o link show dev {name}").Contains("state UP", StringComparison.Ordinal))
            if (limit.Elapsed > TimeSpan.FromSeconds(20)) throw new InvalidOperationException($"{name} in {Name} has no link");
    }

    private static string Ip(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"ip {arguments}: {error.Result}");
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int SetNs(int descriptor, int kind);
}
