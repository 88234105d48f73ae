using System.Globalization;
using CfAccess.AspNetCore;
using CfAccess.Shared.AccessToken;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;

namespace CfAccess.JwtBearer.Handling;

/// <summary>Calls the events of the application, then reads the token of Access and responds with 503 where a failure says nothing about the token.</summary>
/// <param name="events">The events of the application.</param>
/// <param name="sources">Where the token of a request can be.</param>
/// <param name="readsAuthorization">Whether JwtBearer reads the <c>Authorization</c> header of a request without a token of Access.</param>
internal sealed class AccessBearerEvents(JwtBearerEvents events, CloudflareAccessTokenSources sources, bool readsAuthorization) : JwtBearerEvents
{
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        await events.MessageReceived(context).ConfigureAwait(false);
        await base.MessageReceived(context).ConfigureAwait(false);
        if (context.Result is null && string.IsNullOrEmpty(context.Token))
        {
            Read(context);
        }
    }

    public override async Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        await events.AuthenticationFailed(context).ConfigureAwait(false);
        await base.AuthenticationFailed(context).ConfigureAwait(false);
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        await events.TokenValidated(context).ConfigureAwait(false);
        await base.TokenValidated(context).ConfigureAwait(false);
    }

    public override async Task Challenge(JwtBearerChallengeContext context)
    {
        await events.Challenge(context).ConfigureAwait(false);
        await base.Challenge(context).ConfigureAwait(false);
        if (!context.Handled && FindRetryAfter(context.AuthenticateFailure) is { } retryAfter)
        {
            RespondUnavailable(context.Response, retryAfter);
            context.HandleResponse();
        }
    }

    public override async Task Forbidden(ForbiddenContext context)
    {
        await events.Forbidden(context).ConfigureAwait(false);
        await base.Forbidden(context).ConfigureAwait(false);
        if (context.HttpContext.GetAccessIdentityRetryAfter() is { } retryAfter)
        {
            RespondUnavailable(context.Response, retryAfter);
        }
    }

    private void Read(MessageReceivedContext context)
    {
        var reading = TokenReader.Read(context.Request, sources);
        if (reading.IsAmbiguous)
        {
            context.Fail(new CloudflareAccessFailureException(AccessFailureReason.MultipleTokens));
        }
        else if (!reading.IsEmpty)
        {
            context.Token = reading.Token;
        }
        else if (!readsAuthorization)
        {
            context.NoResult();
        }
    }

    /// <returns>The time to the next attempt. Null if the token was rejected or missing. Several handlers fail with one exception each.</returns>
    private static TimeSpan? FindRetryAfter(Exception? failure) => failure switch
    {
        CloudflareAccessKeysUnavailableException keys => keys.RetryAfter,
        CloudflareAccessIdentityUnavailableException identity => identity.RetryAfter,
        AggregateException several => several.InnerExceptions.Select(FindRetryAfter).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static void RespondUnavailable(HttpResponse response, TimeSpan retryAfter)
    {
        if (response.HasStarted)
        {
            return;
        }

        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.CacheControl = "no-store";
        response.Headers.RetryAfter = ((long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
