using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace NetBootFabric.Testing.Captures;

/// <summary>Wireshark's decoder: what another implementation makes of our packets.</summary>
public static class Tshark
{
    private const char Column = '\t';
    private const char Repeated = '\u001f';

    /// <summary>Fails unless every frame decodes without "malformed" and without a warning or error, checksums included.</summary>
    /// <param name="path">A capture.</param>
    public static void AssertClean(string path)
    {
        var complaints = Fields(path, "_ws.malformed || _ws.expert.severity >= 0x600000", "frame.number", "_ws.col.Info", "_ws.expert.message", "_ws.malformed");
        Assert.True(complaints.Count == 0, "tshark complains:\n" + string.Join('\n', complaints.Select(row => string.Join(" | ", row.Select(All)))));
    }

    /// <summary>Captures the frames to a file of its own, asserts that they are clean, and gives the fields of each.</summary>
    public static IReadOnlyList<string[][]> DecodeClean(IEnumerable<byte[]> frames, params string[] fields)
    {
        var path = Path.Combine(Path.GetTempPath(), $"netboot-{Guid.NewGuid():N}.pcap");
        try
        {
            using (var capture = new PcapWriter(path))
                foreach (var frame in frames) capture.Write(frame);
            AssertClean(path);
            return Fields(path, "frame", fields);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The frames that the display filter takes; for every frame the fields, for every field its occurrences.</summary>
    public static IReadOnlyList<string[][]> Fields(string path, string filter, params string[] fields)
    {
        string[] arguments =
        [
            "-n", "-r", path, "-Y", filter, "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE",
            "-T", "fields", "-E", "separator=/t", "-E", $"aggregator={Repeated}", .. fields.SelectMany(field => new[] { "-e", field }),
        ];
        return [.. Run(arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(Column).Select(cell => cell.Length == 0 ? [] : cell.Split(Repeated)).ToArray())];
    }

    private static string All(string[] occurrences) => string.Join(", ", occurrences);

    private static string Run(string[] arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"tshark ended with {process.ExitCode}: {errors.Result}"));
        return output;
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("tshark is missing; install it: apt-get install tshark", missing);
        }
    }
}
