using System.Buffers.Text;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace BoardServer;

/// <summary>
/// Accepts unsigned test tokens that look like JWTs: they need an <c>exp</c> in the future, and may
/// contain <c>"forbidden": true</c>, which is answered with 403.
/// </summary>
internal sealed class TestTokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Policy = "test token";

    public static void Register(IServiceCollection services)
    {
        services.AddAuthentication("Bearer").AddScheme<AuthenticationSchemeOptions, TestTokens>("Bearer", null);
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy =>
            policy.RequireAuthenticatedUser().RequireAssertion(context => !context.User.HasClaim("forbidden", "True")));
    }

    /// <summary>A token that is valid for this time.</summary>
    public static string Create(string audience, TimeSpan lifetime)
    {
        var expires = (DateTimeOffset.UtcNow + lifetime).ToUnixTimeMilliseconds() / 1000.0;
        return $"{Encoded(new { alg = "none" })}.{Encoded(new { aud = audience, exp = expires })}.";
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    private static string Encoded(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private AuthenticateResult Authenticate()
    {
        const string prefix = "Bearer ";
        var header = Request.Headers.Authorization.ToString();
        var token = header.StartsWith(prefix) ? header[prefix.Length..] : Request.Query["access_token"].ToString();
        if (token == "")
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
            var expires = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(claims.RootElement.GetProperty("exp").GetDouble());
            if (expires <= DateTimeOffset.UtcNow)
            {
                return AuthenticateResult.Fail("The token has expired.");
            }

            var identity = new ClaimsIdentity(
                claims.RootElement.EnumerateObject().Select(claim => new Claim(claim.Name, claim.Value.ToString())), Scheme.Name);
            var properties = new AuthenticationProperties { ExpiresUtc = expires };
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name));
        }
        catch (Exception error) when (
            error is FormatException or JsonException or KeyNotFoundException or IndexOutOfRangeException or InvalidOperationException)
        {
            return AuthenticateResult.Fail("The token can't be read.");
        }
    }
}
