using System.Globalization;

namespace NetBootFabric.Node.Doctor;

/// <summary>Other programs on this machine that listen at the ports of clients: a server of another kind left running, or one that shares its port with netbootd.</summary>
internal sealed class TakenPorts(IReadOnlyList<int> ports) : IDoctorCheck
{
    private const int LocalAddress = 1, Inode = 9; // columns of /proc/net/udp

    public string Name => "ports";

    public IEnumerable<Finding> Look()
    {
        // Of this thread: a process of another network namespace has other ports.
        var open = Read(File.ReadAllLines("/proc/thread-self/net/udp")).Where(each => ports.Contains(each.Port)).ToList();
        var own = SocketsOf("/proc/self").ToHashSet();
        var others = open.Where(each => !own.Contains(each.Inode)).GroupBy(each => each.Port).ToList();
        foreach (var port in others)
            yield return Finding.Broken($"UDP port {port.Key} is open in {Owner(port.First().Inode)} too: it may take clients' packets or answer them", "stop that server, or have it keep off the clients' interfaces");
        if (others.Count == 0) yield return Finding.Ok($"UDP {string.Join(", ", ports)}: nobody else's");
    }

    public static IEnumerable<(int Port, long Inode)> Read(IEnumerable<string> lines)
    {
        foreach (var line in lines.Skip(1))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > Inode && int.TryParse(columns[LocalAddress].Split(':')[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port) && long.TryParse(columns[Inode], CultureInfo.InvariantCulture, out var inode))
                yield return (port, inode);
        }
    }

    private static string Owner(long inode)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            if (!SocketsOf(process).Contains(inode)) continue;
            return $"{Text($"{process}/comm") ?? "a program"} (process {Path.GetFileName(process)})";
        }
        return "another program";
    }

    private static IEnumerable<long> SocketsOf(string process)
    {
        const string mark = "socket:[";
        string[] files;
        try
        {
            files = Directory.GetFiles($"{process}/fd");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            yield break;
        }
        foreach (var file in files)
            if (Target(file) is { } target && target.Contains(mark, StringComparison.Ordinal) && long.TryParse(target[(target.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..].TrimEnd(']'), CultureInfo.InvariantCulture, out var inode))
                yield return inode;
    }

    private static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
