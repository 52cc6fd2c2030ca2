namespace NetBootFabric.Node.Doctor;

/// <summary>Free disk of what netbootd writes to.</summary>
/// <param name="file">The store's file; null: the store is elsewhere.</param>
internal sealed class FreeSpace(string? file) : IDoctorCheck
{
    // A room of 10 000 clients takes some 50 MiB; SQLite needs as much again while it cleans up.
    private const long Little = 1L << 30, TooLittle = 64L << 20;

    public string Name => "disk";

    public IEnumerable<Finding> Look()
    {
        if (file is null) return [Finding.Ok("the store is a database elsewhere")];
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        return [Judge(folder, free)];
    }

    private static Finding Judge(string folder, long free) => free switch
    {
        < TooLittle => Finding.Broken($"{folder} has {free >> 20} MiB free: leases can't be written soon, and new clients get no address", "make room there, or move the store (store: sqlite:PATH)"),
        < Little => Finding.Advice($"{folder} has {free >> 20} MiB free", "make room there before it is full: then new clients get no address"),
        _ => Finding.Ok($"{folder} has {free >> 30} GiB free"),
    };
}
