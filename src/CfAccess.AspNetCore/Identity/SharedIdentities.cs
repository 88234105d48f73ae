using CfAccess.AspNetCore.Sharing;

namespace CfAccess.AspNetCore.Identity;

/// <summary>The identities that one team's get-identity returned, shared with other instances. Each is protected for its own token.</summary>
internal sealed class SharedIdentities(
    SharedEntries entries, string issuer, IdentityParser parser, CloudflareAccessIdentityOptions options, TimeProvider timeProvider)
{
    private const string Purpose = "CfAccess.Identity";
    private const string Version = "v1";

    /// <returns>The identity with the time at which it was asked for, or null if no entry is stored that is still valid.</returns>
    /// <exception cref="OperationCanceledException">The application ends.</exception>
    public async Task<(IdentityFetchResult Answer, DateTimeOffset Since)?> LoadAsync(
        TokenHash token, string email, CancellationToken cancellationToken)
    {
        // Another instance may keep identities for longer.
        if (await entries.ReadAsync(KeyFor(token), PurposesFor(token), cancellationToken).ConfigureAwait(false) is not { } entry
            || timeProvider.GetUtcNow() - entry.RetrievedAt >= options.CacheDuration)
        {
            return null;
        }

        var result = parser.Parse(entry.Content, email);
        if (!result.Succeeded)
        {
            entries.Ignore($"the entry is unusable ({result.Detail})");
            return null;
        }

        return (result, entry.RetrievedAt);
    }

    /// <exception cref="OperationCanceledException">The application ends.</exception>
    public Task StoreAsync(
        TokenHash token, ReadOnlyMemory<byte> document, DateTimeOffset since, TimeSpan lifetime, CancellationToken cancellationToken) =>
        entries.WriteAsync(KeyFor(token), PurposesFor(token), new SharedEntry(document, since), lifetime, cancellationToken);

    private string KeyFor(TokenHash token) => $"{Purpose}:{Version}:{issuer}:{token}";

    private string[] PurposesFor(TokenHash token) => [Purpose, Version, issuer, token.ToString()];
}
