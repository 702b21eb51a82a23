namespace BoardServer;

/// <summary>
/// The body of a request or response. It passes all data to the log, and sends nothing while the server must be silent.
/// </summary>
internal sealed class WireStream(Stream real, Client client) : Stream
{
    /// <summary>While the server is silent, the answer to a poll waits; the events of an event stream are lost.</summary>
    public bool HoldsBack { get; init; }

    public Action? FirstWrite { get; set; }

    public override bool CanRead => real.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => real.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        var count = await real.ReadAsync(buffer, cancellation);
        client.Wire.Received(buffer.Span[..count]);
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellation = default)
    {
        FirstWrite?.Invoke();
        FirstWrite = null;
        if (client.IsSilent && !HoldsBack)
        {
            return;
        }

        await client.Speaking;
        client.Wire.Sent(buffer.Span);
        await real.WriteAsync(buffer, cancellation);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellation) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellation).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellation) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellation).AsTask();

    public override Task FlushAsync(CancellationToken cancellation) => real.FlushAsync(cancellation);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
