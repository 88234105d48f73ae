using System.Buffers.Binary;
using System.Security.Cryptography;
using CfAccess.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// The last fetched key set, shared with other instances so that one that starts while the endpoint is down can serve. It is protected,
/// since whoever can write keys can log in as anyone. Every failure is a miss, and told once.
/// </summary>
internal sealed class SharedKeySets(
    IDistributedCache cache, IDataProtectionProvider protection, Uri url, CloudflareAccessKeyOptions options, TimeProvider timeProvider, ILogger logger)
{
    private const string Version = "v1";
    private const int TimeLength = sizeof(long);

    private readonly IDataProtector _protector = protection.CreateProtector("CfAccess.KeySet", Version, url.AbsoluteUri);
    private readonly string _entry = $"CfAccess.KeySet:{Version}:{url.AbsoluteUri}";
    private bool _warned;

    /// <summary>Reads the shared set, through the same filter as an answer of the endpoint.</summary>
    /// <returns>The set with the time at which it was fetched; nothing if there is none to be trusted.</returns>
    public async Task<HeldKeys?> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var stored = await cache.GetAsync(_entry, cancellationToken)
                .WaitAsync(options.WaitBudget, timeProvider, cancellationToken).ConfigureAwait(false);
            return stored is null ? null : Open(stored);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A cache is the application's, and may throw anything.
            return Miss(exception.GetType().Name);
        }
    }

    public async Task StoreAsync(ReadOnlyMemory<byte> document, DateTimeOffset retrievedAt, CancellationToken cancellationToken)
    {
        var content = new byte[TimeLength + document.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, retrievedAt.ToUnixTimeMilliseconds());
        document.Span.CopyTo(content.AsSpan(TimeLength));
        try
        {
            await cache.SetAsync(
                _entry,
                _protector.Protect(content),
                new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = options.MaximumStaleness },
                cancellationToken).WaitAsync(options.WaitBudget, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // As above: sharing is an aid, and its failure harms no request.
            Miss(exception.GetType().Name);
        }
    }

    private HeldKeys? Open(byte[] stored)
    {
        byte[] content;
        try
        {
            content = _protector.Unprotect(stored);
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

        if (age >= options.MaximumStaleness.TotalMilliseconds)
        {
            return Miss("it is too old");
        }

        var result = KeySetParser.Parse(content.AsMemory(TimeLength), options.MaximumKeys);
        return result.Succeeded ? new HeldKeys(result.Keys, now - TimeSpan.FromMilliseconds(age)) : Miss(result.Detail);
    }

    private HeldKeys? Miss(string problem)
    {
        if (!_warned)
        {
            _warned = true;
            logger.SharedKeysPassedOver(url, problem);
        }

        return null;
    }
}
