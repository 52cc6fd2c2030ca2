using System.Globalization;

namespace NetBootFabric.TftpLoad;

/// <summary>What a process and its ended children used (proc(5)).</summary>
internal static class ServerCpu
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux of today

    /// <summary>User and system time; 0 without a process.</summary>
    public static double Seconds(int? pid)
    {
        if (pid is not { } number) return 0;
        var stat = File.ReadAllText($"/proc/{number}/stat");
        // Behind the name, which may hold blanks: state is field 3, utime, stime, cutime and cstime are fields 14 to 17.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[11..15].Sum(static field => long.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
