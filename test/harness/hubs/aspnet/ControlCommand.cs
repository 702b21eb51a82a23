namespace BoardServer;

/// <summary>A command of a test. <c>control-command.ts</c> lists the fields that each command uses.</summary>
internal sealed record ControlCommand(
    string Do,
    int? Count,
    int? Status,
    string? Body,
    int? RetryAfterSeconds,
    int? DelayMilliseconds,
    int? PerSecond,
    int? Burst,
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
