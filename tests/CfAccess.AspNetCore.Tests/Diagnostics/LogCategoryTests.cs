using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.Diagnostics;

// The events of these tests are not worth a generated method.
#pragma warning disable CA1848

/// <summary>The disposal of every host of the tests fails if an event is outside the published log categories.</summary>
public sealed class LogCategoryTests
{
    [Fact]
    public async Task A_category_is_not_the_name_of_a_class()
    {
        var host = await AccessHost.StartAsync();

        host.Services.GetRequiredService<ILogger<AccessSchemes>>().LogInformation(new EventId(1, "TokenAccepted"), "accepted");

        (await Should.ThrowAsync<InvalidOperationException>(async () => await host.DisposeAsync())).Message
            .ShouldContain(typeof(AccessSchemes).FullName!);
    }

    [Theory]
    [InlineData("CfAccess.Keys", 1)]
    [InlineData("CfAccess.Authentication", 101)]
    [InlineData("CfAccess.Authentication", 0)]
    [InlineData("CfAccess.Other", 1)]
    public async Task An_event_is_in_the_category_of_its_id(string category, int id)
    {
        var host = await AccessHost.StartAsync();

        Create(host, category).LogInformation(new EventId(id, "Event"), "logged");

        (await Should.ThrowAsync<InvalidOperationException>(async () => await host.DisposeAsync())).Message.ShouldContain(category);
    }

    [Theory]
    [InlineData("CfAccess.Keys", 101)]
    [InlineData("Shop", 1)]
    public async Task Other_events_pass(string category, int id)
    {
        await using var host = await AccessHost.StartAsync();

        Create(host, category).LogInformation(new EventId(id, "Event"), "logged");
    }

    [Fact]
    public async Task The_events_of_the_handlers_base_class_keep_its_category()
    {
        await using var host = await AccessHost.StartAsync();

        await host.StatusAsync(token: null);

        host.Log.Named("AuthenticationSchemeChallenged").Single().Category.ShouldBe(typeof(CloudflareAccessHandler).FullName);
    }

    private static ILogger Create(AccessHost host, string category) =>
        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
}
