using System.Buffers.Binary;
using System.Security.Cryptography;
using CfAccess.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;

namespace CfAccess.AspNetCore.Identity;

/// <summary>
/// The answers of one team, shared with other instances. They are protected for one token each, since whoever can write groups can give
/// himself any. Every failure is a miss, and told once.
/// </summary>
internal sealed class SharedIdentities(
    IDistributedCache cache,
    IDataProtectionProvider protection,
    string issuer,
    IdentityParser parser,
    CloudflareAccessIdentityOptions options,
    TimeProvider timeProvider,
    IdentityDiagnostics diagnostics)
{
    private const string Purpose = "CfAccess.Identity";
    private const string Version = "v1";
    private const int TimeLength = sizeof(long);

    /// <summary>A slow cache must not cost more than the call that it spares.</summary>
    private readonly TimeSpan _patience = options.Timeout / 4;

    /// <returns>The answer with the time at which it was asked for; nothing if there is none that counts still.</returns>
    public async Task<(IdentityFetchResult Answer, DateTimeOffset Since)?> LoadAsync(
        TokenHash token, string email, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await cache.GetAsync(EntryOf(token), cancellationToken)
                .WaitAsync(_patience, timeProvider, cancellationToken).ConfigureAwait(false);
            return stored is null ? null : Open(stored, token, email);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A cache is the application's, and may throw anything.
            return Miss(exception.GetType().Name);
        }
    }

    public async Task StoreAsync(
        TokenHash token, ReadOnlyMemory<byte> document, DateTimeOffset since, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var content = new byte[TimeLength + document.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, since.ToUnixTimeMilliseconds());
        document.Span.CopyTo(content.AsSpan(TimeLength));
        try
        {
            await cache.SetAsync(
                EntryOf(token),
                ProtectorOf(token).Protect(content),
                new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = lifetime },
                cancellationToken).WaitAsync(_patience, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // As above: sharing is an aid, and its failure harms no request.
            Miss(exception.GetType().Name);
        }
    }

    private string EntryOf(TokenHash token) => $"{Purpose}:{Version}:{issuer}:{token}";

    private IDataProtector ProtectorOf(TokenHash token) => protection.CreateProtector(Purpose, Version, issuer, token.ToString());

    private (IdentityFetchResult Answer, DateTimeOffset Since)? Open(byte[] stored, TokenHash token, string email)
    {
        byte[] content;
        try
        {
            content = ProtectorOf(token).Unprotect(stored);
        }
        catch (CryptographicException)
        {
            return Miss("it is not protected by this application's keys");
        }

        var now = timeProvider.GetUtcNow();
        var age = now.ToUnixTimeMilliseconds() - BinaryPrimitives.ReadInt64BigEndian(content);
        if (age < 0)
        {
            return Miss("it is from the future");
        }

        if (age >= options.CacheDuration.TotalMilliseconds)
        {
            // Another instance may keep answers for longer.
            return null;
        }

        var answer = parser.Parse(content.AsMemory(TimeLength), email);
        return answer.Succeeded ? (answer, now - TimeSpan.FromMilliseconds(age)) : Miss(answer.Detail);
    }

    private (IdentityFetchResult Answer, DateTimeOffset Since)? Miss(string problem)
    {
        diagnostics.SharedPassedOver(problem);
        return null;
    }
}
