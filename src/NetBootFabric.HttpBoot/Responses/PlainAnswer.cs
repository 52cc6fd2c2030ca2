using System.Text;

namespace NetBootFabric.HttpBoot.Responses;

/// <summary>Answers of one plain line, as a person at a boot loader's prompt reads them.</summary>
internal static class PlainAnswer
{
    /// <summary>In characters; the rest is left out.</summary>
    private const int MaximumLine = 2048;

    /// <summary>All but the date, the connection's fields and the end.</summary>
    /// <param name="line">What is not ASCII in it becomes '?'.</param>
    public static void WriteHead(ref HeadWriter writer, int status, string line, string? allowed = null)
    {
        writer.Status(status);
        writer.Field("Content-Type"u8, "text/plain; charset=us-ascii"u8);
        writer.Field("Content-Length"u8, Cut(line).Length + 1); // 1 = its end
        if (allowed is not null) writer.Field("Allow"u8, allowed);
        if (status == 503) writer.Field("Retry-After"u8, "1"u8);
    }

    public static void WriteBody(ref HeadWriter writer, string line)
    {
        Span<byte> octets = stackalloc byte[MaximumLine];
        writer.Add(octets[..Encoding.ASCII.GetBytes(Cut(line), octets)]);
        writer.Add("\n"u8);
    }

    private static ReadOnlySpan<char> Cut(string line) => line.AsSpan(0, Math.Min(line.Length, MaximumLine));
}
