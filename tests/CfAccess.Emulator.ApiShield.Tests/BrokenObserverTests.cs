using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Emulator.ApiShield.Api;
using CfAccess.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.ApiShield.Tests;

/// <summary>A log sink that throws changes no response of the API, and keeps no rule of the API from becoming active.</summary>
public sealed class BrokenObserverTests : IDisposable
{
    private readonly BrokenObservers _observers = new();

    [Theory]
    [InlineData(BrokenObserver.Log)]
    [InlineData(BrokenObserver.LogLevel)]
    public async Task A_rule_that_the_API_is_given_becomes_active(BrokenObserver observer)
    {
        await using var app = await ShieldApp.StartAsync(build: builder => _observers.AddTo(builder.Services));
        _observers.Broken = observer;

        await app.ProtectAsync();

        (await app.CallAsync()).ShouldBe(HttpStatusCode.Forbidden);
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(BrokenObserver.Log)]
    [InlineData(BrokenObserver.LogLevel)]
    public async Task A_defect_still_has_the_envelope_of_Cloudflares_API_as_its_response(BrokenObserver observer)
    {
        await using var services = new ServiceCollection().AddLogging(logging => _observers.AddTo(logging.Services)).BuildServiceProvider();
        using var emulator = new AccessEmulator();
        var api = new ShieldApi(emulator, new(file: null));
        _observers.Broken = observer;

        // The request has no connection, which nobody expects.
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = new MemoryStream() } };
        context.Features.Set<IHttpConnectionFeature>(new NoConnection());
        await api.AnswerAsync(context, "/zones/0/token_validation/rules");

        context.Response.StatusCode.ShouldBe(500);
        context.Response.Body.Position = 0;
        (await JsonNode.ParseAsync(context.Response.Body))!["success"]!.GetValue<bool>().ShouldBeFalse();
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    public void Dispose() => _observers.Dispose();

    private sealed class NoConnection : IHttpConnectionFeature
    {
        public string ConnectionId { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public IPAddress? RemoteIpAddress { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public IPAddress? LocalIpAddress { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public int RemotePort { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public int LocalPort { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    }
}
