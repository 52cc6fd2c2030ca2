using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Live;

/// <summary>A cell as an array: without the names of its fields it is a third as long.</summary>
public sealed class RoomCellJson : JsonConverter<RoomCell>
{
    public override void Write(Utf8JsonWriter writer, RoomCell value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Mac);
        writer.WriteStringValue(value.Name);
        writer.WriteStringValue(value.Group);
        writer.WriteStringValue(value.Rack);
        writer.WriteNumberValue(value.Phase);
        writer.WriteStringValue(value.Step);
        writer.WriteNumberValue(value.Since);
        writer.WriteStringValue(value.Note);
        writer.WriteEndArray();
    }

    public override RoomCell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("a cell is an array");
        var cell = new RoomCell(Text(ref reader) ?? "", Text(ref reader) ?? "", Text(ref reader), Text(ref reader), (int)Number(ref reader), Text(ref reader), Number(ref reader), Text(ref reader));

        // A newer head node may say more.
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) reader.Skip();
        return cell;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    private static long Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }
}
