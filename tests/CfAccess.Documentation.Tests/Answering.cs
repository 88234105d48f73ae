using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

public static class Answering
{
    public static void AddAnswers(this IServiceCollection services)
    {
        services.AddCloudflareAccess(options => options.Challenge.Mode = CloudflareAccessChallengeMode.RedirectNavigations);
        services.AddProblemDetails();
    }

    public static void MapLogOut(this WebApplication app) =>
        app.MapGet("/log-out", (HttpContext context) => context.SignOutAsync());
}
