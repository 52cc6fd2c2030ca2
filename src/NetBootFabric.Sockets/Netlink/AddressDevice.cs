using System.Text;

namespace NetBootFabric.Sockets;

/// <summary>
/// A network device (TUN) for addresses that shall be gone in the moment this process is, however it ends. The kernel answers ARP for them and delivers what is sent
/// to them on every other interface too (the weak host model), as long as <see cref="WeakHost"/> has no objection. Nothing is ever read from it or written to it.
/// <para>
/// An address on an ordinary interface outlives its process: until its lifetime is over the kernel refuses whoever connects to it, and it ends the
/// connections that were. With the address gone first there is no route for such a segment, so that a dead process looks like a dead machine.
/// </para>
/// </summary>
public sealed class AddressDevice : IDisposable
{
    private const string Clone = "/dev/net/tun";

    private readonly SocketHandle _handle;

    private AddressDevice(SocketHandle handle, string name, int index) => (_handle, Name, InterfaceIndex) = (handle, name, index);

    public string Name { get; }

    public int InterfaceIndex { get; }

    /// <summary>Makes one, in the network namespace that the calling thread is in. Takes CAP_NET_ADMIN.</summary>
    /// <param name="name">With %d for the first number that is free.</param>
    /// <exception cref="SocketSetupException">There is no /dev/net/tun, or no permission.</exception>
    public static AddressDevice Open(string name = "nbf%d")
    {
        var handle = new SocketHandle(OpenClone(), wake: -1);
        try
        {
            var taken = Attach(handle.Socket, name);
            var index = (int)Libc.IfNameToIndex(taken);
            using var netlink = new NetlinkSocket();
            var error = LinkSetup.SetUp(netlink, index);
            if (error != Errno.None) throw SetupAdvice.For(error, SetupStep.Configure, $"the device {taken}");
            return new AddressDevice(handle, taken, index);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Takes the device and its addresses away.</summary>
    public void Dispose() => _handle.Dispose();

    /// <remarks>
    /// A process that dies has its descriptors closed in the order of their numbers, and what each close does is done in the reverse order: that of the highest
    /// first. Hence a number above all connections'.
    /// </remarks>
    private static int OpenClone()
    {
        var low = Libc.Open(Clone, Libc.O_RDWR | Libc.O_CLOEXEC);
        if (low < 0) throw SetupAdvice.For(Libc.LastError, SetupStep.OpenDevice, Clone);
        var high = Libc.FCntl(low, Libc.F_DUPFD_CLOEXEC, HighestDescriptor());
        if (high < 0) return low;
        _ = Libc.Close(low);
        return high;
    }

    // The kernel's table has eight octets for each number up to the highest: half a megabyte.
    private static nint HighestDescriptor() => (nint)Math.Min(HostLimits.Read().OpenFiles ?? 1024, 65_536) - 1;

    private static unsafe string Attach(int descriptor, string name)
    {
        var request = new DeviceRequest { Flags = Libc.IFF_TUN | Libc.IFF_NO_PI };
        Encoding.ASCII.GetBytes(name, ((Span<byte>)request.Name)[..^1]);
        if (Libc.IoCtl(descriptor, Libc.TUNSETIFF, &request) < 0) throw SetupAdvice.For(Libc.LastError, SetupStep.Configure, $"a device of {Clone}");
        ReadOnlySpan<byte> taken = request.Name;
        return Encoding.ASCII.GetString(taken[..taken.IndexOf((byte)0)]);
    }
}
