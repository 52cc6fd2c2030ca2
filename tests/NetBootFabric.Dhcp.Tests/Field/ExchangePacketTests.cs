using static NetBootFabric.Dhcp.Tests.Field.FieldPackets;

namespace NetBootFabric.Dhcp.Tests.Field;

/// <summary>Exchanges of clients that break RFC 2131's tables 4 and 5, packet by packet.</summary>
public sealed class ExchangePacketTests
{
    private const byte Offer = 2, Ack = 5;
    private readonly FieldPackets _wire = new();

    [Theory] // F03
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(11)]
    public void A_REQUEST_without_60_93_94_and_97_gets_the_siaddr_and_file_of_its_OFFER(int architecture)
    {
        var offer = _wire.Send(Packet($"350101 {Pxe(architecture)} 6111000102030405060708090a0b0c0d0e0f10 3704 01 03 2b 43"))!;
        var ack = _wire.Send(Packet($"350103 {Taking(offer)} 3704 01 03 2b 43"))!;
        Assert.Equal((Offer, Ack, Offered(offer)), (Type(offer), Type(ack), Offered(ack)));
        Assert.NotEqual("", BootFile(offer));
        Assert.Equal(BootFields(offer), BootFields(ack));
        foreach (byte code in new byte[] { 43, 60, 66, 67, 97, 175 }) Assert.Equal(Option(offer, code), Option(ack, code));
    }

    [Theory] // F02
    [InlineData("")]
    [InlineData("3604 00000000")]
    public void A_REQUEST_that_names_no_server_and_the_offered_address_is_acknowledged(string server)
    {
        var offer = _wire.Send(Packet("350101"))!;
        var ack = _wire.Send(Packet($"350103 3204{Convert.ToHexString(offer.AsSpan(16, 4))} {server}"));
        Assert.Equal((Ack, Offered(offer)), (Type(ack!), Offered(ack!)));
    }

    [Theory]
    [InlineData("{50} {50} {54}")]
    [InlineData("{50} {54} {54}")]
    [InlineData("3204 0a4d0032 {50} {54}")]
    [InlineData("{50} 3604 0a4d0063 {54}")]
    [InlineData("3204 00000000 {50} 3604 00000000 {54}")]
    public void Options_50_and_54_that_come_twice_are_understood(string options)
    {
        var offer = _wire.Send(Packet("350101"))!;
        var taking = Taking(offer).Split(' ');
        var ack = _wire.Send(Packet("350103" + options.Replace("{50}", taking[0], StringComparison.Ordinal).Replace("{54}", taking[1], StringComparison.Ordinal)));
        Assert.Equal((Ack, Offered(offer)), (Type(ack!), Offered(ack!)));
    }

    [Theory] // F01
    [InlineData("10.77.0.50")]
    [InlineData("192.0.2.7")]
    [InlineData("10.78.0.12")]
    [InlineData("255.255.255.255")]
    [InlineData("127.0.0.1")]
    public void A_DISCOVER_and_a_SELECTING_REQUEST_are_answered_whatever_ciaddr_says(string own)
    {
        var question = Packet("350101 3204 0a4d0032", own);
        Assert.Equal(Boot.Dhcp.ReplyRoute.UnicastToHardware, _wire.Answer(question)!.Route);
        var offer = _wire.Send(question)!;
        Assert.StartsWith("10.77.", Offered(offer).ToString(), StringComparison.Ordinal);
        var ack = _wire.Send(Packet($"350103 {Taking(offer)}", own))!;
        Assert.Equal((Ack, Offered(offer), "00000000"), (Type(ack), Offered(ack), Convert.ToHexString(ack.AsSpan(12, 4))));
    }

    [Fact] // F08
    public void A_relay_agents_words_come_back_octet_for_octet_and_last_and_its_link_is_the_subnet()
    {
        const string Relay = "520f 0104 65746831 0504 0a4e0000 970100";
        var offer = _wire.Send(Packet($"{Relay} 350101", relay: "192.0.2.7", flags: 0x8000))!;
        Assert.StartsWith("10.78.0.", Offered(offer).ToString(), StringComparison.Ordinal);
        var ack = _wire.Send(Packet($"{Relay} 350103 {Taking(offer)}", relay: "192.0.2.7", flags: 0x8000))!;
        var nak = _wire.Send(Packet($"{Relay} 350103 3204 c0000263", relay: "192.0.2.7", flags: 0x8000))!;
        foreach (var answer in new[] { offer, ack, nak })
        {
            Assert.Equal(Hex(Relay)[2..], Option(answer, 82));
            Assert.Equal("52", Convert.ToHexString(answer[(answer.AsSpan().LastIndexOf((byte)255) - 17)..][..1]));
            Assert.Equal(0x80, answer[10]);
        }
        Assert.Equal((Ack, (byte)6), (Type(ack), Type(nak)));
    }
}
