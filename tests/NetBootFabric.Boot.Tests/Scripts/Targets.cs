using System.Collections.Frozen;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Tests.Scripts;

internal static class Targets
{
    public static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1");

    public static BootTarget Of(string commandLine = "console=ttyS0 panic=-1", BootIntent intent = BootIntent.Always, Transport transport = Transport.Http) => new()
    {
        Mac = MacAddress.Parse("52:54:00:77:00:01"),
        Name = "n001",
        Intent = intent,
        Profile = new Profile { Name = "default", Kernel = "vmlinuz", Initrds = ["initrd.img"], CommandLine = commandLine, Transport = transport },
        Address = new BootAddress(Ipv4Address.Parse("10.77.0.11"), Ipv4Address.Parse("255.255.0.0"), Ipv4Address.Parse("10.77.0.1"), [Ipv4Address.Parse("10.77.0.1")]),
    };

    public static BootTarget With(this BootTarget target, string variable, string value) =>
        target with { Variables = new Dictionary<string, string> { [variable] = value }.ToFrozenDictionary() };

    public static BootTarget WithInitrds(this BootTarget target, params string[] initrds) => target with { Profile = target.Profile with { Initrds = [.. initrds] } };
}
