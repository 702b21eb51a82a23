using System.Text.Json;
using MessagePack;

namespace BoardServer;

/// <summary>What the log contains of a hub message: everything but its arguments.</summary>
internal sealed record HubMessageEnvelope(string Type, string? Target = null, string? InvocationId = null, long? SequenceId = null)
{
    private static readonly string[] Names =
        ["", "Invocation", "StreamItem", "Completion", "StreamInvocation", "CancelInvocation", "Ping", "Close", "Ack", "Sequence"];

    public string Description => Target is null ? Type : $"{Type} {Target}";

    /// <summary>Null if the text is not a hub message; a test may have sent such a text on purpose.</summary>
    public static HubMessageEnvelope? FromJson(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var fields = document.RootElement;
            return Text(fields, "type") is { } type && int.TryParse(type, out var number) && number > 0 && number < Names.Length
                ? new HubMessageEnvelope(
                    Names[number],
                    Text(fields, "target"),
                    Text(fields, "invocationId"),
                    long.TryParse(Text(fields, "sequenceId"), out var id) ? id : null)
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static HubMessageEnvelope? FromMessagePack(ReadOnlyMemory<byte> message)
    {
        try
        {
            var reader = new MessagePackReader(message);
            var count = reader.ReadArrayHeader();
            var type = reader.ReadInt32();
            switch (type)
            {
                case 1 or 2 or 3 or 4 or 5:
                    reader.Skip();
                    var invocationId = reader.ReadString();
                    return new HubMessageEnvelope(Names[type], type is 1 or 4 ? reader.ReadString() : null, invocationId);
                case 6 or 7:
                    return new HubMessageEnvelope(Names[type]);
                case 8 or 9:
                    return new HubMessageEnvelope(Names[type], SequenceId: reader.ReadInt64());
                default:
                    return null;
            }
        }
        catch (Exception error) when (error is MessagePackSerializationException or EndOfStreamException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : null;
}
