using BoardServer;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddSignalR().AddMessagePackProtocol();
builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHubProtocol, BlazorPackProtocol>());
builder.Services.Configure<ConnectionOptions>(options =>
    options.DisconnectTimeout = builder.Configuration.GetValue<TimeSpan?>("disconnectTimeout"));
// What is still open at the end, such as a request of a discarded tab, would keep the server for the default of 30 s.
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
builder.Services.AddCors();
TestTokens.Register(builder.Services);
Telemetry.Register(builder);
builder.Services.AddSingleton<ServerLog>();
builder.Services.AddSingleton<Misbehaviour>();
builder.Services.AddSingleton<Clients>();
builder.Services.AddSingleton<Control>();
builder.Services.AddSingleton<LoggingHubFilter>();
builder.Services.AddSingleton<ConfiguredHub>();
builder.Services.AddSingleton<HubEndpoints>();

var app = builder.Build();
app.UseCors(policy => policy.SetIsOriginAllowed(_ => true).AllowAnyHeader().AllowAnyMethod().AllowCredentials());
app.MapWhen(context => IsHub(context.Request.Path), hubs =>
{
    hubs.UseMiddleware<NegotiateMiddleware>();
    hubs.UseWebSockets();
    hubs.UseMiddleware<TransportMiddleware>();
    hubs.Run(app.Services.GetRequiredService<HubEndpoints>().RunAsync);
});

app.MapGet("/log", (ServerLog log) => log.Entries);
app.MapPost("/control", (ControlCommand command, Control control) => control.ExecuteAsync(command));

await app.StartAsync();
Console.WriteLine($"Listening on {app.Urls.Single()}");
await app.WaitForShutdownAsync();

static bool IsHub(PathString path) => path.StartsWithSegments("/hubs") || path.StartsWithSegments(Redirect.ServicePath);
