using System.Globalization;

namespace NetBootFabric.Node.Doctor;

/// <summary>What systemd, or another keeper of control groups, lets this process have.</summary>
/// <param name="root">Of the control groups' file system.</param>
/// <param name="ownGroup">The text of /proc/self/cgroup.</param>
internal sealed class ServiceLimits(string root, Func<string> ownGroup) : IDoctorCheck
{
    // 400 MiB while 10 000 clients load at once, and room for the page cache that files are served from.
    private const long Memory = 1L << 30;

    // Threads of sockets, Kestrel and the runtime; each counts as a task.
    private const long Tasks = 256;

    public ServiceLimits() : this("/sys/fs/cgroup", static () => File.ReadAllText("/proc/self/cgroup")) { }

    public string Name => "service limits";

    public IEnumerable<Finding> Look()
    {
        var (memory, tasks) = (Least("memory.max"), Least("pids.max"));
        if (memory < Memory) yield return Finding.Advice($"the service may take {memory >> 20} MiB of memory", $"MemoryMax={Memory >> 30}G or more in its unit, or none");
        if (tasks < Tasks) yield return Finding.Advice($"the service may have {tasks} threads", $"TasksMax={Tasks} or more in its unit");
        if (memory >= Memory && tasks >= Tasks) yield return Finding.Ok("memory and threads: no limit that matters");
    }

    /// <summary>Of the own group and all above it.</summary>
    private long Least(string file)
    {
        var least = long.MaxValue;
        var group = ownGroup().Split('\n').FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal))?[3..].Trim() ?? "/";
        for (var folder = group; ; folder = Path.GetDirectoryName(folder) ?? "/")
        {
            if (Read(Path.Join(root, folder, file)) is { } limit) least = Math.Min(least, limit);
            if (folder.Length <= 1) return least;
        }
    }

    /// <summary>Null: "max", or not there.</summary>
    private static long? Read(string path)
    {
        try
        {
            return long.TryParse(File.ReadAllText(path), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var limit) ? limit : null;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
