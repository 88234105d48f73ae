using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using CfAccess.Cli.CommandLine;

namespace CfAccess.Cli.Doctor;

/// <summary>Where the origin is, past Cloudflare, and how it is spoken to: by the name that the application has.</summary>
/// <param name="Url">What is asked for: the application's path, by the origin's scheme.</param>
/// <param name="Application">The application's own URL: its <c>Host</c> is sent, and a relative redirect is relative to it.</param>
/// <param name="Address">Where the connection goes.</param>
internal sealed record OriginAddress(Uri Url, Uri Application, DnsEndPoint Address)
{
    /// <param name="value">A host and port, or an origin.</param>
    /// <param name="application">The application's own URL.</param>
    /// <exception cref="CliException">It is none.</exception>
    public static OriginAddress Of(string value, Uri application)
    {
        var text = value.Contains("://", StringComparison.Ordinal) ? value : $"{application.Scheme}://{value}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var origin)
            || origin.Scheme is not ("http" or "https")
            || origin.UserInfo.Length > 0
            || origin.PathAndQuery != "/"
            || origin.Fragment.Length > 0)
        {
            throw CliException.WrongUse($"--origin {Quoted.Value(value)} is no address. Write 10.0.0.5:8443 or http://10.0.0.5:8080, without a path.");
        }

        // By the application's name also in TLS, so that its certificate is checked as Cloudflare would check it.
        var url = new UriBuilder(application) { Scheme = origin.Scheme, Port = -1 }.Uri;
        return new(url, application, new(origin.IdnHost.Trim('[', ']'), origin.Port));
    }

    [SuppressMessage("Security", "CA5359:Do Not Disable Certificate Validation", Justification = "Only where --insecure-origin asks for it.")]
    public SocketsHttpHandler Handler(bool isInsecure)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(Address, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        if (isInsecure)
        {
            // Only what this tool made up is sent there, and only a status is read.
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
        }

        return handler;
    }
}
