using System.Text;
using System.Text.Json;
using CfAccess.AspNetCore;
using CfAccess.Emulator;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.Documentation.Tests;

/// <summary>What holds for every page of the documentation.</summary>
public sealed class EveryPageTests
{
    private static readonly JsonDocumentOptions AsConfiguration = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static TheoryData<string> Pages => [.. Markdown.Paths];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_piece_of_code_is_compiled_somewhere(string path)
    {
        foreach (var code in new Markdown(path).Blocks("csharp"))
        {
            CompiledCode.Contains(code).ShouldBeTrue(
                $"{path} shows code that is in no file below tests/CfAccess.Documentation.Tests and samples. Add it to a file in its folder Snippets, "
                + $"line by line as it is shown, and have it run where that is cheap:\n{code}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_piece_of_json_can_be_read(string path)
    {
        foreach (var json in new Markdown(path).Blocks("json"))
        {
            Should.NotThrow(() => JsonDocument.Parse(json, AsConfiguration).Dispose(), $"{path}:\n{json}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Settings_that_a_page_shows_are_taken(string path)
    {
        foreach (var json in new Markdown(path).Blocks("json").Where(json => json.TrimStart().StartsWith('{')))
        {
            var settings = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
            foreach (var scheme in settings.GetSection("Authentication:Schemes").GetChildren())
            {
                using var app = Build(settings, builder => builder.Services.AddAuthentication().AddCloudflareAccess(scheme.Key));
                Should.NotThrow(() => app.Services.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>().Get(scheme.Key), $"{path}:\n{json}");
            }

            using var emulated = Build(settings, builder => builder.AddCloudflareAccessEmulatorApiShield());
            Should.NotThrow(() => emulated.Services.GetRequiredService<IOptions<AccessEmulatorOptions>>().Value, $"{path}:\n{json}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_into_the_repository_leads_somewhere(string path)
    {
        var page = new Markdown(path);
        foreach (var link in page.Links())
        {
            var (file, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
            var target = file.Length == 0 ? path : Path.Join(Path.GetDirectoryName(path), file);
            var there = RepositoryFile.Find(target);
            (File.Exists(there) || Directory.Exists(there)).ShouldBeTrue($"{path} links to {link}");
            if (anchor is not null)
            {
                new Markdown(target).Anchors().ShouldContain(anchor, $"{path} links to {link}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_readme_leads_to_each_page(string path)
    {
        if (path.StartsWith("docs/", StringComparison.Ordinal))
        {
            new Markdown("README.md").Links().Select(link => link.Split('#')[0]).ShouldContain(path);
        }
    }

    private static WebApplication Build(IConfiguration settings, Action<WebApplicationBuilder> add)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Configuration.AddConfiguration(settings);
        builder.Services.AddDistributedMemoryCache();
        add(builder);
        return builder.Build();
    }
}
