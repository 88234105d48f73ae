using System.Text;
using CfAccess.ApiShield.Tests.Tokens;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.ApiShield.Tests;

/// <summary>What an application is given can be written out as a whole, by a logger or a serializer, and shows no token and no secret.</summary>
public sealed class HandedOutObjectTests
{
    private static readonly ShieldKey Key = ShieldKey.Of("HS256");

    private static readonly string Secret = Key.Jwk["k"]!.GetValue<string>();

    [Fact]
    public async Task Public_members_of_what_a_request_is_given_lead_to_no_token_and_no_secret()
    {
        IServiceCollection registered = null!;
        await using var host = await ShieldHost.StartAsync(WithSecret(), build: builder => registered = builder.Services);
        var token = ShieldTokens.Mint(Key);
        List<object> given = [];

        var context = await host.ContextAsync(token);
        var validation = context.GetTokenValidation().ShouldNotBeNull();
        validation.GetVerdict(ShieldDocuments.ConfigurationId)!.IsValid.ShouldBeTrue();
        given.AddRange(
            validation,
            validation.Verdicts,
            context.Features.Select(feature => feature.Value).Where(feature => feature.GetType().Assembly == typeof(ApiShieldOptions).Assembly).ToList(),
            host.Provider,
            host.Provider.Current,
            host.Services.GetRequiredService<IOptions<ApiShieldOptions>>().Value,
            registered.ToList(),
            PublicServices.Resolve(registered, host.Services, typeof(ApiShieldOptions).Assembly));

        foreach (var one in given)
        {
            ShouldHoldNothing(one, token);
        }
    }

    [Fact]
    public async Task JSON_of_what_a_request_is_given_holds_no_token_and_no_secret()
    {
        await using var host = await ShieldHost.StartAsync(WithSecret());
        var token = ShieldTokens.Mint(Key);
        var context = await host.ContextAsync(token);

        foreach (var one in new object[]
        {
            context.GetTokenValidation()!,
            host.Provider,
            host.Provider.Current,
            host.Services.GetRequiredService<IOptions<ApiShieldOptions>>().Value,
        })
        {
            var json = JsonOfAnything.Write(one);
            json.ShouldNotBeEmpty();
            json.ShouldNotContain(Secret);
            json.ShouldNotContain(token.Split('.')[2]);
        }
    }

    [Fact]
    public void The_documents_that_options_name_cannot_be_read_back()
    {
        var json = WithSecret().Configurations.ToJsonString();
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("Shield", json)]).Build().GetSection("Shield");

        foreach (var source in new[]
        {
            ApiShieldDocumentSource.FromJson(json),
            ApiShieldDocumentSource.FromConfiguration(section),
            ApiShieldDocumentSource.FromStream(() => new MemoryStream(Encoding.UTF8.GetBytes(json))),
        })
        {
            ShouldHoldNothing(new ApiShieldOptions { Configurations = source }, token: null);
        }
    }

    [Fact]
    public void An_error_of_a_document_names_no_secret()
    {
        var documents = WithSecret();
        documents.Configurations[0]!["credentials"]!["keys"]![0]!["alg"] = "none";

        ShouldHoldNothing(Should.Throw<ApiShieldDocumentException>(() => documents.Load()), token: null);
    }

    private static ShieldDocuments WithSecret() => ShieldDocuments.With(documents =>
        documents.Configurations[0]!["credentials"]!["keys"]![0] = Key.Jwk.DeepClone());

    private static void ShouldHoldNothing(object value, string? token)
    {
        List<string> secrets = [Secret, Encoding.Latin1.GetString(Base64UrlEncoder.DecodeBytes(Secret))];
        secrets.AddRange(token is null ? [] : [token.Split('.')[2]]);
        new PublicMembers().Find(value, secrets).ShouldBeEmpty();
    }
}
