using System.Collections.Frozen;
using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Wire;

namespace NetBootFabric.Content.Tests;

/// <summary>A root of files with one client, 10.77.0.11, and a source over it.</summary>
internal sealed class Folder : IClientLookup, IRoomSource, ITurns, IDisposable
{
    public static readonly MacAddress Client = MacAddress.Parse("52:54:00:77:00:01");
    private static readonly Ipv4Address Peer = Ipv4Address.Parse("10.77.0.11");
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1");

    public Folder(int openFiles = 16)
    {
        Root = Directory.CreateTempSubdirectory("netboot-content-").FullName;
        Profile = new Profile { Name = "default", Kernel = "vmlinuz", Initrds = ["initrd.img"], CommandLine = "quiet" };
        Source = new BootContentSource(new BootContentOptions(Root) { OpenFiles = openFiles }, this, this, TimeProvider.System, this);
    }

    public string Root { get; }
    public BootContentSource Source { get; }
    public BootIntent Intent { get; set; }
    public Turn Turn { get; set; }
    public List<long> Asked { get; } = [];
    public Profile Profile
    {
        get;
        set
        {
            field = value;
            Current = new Room { Profiles = new[] { value }.ToFrozenDictionary(profile => profile.Name) };
        }
    }

    public Room Current { get; private set; } = Room.Empty;

    public string PathOf(string name) => Path.Combine(Root, name);
    public void Write(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(PathOf(name), bytes);
    public void Write(string name, string text) => Write(name, Encoding.ASCII.GetBytes(text));

    public ContentResult Open(string path, TransferProtocol protocol = TransferProtocol.Tftp, string? peer = null)
    {
        var request = new ContentRequest(path, peer is null ? Peer : Ipv4Address.Parse(peer), Server, protocol);
        var opened = Source.OpenAsync(request, CancellationToken.None);
        Assert.True(opened.IsCompletedSuccessfully);
        return opened.Result;
    }

    /// <summary>The whole content, which must be there.</summary>
    public byte[] Read(string path, TransferProtocol protocol = TransferProtocol.Tftp)
    {
        var (content, error, detail) = Open(path, protocol);
        Assert.True(content is not null, $"{error} {detail}");
        using (content)
        {
            var bytes = new byte[content.Length];
            Assert.Equal(bytes.Length, content.Read(0, bytes));
            return bytes;
        }
    }

    public string Text(string path, TransferProtocol protocol = TransferProtocol.Tftp) => Encoding.ASCII.GetString(Read(path, protocol));

    public Turn Ask(MacAddress client, string rack, long octets)
    {
        Asked.Add(octets);
        return Turn;
    }

    public ValueTask<BootTarget?> FindAsync(MacAddress client, CancellationToken cancellation) => new(client == Client ? Target : null);
    public ValueTask<BootTarget?> FindAsync(Ipv4Address address, CancellationToken cancellation) => new(address == Peer ? Target : null);

    private BootTarget Target => new()
    {
        Mac = Client,
        Name = "n001",
        Profile = Profile,
        Intent = Intent,
        Address = new BootAddress(Peer, Ipv4Address.Parse("255.255.0.0"), Server, []),
    };

    public void Dispose()
    {
        Source.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
