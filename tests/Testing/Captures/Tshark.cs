using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace NetBootFabric.Testing.Captures;

/// <summary>Wireshark's decoder: what another implementation makes of our packets.</summary>
public static class Tshark
{
    private const char Column = '\t';
    private const char Repeated = '\u001f';
    private const int Warning = 0x600000; // PI_WARN; errors are higher

    /// <summary>Expert information that tells what a packet is for, not that it is wrong.</summary>
    private static readonly string[] NoComplaint = ["TFTP ERROR packet"];

    private static readonly string[] Verdict = ["_ws.malformed", "_ws.expert.severity", "_ws.expert.message"];

    /// <summary>Captures the frames to a file of its own and decodes that as <see cref="DecodeClean(string, string[])"/> does.</summary>
    public static IReadOnlyList<string[][]> DecodeClean(IEnumerable<byte[]> frames, params string[] fields)
    {
        var path = Path.Combine(Path.GetTempPath(), $"netboot-{Guid.NewGuid():N}.pcap");
        try
        {
            using (var capture = new PcapWriter(path))
                foreach (var frame in frames) capture.Write(frame);
            return DecodeClean(path, fields);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// The fields of every frame, in their occurrences. Fails unless every frame decodes without "malformed" and without a warning or error,
    /// checksums included.
    /// </summary>
    /// <param name="path">A capture, pcap or pcapng.</param>
    /// <param name="fields">Names of Wireshark's display filters: <c>dhcp.ip.your</c>.</param>
    public static IReadOnlyList<string[][]> DecodeClean(string path, params string[] fields)
    {
        var rows = Fields(path, "frame", [.. Verdict, .. fields]);
        var complaints = rows.SelectMany(Complaints).ToArray();
        Assert.True(complaints.Length == 0, "tshark complains:\n" + string.Join('\n', complaints));
        return [.. rows.Select(row => row[Verdict.Length..])];
    }

    /// <summary>The frames that the display filter takes; for every frame the fields, for every field its occurrences.</summary>
    /// <param name="filter">A display filter.</param>
    /// <param name="fields">Each once: tshark fills only one of two columns of the same name.</param>
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

    private static IEnumerable<string> Complaints(string[][] row, int index)
    {
        if (row[0].Length > 0) yield return $"frame {index + 1}: malformed";
        foreach (var (severity, message) in row[1].Zip(row[2]))
            if (int.Parse(severity, CultureInfo.InvariantCulture) >= Warning && !NoComplaint.Contains(message)) yield return $"frame {index + 1}: {message}";
    }

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
