using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MessagePack;

namespace BoardServer;

/// <summary>Serialises messages that the test server sends without SignalR, in SignalR's format.</summary>
internal static class WireFormat
{
    public const char RecordSeparator = '\u001e';

    public static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public static byte[] Close(string? error, bool allowReconnect, bool binary) =>
        binary ? BinaryClose(error, allowReconnect) : TextMessage(new { type = 7, error, allowReconnect });

    public static byte[] TextMessage(object message) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message, Json) + RecordSeparator);

    private static byte[] BinaryClose(string? error, bool allowReconnect)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(body);
        writer.WriteArrayHeader(3);
        writer.Write(7);
        writer.Write(error);
        writer.Write(allowReconnect);
        writer.Flush();
        var length = body.WrittenCount;
        byte[] prefix = length < 0x80 ? [(byte)length] : [(byte)(length & 0x7f | 0x80), (byte)(length >> 7)];
        return [.. prefix, .. body.WrittenSpan];
    }
}
