using System.Text.Encodings.Web;
using CfAccess.AspNetCore.Answers;
using CfAccess.AspNetCore.Authorization;
using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Shared.AccessToken;
using CfAccess.Shared.Requests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore;

/// <summary>
/// Authenticates a request by its Cloudflare Access token; answers 401, 403 or, while there are no trusted keys or a required identity is not to
/// be had, 503, and sends browsers to the login and the logout.
/// </summary>
internal sealed class CloudflareAccessHandler(
    IOptionsMonitor<CloudflareAccessOptions> options,
    SafeLoggerFactory loggers,
    UrlEncoder encoder,
    AccessSchemes schemes,
    AccessMetrics metrics)
    : SignOutAuthenticationHandler<CloudflareAccessOptions>(options, loggers, encoder), IAuthenticationHandler
{
    private static readonly Task<AuthenticateResult> NoToken = Task.FromResult(AuthenticateResult.NoResult());

    private readonly SafeLoggerFactory _loggers = loggers;
    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Authentication);

    private new CloudflareAccessEvents Events => (CloudflareAccessEvents)base.Events!;

    /// <summary>As the base class does it, but for its log: it would tell of every refusal a second time, in other words.</summary>
    Task<AuthenticateResult> IAuthenticationHandler.AuthenticateAsync() => ResolveTarget(Options.ForwardAuthenticate) is { } target
        ? Context.AuthenticateAsync(target)
        : HandleAuthenticateOnceAsync();

    protected override Task<object> CreateEventsAsync() => Task.FromResult<object>(new CloudflareAccessEvents());

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Events.HearsOfMessages ? ReceiveAsync() : JudgeAsync(Read());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync().ConfigureAwait(false);
        var failure = result.Failure as CloudflareAccessFailureException;
        var challenge = new CloudflareAccessChallengeContext(Context, Scheme, Options, properties, failure);
        await Events.Challenge(challenge).ConfigureAwait(false);
        if (challenge.Handled)
        {
            return;
        }

        var told = Options.IncludeErrorDetails ? failure?.Reason : null;
        if (Answer.RetryAfterOf(failure) is { } retryAfter)
        {
            Answer.Unavailable(Context, retryAfter, told);
        }
        else if (result.None && LoginRedirect.IsWanted(Request, Options.Challenge) && FindLogin(properties) is { } login)
        {
            RedirectMarker.Write(Context);
            Answer.Redirect(Context, login);
        }
        else
        {
            Answer.Unauthorized(Context, told);
        }
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var missing = AccessClaimsIdentity.MissingOf(Context.User);
        if (missing is not null)
        {
            _logger.IdentityMissing();
            Answer.Unavailable(Context, missing.RetryAfter, Options.IncludeErrorDetails ? missing.Reason : null);
        }
        else
        {
            Answer.Forbidden(Context);
            LogForbidden();
        }

        return Events.Forbidden(new CloudflareAccessForbiddenContext(Context, Scheme, Options, properties, missing));
    }

    /// <summary>A policy of several schemes calls each of them. One line is enough.</summary>
    private void LogForbidden()
    {
        var logger = _loggers.CreateLogger(LogCategories.Authorization);
        if (logger.IsEnabled(LogLevel.Information) && Context.Features.Get<LoggedRejection>() is null)
        {
            Context.Features.Set(LoggedRejection.Instance);
            logger.RequirementNotMet(RejectedDecision.Explain(Context.User.Identities.OfType<AccessClaimsIdentity>()));
        }
    }

    /// <summary>Access ends the session at its edge, and its logout takes no address to go on to, so none of the properties counts.</summary>
    protected override Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        Answer.Redirect(Context, CloudflareAccessDefaults.LogoutPath);
        return Task.CompletedTask;
    }

    private string? FindLogin(AuthenticationProperties properties) => LoginRedirect.Find(
        RequestHost.Of(Request),
        Options.Challenge,
        schemes.Get(Scheme.Name).Teams,
        ReturnPath.Of(properties.RedirectUri, OriginalPathBase.Add(OriginalPath), Request.QueryString));

    private TokenReading Read() => TokenReader.Read(Request, Options.TokenSources);

    private async Task<AuthenticateResult> ReceiveAsync()
    {
        var received = new CloudflareAccessMessageReceivedContext(Context, Scheme, Options);
        await Events.MessageReceived(received).ConfigureAwait(false);
        if (received.Result is not null)
        {
            return received.Result;
        }

        var reading = string.IsNullOrEmpty(received.Token) ? Read() : TokenReading.Of(received.Token, TokenSource.Event);
        return await JudgeAsync(reading).ConfigureAwait(false);
    }

    /// <summary>Hardly a request waits for anything, and so none pays for what waiting takes before it has to.</summary>
    private Task<AuthenticateResult> JudgeAsync(TokenReading reading)
    {
        if (reading.IsEmpty)
        {
            return NoToken;
        }

        if (reading.IsAmbiguous)
        {
            return RefuseAsync(AccessFailureReason.MultipleTokens, reading.Source);
        }

        var judging = schemes.Get(Scheme.Name).ValidateAsync(reading.Token!, LazyCancellation.Of(Context));
        return judging.IsCompletedSuccessfully ? AnswerAsync(judging.Result, reading) : WaitAsync(judging, reading);
    }

    private async Task<AuthenticateResult> WaitAsync(ValueTask<TokenOutcome> judging, TokenReading reading) =>
        await AnswerAsync(await judging.ConfigureAwait(false), reading).ConfigureAwait(false);

    private Task<AuthenticateResult> AnswerAsync(TokenOutcome outcome, TokenReading reading) => outcome.Succeeded
        ? AcceptAsync(outcome.Token, reading)
        : RefuseAsync(outcome.Failure, reading.Source);

    private Task<AuthenticateResult> AcceptAsync(ValidatedToken token, TokenReading reading)
    {
        if (token.Ticket?.Copy(TimeProvider) is { } kept)
        {
            return Task.FromResult(Accepted(AuthenticateResult.Success(kept), reading.Source));
        }

        return Events.HearsOfTokens || token.Caller.IsLoadedAtAuthentication
            ? LoadAsync(token, reading)
            : Task.FromResult(Accepted(
                AuthenticateResult.Success(new AuthenticationTicket(token.Caller.Create(), PropertiesOf(token, reading), Scheme.Name)),
                reading.Source));
    }

    private async Task<AuthenticateResult> LoadAsync(ValidatedToken token, TokenReading reading)
    {
        var ((principal, until), unavailable) = await LoadedCaller.OfAsync(token, LazyCancellation.Of(Context)).ConfigureAwait(false);
        if (unavailable is { } missing)
        {
            return await RefuseAsync(missing, reading.Source).ConfigureAwait(false);
        }

        var properties = PropertiesOf(token, reading);
        if (!Events.HearsOfTokens)
        {
            return Accepted(
                AuthenticateResult.Success(new AuthenticationTicket(principal, properties, Scheme.Name)), reading.Source);
        }

        var validated = new CloudflareAccessTokenValidatedContext(Context, Scheme, Options)
        {
            Principal = principal,
            Properties = properties,
        };
        await Events.TokenValidated(validated).ConfigureAwait(false);
        if (validated.Result is { Failure: { } failure })
        {
            return await RefuseAsync(AccessFailureReason.RejectedByEvent, reading.Source, failure).ConfigureAwait(false);
        }

        if (validated.Result is null)
        {
            validated.Success();
        }

        if (!validated.Result!.Succeeded)
        {
            return validated.Result;
        }

        if (Options.TokenCache.TokenValidatedOncePerToken)
        {
            token.Ticket = new(validated.Result.Ticket.Clone(), AccessClaimsIdentity.UntilOf(validated.Result.Principal, AccessClaimsIdentity.UntilOf(principal, until)));
        }

        return Accepted(validated.Result, reading.Source);
    }

    private AuthenticationProperties PropertiesOf(ValidatedToken token, TokenReading reading)
    {
        var properties = token.NewProperties();
        if (Options.SaveToken)
        {
            properties.StoreTokens([new AuthenticationToken { Name = CloudflareAccessDefaults.TokenName, Value = reading.Token! }]);
        }

        return properties;
    }

    private AuthenticateResult Accepted(AuthenticateResult result, TokenSource source)
    {
        metrics.TokenAccepted(source);
        _logger.TokenAccepted(source.Word());
        return result;
    }

    private Task<AuthenticateResult> RefuseAsync(TokenFailure failure, TokenSource source, Exception? inner = null)
    {
        metrics.TokenRefused(source, failure.Word);
        _logger.TokenRefused(source.Word(), failure.Word);
        var exception = failure.ToException(inner);
        return Events.HearsOfFailures ? TellAsync(exception) : Task.FromResult(AuthenticateResult.Fail(exception));
    }

    private async Task<AuthenticateResult> TellAsync(CloudflareAccessFailureException exception)
    {
        var failed = new CloudflareAccessAuthenticationFailedContext(Context, Scheme, Options, exception);
        await Events.AuthenticationFailed(failed).ConfigureAwait(false);
        return failed.Result ?? AuthenticateResult.Fail(failed.Exception);
    }

    /// <summary>Marks a request whose rejection was logged.</summary>
    private sealed class LoggedRejection
    {
        public static readonly LoggedRejection Instance = new();
    }
}
