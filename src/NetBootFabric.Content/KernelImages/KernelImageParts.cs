using System.Collections.Immutable;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Content.Files;
using NetBootFabric.Content.Paths;

namespace NetBootFabric.Content.KernelImages;

/// <summary>The open files of one image.</summary>
internal sealed class KernelImageParts(OpenFile kernel, OpenFile stub, ImmutableArray<OpenFile> initrds) : IDisposable
{
    // Enough for the header of a kernel's EFI stub: Linux has it within the first page.
    private const int KernelHeaderSize = 4096;

    public OpenFile Kernel => kernel;
    public OpenFile Stub => stub;
    public ImmutableArray<OpenFile> Initrds => initrds;

    /// <summary>Linux unpacks several archives in a row when each starts at a multiple of four.</summary>
    public long InitrdLength => initrds.Sum(file => Padded(file.Stamp.Length));

    public DateTimeOffset LastModified => new(initrds.Append(kernel).Append(stub).Max(file => file.Stamp.ModifiedUtc));

    public string Stamp => string.Join('.', initrds.Prepend(kernel).Prepend(stub).Select(file => file.ETag));

    public static long Padded(long length) => (length + 3) / 4 * 4;

    /// <summary>Opens what <paramref name="profile"/> names, and the stub for the kernel's machine; else the failure.</summary>
    public static KernelImageParts? Open(ContentFolder folder, Profile profile, out ContentResult failure)
    {
        var opened = new List<OpenFile>();
        failure = default;
        foreach (var path in profile.Initrds.Prepend(profile.Kernel))
        {
            if (OpenPart(folder, path, ref failure) is not { } file) return Abandon(opened);
            opened.Add(file);
        }
        if (OpenStub(folder, opened[0], ref failure) is not { } stub) return Abandon(opened);
        return new KernelImageParts(opened[0], stub, [.. opened.Skip(1)]);
    }

    private static OpenFile? OpenPart(ContentFolder folder, string path, ref ContentResult failure)
    {
        var error = ContentError.BadPath;
        var file = ContentPath.TryNormalise(path, out var normalised) ? folder.Open(normalised, out error) : null;
        if (file is null) failure = new(null, error, $"{path}, which the profile names: {error}");
        return file;
    }

    private static OpenFile? OpenStub(ContentFolder folder, OpenFile kernel, ref ContentResult failure)
    {
        var header = new byte[KernelHeaderSize];
        kernel.Read(0, header);
        if (!PeHeader.TryRead(header, out var pe) || KernelImageStubs.For(pe.Machine) is not { } program)
        {
            failure = new(null, ContentError.Misconfigured, $"{kernel.Path} is no kernel that UEFI on x64 or arm64 can start");
            return null;
        }
        var stub = folder.Open(program, out var error);
        if (stub is null) failure = new(null, ContentError.Misconfigured, $"{program.Name} is missing ({error}); it is in Debian's package {program.Package}");
        return stub;
    }

    private static KernelImageParts? Abandon(List<OpenFile> opened)
    {
        foreach (var file in opened) file.Dispose();
        return null;
    }

    public void Dispose()
    {
        kernel.Dispose();
        stub.Dispose();
        foreach (var file in initrds) file.Dispose();
    }
}
