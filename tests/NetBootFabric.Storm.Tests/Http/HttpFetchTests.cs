using System.Text;
using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Content;
using NetBootFabric.Storm.Http;
using NetBootFabric.Storm.Network;
using NetBootFabric.Storm.Tcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Storm.Tests.Http;

/// <summary>A download over the clients' own TCP, segment by segment.</summary>
public sealed class HttpFetchTests
{
    private const uint ServerStart = uint.MaxValue - 100; // rolls over within the answer
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1");

    private readonly SentFrames _wire = new();
    private readonly Station _station;
    private readonly byte[] _file = [.. Enumerable.Range(0, 4000).Select(i => (byte)(i / 3))];
    private HttpFetch _fetch = null!;
    private uint _requestEnd;

    public HttpFetchTests()
    {
        _station = _wire.NewStation();
        _station.Configure(Ipv4Address.Parse("10.77.1.5"), Ipv4Address.Parse("255.255.0.0"), Server);
        _station.Resolve(Server, MacAddress.Parse("02:00:00:00:00:01"));
    }

    [Fact]
    public void Segments_that_come_out_of_order_make_the_file()
    {
        Begin();
        var answer = Answer();
        Data(answer, 0, 500);
        Data(answer, 2000, 3000);
        Assert.Equal(unchecked(ServerStart + 1 + 500), Last.Acknowledged);
        Data(answer, 3000, answer.Length);
        Data(answer, 500, 2000);
        Assert.Equal(StepState.Done, _fetch.State);
        Assert.Equal(unchecked(ServerStart + 1 + (uint)answer.Length), Last.Acknowledged);
        Assert.Equal(4000, _station.Counters.VerifiedBytes);
    }

    [Fact]
    public void A_segment_that_comes_twice_counts_once()
    {
        Begin();
        var answer = Answer();
        Data(answer, 0, 1000);
        Data(answer, 0, 1000);
        Data(answer, 500, answer.Length);
        Assert.Equal(StepState.Done, _fetch.State);
        Assert.Equal(4000, _station.Counters.Bytes);
    }

    [Fact]
    public void A_wrong_octet_is_found()
    {
        Begin();
        var answer = Answer();
        answer[^1] ^= 1;
        Data(answer, 0, answer.Length);
        Assert.Equal((FailureStep.WrongContent, "http://10.77.0.1/file: wrong at octet 3999"), (_fetch.Failure.Step, _fetch.Failure.Detail));
    }

    [Fact]
    public void A_server_that_does_not_answer_the_SYN_is_given_up_after_sixteen_seconds()
    {
        Start();
        while (_fetch.State == StepState.Going) _fetch.Expire(_fetch.Deadline);
        Assert.Equal(FailureStep.HttpConnect, _fetch.Failure.Step);
        Assert.Equal(6, Sent.Count(segment => segment.Has(TcpFlags.Syn)));
    }

    [Fact]
    public void A_server_that_falls_silent_is_a_time_out()
    {
        Begin();
        Data(Answer(), 0, 1000);
        while (_fetch.State == StepState.Going) _fetch.Expire(_fetch.Deadline);
        Assert.Equal(FailureStep.HttpTimeout, _fetch.Failure.Step);
    }

    [Fact]
    public void A_server_that_forgot_the_connection_is_found_out_by_the_next_sign_of_life()
    {
        Begin();
        Data(Answer(), 0, 1000);
        var sent = _wire.Frames.Count;
        _fetch.Expire(TimeSpan.FromSeconds(15));
        Assert.Equal(sent + 1, _wire.Frames.Count);
        Hand(Last.Acknowledged, 0, TcpFlags.Reset, []);
        Assert.Equal((FailureStep.HttpError, "http://10.77.0.1/file: connection reset"), (_fetch.Failure.Step, _fetch.Failure.Detail));
    }

    [Fact]
    public void A_busy_server_is_asked_again_when_it_says()
    {
        Begin();
        var busy = "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
        Data(busy, 0, busy.Length);
        Assert.Equal(TimeSpan.FromSeconds(7), _fetch.Deadline);
        _fetch.Expire(_fetch.Deadline);
        Assert.True(Last.Has(TcpFlags.Syn));
        Assert.Equal(StepState.Going, _fetch.State);
    }

    private TcpSegment Last => Sent.Last();

    private IEnumerable<TcpSegment> Sent
    {
        get
        {
            foreach (var frame in _wire.Frames)
            {
                Assert.True(Ipv4Packet.TryParse(frame.AsSpan(14), out var ip, out _));
                Assert.True(TcpSegment.TryParse(ip.Payload, out var segment, out _, out _));
                yield return segment;
            }
        }
    }

    private byte[] Answer() => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {_file.Length}\r\n\r\n"), .. _file];

    private void Start()
    {
        Assert.True(BootUrl.TryParse("http://10.77.0.1/file", out var url));
        _fetch = new HttpFetch(_station, HttpManner.Ipxe, url, new Download(_file, keep: false, _station.Counters));
        _fetch.Start(TimeSpan.Zero);
    }

    private void Begin()
    {
        Start();
        Hand(ServerStart, Last.Sequence + 1, TcpFlags.Syn | TcpFlags.Ack, []);
        var request = Last;
        Assert.True(request.Has(TcpFlags.Push));
        _requestEnd = request.Sequence + (uint)(_wire.Frames[^1].Length - 54); // 54 = 14 Ethernet + 20 IPv4 + 20 TCP
    }

    private void Data(byte[] answer, int from, int to) =>
        Hand(unchecked(ServerStart + 1 + (uint)from), _requestEnd, TcpFlags.Ack, answer[from..to]);

    private void Hand(uint sequence, uint acknowledged, TcpFlags flags, byte[] payload)
    {
        var segment = new TcpSegment
        {
            SourcePort = 80,
            DestinationPort = Last.SourcePort,
            Sequence = sequence,
            Acknowledged = acknowledged,
            Flags = flags,
            Window = 1000,
        };
        _station.Receive(Server, segment, default, payload, TimeSpan.Zero);
        _fetch.OnTcp(TimeSpan.Zero);
    }
}
