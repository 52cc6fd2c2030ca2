namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>What the machines boot: a folder with vmlinuz, initrd.img, and a plain PXE ROM. Made by scripts/payload, once.</summary>
internal static class BootPayload
{
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    public static Task<string> FolderAsync() => Made.Value;

    private static async Task<string> MakeAsync() => (await Tool.RunAsync(Repository.Script("payload"))).Trim();
}
