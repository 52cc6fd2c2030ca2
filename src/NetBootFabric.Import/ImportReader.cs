using NetBootFabric.Import.Cobbler;
using NetBootFabric.Import.Csv;
using NetBootFabric.Import.Dhcpd;
using NetBootFabric.Import.Dnsmasq;
using NetBootFabric.Import.Kea;
using NetBootFabric.Import.Warewulf;
using NetBootFabric.Import.Xcat;

namespace NetBootFabric.Import;

/// <summary>Reads other systems' configurations. No bytes make it throw; what it can't carry over is said, line by line.</summary>
public static class ImportReader
{
    /// <summary>100 000 machines take some 10 MB in the wordiest of the formats.</summary>
    public const int SizeLimit = 32 << 20;

    /// <param name="isServed">
    /// Whether an address lies in a subnet of the fabric: of a machine's several addresses the first such one is carried. Null: all do.
    /// </param>
    public static Imported Read(ImportFormat format, ReadOnlySpan<byte> bytes, Func<string, bool>? isServed = null)
    {
        // Machines that share a name or an address are what these two can't mean; the others tell them apart by subnet.
        var draft = new Draft(sharing: format is not (ImportFormat.Csv or ImportFormat.Warewulf or ImportFormat.Xcat));
        if (bytes.Length > SizeLimit) draft.Broken(0, "the text", $"it is larger than {SizeLimit >> 20} MiB; import it in parts");
        else if (SourceText.Decode(bytes) is not { } text) draft.Broken(0, "the text", "it is not UTF-8; save it as UTF-8 text");
        else Read(format, text.Replace("\ufeff", "", StringComparison.Ordinal), draft, isServed ?? (static _ => true));
        return draft.Result();
    }

    private static void Read(ImportFormat format, string text, Draft draft, Func<string, bool> isServed)
    {
        switch (format)
        {
            case ImportFormat.Dnsmasq:
                new DnsmasqReader(draft, options: true).Read(text);
                break;
            case ImportFormat.Ethers:
                new DnsmasqReader(draft, options: false).Read(text);
                break;
            case ImportFormat.Dhcpd:
                new DhcpdReader(draft, isServed).Read(text);
                break;
            case ImportFormat.Kea:
                new KeaReader(draft).Read(text);
                break;
            case ImportFormat.Warewulf:
                new WarewulfReader(draft).Read(text);
                break;
            case ImportFormat.Xcat:
                new XcatReader(draft).Read(text);
                break;
            case ImportFormat.Cobbler:
                new CobblerReader(draft).Read(text);
                break;
            default:
                new CsvReader(draft).Read(text);
                break;
        }
    }
}
