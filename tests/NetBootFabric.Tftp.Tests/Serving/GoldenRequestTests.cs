using System.Text;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>What firmware and loaders really ask, octet by octet.</summary>
public sealed class GoldenRequestTests
{
    public static TheoryData<string> Captures => [.. GoldenPackets.Captures.Where(static capture => Requests(capture).Any())];

    [Theory]
    [MemberData(nameof(Captures))]
    public void Every_recorded_request_is_answered_with_the_options_it_asks_for(string capture)
    {
        using var server = new ServerUnderTest();
        foreach (var request in Requests(capture))
        {
            Assert.True(TftpPacket.TryParse(request.Octets, out var packet, out _));
            server.Content.Add(Encoding.UTF8.GetString(packet.FileName).TrimStart('/'), 3000);
            using var client = server.Client();
            client.SendToListener(request.Octets);
            Assert.Equal(Expected(packet.Options), Answer(client.Next()));
        }
    }

    private static IEnumerable<GoldenPacket> Requests(string capture) =>
        GoldenPackets.Tftp(capture).Where(static packet => packet.Octets.Length > 1 && packet.Octets[1] == (byte)TftpOpcode.ReadRequest);

    private static string Expected(TftpOptionList asked)
    {
        var options = new List<string>();
        foreach (var option in asked)
        {
            var name = Encoding.ASCII.GetString(option.Name).ToLowerInvariant();
            if (name == "tsize") options.Add("tsize=3000");
            else if (name is "blksize" or "windowsize" or "timeout") options.Add($"{name}={Encoding.ASCII.GetString(option.Value)}");
        }
        return options.Count == 0 ? "DATA 1 512" : "OACK " + string.Join(',', options.Order());
    }

    private static string Answer(string answer) =>
        answer.StartsWith("OACK ", StringComparison.Ordinal) ? "OACK " + string.Join(',', answer[5..].Split(',').Order()) : answer;
}
