using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Dhcp;

/// <summary>What holds for every inquiry, in every state of the room: long random lives of small rooms, from fixed seeds.</summary>
public sealed class DecisionPropertyTests
{
    private const int Steps = 4000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_answer_keeps_the_rules(int seed)
    {
        var random = new Random(seed);
        var room = new DhcpRoom(usual => usual with { Authoritative = random.Next(2) == 0 });
        for (var step = 0; step < Steps; step++)
        {
            room.Now += TimeSpan.FromSeconds(random.Next(100) == 0 ? random.Next(50_000) : random.Next(5));
            room.Intent = random.Next(10) == 0 ? BootIntent.Local : BootIntent.Always;
            var inquiry = Any(random);
            if (room.Handle(inquiry) is { } answer) Check(room, inquiry, answer);
        }
        Assert.True(room.Writes > 50);
    }

    private static void Check(DhcpRoom room, DhcpInquiry inquiry, DhcpAnswer answer)
    {
        if (!answer.YourAddress.IsAny) Assert.True(room.Book.MayHave(inquiry.Client, answer.YourAddress, room.Now), $"{inquiry} got {answer.YourAddress}");
        if (answer.Type == DhcpMessageType.Offer && inquiry.WantsBoot && inquiry.Architecture != ClientArchitecture.EfiIa32 && room.Intent != BootIntent.Local) Assert.NotEqual("", answer.BootFile);
        if (answer.Type == DhcpMessageType.Ack && inquiry.Type != DhcpMessageType.Inform)
        {
            var lease = room.Book.Find(inquiry.Client, answer.YourAddress);
            Assert.NotNull(lease);
            Assert.True(lease.ExpiresAt >= room.Now.AddSeconds(answer.Seconds()), "told more than is kept");
        }
        var selecting = inquiry.Type == DhcpMessageType.Request && inquiry.ClientAddress.IsAny && !inquiry.ServerIdentifier.IsAny;
        if (selecting && inquiry.WantsBoot) Assert.NotEqual(DhcpMessageType.Nak, answer.Type);
        if (answer.Route == ReplyRoute.UnicastToHardware) Assert.False(answer.YourAddress.IsAny);
        Assert.Equal(answer.Options.Length, answer.Options.Select(option => option.Code).Distinct().Count());
    }

    private static DhcpInquiry Any(Random random)
    {
        DhcpInquiry[] kinds =
        [
            Inquiries.Ipxe, Inquiries.BiosPxe, Inquiries.EfiPxe, Inquiries.EfiHttp, Inquiries.Udhcpc, Inquiries.EfiArm,
            Inquiries.Firmware("PXEClient:Arch:00006", ClientArchitecture.EfiIa32),
        ];
        DhcpMessageType[] types =
        [
            DhcpMessageType.Discover, DhcpMessageType.Discover, DhcpMessageType.Request, DhcpMessageType.Request, DhcpMessageType.Request,
            DhcpMessageType.Inform, DhcpMessageType.Decline, DhcpMessageType.Release,
        ];
        return kinds[random.Next(kinds.Length)] with
        {
            Client = random.Next(12) == 0 ? DhcpRoom.Known : new MacAddress(0x5254_0000_0000u + (ulong)random.Next(14)),
            Type = types[random.Next(types.Length)],
            RequestedAddress = random.Next(3) == 0 ? Ipv4Address.Any : Address(random),
            ClientAddress = random.Next(3) == 0 ? Address(random) : Ipv4Address.Any,
            ServerIdentifier = random.Next(8) switch { 0 => DhcpRoom.Ip("10.77.0.2"), < 5 => DhcpRoom.Server, _ => Ipv4Address.Any },
            RelayAddress = random.Next(6) switch { 0 => DhcpRoom.Ip("10.78.0.1"), 1 => DhcpRoom.Ip("192.0.2.1"), _ => Ipv4Address.Any },
            RapidCommit = random.Next(10) == 0,
            RequestedLeaseSeconds = random.Next(4) == 0 ? (uint)random.Next() : null,
        };
    }

    private static Ipv4Address Address(Random random) => random.Next(10) switch
    {
        0 => DhcpRoom.FixedAddress,
        1 => DhcpRoom.Ip("192.0.2.7"),
        2 => DhcpRoom.Ip("10.78.0.12"),
        3 => DhcpRoom.Ip("10.77.0.0"),
        _ => new Ipv4Address(DhcpRoom.Ip("10.77.1.0").Value + (uint)random.Next(12)),
    };
}
