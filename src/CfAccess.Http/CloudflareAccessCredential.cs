namespace CfAccess.Http;

/// <summary>
/// A credential that an HTTP client sends to applications behind Cloudflare Access. The client applies it to each request below its log, removes it
/// again, and sends it to allowed origins only. <c>AddCloudflareAccessServiceToken</c> adds the credential that most clients need; derive from this class
/// for another one. One object serves all requests of a handler at the same time. The client does not dispose it.
/// </summary>
public abstract class CloudflareAccessCredential
{
    /// <summary>
    /// What to change when Access responds with its login page, as the end of an error message: one or two sentences without secrets. Default: empty.
    /// </summary>
    public virtual string LoginPageAdvice => string.Empty;

    /// <summary>
    /// Checks the credential when the application starts. Throw an <see cref="InvalidOperationException"/> to stop the start. Default: does nothing.
    /// </summary>
    public virtual void Validate()
    {
    }

    /// <summary>Gets the headers that a request is sent with. It is called for each request and each redirect, so a rotated secret is used at once.</summary>
    /// <returns>
    /// Names and values. Each name must be one of those that <c>AddCloudflareAccessCredential</c> was called with. Values must be printable ASCII, or the call throws and nothing is sent.
    /// </returns>
    /// <exception cref="InvalidOperationException">There is no credential. The request is not sent.</exception>
    public abstract IEnumerable<KeyValuePair<string, string>> GetHeaders();
}
