namespace NetBootFabric.Content.Files;

/// <summary>UEFI's HTTP boot (UEFI 2.10 §24.7.2) reads application/efi as a program; it takes .efi by its ending too, whatever the type.</summary>
internal static class MediaTypes
{
    public const string Efi = "application/efi";
    public const string Text = "text/plain; charset=us-ascii";
    private const string Bytes = "application/octet-stream";

    public static string Of(string path) =>
        path.EndsWith(".efi", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".efi.signed", StringComparison.OrdinalIgnoreCase) ? Efi : Bytes;
}
