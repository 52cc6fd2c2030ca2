using NetBootFabric.Actors.Remote;

namespace NetBootFabric.Actors.Tests.Remote;

public sealed class RemoteFrameTests
{
    private static readonly RemoteFrame Full = new(FrameKind.Entity, 2, "/system/sharding/client", "52:54:00:00:00:01", "akka://fabric@head-1:25520/temp/$3#17", 42, "ük", new byte[] { 1, 2, 3 });

    private static byte[] BytesOf(RemoteFrame frame)
    {
        var bytes = new byte[frame.LengthBound];
        return bytes[..frame.Write(bytes)];
    }

    [Fact]
    public void A_frame_comes_back_as_it_was()
    {
        var read = RemoteFrame.Read(BytesOf(Full), out _)!;
        Assert.Equal(Full with { Payload = default }, read with { Payload = default });
        Assert.Equal(Full.Payload.ToArray(), read.Payload.ToArray());
    }

    [Fact]
    public void The_layout_of_version_1_stays()
    {
        var bytes = BytesOf(new RemoteFrame(FrameKind.Tell, 0, "/a", "", "s", 0x01020304, "M", new byte[] { 9 }));
        Assert.Equal([1, 0, 0, 2, 0, (byte)'/', (byte)'a', 0, 0, 1, 0, (byte)'s', 4, 3, 2, 1, 1, 0, (byte)'M', 9], bytes);
    }

    [Fact]
    public void An_empty_message_is_a_frame()
    {
        var read = RemoteFrame.Read(BytesOf(new RemoteFrame(FrameKind.Tell, 0, "", "", "", 0, "", default)), out _);
        Assert.Equal(0, read!.Payload.Length);
    }

    [Fact]
    public void Each_truncation_before_the_payload_is_told_as_such()
    {
        var bytes = BytesOf(Full with { Payload = default });
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(RemoteFrame.Read(bytes.AsSpan(0, length), out var fault));
            Assert.Equal(FrameFault.Truncated, fault);
        }
    }

    [Fact]
    public void Another_version_and_another_kind_are_refused()
    {
        var bytes = BytesOf(Full);
        bytes[1] = 2;
        Assert.Null(RemoteFrame.Read(bytes, out var fault));
        Assert.Equal(FrameFault.UnknownKind, fault);
        bytes[0] = 2;
        Assert.Null(RemoteFrame.Read(bytes, out fault));
        Assert.Equal(FrameFault.UnknownVersion, fault);
    }

    [Fact]
    public void A_text_that_is_no_UTF_8_is_refused()
    {
        var bytes = BytesOf(Full);
        bytes[5] = 0xff;
        Assert.Null(RemoteFrame.Read(bytes, out var fault));
        Assert.Equal(FrameFault.BadText, fault);
    }

    [Fact]
    public void A_text_that_is_too_long_is_neither_written_nor_read()
    {
        var frame = Full with { Entity = new string('x', RemoteFrame.MaxText + 1) };
        Assert.Equal(0, frame.Write(new byte[frame.LengthBound]));
        Assert.NotEqual(0, (Full with { Entity = new string('x', RemoteFrame.MaxText) }).Write(new byte[frame.LengthBound]));
    }

    [Fact]
    public void Random_octets_and_damaged_frames_never_throw()
    {
        var random = new Random(1);
        var frame = BytesOf(Full);
        var buffer = new byte[200];
        for (var i = 0; i < 100_000; i++)
        {
            var length = random.Next(buffer.Length);
            random.NextBytes(buffer);
            if (i % 2 == 0)
            {
                length = frame.Length;
                frame.CopyTo(buffer, 0);
                for (var damage = random.Next(1, 4); damage > 0; damage--) buffer[random.Next(length)] = (byte)random.Next(256);
            }
            RemoteFrame.Read(buffer.AsSpan(0, length), out _);
        }
    }
}
