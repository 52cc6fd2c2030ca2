namespace NetBootFabric.Import;

/// <summary>Which system a text is of, when it leaves no doubt.</summary>
public static class FormatGuess
{
    private const int Lines = 2000;

    /// <summary>By what is said, and by the file's name where that does not tell. Null: it could be several, or none.</summary>
    public static ImportFormat? Of(string? fileName, ReadOnlySpan<byte> bytes)
    {
        if (SourceText.Decode(bytes) is not { } text) return null;
        var lines = text.Split('\n', Lines + 1).Take(Lines).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToList();
        ImportFormat?[] found =
        [
            lines.Any(line => line.StartsWith("dhcp-", StringComparison.Ordinal) && line.Contains('=', StringComparison.Ordinal) || line.Contains("--dhcp-host", StringComparison.Ordinal)) ? ImportFormat.Dnsmasq : null,
            lines.Any(line => line.StartsWith("nodeprofiles:", StringComparison.Ordinal) || line.StartsWith("network devices:", StringComparison.Ordinal)) ? ImportFormat.Warewulf : null,
            lines.Any(line => line.StartsWith("\"Dhcp4\"", StringComparison.Ordinal) || line.Contains("\"hw-address\"", StringComparison.Ordinal) || line.Replace(" ", "", StringComparison.Ordinal).StartsWith("{\"Dhcp4\"", StringComparison.Ordinal)) ? ImportFormat.Kea : null,
            lines.Any(line => line.Contains("\"mac_address\":", StringComparison.Ordinal)
                || line.Contains("mac_address:", StringComparison.Ordinal)) ? ImportFormat.Cobbler : null,
            text.Split('\n').Any(Xcat.XcatReader.IsHeadings) ? ImportFormat.Xcat : null,
            lines.Any(line => line.Contains("hardware ethernet", StringComparison.OrdinalIgnoreCase)) ? ImportFormat.Dhcpd : null,
            lines.Count > 0 && IsHeader(lines[0]) ? ImportFormat.Csv : null,
        ];
        var sure = found.OfType<ImportFormat>().ToList();
        return sure.Count == 1 ? sure[0] : sure.Count == 0 ? ByName(fileName) : null;
    }

    private static bool IsHeader(string line)
    {
        var cells = line.ToLowerInvariant().Split(',', ';', '\t').Select(cell => cell.Trim('"', ' ')).ToList();
        return line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || cells.Count > 1 && cells.Any(cell => cell is "mac" or "mac address" or "hwaddr");
    }

    private static ImportFormat? ByName(string? fileName) => Path.GetFileName(fileName ?? "").ToLowerInvariant() switch
    {
        "ethers" => ImportFormat.Ethers,
        "nodes.conf" => ImportFormat.Warewulf,
        "dnsmasq.conf" => ImportFormat.Dnsmasq,
        "dhcpd.conf" or "dhcpd.leases" => ImportFormat.Dhcpd,
        var name when name.EndsWith(".csv", StringComparison.Ordinal) => ImportFormat.Csv,
        _ => null,
    };
}
