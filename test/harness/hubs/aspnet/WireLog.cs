using System.Text;

namespace BoardServer;

/// <summary>Logs every hub message that one connection sends or receives, over any transport.</summary>
internal sealed class WireLog(ServerLog log, Func<string> connectionId)
{
    private const byte RecordSeparator = 0x1e;
    private readonly Lock taking = new();
    private readonly List<byte> received = [];
    private readonly List<byte> sent = [];
    private bool binary;
    private bool handshakeReceived;
    private bool handshakeSent;

    public bool IsBinary => binary;

    public void Received(ReadOnlySpan<byte> bytes)
    {
        lock (taking)
        {
            received.AddRange(bytes);
            while (Next(received, binary && handshakeReceived) is { } message)
            {
                if (handshakeReceived)
                {
                    Add("received", message);
                    continue;
                }

                var text = Encoding.UTF8.GetString(message);
                handshakeReceived = true;
                binary = text.Contains("\"messagepack\"") || text.Contains("\"blazorpack\"");
                log.Add(connectionId(), "handshake", text);
            }
        }
    }

    public void Sent(ReadOnlySpan<byte> bytes)
    {
        lock (taking)
        {
            sent.AddRange(bytes);
            while (Next(sent, binary && handshakeSent) is { } message)
            {
                if (handshakeSent)
                {
                    Add("sent", message);
                    continue;
                }

                handshakeSent = true;
                log.Add(connectionId(), "handshake answered", Encoding.UTF8.GetString(message));
            }
        }
    }

    /// <summary>Forgets a partial message: a new transport starts with a whole one.</summary>
    public void StartOver()
    {
        lock (taking)
        {
            received.Clear();
            sent.Clear();
        }
    }

    /// <summary>Takes the first whole message out of the received bytes.</summary>
    private static byte[]? Next(List<byte> bytes, bool binary) => binary ? NextBinary(bytes) : NextText(bytes);

    private static byte[]? NextText(List<byte> bytes)
    {
        var end = bytes.IndexOf(RecordSeparator);
        if (end < 0)
        {
            return null;
        }

        // In an event stream, "data: " stands before the message.
        var prefix = "data: "u8;
        var text = bytes.GetRange(0, end).ToArray();
        bytes.RemoveRange(0, end + 1);
        var data = text.AsSpan().IndexOf(prefix);
        return data >= 0 && (text[0] is (byte)'\r' or (byte)':' || data == 0) ? text[(data + prefix.Length)..] : text;
    }

    private static byte[]? NextBinary(List<byte> bytes)
    {
        var length = 0;
        for (var prefix = 0; prefix < Math.Min(5, bytes.Count); prefix++)
        {
            length |= (bytes[prefix] & 0x7f) << (7 * prefix);
            if ((bytes[prefix] & 0x80) != 0)
            {
                continue;
            }

            if (bytes.Count < prefix + 1 + length)
            {
                return null;
            }

            var message = bytes.GetRange(prefix + 1, length).ToArray();
            bytes.RemoveRange(0, prefix + 1 + length);
            return message;
        }

        return null;
    }

    private void Add(string what, byte[] message)
    {
        var envelope = binary ? HubMessageEnvelope.FromMessagePack(message) : HubMessageEnvelope.FromJson(message);
        log.Add(connectionId(), what, envelope is null ? "something else" : null, envelope);
    }
}
