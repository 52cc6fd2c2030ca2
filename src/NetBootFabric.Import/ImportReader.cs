using NetBootFabric.Import.Csv;
using NetBootFabric.Import.Dhcpd;
using NetBootFabric.Import.Dnsmasq;
using NetBootFabric.Import.Kea;
using NetBootFabric.Import.Warewulf;

namespace NetBootFabric.Import;

/// <summary>Reads other systems' configurations. No bytes make it throw; what it can't carry over is said, line by line.</summary>
public static class ImportReader
{
    /// <summary>100 000 machines take some 10 MB in the wordiest of the formats.</summary>
    public const int SizeLimit = 32 << 20;

    public static Imported Read(ImportFormat format, ReadOnlySpan<byte> bytes)
    {
        // Machines that share a name or an address are what these two can't mean; the others tell them apart by subnet.
        var draft = new Draft(sharing: format is not (ImportFormat.Csv or ImportFormat.Warewulf));
        if (bytes.Length > SizeLimit) draft.Broken(0, "the text", $"it is larger than {SizeLimit >> 20} MiB; import it in parts");
        else if (SourceText.Decode(bytes) is not { } text) draft.Broken(0, "the text", "it is not UTF-8; save it as UTF-8 text");
        else Read(format, text, draft);
        return draft.Result();
    }

    private static void Read(ImportFormat format, string text, Draft draft)
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
                new DhcpdReader(draft).Read(text);
                break;
            case ImportFormat.Kea:
                new KeaReader(draft).Read(text);
                break;
            case ImportFormat.Warewulf:
                new WarewulfReader(draft).Read(text);
                break;
            default:
                new CsvReader(draft).Read(text);
                break;
        }
    }
}
