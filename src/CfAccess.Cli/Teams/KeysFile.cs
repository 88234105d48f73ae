using System.Net;
using CfAccess.Cli.CommandLine;

namespace CfAccess.Cli.Teams;

/// <summary>
/// A file in the place of the network, below the library's own client: the same limits, parser and key filter judge it as an answer of the
/// endpoint.
/// </summary>
internal sealed class KeysFile(byte[] content) : HttpMessageHandler
{
    /// <summary>More than any answer that the library takes.</summary>
    private const long Largest = 4 * 1024 * 1024;

    /// <exception cref="CliException">It cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length > Largest
                ? throw CliException.WrongUse($"--keys {Quoted.Value(path)} is larger than any key set.")
                : File.ReadAllBytes(path);
        }
        catch (Exception exception) when (FileProblem.Is(exception))
        {
            throw CliException.WrongUse(
                $"--keys {FileProblem.Describe(path, exception)} Save the team's keys with: curl https://acme.cloudflareaccess.com/cdn-cgi/access/certs > certs.json");
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(content) });
}
