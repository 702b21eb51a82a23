namespace BoardServer;

/// <summary>What a test asks for. The fields each command uses are in <c>control-command.ts</c>.</summary>
internal sealed record ControlCommand(
    string Do,
    int? Count,
    int? Status,
    string? Body,
    int? RetryAfterSeconds,
    int? DelayMilliseconds,
    string? Transport,
    string[]? Transports,
    string? Error,
    bool? AllowReconnect,
    int? Code,
    string? Reason,
    bool? Silent,
    bool? Greets,
    string? Text,
    string? ConnectionId);
