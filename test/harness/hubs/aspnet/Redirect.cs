namespace BoardServer;

/// <summary>
/// Redirects clients to the address of a (simulated) service, with a token for it, as apps with Azure SignalR Service do.
/// </summary>
internal static class Redirect
{
    public const string ServicePath = "/client";

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    public static IResult Negotiate(HttpContext context)
    {
        var request = context.Request;
        var service = $"{request.Scheme}://{request.Host}{ServicePath}/";
        var query = request.QueryString.Value is { Length: > 1 } text ? $"&{text[1..]}" : "";
        var lifetime = request.Query.Milliseconds("tokenLifetime") ?? TokenLifetime;
        return Results.Json(new
        {
            negotiateVersion = 0,
            url = $"{service}?hub=board&asrs.op={Uri.EscapeDataString("/hubs/redirected")}{query}",
            accessToken = TestTokens.Create($"{service}?hub=board", lifetime),
            availableTransports = Array.Empty<object>(),
        });
    }
}
