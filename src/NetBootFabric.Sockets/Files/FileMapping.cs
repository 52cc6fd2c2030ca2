using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NetBootFabric.Sockets;

/// <summary>
/// A file in the address space, from which the kernel sends (<see cref="SendBatch"/>). Nothing here ever reads an octet of it, and nothing
/// can from outside: where the file was cut meanwhile, reading would kill the process by SIGBUS, while the kernel, which copies for a system
/// call, answers the call with EFAULT.
/// </summary>
public sealed class FileMapping : SafeHandle
{
    private FileMapping(nint address, long length) : base(-1, ownsHandle: true)
    {
        SetHandle(address);
        Length = length;
    }

    /// <summary>In octets, as it was mapped.</summary>
    public long Length { get; }

    public override bool IsInvalid => handle == -1;

    /// <summary>The first <paramref name="length"/> octets. Null when the file system can't do it, or the address space is limited. The file may be closed then.</summary>
    public static FileMapping? TryMap(SafeFileHandle file, long length)
    {
        if (length <= 0) return null;
        var entered = false;
        try
        {
            file.DangerousAddRef(ref entered);
            // Private, since some file systems share none; it is never written to.
            var address = Libc.MMap(0, (nuint)length, Libc.PROT_READ, Libc.MAP_PRIVATE, (int)file.DangerousGetHandle(), 0);
            return address == -1 ? null : new FileMapping(address, length);
        }
        finally
        {
            if (entered) file.DangerousRelease();
        }
    }

    /// <summary>For an I/O vector, and for nothing else.</summary>
    internal nint At(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return handle + (nint)offset;
    }

    protected override bool ReleaseHandle() => Libc.MUnmap(handle, (nuint)Length) == 0;
}
