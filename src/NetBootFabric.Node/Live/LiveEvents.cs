using System.Buffers;
using System.Text;
using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Live;
using NetBootFabric.AdminApi.Storms;

namespace NetBootFabric.Node.Live;

/// <summary>Server-sent events as they stand on the wire (HTML, §9.2.6): JSON has no line ends, so each is one line of data.</summary>
internal static class LiveEvents
{
    public static byte[] Room(string id, ReadOnlySpan<byte> json)
    {
        var text = new ArrayBufferWriter<byte>(json.Length + 64);
        // A browser that lost the head node asks again after so many milliseconds.
        text.Write("retry: 1000\n"u8);
        Write(text, "room", id, json);
        return text.WrittenSpan.ToArray();
    }

    public static byte[] Frame(RoomDelta delta, StormView? storm, ClusterView cluster)
    {
        var text = new ArrayBufferWriter<byte>(4096);
        if (storm is not null) Write(text, "storm", null, JsonSerializer.SerializeToUtf8Bytes(storm, StormJson.Default.StormView));
        Write(text, "cluster", null, JsonSerializer.SerializeToUtf8Bytes(cluster, AdminJson.Default.ClusterView));
        Write(text, "delta", delta.Id, JsonSerializer.SerializeToUtf8Bytes(delta, RoomJson.Default.RoomDelta));
        return text.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> text, string name, string? id, ReadOnlySpan<byte> json)
    {
        if (id is not null) Encoding.UTF8.GetBytes($"id: {id}\n", text);
        Encoding.UTF8.GetBytes($"event: {name}\ndata: ", text);
        text.Write(json);
        text.Write("\n\n"u8);
    }
}
